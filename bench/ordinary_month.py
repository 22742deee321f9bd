"""An ordinary month for the state, in order in every way, and how one thing in it is changed.

It builds records and imports no rule, no fact and no check.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from timvis.core.calendar.local_time import span
from timvis.core.green_month.records import (
    Bill,
    StateMonth,
)
from timvis.core.quantities import Minutes
from timvis.core.records import (
    Assistant,
    Case,
    ClockSpan,
    Grant,
    GrantUnit,
    Mandate,
    Provider,
    ProviderKind,
    Recipient,
    Regime,
    ReportRow,
    Signature,
    TimeKind,
    TimeReport,
    WorkingTimeLaw,
)

YEAR = 2024
SWEDEN = ZoneInfo("Europe/Stockholm")
RECIPIENT, MANAGER = "194001279050", "197002129273"
NUMBERS = ("198002152380", "197610062395", "198308092389")
MORNING, AFTERNOON, WEEKEND = NUMBERS
COMPANY, OWN = "5599000014", RECIPIENT
FULL = 24 * 60


@dataclass(slots=True)
class Draft:
    """A month on its way: rows as (day, from, to) in minutes of the day's clock, per assistant."""

    month_on: date
    dice: random.Random
    rows: dict[str, list[tuple[int, int, int]]]
    own_employer: bool = False


# --- an ordinary month ---------------------------------------------------------------------------------------------


def ordinary(month_on: date, dice: random.Random) -> Draft:
    """Return a month where nobody works too long, too close or beside another, and no two days are alike."""
    rows: dict[str, list[tuple[int, int, int]]] = {number: [] for number in NUMBERS}
    for day in range(1, days_of(month_on) + 1):
        if (month_on + timedelta(days=day - 1)).weekday() < 5:
            rows[MORNING].append((day, 420 + odd(dice), 820 + odd(dice)))
            rows[AFTERNOON].append((day, 860 + odd(dice), 1240 + odd(dice)))
        else:
            rows[WEEKEND].append((day, 540 + odd(dice), 900 + odd(dice)))
    return Draft(month_on=month_on, dice=dice, rows=rows)


def odd(dice: random.Random) -> int:
    """Return some minutes that are no whole hour away from anything."""
    return dice.randrange(1, 30)


def days_of(month_on: date) -> int:
    """Return how many days a month has."""
    return ((month_on + timedelta(days=32)).replace(day=1) - month_on).days


def piece_of(month_on: date, day: int, begins: int, ends: int) -> ClockSpan:
    """Return a piece of a day in minutes of the clock."""
    found = span(month_on + timedelta(days=day - 1), _clock(begins), _clock(ends))
    assert isinstance(found, ClockSpan), found
    return found


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}.{minute % 60:02d}"


def _report(draft: Draft, number: str) -> TimeReport:
    signed_on = draft.month_on + timedelta(days=33)
    periods = () if draft.own_employer else ((draft.month_on, draft.month_on + timedelta(days=28)),)
    return TimeReport(
        key=f"rapport-{number[-4:]}",
        month_on=draft.month_on,
        recipient_number=RECIPIENT,
        recipient_name="Alma Alm",
        assistant_number=number,
        assistant_name=f"Assistent {number[-4:]}",
        rows=tuple(
            ReportRow(line=line, kind=TimeKind.ACTIVE, span=piece_of(draft.month_on, *row))
            for line, row in enumerate(draft.rows[number], start=2)
        ),
        employer_number=None if draft.own_employer else COMPANY,
        is_own_employer=draft.own_employer,
        has_agreement=True,
        reference_periods=periods,
        assistant_signature=Signature(signed_on=signed_on),
        manager_signature=Signature(signed_on=signed_on, number=MANAGER),
    )


