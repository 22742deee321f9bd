"""The substitute's two reports on our own paper, one per form, sent to the finance assistant and kept as they went."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from timvis.apps.documents.actions import send_letter
from timvis.apps.orders import queries, records
from timvis.apps.orders.models import Booking
from timvis.apps.parties import records as party_records
from timvis.core.access import Actor, Role
from timvis.core.calculation.converted_hours import LABELS
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Fault, Refusal
from timvis.core.letter import Head, Value
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.routine.words import ROLES
from timvis.core.substitute.settings import Sheet
from timvis.core.substitute.time_sheets import SheetRow, form_of

LETTERS = {Sheet.STATE: "substitute_time_state", Sheet.OWN: "substitute_time_own"}
NO_FORM = "rutinen anger ingen blankett"


def send_sheets(
    actor: Actor, booking: Booking, rows: Sequence[SheetRow], *, now: datetime
) -> tuple[int, ...] | Refusal | tuple[Fault, ...]:
    """Return the ids of the reports that were sent, one for each form that has any time on it."""
    sent: list[int] = []
    for sheet, form, on_it in _forms(booking, rows):
        letter = send_letter(
            actor,
            LETTERS[sheet],
            Head(
                sender=booking.municipality.name,
                receiver=(ROLES[Role.FINANCE_ASSISTANT].capitalize(),),
                reference=booking.number,
                written_on=day_of(now),
            ),
            _values(booking, form, on_it, now),
            now=now,
            recipient_id=booking.recipient_id,
        )
        if not isinstance(letter, int):
            return letter
        sent.append(letter)
    return tuple(sent)


def _forms(booking: Booking, rows: Sequence[SheetRow]) -> Iterator[tuple[Sheet, str, list[SheetRow]]]:
    """Yield each form with its rows in time order: a report whose form changes in between is two papers."""
    forms = records.settings(booking).forms
    found: dict[tuple[Sheet, str], list[SheetRow]] = {}
    for row in sorted(rows, key=lambda one: one.span.start_at):
        found.setdefault((row.sheet, form_of(row.sheet, row.span.work_on, forms) or NO_FORM), []).append(row)
    for (sheet, form), on_it in found.items():
        yield sheet, form, on_it


def _values(booking: Booking, form: str, rows: Sequence[SheetRow], now: datetime) -> dict[str, Value]:
    return {
        "case_number": booking.number,
        "form": form,
        "substitute": queries.substitute_name(booking, now=now),
        "recipient": party_records.recipient(booking.recipient_id, known_at=now).name,
        "provider": party_records.provider(booking.provider_id, known_at=now).name,
        "worked": tuple(
            (
                row.span.work_on.isoformat(),
                row.span.from_text,
                row.span.to_text,
                _hours(row.span.actual_minutes),
                LABELS[row.kind],
            )
            for row in rows
        ),
        "hours_worked": _hours(sum(row.span.actual_minutes for row in rows)),
    }


def _hours(minutes: int) -> str:
    return f"{minutes // MINUTES_PER_HOUR}:{minutes % MINUTES_PER_HOUR:02d}"
