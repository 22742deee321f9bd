"""The people of a synthetic municipality, as rows: recipients, decisions, providers, assistants, payees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from timvis.apps.decisions.models import Decision, DecisionVersion
from timvis.apps.parties.models import (
    Absence,
    Assistant,
    AssistantVersion,
    Incapacity,
    Municipality,
    Payee,
    PayeeVersion,
    Provider,
    ProviderVersion,
    Recipient,
    RecipientVersion,
)
from timvis.cli.seeding.invented import name_of, nobodys_number, organisation_number
from timvis.core.calendar.weeks import day_of
from timvis.core.facts.relations import NEVER
from timvis.core.payment import AccountKind
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.records import AbsenceKind, GrantUnit, ProviderKind, Regime
from timvis.core.sort_key import sort_key

KINDS = (ProviderKind.COMPANY, ProviderKind.COOPERATIVE, ProviderKind.OWN_EMPLOYER, ProviderKind.MUNICIPALITY)
ABSENCES = (AbsenceKind.HOSPITAL, AbsenceKind.SCHOOL, AbsenceKind.DAILY_ACTIVITY)
YEARS_TO_GROW = 18
BANKGIRO = "9912346"

RECIPIENTS = "SELECT recipient_id, died_on, is_state, weekly_hours FROM person ORDER BY recipient_id"
GRANTS = "SELECT * FROM made_decision ORDER BY recipient_id, granted_from"
ABSENT = "SELECT * FROM made_absence ORDER BY recipient_id, kind"
PROVIDERS = """
SELECT employer_id, provider_kind, min(recipient_id) AS recipient_id, min(permit_is_known) AS permit_is_known,
  min(permit_from) AS permit_from, min(permit_to) AS permit_to
FROM person JOIN made_claim USING (recipient_id) WHERE is_state = 0
GROUP BY employer_id, provider_kind ORDER BY employer_id"""
ASSISTANTS = """
SELECT a.*, w.employer_id FROM made_assistant a
JOIN (SELECT DISTINCT assistant_id, employer_id FROM claimed JOIN person USING (recipient_id, employer_id)
  WHERE is_state = 0) w USING (assistant_id)
ORDER BY assistant_id"""
UNABLE = "SELECT * FROM made_incapacity ORDER BY assistant_id"
ARRANGED = """
SELECT DISTINCT recipient_id, employer_id FROM person JOIN made_claim USING (recipient_id) WHERE is_state = 0
ORDER BY recipient_id"""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who was registered, by the numbers they have in the population."""

    recipients: Mapping[int, Recipient]
    providers: Mapping[int, Provider]
    assistants: Mapping[int, Assistant]
    decisions: int


def asked(memory: duckdb.DuckDBPyConnection, text: str) -> list[Row]:
    """Return a query's rows, each by the names of its columns."""
    found = memory.sql(text)
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def day_or_none(number: int) -> date | None:
    """Return the day of a day number, None for the far day that stands for never."""
    return None if number >= NEVER else day_of(number)


def register(memory: duckdb.DuckDBPyConnection, municipality: Municipality, *, known_at: datetime) -> People:
    """Write everybody a population needs in the municipality's register, as known from a moment."""
    recipients = _recipients(memory, municipality, known_at)
    providers = _providers(memory, municipality, known_at)
    assistants = _assistants(memory, providers, known_at)
    _payees(memory, recipients, providers, known_at)
    decisions = _decisions(memory, recipients, known_at)
    return People(recipients=recipients, providers=providers, assistants=assistants, decisions=decisions)


def _recipients(
    memory: duckdb.DuckDBPyConnection, municipality: Municipality, known_at: datetime
) -> dict[int, Recipient]:
    rows = asked(memory, RECIPIENTS)
    things = Recipient.objects.bulk_create(
        Recipient(municipality=municipality, personal_number=nobodys_number(row["recipient_id"])) for row in rows
    )
    RecipientVersion.objects.bulk_create(
        RecipientVersion(
            thing=thing,
            number=1,
            known_at=known_at,
            **_named(row["recipient_id"]),
            died_on=day_or_none(row["died_on"]),
        )
        for thing, row in zip(things, rows, strict=True)
    )
    by_number = {row["recipient_id"]: thing for thing, row in zip(things, rows, strict=True)}
    Absence.objects.bulk_create(
        Absence(
            recipient=by_number[row["recipient_id"]],
            kind=ABSENCES[row["kind"]],
            start_at=row["start_at"],
            end_at=row["end_at"],
            known_at=known_at,
        )
        for row in asked(memory, ABSENT)
    )
    return by_number


def _providers(
    memory: duckdb.DuckDBPyConnection, municipality: Municipality, known_at: datetime
) -> dict[int, Provider]:
    """Return a provider for each employer; the municipality itself is one, whatever its units are."""
    by_number: dict[str, Provider] = {}
    by_employer: dict[int, Provider] = {}
    for n, row in enumerate(asked(memory, PROVIDERS), start=1):
        kind = KINDS[row["provider_kind"]]
        number = _provider_number(kind, n, row, municipality)
        if number not in by_number:
            by_number[number] = Provider.objects.create(municipality=municipality, organisation_number=number)
            ProviderVersion.objects.create(
                thing=by_number[number], number=1, known_at=known_at, **_provider_says(kind, n, row, municipality)
            )
        by_employer[row["employer_id"]] = by_number[number]
    return by_employer


def _provider_number(kind: ProviderKind, n: int, row: Row, municipality: Municipality) -> str:
    match kind:
        case ProviderKind.MUNICIPALITY:
            return municipality.organisation_number
        case ProviderKind.OWN_EMPLOYER:
            return nobodys_number(row["recipient_id"])
        case _:
            return organisation_number(n)


