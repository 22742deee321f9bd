"""The form on which a provider tells, over its manager's signature, what in a month was not as ordered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.calendar.months import month_period
from timvis.core.faults import Fault
from timvis.core.quantities import Minutes

LONGEST_TEXT = 1_000


class DeviationKind(StrEnum):
    """How it was not as ordered."""

    MORE_TIME = "more_time"
    LESS_TIME = "less_time"
    DECLINED = "declined"
    NOT_AT_HOME = "not_at_home"
    CANCELLED_BY_PROVIDER = "cancelled_by_provider"
    WAY_OF_REGISTERING = "way_of_registering"
    OTHER = "other"


DEVIATION_LABELS: Mapping[DeviationKind, str] = {
    DeviationKind.MORE_TIME: "Tog längre tid",
    DeviationKind.LESS_TIME: "Tog kortare tid",
    DeviationKind.DECLINED: "Kunden tackade nej",
    DeviationKind.NOT_AT_HOME: "Kunden var inte hemma",
    DeviationKind.CANCELLED_BY_PROVIDER: "Utföraren ställde in",
    DeviationKind.WAY_OF_REGISTERING: "Tiden är registrerad i efterhand",
    DeviationKind.OTHER: "Annat",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One row: whose, which day, of what, and by how much. `recipient` is her number; minutes None: not told."""

    recipient: str
    service: str
    on: date
    kind: DeviationKind
    planned_minutes: Minutes | None
    performed_minutes: Minutes | None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationForm:
    """A provider's form for a month. No rows say that there was nothing to tell, which is signed for as well."""

    month_on: date
    rows: tuple[Deviation, ...]
    manager_name: str
    signed_on: date


def faults_of(
    form: DeviationForm, *, recipients: frozenset[str], services: frozenset[str], today: date
) -> tuple[Fault, ...]:
    """Return everything that is wrong with a form; `line` is the row, from 1. Numbers are never repeated."""
    return (*_of_the_form(form, today), *_of_rows(form, recipients, services, today))


def _of_the_form(form: DeviationForm, today: date) -> Iterator[Fault]:
    if not form.manager_name.strip():
        yield Fault(
            code="manager_is_missing",
            message="Blanketten är inte påskriven av chefen.",
            remedy="Skriv namnet på den chef som har skrivit på.",
            column="manager_name",
        )
    if form.signed_on > today:
        yield Fault(
            code="signed_in_the_future",
            message=f"Dagen {form.signed_on} har inte varit än.",
            remedy="Skriv den dag då chefen skrev på.",
            column="signed_on",
        )
    last = max((row.on for row in form.rows), default=form.month_on)
    if form.signed_on < last:
        yield Fault(
            code="signed_before_it_happened",
            message=f"Chefen skrev på {form.signed_on}, men blanketten berättar om {last}.",
            remedy="Rätta dagen på raden, eller låt chefen skriva på igen.",
            column="signed_on",
        )


def _of_rows(form: DeviationForm, recipients: frozenset[str], services: frozenset[str], today: date) -> Iterator[Fault]:
    month = month_period(form.month_on)
    for line, row in enumerate(form.rows, start=1):
        if row.recipient not in recipients:
            yield Fault(
                code="unknown_recipient",
                message="Personen har ingen beställning hos utföraren.",
                remedy="Välj en av utförarens kunder, eller fråga handläggaren om beställningen.",
                line=line,
                column="recipient",
            )
        if row.service not in services:
            known = ", ".join(sorted(services))
            yield Fault(
                code="unknown_service",
                message="Insatsen finns inte här.",
                remedy=f"Välj någon av: {known}.",
                line=line,
                column="service",
            )
        if not month.from_on <= row.on < month.to_on or row.on > today:
            yield Fault(
                code="day_is_outside_the_month",
                message=f"{row.on} ligger inte i {form.month_on:%Y-%m}, eller har inte varit än.",
                remedy="Rätta dagen, eller skriv raden på rätt månads blankett.",
                line=line,
                column="on",
            )
        yield from _of_minutes(row, line)


def _of_minutes(row: Deviation, line: int) -> Iterator[Fault]:
    planned, performed = row.planned_minutes, row.performed_minutes
    if row.kind is DeviationKind.OTHER and not row.text.strip():
        yield Fault(
            code="text_is_missing",
            message="Raden säger inte vad som hände.",
            remedy="Skriv vad som hände.",
            line=line,
            column="text",
        )
    if row.kind not in (DeviationKind.MORE_TIME, DeviationKind.LESS_TIME):
        return
    if planned is None or performed is None:
        yield Fault(
            code="minutes_are_missing",
            message="Raden säger inte hur lång tid det skulle ta och tog.",
            remedy="Skriv både beställda och utförda minuter.",
            line=line,
            column="planned_minutes" if planned is None else "performed_minutes",
        )
    elif (performed > planned) is not (row.kind is DeviationKind.MORE_TIME) or performed == planned:
        yield Fault(
            code="minutes_say_otherwise",
            message=f"Raden säger ”{DEVIATION_LABELS[row.kind].lower()}”, men {planned} minuter blev {performed}.",
            remedy="Rätta minuterna, eller välj en annan avvikelse.",
            line=line,
            column="kind",
        )
