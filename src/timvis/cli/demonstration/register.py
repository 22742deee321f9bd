"""What the municipality of an example knows, registered on the days it came to know it, by those who do so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from timvis.apps.accounting.actions import register_paying_account
from timvis.apps.audit import persons
from timvis.apps.decisions.actions import DecisionParticulars, register_decision
from timvis.apps.documents.actions import register_evidence
from timvis.apps.parties import actions as parties
from timvis.apps.parties import particulars as told
from timvis.apps.parties.models import Assistant, Payee, ProviderVersion
from timvis.apps.routines.actions import draft_routine, publish_routine
from timvis.cli.demonstration.cast import Cast, done, morning_of, wanted
from timvis.cli.demonstration.rights import rights
from timvis.cli.demonstration.told import DemonstrationStopped
from timvis.core.access import Role
from timvis.core.calendar.local_time import instant
from timvis.core.identity import birth_date
from timvis.core.payment import AccountKind, PayeeAccount
from timvis.core.quantities import MINUTES_PER_HOUR, Minutes
from timvis.core.records import AbsenceKind, GrantUnit, Instant, ProviderKind, Regime, WorkingTimeLaw
from timvis.formats.routine.packaged import packaged_routine_text

Table = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Something that is registered on a day."""

    on: date
    do: Callable[[datetime], None]