def _provider_says(kind: ProviderKind, n: int, row: Row, municipality: Municipality) -> dict[str, Any]:
    match kind:
        case ProviderKind.MUNICIPALITY:
            name = municipality.name
        case ProviderKind.OWN_EMPLOYER:
            name = name_of(row["recipient_id"])
        case _:
            name = f"Assistans {n} {'AB' if kind is ProviderKind.COMPANY else 'ek. för.'}"
    ended_on = day_or_none(row["permit_to"])
    return {
        "name": name,
        "sort_key": sort_key(name),
        "kind": kind,
        "permit_is_known": bool(row["permit_is_known"]),
        "permit_from": day_of(row["permit_from"]),
        "permit_to": ended_on,
        "told_of_end_on": ended_on,
        "f_tax_is_known": True,
        "f_tax_from": day_of(row["permit_from"]),
        "employer_registered_from": day_of(row["permit_from"]),
        "managers": [manager_of(row["employer_id"])],
    }


def manager_of(employer_id: int) -> str:
    """Return the number of the one who signs for an employer."""
    return nobodys_number(10_000_000_000 + employer_id)


def _assistants(
    memory: duckdb.DuckDBPyConnection, providers: Mapping[int, Provider], known_at: datetime
) -> dict[int, Assistant]:
    rows = asked(memory, ASSISTANTS)
    things = Assistant.objects.bulk_create(
        Assistant(provider=providers[row["employer_id"]], personal_number=assistant_number(row["assistant_id"]))
        for row in rows
    )
    AssistantVersion.objects.bulk_create(
        AssistantVersion(
            thing=thing,
            number=1,
            known_at=known_at,
            **_named(row["assistant_id"]),
            born_on=_born_on(row["adult_on"]) if row["birth_is_known"] else None,
            lives_outside_eea=bool(row["lives_outside_eea"]) if row["residence_is_known"] else None,
            registered_on=day_or_none(row["registered_on"]),
        )
        for thing, row in zip(things, rows, strict=True)
    )
    by_number = {row["assistant_id"]: thing for thing, row in zip(things, rows, strict=True)}
    Incapacity.objects.bulk_create(
        Incapacity(
            assistant=by_number[row["assistant_id"]],
            unable_from=day_of(row["unable_from"]),
            unable_to=day_of(row["unable_to"]),
            assessed_on=day_of(row["unable_from"]),
            reason="Sjukdom",
            known_at=known_at,
        )
        for row in asked(memory, UNABLE)
        if row["assistant_id"] in by_number
    )
    return by_number


def assistant_number(assistant_id: int) -> str:
    """Return an assistant's twelve digits."""
    return nobodys_number(20_000_000_000 + assistant_id)


def _born_on(adult_on: int) -> date:
    grown = day_of(adult_on)
    # Who is born on 29 February is 18 on 1 March; a day less makes no difference here.
    return (grown - timedelta(days=(grown.month, grown.day) == (2, 29))).replace(year=grown.year - YEARS_TO_GROW)


def _payees(
    memory: duckdb.DuckDBPyConnection,
    recipients: Mapping[int, Recipient],
    providers: Mapping[int, Provider],
    known_at: datetime,
) -> None:
    pairs = [(recipients[row["recipient_id"]], providers[row["employer_id"]]) for row in asked(memory, ARRANGED)]
    things = Payee.objects.bulk_create(Payee(recipient=recipient, provider=provider) for recipient, provider in pairs)
    PayeeVersion.objects.bulk_create(
        PayeeVersion(
            thing=thing,
            number=1,
            known_at=known_at,
            valid_from=known_at.date(),
            payee_name=f"Mottagare {thing.pk}",
            account_kind=AccountKind.BANKGIRO,
            account_number=BANKGIRO,
            proof_received_on=known_at.date(),
            form_received_on=known_at.date(),
        )
        for thing in things
    )


def _decisions(memory: duckdb.DuckDBPyConnection, recipients: Mapping[int, Recipient], known_at: datetime) -> int:
    granted = {row["recipient_id"]: row for row in asked(memory, RECIPIENTS)}
    rows = asked(memory, GRANTS)
    things = Decision.objects.bulk_create(
        Decision(recipient=recipients[row["recipient_id"]], reference=f"B-{n:06d}")
        for n, row in enumerate(rows, start=1)
    )
    DecisionVersion.objects.bulk_create(
        DecisionVersion(
            thing=thing,
            number=1,
            known_at=known_at,
            valid_from=day_of(row["granted_from"]),
            valid_to=day_or_none(row["granted_to"]),
            **_decision_says(row, granted[row["recipient_id"]]),
        )
        for thing, row in zip(things, rows, strict=True)
    )
    return len(things)


def _decision_says(row: Row, person: Row) -> dict[str, Any]:
    by_state = bool(person["is_state"])
    return {
        "regime": Regime.SFB if by_state else Regime.LSS,
        "legal_basis": "SFB 51" if by_state else "LSS 9 § 2",
        "decided_on": day_of(row["granted_from"]),
        "decided_by": "Försäkringskassan" if by_state else "Nämnden",
        "granted_minutes": person["weekly_hours"] * MINUTES_PER_HOUR,
        "per": GrantUnit.WEEK,
        "double_staffing": bool(row["double_staffing"]),
    }


def _named(number: int) -> dict[str, str]:
    name = name_of(number)
    return {"name": name, "sort_key": sort_key(name)}