def built(draft: Draft) -> StateMonth:
    """Return a draft as a month with its bill."""
    reports = tuple(_report(draft, number) for number in NUMBERS if draft.rows[number])
    begins = date(YEAR - 5, 1, 1)
    received_on = draft.month_on + timedelta(days=40)
    case = Case(
        regime=Regime.SFB,
        month_on=draft.month_on,
        recipient=Recipient(number=RECIPIENT, name="Alma Alm"),
        provider=_provider(draft),
        reports=reports,
        assistants=tuple(
            Assistant(
                number=number,
                name=f"Assistent {number[-4:]}",
                born_on=date(1980, 2, 15),
                lives_outside_eea=False,
                registered_on=begins,
            )
            for number in NUMBERS
        ),
        grants=(a_grant(),),
        mandates=(Mandate(agent_number=MANAGER, valid_from=begins, valid_to=None),),
        received_on=received_on,
        due_on=fifth_of_second_month(draft.month_on),
        submitted_by=MANAGER,
        submitted_by_provider=True,
    )
    return StateMonth(
        case=case,
        bill=_bill(reports, received_on),
        pay_on=draft.month_on + timedelta(days=50),
        f_tax_from=begins,
        employer_from=begins,
    )


def a_grant(**says: object) -> Grant:
    """Return what the state has granted, a hundred hours a week, with something changed."""
    grant = Grant(
        reference="SFB-1",
        regime=Regime.SFB,
        decided_on=date(YEAR - 2, 1, 1),
        granted_from=date(YEAR - 2, 1, 1),
        granted_to=None,
        granted_minutes=Minutes(100 * 60),
        per=GrantUnit.WEEK,
    )
    return replace(grant, **says)  # type: ignore[arg-type]  # a seed names the fields it changes


def _provider(draft: Draft) -> Provider:
    return Provider(
        number=OWN if draft.own_employer else COMPANY,
        name="Ekot AB",
        kind=ProviderKind.OWN_EMPLOYER if draft.own_employer else ProviderKind.COMPANY,
        permit_from=date(YEAR - 9, 1, 1),
        working_time_law=WorkingTimeLaw.HOUSEHOLD_ACT if draft.own_employer else WorkingTimeLaw.WORKING_HOURS_ACT,
        managers=(MANAGER,),
    )


def fifth_of_second_month(month_on: date) -> date:
    """Return the last day of a month: the 5th of the second after."""
    return (month_on + timedelta(days=70)).replace(day=5) if month_on.day == 1 else month_on


def _bill(reports: tuple[TimeReport, ...], received_on: date) -> Bill:
    return Bill(
        active_minutes=sum(_real(row.span) for report in reports for row in report.rows),
        waiting_minutes=0,
        standby_minutes=0,
        signer_number=RECIPIENT,
        signed_on=received_on,
        received_on=received_on,
    )


def _real(piece: ClockSpan) -> int:
    """Return the minutes that really passed, reckoned here by the clock's own zone and by nothing of ours."""
    midnight = datetime(piece.work_on.year, piece.work_on.month, piece.work_on.day, tzinfo=SWEDEN)
    ends = [midnight + timedelta(minutes=minute) for minute in (piece.start_minute, piece.end_minute)]
    begins, finishes = (each.replace(tzinfo=SWEDEN).timestamp() for each in ends)
    return round((finishes - begins) / 60)


def with_case(month: StateMonth, **says: object) -> StateMonth:
    """Return a month with something in its case changed."""
    return replace(month, case=replace(month.case, **says))  # type: ignore[arg-type]  # a seed names the fields it changes


def with_first_report(month: StateMonth, **says: object) -> StateMonth:
    """Return a month with its first report changed."""
    first, *others = month.case.reports
    return with_case(month, reports=(replace(first, **says), *others))  # type: ignore[arg-type]  # as above


def with_first_assistant(month: StateMonth, **says: object) -> StateMonth:
    """Return a month with its first assistant changed."""
    first, *others = month.case.assistants
    return with_case(month, assistants=(replace(first, **says), *others))  # type: ignore[arg-type]  # as above


def with_bill(month: StateMonth, **says: object) -> StateMonth:
    """Return a month with its bill changed."""
    assert month.bill is not None
    return replace(month, bill=replace(month.bill, **says))  # type: ignore[arg-type]  # as above