class Register:
    """Everything an example registers, in the order of days; `until` does what has come due."""

    def __init__(self, folder: Path, municipality: Table, cast: Cast) -> None:
        self._folder, self._municipality, self._cast = folder, municipality, cast
        planned = [*self._providers(), *self._recipients()]
        planned += [Planned(on=on, do=do) for on, do in rights(municipality, cast)]
        self._planned = sorted(planned, key=lambda one: one.on)

    def open(self, now: datetime) -> None:
        """Register the municipality, its staff with their roles, and its published routine."""
        slug = self._municipality["slug"]
        machine = persons.machine(slug, now)
        made = parties.register_municipality(
            machine,
            name=self._municipality["name"],
            organisation_number=self._municipality["organisation_number"],
            now=now,
        )
        done(made, "kommunen")
        self.let_in(now)
        account = self._municipality["paying_account"]
        paying = register_paying_account(
            self._cast.officer(Role.FINANCE_ASSISTANT, now),
            PayeeAccount(kind=AccountKind(account["kind"]), number=account["number"]),
            now=now,
        )
        wanted(int, paying, "kommunens konto")
        self._publish(now)

    def let_in(self, now: datetime) -> None:
        """Register those who log in, with their roles."""
        for one in self._municipality["staff"]:
            for role in one["roles"]:
                self._give_role(one, Role(role), now)

    def until(self, now: datetime) -> None:
        """Register everything that was known by a moment and is not registered yet."""
        while self._planned and morning_of(self._planned[0].on) <= now:
            planned = self._planned.pop(0)
            planned.do(morning_of(planned.on))

    def _give_role(self, one: Table, role: Role, now: datetime) -> int:
        machine = persons.machine(self._municipality["slug"], now)
        person_id = done(
            persons.register_person(machine, personal_number=one["number"], name=one["name"], now=now),
            one["name"],
        )
        given = persons.give_role(
            machine, person_id=person_id, role=role, held_from=one["from"], reason="Exemplets roller", now=now
        )
        done(given, one["name"])
        return person_id

    def _publish(self, now: datetime) -> None:
        """Take in the routines as drafts, and let the head publish them: that they can be is proved there."""
        machine = persons.machine(self._municipality["slug"], now)
        head = self._cast.officer(Role.HEAD_OF_SOCIAL_SERVICES, now)
        for name, content in self._routines():
            drafted = wanted(int, draft_routine(machine, content, source=name, now=now), name)
            wanted(int, publish_routine(head, drafted, now=now), name)

    def _routines(self) -> Iterator[tuple[str, bytes]]:
        """Yield name and text of the routines: the shipped ones that the register names, else the example's own."""
        if "routines" not in self._municipality:
            own = self._folder / "assistance.toml"
            yield own.name, own.read_bytes()
        for slug in self._municipality.get("routines", []):
            text = packaged_routine_text(slug)
            if text is None:
                raise DemonstrationStopped(f"rutinen {slug} följer inte med")
            yield f"{slug}.toml", text.encode()

    # --- providers ------------------------------------------------------------------------------------------

    def _providers(self) -> Iterator[Planned]:
        for provider in self._municipality["provider"]:
            yield Planned(on=provider["known_on"], do=partial(self._register_provider, provider))
            for change in provider.get("change", []):
                changed = {**provider, **change}
                yield Planned(on=change["known_on"], do=partial(self._change_provider, changed))
            for agent in provider.get("agent", []):
                on = max(agent["from"], provider["known_on"])
                yield Planned(on=on, do=partial(self._register_agent, provider, agent))
            for assistant in provider.get("assistant", []):
                on = max(assistant["registered_on"], provider["known_on"])
                yield Planned(on=on, do=partial(self._register_assistant, provider, assistant))
                for spell in assistant.get("incapacity", []):
                    yield Planned(
                        on=spell["known_on"], do=partial(self._register_incapacity, provider, assistant, spell)
                    )

    def _register_provider(self, provider: Table, now: datetime) -> None:
        clerk = self._cast.officer(Role.ADMINISTRATIVE_ASSISTANT, now)
        registered = parties.register_provider(
            clerk,
            organisation_number=provider["number"],
            particulars=provider_particulars(provider),
            now=now,
        )
        done(registered, provider["name"])
        for requirement in provider.get("evidence", []):
            self._receive(provider, requirement, now)
        for agreement in provider.get("price_agreement", []):
            self._register_agreement(provider, agreement, now)
        if "invoices_paid_to" in provider:
            self._name_invoice_payee(provider, provider["invoices_paid_to"], now)

    def _receive(self, provider: Table, requirement: str, now: datetime) -> None:
        received = register_evidence(
            self._cast.officer(Role.ADMINISTRATIVE_ASSISTANT, now),
            requirement=requirement,
            received_on=now.date(),
            provider_id=self._cast.provider_id(provider["number"]),
            now=now,
        )
        done(received, requirement)

    def _register_agreement(self, provider: Table, agreement: Table, now: datetime) -> None:
        registered = parties.register_agreement(
            self._cast.officer(Role.CASE_OFFICER, now),
            provider_id=self._cast.provider_id(provider["number"]),
            reference=agreement["reference"],
            particulars=told.AgreementParticulars(
                about=agreement["about"],
                valid_from=agreement["from"],
                price_ore_per_hour=agreement["price_ore_per_hour"],
            ),
            now=now,
        )
        done(registered, agreement["reference"])

    def _name_invoice_payee(self, provider: Table, account: Table, now: datetime) -> None:
        """Register the account that a provider's invoices are paid to, whoever they are about."""
        named = parties.register_payee(
            self._cast.officer(Role.ADMINISTRATIVE_ASSISTANT, now),
            provider_id=self._cast.provider_id(provider["number"]),
            particulars=told.PayeeParticulars(
                payee_name=provider["name"],
                account_kind=AccountKind(account["kind"]),
                account_number=account["number"],
                valid_from=account["from"],
                proof_received_on=account["proof_received_on"],
            ),
            now=now,
        )
        done(named, provider["name"])

    def _change_provider(self, provider: Table, now: datetime) -> None:
        provider_id = self._cast.provider_id(provider["number"])
        changed = parties.change_provider(
            self._cast.officer(Role.ADMINISTRATIVE_ASSISTANT, now),
            provider_id=provider_id,
            particulars=provider_particulars(provider),
            seen=ProviderVersion.objects.filter(thing_id=provider_id).count(),
            now=now,
        )
        done(changed, provider["name"])

    def _register_agent(self, provider: Table, agent: Table, now: datetime) -> None:
        person_id = self._give_role(agent, Role.PROVIDER_ADMIN, now)
        member = parties.register_membership(
            self._cast.officer(Role.ADMINISTRATIVE_ASSISTANT, now),
            provider_id=self._cast.provider_id(provider["number"]),
            person_id=person_id,
            held_from=agent["from"],
            now=now,
        )
        done(member, agent["name"])

    def _register_assistant(self, provider: Table, assistant: Table, now: datetime) -> None:
        is_born = assistant.get("born_is_known", True)
        registered = parties.register_assistant(
            self._cast.officer(Role.ADMINISTRATIVE_ASSISTANT, now),
            provider_id=self._cast.provider_id(provider["number"]),
            personal_number=assistant["number"],
            particulars=told.AssistantParticulars(
                name=assistant["name"],
                born_on=birth_date(assistant["number"]) if is_born else None,
                lives_outside_eea=assistant.get("lives_outside_eea"),
                registered_on=assistant["registered_on"],
                hired_on=assistant["hired_on"],
            ),
            now=now,
        )
        done(registered, assistant["name"])

    def _register_incapacity(self, provider: Table, assistant: Table, spell: Table, now: datetime) -> None:
        row = Assistant.objects.get(
            provider_id=self._cast.provider_id(provider["number"]), personal_number=assistant["number"]
        )
        assessed = parties.register_incapacity(
            self._cast.officer(Role.CASE_OFFICER, now),
            assistant_id=row.pk,
            unable_from=spell["from"],
            unable_to=spell.get("to"),
            assessed_on=spell["assessed_on"],
            reason=spell["reason"],
            now=now,
        )
        done(assessed, assistant["name"])

    # --- recipients -----------------------------------------------------------------------------------------

    def _recipients(self) -> Iterator[Planned]:
        for recipient in self._municipality["recipient"]:
            known_on = recipient["known_on"]
            yield Planned(on=known_on, do=partial(self._register_recipient, recipient))
            for decision in recipient.get("decision", []):
                on = max(known_on, decision["decided_on"] + timedelta(days=1))
                yield Planned(on=on, do=partial(self._register_decision, recipient, decision))
            for power in recipient.get("power_of_attorney", []):
                on = max(known_on, power["original_received_on"])
                yield Planned(on=on, do=partial(self._register_power, recipient, power))
            for payee in recipient.get("payee", []):
                on = max(known_on, payee["form_received_on"])
                yield Planned(on=on, do=partial(self._register_payee, recipient, payee))
            for absence in recipient.get("absence", []):
                yield Planned(on=absence["known_on"], do=partial(self._register_absence, recipient, absence))
            if "died_on" in recipient:
                yield Planned(on=recipient["death_known_on"], do=partial(self._register_death, recipient))

    def _register_recipient(self, recipient: Table, now: datetime) -> None:
        registered = parties.register_recipient(
            self._cast.officer(Role.ADMINISTRATIVE_ASSISTANT, now),
            personal_number=recipient["number"],
            particulars=told.RecipientParticulars(name=recipient["name"]),
            now=now,
        )
        done(registered, recipient["name"])

    def _register_death(self, recipient: Table, now: datetime) -> None:
        changed = parties.change_recipient(
            self._cast.officer(Role.ADMINISTRATIVE_ASSISTANT, now),
            recipient_id=self._cast.recipient_id(recipient["number"]),
            particulars=told.RecipientParticulars(name=recipient["name"], died_on=recipient["died_on"]),
            seen=1,
            now=now,
        )
        done(changed, recipient["name"])

    def _register_decision(self, recipient: Table, decision: Table, now: datetime) -> None:
        registered = register_decision(
            self._cast.officer(Role.CASE_OFFICER, now),
            recipient_id=self._cast.recipient_id(recipient["number"]),
            reference=decision["reference"],
            particulars=DecisionParticulars(
                regime=Regime(decision.get("regime", Regime.LSS)),
                decided_on=decision["decided_on"],
                decided_by=decision["decided_by"],
                valid_from=decision["from"],
                valid_to=decision.get("to"),
                granted_minutes=Minutes(int(Decimal(decision["granted_hours"]) * MINUTES_PER_HOUR)),
                per=GrantUnit(decision["per"]),
                is_temporary=decision.get("is_temporary", False),
                double_staffing=decision.get("double_staffing", False),
            ),
            now=now,
        )
        done(registered, decision["reference"])

    def _register_power(self, recipient: Table, power: Table, now: datetime) -> None:
        clerk = self._cast.officer(Role.ADMINISTRATIVE_ASSISTANT, now)
        recipient_id = self._cast.recipient_id(recipient["number"])
        registered = parties.register_power_of_attorney(
            clerk,
            recipient_id=recipient_id,
            agent_number=power["agent_number"],
            particulars=told.PowerOfAttorneyParticulars(
                agent_name=power["agent_name"],
                valid_from=power["from"],
                valid_to=power.get("to"),
                may_report=True,
                may_see=True,
                may_receive=True,
                original_received_on=power["original_received_on"],
            ),
            now=now,
        )
        done(registered, power["agent_name"])

    def _register_payee(self, recipient: Table, payee: Table, now: datetime) -> None:
        clerk = self._cast.officer(Role.ADMINISTRATIVE_ASSISTANT, now)
        recipient_id = self._cast.recipient_id(recipient["number"])
        provider_id = self._cast.provider_id(payee["provider"])
        says = told.PayeeParticulars(
            payee_name=payee["payee_name"],
            account_kind=AccountKind(payee["account_kind"]),
            account_number=payee["account_number"],
            valid_from=payee["from"],
            form_received_on=payee["form_received_on"],
            proof_received_on=payee.get("proof_received_on"),
        )
        known = Payee.objects.filter(recipient_id=recipient_id, provider_id=provider_id).first()
        if known is None:
            named = parties.register_payee(
                clerk, recipient_id=recipient_id, provider_id=provider_id, particulars=says, now=now
            )
        else:
            named = parties.change_payee(
                clerk, payee_id=known.pk, particulars=says, seen=known.versions.count(), now=now
            )
        done(named, payee["payee_name"])

    def _register_absence(self, recipient: Table, absence: Table, now: datetime) -> None:
        registered = parties.register_absence(
            self._cast.officer(Role.CASE_OFFICER, now),
            recipient_id=self._cast.recipient_id(recipient["number"]),
            kind=AbsenceKind(absence["kind"]),
            start_at=_moment(absence["from"]),
            end_at=_moment(absence["to"]),
            has_special_reason=absence.get("has_special_reason", False),
            now=now,
        )
        done(registered, recipient["name"])


def provider_particulars(provider: Table) -> told.ProviderParticulars:
    """Return what an example's register tells of a provider; what it does not tell is unknown."""
    law = provider.get("working_time_law")
    return told.ProviderParticulars(
        name=provider["name"],
        kind=ProviderKind(provider["kind"]),
        permit_is_known=provider.get("permit_is_known", True),
        permit_from=provider.get("permit_from"),
        permit_to=provider.get("permit_to"),
        told_of_end_on=provider.get("told_of_end_on"),
        f_tax_is_known="f_tax_from" in provider,
        f_tax_from=provider.get("f_tax_from"),
        employer_registered_from=provider.get("employer_registered_from"),
        working_time_law=WorkingTimeLaw(law) if law else None,
        agreement=provider.get("agreement"),
        managers=list(provider["managers"]),
    )


def _moment(text: str) -> Instant:
    """Return the instant of `2019-10-10 12.00`, Swedish time."""
    day, clock = text.split()
    hour, minute = clock.split(".")
    return instant(date.fromisoformat(day), int(hour) * MINUTES_PER_HOUR + int(minute))
