"""The letters that a proposed decision, a decision and its copies are told by: what stands in them, and to whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from timvis.apps.audit.versions import current
from timvis.apps.claims.deciding import Ground, Wanted
from timvis.apps.claims.models import Claim, ClaimDecision, Statement
from timvis.apps.documents.sending import To
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import PowerOfAttorney, PowerOfAttorneyVersion
from timvis.apps.routines import records as routines
from timvis.core.access import Actor
from timvis.core.calculation.hourly import kronor_text
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import date_text, period_text
from timvis.core.faults import Fault
from timvis.core.letter import Head, Letter, Value, fill
from timvis.core.procedure.decision import Outcome
from timvis.core.records import ProviderKind
from timvis.core.routine.records import Act, ClaimKind, LetterSent, Routine
from timvis.core.routine.terms import InvoiceRole, LetterWhen
from timvis.core.routine.words import ROLES
from timvis.formats.letter.read import packaged_letter
from timvis.formats.statutes.read import load_statutes

WAY = "brev"
"""How a proposed decision reaches the party, when nobody says otherwise."""

PROPOSAL = "proposed_decision"
OF_OUTCOME = {
    Outcome.GRANTED: ("decision_granted", LetterWhen.GRANTED),
    Outcome.PARTLY_GRANTED: ("decision_partly_granted", LetterWhen.PARTLY_GRANTED),
    Outcome.REFUSED: ("decision_refused", LetterWhen.REFUSED),
}

_TO_PARTIES = ("recipient", "agent", "provider_admin", "own_employer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One letter to one receiver, in one role, with what is to stand in it."""

    code: str
    role: str
    head: Head
    to: To
    values: dict[str, Value] = field(default_factory=dict)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every place that nothing stands in, so that it cannot be sent."""
        made = fill(packaged_letter(self.code), self.head, self.values)
        return () if isinstance(made, Letter) else made


# --- what is said ---------------------------------------------------------------------------------------------


def proposal(ground: Ground, wanted: Wanted, actor: Actor, *, answer_by: date, now: datetime) -> Envelope:
    """Return the letter by which a party is told of a proposed decision, and how to answer it."""
    claim = ground.claim
    values = {
        **_about(claim, actor.name),
        "period": period_text(wanted.period_from, wanted.period_to),
        "claimed": _asked(ground.claimed_ore),
        "paid": kronor_text(wanted.amount_ore),
        "reason": wanted.reasons,
        "lines": lines_of(ground.statement),
        "provisions": provisions_of(wanted.provisions),
        "documents": _material(claim),
        "due_on": date_text(answer_by),
    }
    return Envelope(
        code=PROPOSAL, role="recipient", head=_head(claim, _party(claim, now), now), to=_to(claim), values=values
    )


def of_decision(decision: ClaimDecision, now: datetime) -> tuple[Envelope, ...]:
    """Return the letters a decision is told by: those the routine names, else one to the person it is about."""
    claim = decision.claim
    routine = routines.routine(claim.routine_version)
    values = _of(decision, routine)
    envelopes: list[Envelope] = []
    for letter in _named(routine, Outcome(decision.outcome)) or (_default(decision),):
        for role in letter.to:
            for receiver, to in receivers(claim, role, now):
                made = Envelope(code=letter.code, role=role, head=_head(claim, receiver, now), to=to, values=values)
                if (made.code, made.head.receiver) not in {(one.code, one.head.receiver) for one in envelopes}:
                    envelopes.append(made)
    return tuple(envelopes)


def _default(decision: ClaimDecision) -> LetterSent:
    code, _when = OF_OUTCOME[Outcome(decision.outcome)]
    return LetterSent(code=code, text="", at="", to=("recipient", "agent"))


def _named(routine: Routine, outcome: Outcome) -> tuple[LetterSent, ...]:
    """Return the letters that a routine sends on a decision of an outcome, with the copies for those who go on."""
    _code, when = OF_OUTCOME[outcome]
    steps = [step for step in routine.steps if {Act.DECIDE, Act.SEND_DECISION} & set(step.acts)]
    told = [letter for step in steps for letter in routine.letters_at(step.name, when)]
    copies = [letter for step in steps if Act.SEND_DECISION in step.acts for letter in routine.letters_at(step.name)]
    return (*told, *copies) if told else ()


def _of(decision: ClaimDecision, routine: Routine) -> dict[str, Value]:
    claim, on = decision.claim, date_text(day_of(decision.made_at))
    return {
        **_about(claim, decision.made_by.name),
        "decided_on": on,
        "period": period_text(decision.period_from, decision.period_to),
        "amount": kronor_text(decision.amount_ore),
        "paid": kronor_text(decision.amount_ore),
        "claimed": _asked(decision.claimed_ore),
        "reason": decision.reasons,
        "lines": lines_of(decision.statement) if decision.statement else (),
        "provisions": provisions_of(decision.provisions),
        "dissent": (decision.dissent,) if decision.dissent else (),
        "deciders": deciders_of(decision),
        "changes": _changes(decision),
        "payment": _payment(decision, routine),
        "documents": ", ".join(_material(claim)),
    }


def _about(claim: Claim, officer: str) -> dict[str, Value]:
    recipient = _recipient(claim)
    return {
        "municipality": claim.municipality.name,
        "recipient": recipient or claim.number,
        "case_number": claim.number,
        "officer": officer,
        "contact": claim.municipality.contact,
    }


def _recipient(claim: Claim) -> str:
    version = claim.recipient.versions.order_by("-number").first() if claim.recipient else None
    return version.name if version else ""


def _asked(claimed_ore: int | None) -> str:
    return "inget bestämt belopp" if claimed_ore is None else kronor_text(claimed_ore)


def lines_of(statement: Statement) -> tuple[tuple[str, ...], ...]:
    """Return a statement as the rows of a letter: what was claimed, granted, the difference and why, and the sum."""
    rows, asked = [], 0
    for line in statement.body["lines"]:
        claimed, amount = line.get("claimed_ore"), line["amount_ore"]
        asked += claimed or 0
        why = " ".join([line["because"], *([f"({'; '.join(line['cites'])})"] if line["cites"] else [])])
        rows.append((line["label"], *_columns(claimed, amount), why.strip()))
    rows.append(("Summa", *_columns(asked or None, statement.total_ore), ""))
    return tuple(rows)


def _columns(claimed_ore: int | None, amount_ore: int) -> tuple[str, str, str]:
    if claimed_ore is None:
        return "", kronor_text(amount_ore), ""
    return kronor_text(claimed_ore), kronor_text(amount_ore), kronor_text(amount_ore - claimed_ore)


def provisions_of(codes: Sequence[str]) -> tuple[str, ...]:
    """Return provisions as they are written in a letter: the paragraph, and the act with its number."""
    statutes = load_statutes()
    return tuple(_provision(code, statutes[code].title, statutes[code].sfs) for code in codes if code in statutes)


def _provision(code: str, title: str, sfs: str) -> str:
    return f"{code}: {title} ({sfs})" if sfs else f"{code}: {title}"


def deciders_of(decision: ClaimDecision) -> tuple[str, ...]:
    """Return who decided and by which delegation, who presented the case, and who else took part (FL 31 §)."""
    by = ""
    if decision.delegation is not None:
        order = decision.delegation.list
        by = f" på {order.board}s vägnar, enligt delegationsordning {order.number}, rad {decision.delegation.number}"
    told = [f"Beslutat av {decision.made_by.name}{by}."]
    if decision.presented_by is not None:
        told.append(f"Föredragande: {decision.presented_by.name}.")
    if decision.took_part:
        told.append(f"Har också deltagit i handläggningen: {', '.join(decision.took_part)}.")
    return tuple(told)


def _changes(decision: ClaimDecision) -> tuple[str, ...]:
    if decision.corrects is None:
        return ()
    earlier = date_text(day_of(decision.corrects.made_at))
    return (f"Det ersätter beslutet den {earlier}. {decision.changed_because}",)


def _payment(decision: ClaimDecision, routine: Routine) -> tuple[str, ...]:
    """Return how the money comes, so that the one who gets it can tell what it is."""
    claim, on = decision.claim, date_text(day_of(decision.made_at))
    provider = parties.provider_version(claim.provider_id, known_at=decision.made_at)
    channels = routine.channels_of(ProviderKind(provider.kind), ClaimKind(claim.kind))
    if decision.amount_ore <= 0 or claim.invoice_id is not None:
        return ()
    if any(channel.invoice is InvoiceRole.AFTER_DECISION for channel in channels):
        return (f"Pengarna betalas mot faktura. Skriv ärendets nummer {claim.number} och beslutets dag {on} på den.",)
    return (
        "Vi betalar till det konto som är anmält i ärendet.",
        f"Betalningen märks med ärendets nummer {claim.number} och beslutets dag {on}.",
    )


def _material(claim: Claim) -> tuple[str, ...]:
    """Return the documents that a decision rests on, as a party knows them."""
    came = date_text(day_of(claim.received_at))
    what = "Fakturan" if claim.invoice_id else "Ansökan" if claim.application_id else "Tidredovisningen"
    return (f"{what} som kom in den {came}", "Beräkningen, rad för rad")


# --- to whom --------------------------------------------------------------------------------------------------


def receivers(claim: Claim, role: str, now: datetime) -> Iterator[tuple[tuple[str, ...], To]]:
    """Yield the receivers of a role's letter: name and address, and whose letter it is.

    An agent and a provider get one only by a power of attorney to see the decision; others read it in their work.
    """
    if role == "recipient":
        yield _party(claim, now), _to(claim)
    elif role == "agent":
        for power in _who_see(claim, now):
            yield (power.agent_name,), _to(claim)
    elif role in ("provider_admin", "own_employer"):
        number = claim.provider.organisation_number
        if claim.recipient is None or number in {power.thing.agent_number for power in _who_see(claim, now)}:
            name = parties.provider_version(claim.provider_id, known_at=now).name
            yield (name,), To(provider_id=claim.provider_id)
    else:
        yield (ROLES.get(role, role).capitalize(),), _to(claim)


def party_name(claim: Claim) -> str:
    """Return the name of the one a letter about a claim is to: the person it is about, else the provider."""
    version = claim.provider.versions.order_by("-number").first()
    return _recipient(claim) or (version.name if version else "")


def _party(claim: Claim, now: datetime) -> tuple[str, ...]:
    """Return the name and address of the person it is about, through who represents her by law."""
    if claim.recipient is None:
        return (parties.provider_version(claim.provider_id, known_at=now).name,)
    name = _recipient(claim)
    applied = claim.application.versions.order_by("-number").first() if claim.application else None
    if applied is None:
        return (name,)
    through = () if applied.applicant_name == name else (f"genom {applied.applicant_name}",)
    return (name, *through, *((applied.contact,) if applied.contact else ()))


def _to(claim: Claim) -> To:
    return To(recipient_id=claim.recipient_id, provider_id=None if claim.recipient_id else claim.provider_id)


def _who_see(claim: Claim, now: datetime) -> tuple[PowerOfAttorneyVersion, ...]:
    """Return the powers of attorney by which somebody may see the decision today; the original is in."""
    on = day_of(now)
    powers = PowerOfAttorney.objects.filter(recipient=claim.recipient_id).prefetch_related("versions__thing")
    told = (current(power.versions.all(), known_at=now, on=on) for power in powers)
    return tuple(
        version
        for version in told
        if version
        and version.may_see
        and version.original_received_on is not None
        and (version.revoked_on is None or on < version.revoked_on)
    )


def _head(claim: Claim, receiver: tuple[str, ...], now: datetime) -> Head:
    return Head(sender=claim.municipality.name, receiver=receiver, reference=claim.number, written_on=day_of(now))
