"""Months for the state with known faults, each with its key: which of the catalogued controls K01–K25 it breaks.

Written from the catalogue alone. It builds records and imports no rule, no fact and no check, so that what it seeds
says nothing about how it is found. A month without a seed breaks nothing.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from timvis.core.calendar.local_time import instant, span
from timvis.core.green_month.records import (
    Away,
    AwayKind,
    Bill,
    NotedRow,
    RowPurpose,
    StateMonth,
    Stay,
)
from timvis.core.quantities import Minutes
from timvis.core.records import (
    Absence,
    AbsenceKind,
    Assistant,
    Case,
    ClockSpan,
    Grant,
    GrantUnit,
    Mandate,
    OtherShift,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """A month with what it breaks; nothing when it is in order."""

    name: str
    month: StateMonth
    key: frozenset[str]


@dataclass(slots=True)
class _Draft:
    """A month on its way: rows as (day, from, to) in minutes of the day's clock, per assistant."""

    month_on: date
    dice: random.Random
    rows: dict[str, list[tuple[int, int, int]]]
    own_employer: bool = False
    changes: dict[str, object] | None = None


def months(count: int = 200, seed: int = 1) -> tuple[Seeded, ...]:
    """Return so many months, every seventh of them in order, the others with the catalogue's faults in turn."""
    dice = random.Random(seed)
    made = []
    names = list(SEEDS)
    for number in range(count):
        month_on = date(YEAR, dice.randrange(1, 13), 1)
        name = "clean" if number % 7 == 6 else names[(number - number // 7) % len(names)]
        build = SEEDS.get(name, _clean)
        made.append(build(_ordinary(month_on, dice), f"{number:03d}-{name}"))
    return tuple(made)


# --- an ordinary month ---------------------------------------------------------------------------------------------


def _ordinary(month_on: date, dice: random.Random) -> _Draft:
    """Return a month where nobody works too long, too close or beside another, and no two days are alike."""
    rows: dict[str, list[tuple[int, int, int]]] = {number: [] for number in NUMBERS}
    for day in range(1, _days(month_on) + 1):
        if (month_on + timedelta(days=day - 1)).weekday() < 5:
            rows[MORNING].append((day, 420 + _odd(dice), 820 + _odd(dice)))
            rows[AFTERNOON].append((day, 860 + _odd(dice), 1240 + _odd(dice)))
        else:
            rows[WEEKEND].append((day, 540 + _odd(dice), 900 + _odd(dice)))
    return _Draft(month_on=month_on, dice=dice, rows=rows)


def _odd(dice: random.Random) -> int:
    """Return some minutes that are no whole hour away from anything."""
    return dice.randrange(1, 30)


def _days(month_on: date) -> int:
    return ((month_on + timedelta(days=32)).replace(day=1) - month_on).days


def _span(month_on: date, day: int, begins: int, ends: int) -> ClockSpan:
    found = span(month_on + timedelta(days=day - 1), _clock(begins), _clock(ends))
    assert isinstance(found, ClockSpan), found
    return found


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}.{minute % 60:02d}"


def _report(draft: _Draft, number: str) -> TimeReport:
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
            ReportRow(line=line, kind=TimeKind.ACTIVE, span=_span(draft.month_on, *row))
            for line, row in enumerate(draft.rows[number], start=2)
        ),
        employer_number=None if draft.own_employer else COMPANY,
        is_own_employer=draft.own_employer,
        has_agreement=True,
        reference_periods=periods,
        assistant_signature=Signature(signed_on=signed_on),
        manager_signature=Signature(signed_on=signed_on, number=MANAGER),
    )


def _built(draft: _Draft) -> StateMonth:
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
        grants=(_grant(),),
        mandates=(Mandate(agent_number=MANAGER, valid_from=begins, valid_to=None),),
        received_on=received_on,
        due_on=_fifth_of_second_month(draft.month_on),
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


