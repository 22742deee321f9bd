"""The authority head's act: what a provider may bill for a month, summed, sent and kept, naming nobody."""

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction

from django.db import IntegrityError, transaction

from timvis.apps.documents import sending
from timvis.apps.parties import records as party_records
from timvis.apps.reconciliation import actions, queries, records
from timvis.apps.reconciliation.models import Summary, SummaryPart
from timvis.apps.reconciliation.queries import DeskLine, ProviderMonth
from timvis.core.access import Action, Actor
from timvis.core.calculation.hourly import exact_text, kronor_text
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import month_text
from timvis.core.faults import Fault, Refusal
from timvis.core.home_care.decided import service_label
from timvis.core.home_care.month_summary import MonthSummary, summarised
from timvis.core.home_care.paid import PaidLine
from timvis.core.home_care.reconciliation import Whose
from timvis.core.law import LawBook
from timvis.core.letter import Head
from timvis.core.quantities import Ore, half_up
from timvis.core.review.review import hours_text
from timvis.core.statement import Line, Statement
from timvis.formats.frozen import freeze

LETTER = "home_care_summary"
NO_COMMENT = "Inga kommentarer."


def proposed(month: ProviderMonth, law: LawBook) -> MonthSummary | tuple[Fault, ...]:
    """Return what a provider's month comes to as it stands, or everything that keeps it from being summed."""
    faults: dict[Fault, None] = {}
    statements: dict[Whose, Statement] = {}
    for one in month.lines:
        found = queries.come_to(month, one, law)
        if not isinstance(found, PaidLine):
            faults.update(dict.fromkeys(found))
        elif found.undecided_minutes:
            faults[_undecided(one, found.undecided_minutes)] = None
        else:
            statements[one.line.whose] = found.statement
    return tuple(faults) or summarised(month.month_on, statements)


@transaction.atomic
def send_summary(
    actor: Actor,
    provider_id: int,
    month_on: date,
    *,
    seen: str,
    law: LawBook,
    now: datetime,
    comment: str = "",
) -> int | Refusal | tuple[Fault, ...]:
    """Return the id of the summary that was sent to a provider, or everything that keeps it from being sent.

    `seen` is the digest of the month that was shown, which an officer has signed. A later summary of the same month
    takes the place of the earlier; the same sums are not sent twice. Raises `LawGap`.
    """
    month, attempt = actions.month_for(actor, provider_id, month_on, Action.SEND_HOME_CARE_SUMMARY, now)
    if isinstance(month, Refusal):
        return month
    if seen != month.digest:
        return attempt.refuse(Refusal.SHOWN_IS_NOT_CURRENT)
    if not month.is_signed:
        return attempt.refuse(Refusal.NOT_THE_NEXT_STEP)
    assert month.signature is not None
    made = proposed(month, law)
    if not isinstance(made, MonthSummary):
        return made
    if month.summary is not None and month.summary.digest == made.statement.digest:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    summary = Summary(
        provider=month.provider,
        month_on=month_on,
        number=1 if month.summary is None else month.summary.number + 1,
        signature=month.signature,
        body=freeze(MonthSummary, made),
        digest=made.statement.digest,
        total_ore=made.statement.total_ore,
        comment=comment.strip(),
        sent_at=now,
        sent_by_id=actor.person_id,
    )
    letter = sending.send(attempt, _letter(month, summary, made, now))
    if not isinstance(letter, int):
        transaction.set_rollback(True)
        return letter
    summary.letter_id = letter
    try:
        with transaction.atomic():
            summary.save(force_insert=True)
    except IntegrityError:
        return attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
    SummaryPart.objects.bulk_create(_parts(summary, made))
    actions.about(attempt, month.lines).done(
        reason=comment.strip(),
        detail={"summary": summary.reference, "total_ore": summary.total_ore, "digest": summary.digest},
    )
    return summary.pk


def _parts(summary: Summary, made: MonthSummary) -> Iterator[SummaryPart]:
    for part in made.parts:
        key = records.key_of(part.whose)
        yield SummaryPart(
            summary=summary,
            recipient_id=key.recipient_id,
            service=key.service,
            minutes=exact_text(part.minutes),
            amount_ore=part.amount_ore,
        )


def _letter(month: ProviderMonth, summary: Summary, made: MonthSummary, now: datetime) -> sending.Wanted:
    provider = party_records.provider(month.provider.pk, known_at=now)
    town = month.provider.municipality
    return sending.Wanted(
        code=LETTER,
        head=Head(
            sender=town.name,
            receiver=(provider.name,),
            reference=summary.reference,
            written_on=day_of(now),
        ),
        values={
            "provider": provider.name,
            "period": month_text(month.month_on),
            "paid": kronor_text(made.statement.total_ore),
            "reason": summary.comment or NO_COMMENT,
            "sums": (*map(_row, made.statement.lines), ("Summa", "", "", kronor_text(made.statement.total_ore))),
            "reference": summary.reference,
            "contact": town.contact or town.name,
        },
        to=sending.To(provider_id=month.provider.pk),
    )


def _row(line: Line) -> tuple[str, ...]:
    return (line.label, quantity_text(line), kronor_text(Ore(int(Fraction(line.rate)))), kronor_text(line.amount_ore))


def quantity_text(line: Line) -> str:
    """Return a quantity with two decimals and a comma where it is time, else as it is."""
    if line.unit != "hour":
        return line.quantity
    hundredths = round(Fraction(line.quantity) * 100)
    return f"{hundredths // 100},{hundredths % 100:02d}"


def _undecided(one: DeskLine, minutes: Fraction) -> Fault:
    time = hours_text(half_up(*minutes.as_integer_ratio()))
    what = service_label(one.key.service).lower()
    return Fault(
        code="time_above_the_order_is_not_decided",
        message=f"{time} timmar {what} ligger över beställningen och väntar på beslut.",
        remedy="Besluta om tiden ersätts, rad för rad.",
        line=one.key.recipient_id,
        column="above",
    )