def _grant(**says: object) -> Grant:
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


def _provider(draft: _Draft) -> Provider:
    return Provider(
        number=OWN if draft.own_employer else COMPANY,
        name="Ekot AB",
        kind=ProviderKind.OWN_EMPLOYER if draft.own_employer else ProviderKind.COMPANY,
        permit_from=date(YEAR - 9, 1, 1),
        working_time_law=WorkingTimeLaw.HOUSEHOLD_ACT if draft.own_employer else WorkingTimeLaw.WORKING_HOURS_ACT,
        managers=(MANAGER,),
    )


def _fifth_of_second_month(month_on: date) -> date:
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


def _clean(draft: _Draft, name: str) -> Seeded:
    return _seeded(name, _built(draft))


def _seeded(name: str, month: StateMonth, *key: str) -> Seeded:
    return Seeded(name=name, month=month, key=frozenset(key))


def _case(month: StateMonth, **says: object) -> StateMonth:
    return replace(month, case=replace(month.case, **says))  # type: ignore[arg-type]  # a seed names the fields it changes


def _first_report(month: StateMonth, **says: object) -> StateMonth:
    first, *others = month.case.reports
    return _case(month, reports=(replace(first, **says), *others))  # type: ignore[arg-type]  # as above


def _first_assistant(month: StateMonth, **says: object) -> StateMonth:
    first, *others = month.case.assistants
    return _case(month, assistants=(replace(first, **says), *others))  # type: ignore[arg-type]  # as above


def _with_bill(month: StateMonth, **says: object) -> StateMonth:
    assert month.bill is not None
    return replace(month, bill=replace(month.bill, **says))  # type: ignore[arg-type]  # as above


# --- the seeds, one or more per control ----------------------------------------------------------------------------


def _k01(draft: _Draft, name: str) -> Seeded:
    day, _begins, ends = draft.rows[MORNING][3]
    draft.rows[MORNING].append((day, ends - 60, ends + 5))
    return _seeded(name, _built(draft), "K01")


def _k02(draft: _Draft, name: str) -> Seeded:
    month = _built(draft)
    day, begins, ends = draft.rows[MORNING][2]
    elsewhere = OtherShift(
        reference="rad-77",
        assistant_number=MORNING,
        is_same_recipient=False,
        is_same_employer=True,
        kind=TimeKind.ACTIVE,
        span=_span(draft.month_on, day, begins + 30, ends - 30),
    )
    return _seeded(name, _case(month, others=(elsewhere,)), "K02")


def _k03(draft: _Draft, name: str) -> Seeded:
    """A whole day and night, and some of it once more: that is an overlap, and no rest, besides."""
    day = draft.rows[MORNING][4][0]
    for number in NUMBERS:
        draft.rows[number] = [row for row in draft.rows[number] if row[0] not in (day - 1, day, day + 1)]
    draft.rows[MORNING] += [(day, 0, FULL), (day, 600, 725)]
    return _seeded(name, _built(draft), "K01", "K03", "K11")


def _k04(draft: _Draft, name: str) -> Seeded:
    day, begins, ends = draft.rows[MORNING][2]
    draft.rows[WEEKEND].append((day, begins + 30, ends - 30))
    return _seeded(name, _built(draft), "K04")


def _k05(draft: _Draft, name: str) -> Seeded:
    month = _built(draft)
    assert month.bill is not None
    wrong = month.bill.active_minutes + draft.dice.choice((-60, -1, 7, 60))
    return _seeded(name, _with_bill(month, active_minutes=wrong), "K05")


def _night_of_change(draft: _Draft, month: int) -> None:
    """Let the weekend's assistant work the night when the clocks change, rested before it."""
    draft.month_on = date(YEAR, month, 1)
    ordinary = _ordinary(draft.month_on, draft.dice)
    day = max(day for day in range(1, 32) if (draft.month_on + timedelta(days=day - 1)).weekday() == 6)
    ordinary.rows[WEEKEND] = [row for row in ordinary.rows[WEEKEND] if row[0] not in (day - 1, day)]
    draft.rows = {**ordinary.rows, WEEKEND: [*ordinary.rows[WEEKEND], (day, 15, 375)]}


def _night_of_change_right(draft: _Draft, name: str) -> Seeded:
    """A bill of the time that really passed is in order: an hour less in spring, an hour more in autumn."""
    _night_of_change(draft, draft.dice.choice((3, 10)))
    return _seeded(name, _built(draft))


def _k05_by_the_clock(draft: _Draft, name: str) -> Seeded:
    """The bill says what the clock showed, six hours, in the night that had five or seven."""
    month_number = draft.dice.choice((3, 10))
    _night_of_change(draft, month_number)
    month = _built(draft)
    assert month.bill is not None
    by_the_clock = month.bill.active_minutes + (60 if month_number == 3 else -60)
    return _seeded(name, _with_bill(month, active_minutes=by_the_clock), "K05")


def _k05_no_bill(draft: _Draft, name: str) -> Seeded:
    return _seeded(name, replace(_built(draft), bill=None), "K05")


def _k06(draft: _Draft, name: str) -> Seeded:
    late = draft.month_on + timedelta(days=draft.rows[MORNING][2][0])
    return _seeded(name, _first_assistant(_built(draft), registered_on=late), "K06")


def _k06_never(draft: _Draft, name: str) -> Seeded:
    return _seeded(name, _first_assistant(_built(draft), registered_on=None), "K06")


def _k07(draft: _Draft, name: str) -> Seeded:
    born_on = date(YEAR - 18, draft.month_on.month, 25)
    return _seeded(name, _first_assistant(_built(draft), born_on=born_on), "K07")


def _k08(draft: _Draft, name: str) -> Seeded:
    return _seeded(name, _first_assistant(_built(draft), lives_outside_eea=True), "K08")


def _too_long(draft: _Draft) -> None:
    """Let one assistant do everything, ten hours six days a week: rested, but far above the limit."""
    days = range(1, _days(draft.month_on) + 1)
    free = [day for day in days if (draft.month_on + timedelta(days=day - 1)).weekday() == 6]
    draft.rows = {number: [] for number in NUMBERS}
    draft.rows[MORNING] = [(day, 420 + _odd(draft.dice), 1035 + _odd(draft.dice)) for day in days if day not in free]


def _k09(draft: _Draft, name: str) -> Seeded:
    _too_long(draft)
    return _seeded(name, _built(draft), "K09")


def _k10(draft: _Draft, name: str) -> Seeded:
    draft.own_employer = True
    _too_long(draft)
    return _seeded(name, _built(draft), "K10")


def _k11(draft: _Draft, name: str) -> Seeded:
    """Home at half past eleven at night and back at seven, twice in a row with no other break of eleven hours."""
    day = next(row[0] for row in draft.rows[MORNING] if row[0] + 1 in {each[0] for each in draft.rows[MORNING]})
    draft.rows[AFTERNOON] = [row for row in draft.rows[AFTERNOON] if row[0] != day]
    draft.rows[MORNING].append((day, 1110, 1411))
    return _seeded(name, _built(draft), "K11")


def _absence(draft: _Draft, kind: AbsenceKind, row: tuple[int, int, int]) -> Absence:
    on = draft.month_on + timedelta(days=row[0] - 1)
    return Absence(kind=kind, start_at=instant(on, row[1]), end_at=instant(on, row[2]))


def _k12(draft: _Draft, name: str) -> Seeded:
    month = _built(draft)
    stay = _absence(draft, AbsenceKind.HOSPITAL, draft.rows[MORNING][3])
    told = _with_bill(month, stays=(Stay(start_at=stay.start_at, end_at=stay.end_at),))
    return _seeded(name, _case(told, absences=(stay,)), "K12")


def _k12_not_on_bill(draft: _Draft, name: str) -> Seeded:
    """Nobody worked during the stay, but the bill says nothing of it."""
    month = _built(draft)
    on = draft.month_on + timedelta(days=9)
    stay = Absence(kind=AbsenceKind.HOSPITAL, start_at=instant(on, 5), end_at=instant(on, 400))
    return _seeded(name, _case(month, absences=(stay,)), "K12")


def _k13(draft: _Draft, name: str) -> Seeded:
    kind = draft.dice.choice((AbsenceKind.SCHOOL, AbsenceKind.DAILY_ACTIVITY))
    month = _with_bill(_built(draft), in_activity=draft.dice.random() < 0.5)
    return _seeded(name, _case(month, absences=(_absence(draft, kind, draft.rows[MORNING][3]),)), "K13")


def _k14_permit(draft: _Draft, name: str) -> Seeded:
    month = _built(draft)
    provider = replace(month.case.provider, permit_from=draft.month_on + timedelta(days=10))
    return _seeded(name, _case(month, provider=provider), "K14")


def _k14_tax(draft: _Draft, name: str) -> Seeded:
    return _seeded(name, replace(_built(draft), f_tax_to=draft.month_on + timedelta(days=49)), "K14")


def _k14_employer(draft: _Draft, name: str) -> Seeded:
    return _seeded(name, replace(_built(draft), employer_from=None), "K14")


def _k15(draft: _Draft, name: str) -> Seeded:
    return _seeded(name, _case(_built(draft), grants=(_grant(granted_minutes=Minutes(60 * 60)),)), "K15")


def _k15_ended(draft: _Draft, name: str) -> Seeded:
    ends = draft.month_on + timedelta(days=20)
    return _seeded(name, _case(_built(draft), grants=(_grant(granted_to=ends),)), "K15")


def _k16_assistant(draft: _Draft, name: str) -> Seeded:
    return _seeded(name, _first_report(_built(draft), assistant_signature=None), "K16")


def _k16_early(draft: _Draft, name: str) -> Seeded:
    early = Signature(signed_on=draft.month_on + timedelta(days=12))
    return _seeded(name, _first_report(_built(draft), assistant_signature=early), "K16")


def _k16_stranger(draft: _Draft, name: str) -> Seeded:
    stranger = Signature(signed_on=draft.month_on + timedelta(days=33), number=NUMBERS[2])
    return _seeded(name, _first_report(_built(draft), manager_signature=stranger), "K16")


def _k16_changed(draft: _Draft, name: str) -> Seeded:
    month = _built(draft)
    return _seeded(name, replace(month, altered=(month.case.reports[0].key,)), "K16")


def _k16_bill(draft: _Draft, name: str) -> Seeded:
    signer = draft.dice.choice((None, NUMBERS[1]))
    return _seeded(name, _with_bill(_built(draft), signer_number=signer), "K16")


def _k17(draft: _Draft, name: str) -> Seeded:
    return _seeded(name, _first_report(_built(draft), reference_periods=()), "K17")


def _k17_own(draft: _Draft, name: str) -> Seeded:
    draft.own_employer = True
    period = (draft.month_on, draft.month_on + timedelta(days=28))
    return _seeded(name, _first_report(_built(draft), reference_periods=(period,)), "K17")


def _k18(draft: _Draft, name: str) -> Seeded:
    on = draft.month_on + timedelta(days=draft.rows[MORNING][5][0] - 1)
    away = Away(
        assistant_number=MORNING,
        kind=draft.dice.choice(list(AwayKind)),
        away_from=on,
        away_to=on + timedelta(days=2),
    )
    return _seeded(name, replace(_built(draft), away=(away,)), "K18")


def _noted(purpose: RowPurpose, key: str) -> Callable[[_Draft, str], Seeded]:
    def seed(draft: _Draft, name: str) -> Seeded:
        month = _built(draft)
        row = NotedRow(report_key=month.case.reports[0].key, line=5, purpose=purpose)
        return _seeded(name, replace(month, noted=(row,)), key)

    return seed


def _k21(draft: _Draft, name: str) -> Seeded:
    month = _built(draft)
    assert month.bill is not None
    return _seeded(name, replace(month, settled_on=month.bill.received_on - timedelta(days=1)), "K21")


def _k22(draft: _Draft, name: str) -> Seeded:
    late = _fifth_of_second_month(draft.month_on) + timedelta(days=1)
    return _seeded(name, _case(_built(draft), received_on=late), "K22")


def _k22_bill(draft: _Draft, name: str) -> Seeded:
    late = _fifth_of_second_month(draft.month_on) + timedelta(days=1)
    return _seeded(name, _with_bill(_built(draft), received_on=late), "K22")


def _k23(draft: _Draft, name: str) -> Seeded:
    return _seeded(name, replace(_built(draft), close_to_recipient=(AFTERNOON,)), "K23")


def _k24(draft: _Draft, name: str) -> Seeded:
    month = _built(draft)
    return _seeded(name, replace(month, on_old_form=(month.case.reports[1].key,)), "K24")


def _k25_alike(draft: _Draft, name: str) -> Seeded:
    draft.rows[MORNING] = [(day, 425, 830) for day, _begins, _ends in draft.rows[MORNING]]
    return _seeded(name, _built(draft), "K25")


def _k25_round(draft: _Draft, name: str) -> Seeded:
    for number, hours in zip(NUMBERS, ((7, 13), (15, 20), (9, 15)), strict=True):
        draft.rows[number] = [
            (day, hours[0] * 60 + 60 * (day % 2), hours[1] * 60) for day, _begins, _ends in draft.rows[number]
        ]
    return _seeded(name, _built(draft), "K25")


def _k25_exact(draft: _Draft, name: str) -> Seeded:
    month = _built(draft)
    assert month.bill is not None
    exact = _grant(granted_minutes=Minutes(month.bill.active_minutes), per=GrantUnit.MONTH)
    return _seeded(name, _case(month, grants=(exact,)), "K25")


SEEDS: Mapping[str, Callable[[_Draft, str], Seeded]] = {
    "K01": _k01,
    "K02": _k02,
    "K03": _k03,
    "K04": _k04,
    "K05": _k05,
    "K05-no-bill": _k05_no_bill,
    "K05-by-the-clock": _k05_by_the_clock,
    "clean-night-of-change": _night_of_change_right,
    "K06": _k06,
    "K06-never": _k06_never,
    "K07": _k07,
    "K08": _k08,
    "K09": _k09,
    "K10": _k10,
    "K11": _k11,
    "K12": _k12,
    "K12-not-on-bill": _k12_not_on_bill,
    "K13": _k13,
    "K14-permit": _k14_permit,
    "K14-tax": _k14_tax,
    "K14-employer": _k14_employer,
    "K15": _k15,
    "K15-ended": _k15_ended,
    "K16-assistant": _k16_assistant,
    "K16-early": _k16_early,
    "K16-stranger": _k16_stranger,
    "K16-changed": _k16_changed,
    "K16-bill": _k16_bill,
    "K17": _k17,
    "K17-own": _k17_own,
    "K18": _k18,
    "K19": _noted(RowPurpose.NOT_WITH_RECIPIENT, "K19"),
    "K20-meeting": _noted(RowPurpose.MEETING, "K20"),
    "K20-training": _noted(RowPurpose.TRAINING, "K20"),
    "K21": _k21,
    "K22": _k22,
    "K22-bill": _k22_bill,
    "K23": _k23,
    "K24": _k24,
    "K25-alike": _k25_alike,
    "K25-round": _k25_round,
    "K25-exact": _k25_exact,
}
