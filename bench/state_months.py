"""Months for the state with known faults, each with its key: which of the catalogued controls K01–K25 it breaks.

Written from the catalogue alone. It builds records and imports no rule, no fact and no check, so that what it seeds
says nothing about how it is found. A month without a seed breaks nothing.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bench.ordinary_month import (
    AFTERNOON,
    FULL,
    MORNING,
    NUMBERS,
    WEEKEND,
    YEAR,
    Draft,
    a_grant,
    built,
    days_of,
    fifth_of_second_month,
    odd,
    ordinary,
    piece_of,
    with_bill,
    with_case,
    with_first_assistant,
    with_first_report,
)
from timvis.core.calendar.local_time import instant
from timvis.core.green_month.records import Away, AwayKind, NotedRow, RowPurpose, StateMonth, Stay
from timvis.core.quantities import Minutes
from timvis.core.records import Absence, AbsenceKind, GrantUnit, OtherShift, Signature, TimeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """A month with what it breaks; nothing when it is in order."""

    name: str
    month: StateMonth
    key: frozenset[str]


def months(count: int = 200, seed: int = 1) -> tuple[Seeded, ...]:
    """Return so many months, every seventh of them in order, the others with the catalogue's faults in turn."""
    dice = random.Random(seed)
    made = []
    names = list(SEEDS)
    for number in range(count):
        month_on = date(YEAR, dice.randrange(1, 13), 1)
        name = "clean" if number % 7 == 6 else names[(number - number // 7) % len(names)]
        build = SEEDS.get(name, _clean)
        made.append(build(ordinary(month_on, dice), f"{number:03d}-{name}"))
    return tuple(made)


def _clean(draft: Draft, name: str) -> Seeded:
    return _seeded(name, built(draft))


def _seeded(name: str, month: StateMonth, *key: str) -> Seeded:
    return Seeded(name=name, month=month, key=frozenset(key))


# --- the seeds, one or more per control ----------------------------------------------------------------------------


def _k01(draft: Draft, name: str) -> Seeded:
    day, _begins, ends = draft.rows[MORNING][3]
    draft.rows[MORNING].append((day, ends - 60, ends + 5))
    return _seeded(name, built(draft), "K01")


def _k02(draft: Draft, name: str) -> Seeded:
    month = built(draft)
    day, begins, ends = draft.rows[MORNING][2]
    elsewhere = OtherShift(
        reference="rad-77",
        assistant_number=MORNING,
        is_same_recipient=False,
        is_same_employer=True,
        kind=TimeKind.ACTIVE,
        span=piece_of(draft.month_on, day, begins + 30, ends - 30),
    )
    return _seeded(name, with_case(month, others=(elsewhere,)), "K02")


def _k03(draft: Draft, name: str) -> Seeded:
    """A whole day and night, and some of it once more: that is an overlap, and no rest, besides."""
    day = draft.rows[MORNING][4][0]
    for number in NUMBERS:
        draft.rows[number] = [row for row in draft.rows[number] if row[0] not in (day - 1, day, day + 1)]
    draft.rows[MORNING] += [(day, 0, FULL), (day, 600, 725)]
    return _seeded(name, built(draft), "K01", "K03", "K11")


def _k04(draft: Draft, name: str) -> Seeded:
    day, begins, ends = draft.rows[MORNING][2]
    draft.rows[WEEKEND].append((day, begins + 30, ends - 30))
    return _seeded(name, built(draft), "K04")


def _k05(draft: Draft, name: str) -> Seeded:
    month = built(draft)
    assert month.bill is not None
    wrong = month.bill.active_minutes + draft.dice.choice((-60, -1, 7, 60))
    return _seeded(name, with_bill(month, active_minutes=wrong), "K05")


def _night_of_change(draft: Draft, month: int) -> None:
    """Let the weekend's assistant work the night when the clocks change, rested before it."""
    draft.month_on = date(YEAR, month, 1)
    usual = ordinary(draft.month_on, draft.dice)
    day = max(day for day in range(1, 32) if (draft.month_on + timedelta(days=day - 1)).weekday() == 6)
    usual.rows[WEEKEND] = [row for row in usual.rows[WEEKEND] if row[0] not in (day - 1, day)]
    draft.rows = {**usual.rows, WEEKEND: [*usual.rows[WEEKEND], (day, 15, 375)]}


def _night_of_change_right(draft: Draft, name: str) -> Seeded:
    """A bill of the time that really passed is in order: an hour less in spring, an hour more in autumn."""
    _night_of_change(draft, draft.dice.choice((3, 10)))
    return _seeded(name, built(draft))


def _k05_by_the_clock(draft: Draft, name: str) -> Seeded:
    """The bill says what the clock showed, six hours, in the night that had five or seven."""
    month_number = draft.dice.choice((3, 10))
    _night_of_change(draft, month_number)
    month = built(draft)
    assert month.bill is not None
    by_the_clock = month.bill.active_minutes + (60 if month_number == 3 else -60)
    return _seeded(name, with_bill(month, active_minutes=by_the_clock), "K05")


def _k05_no_bill(draft: Draft, name: str) -> Seeded:
    return _seeded(name, replace(built(draft), bill=None), "K05")


def _k06(draft: Draft, name: str) -> Seeded:
    late = draft.month_on + timedelta(days=draft.rows[MORNING][2][0])
    return _seeded(name, with_first_assistant(built(draft), registered_on=late), "K06")


def _k06_never(draft: Draft, name: str) -> Seeded:
    return _seeded(name, with_first_assistant(built(draft), registered_on=None), "K06")


def _k07(draft: Draft, name: str) -> Seeded:
    born_on = date(YEAR - 18, draft.month_on.month, 25)
    return _seeded(name, with_first_assistant(built(draft), born_on=born_on), "K07")


def _k08(draft: Draft, name: str) -> Seeded:
    return _seeded(name, with_first_assistant(built(draft), lives_outside_eea=True), "K08")


def _too_long(draft: Draft) -> None:
    """Let one assistant do everything, ten hours six days a week: rested, but far above the limit."""
    days = range(1, days_of(draft.month_on) + 1)
    free = [day for day in days if (draft.month_on + timedelta(days=day - 1)).weekday() == 6]
    draft.rows = {number: [] for number in NUMBERS}
    draft.rows[MORNING] = [(day, 420 + odd(draft.dice), 1035 + odd(draft.dice)) for day in days if day not in free]


def _k09(draft: Draft, name: str) -> Seeded:
    _too_long(draft)
    return _seeded(name, built(draft), "K09")


def _k10(draft: Draft, name: str) -> Seeded:
    draft.own_employer = True
    _too_long(draft)
    return _seeded(name, built(draft), "K10")


def _k11(draft: Draft, name: str) -> Seeded:
    """Home at half past eleven at night and back at seven, twice in a row with no other break of eleven hours."""
    day = next(row[0] for row in draft.rows[MORNING] if row[0] + 1 in {each[0] for each in draft.rows[MORNING]})
    draft.rows[AFTERNOON] = [row for row in draft.rows[AFTERNOON] if row[0] != day]
    draft.rows[MORNING].append((day, 1110, 1411))
    return _seeded(name, built(draft), "K11")


def _absence(draft: Draft, kind: AbsenceKind, row: tuple[int, int, int]) -> Absence:
    on = draft.month_on + timedelta(days=row[0] - 1)
    return Absence(kind=kind, start_at=instant(on, row[1]), end_at=instant(on, row[2]))


def _k12(draft: Draft, name: str) -> Seeded:
    month = built(draft)
    stay = _absence(draft, AbsenceKind.HOSPITAL, draft.rows[MORNING][3])
    told = with_bill(month, stays=(Stay(start_at=stay.start_at, end_at=stay.end_at),))
    return _seeded(name, with_case(told, absences=(stay,)), "K12")


def _k12_not_on_bill(draft: Draft, name: str) -> Seeded:
    """Nobody worked during the stay, but the bill says nothing of it."""
    month = built(draft)
    on = draft.month_on + timedelta(days=9)
    stay = Absence(kind=AbsenceKind.HOSPITAL, start_at=instant(on, 5), end_at=instant(on, 400))
    return _seeded(name, with_case(month, absences=(stay,)), "K12")


def _k13(draft: Draft, name: str) -> Seeded:
    kind = draft.dice.choice((AbsenceKind.SCHOOL, AbsenceKind.DAILY_ACTIVITY))
    month = with_bill(built(draft), in_activity=draft.dice.random() < 0.5)
    return _seeded(name, with_case(month, absences=(_absence(draft, kind, draft.rows[MORNING][3]),)), "K13")


def _k14_permit(draft: Draft, name: str) -> Seeded:
    month = built(draft)
    provider = replace(month.case.provider, permit_from=draft.month_on + timedelta(days=10))
    return _seeded(name, with_case(month, provider=provider), "K14")


def _k14_tax(draft: Draft, name: str) -> Seeded:
    return _seeded(name, replace(built(draft), f_tax_to=draft.month_on + timedelta(days=49)), "K14")


def _k14_employer(draft: Draft, name: str) -> Seeded:
    return _seeded(name, replace(built(draft), employer_from=None), "K14")


def _k15(draft: Draft, name: str) -> Seeded:
    return _seeded(name, with_case(built(draft), grants=(a_grant(granted_minutes=Minutes(60 * 60)),)), "K15")


def _k15_ended(draft: Draft, name: str) -> Seeded:
    ends = draft.month_on + timedelta(days=20)
    return _seeded(name, with_case(built(draft), grants=(a_grant(granted_to=ends),)), "K15")


def _k16_assistant(draft: Draft, name: str) -> Seeded:
    return _seeded(name, with_first_report(built(draft), assistant_signature=None), "K16")


def _k16_early(draft: Draft, name: str) -> Seeded:
    early = Signature(signed_on=draft.month_on + timedelta(days=12))
    return _seeded(name, with_first_report(built(draft), assistant_signature=early), "K16")


def _k16_stranger(draft: Draft, name: str) -> Seeded:
    stranger = Signature(signed_on=draft.month_on + timedelta(days=33), number=NUMBERS[2])
    return _seeded(name, with_first_report(built(draft), manager_signature=stranger), "K16")


def _k16_changed(draft: Draft, name: str) -> Seeded:
    month = built(draft)
    return _seeded(name, replace(month, altered=(month.case.reports[0].key,)), "K16")


def _k16_bill(draft: Draft, name: str) -> Seeded:
    signer = draft.dice.choice((None, NUMBERS[1]))
    return _seeded(name, with_bill(built(draft), signer_number=signer), "K16")


def _k17(draft: Draft, name: str) -> Seeded:
    return _seeded(name, with_first_report(built(draft), reference_periods=()), "K17")


def _k17_own(draft: Draft, name: str) -> Seeded:
    draft.own_employer = True
    period = (draft.month_on, draft.month_on + timedelta(days=28))
    return _seeded(name, with_first_report(built(draft), reference_periods=(period,)), "K17")


def _k18(draft: Draft, name: str) -> Seeded:
    on = draft.month_on + timedelta(days=draft.rows[MORNING][5][0] - 1)
    away = Away(
        assistant_number=MORNING,
        kind=draft.dice.choice(list(AwayKind)),
        away_from=on,
        away_to=on + timedelta(days=2),
    )
    return _seeded(name, replace(built(draft), away=(away,)), "K18")


def _noted(purpose: RowPurpose, key: str) -> Callable[[Draft, str], Seeded]:
    def seed(draft: Draft, name: str) -> Seeded:
        month = built(draft)
        row = NotedRow(report_key=month.case.reports[0].key, line=5, purpose=purpose)
        return _seeded(name, replace(month, noted=(row,)), key)

    return seed


def _k21(draft: Draft, name: str) -> Seeded:
    month = built(draft)
    assert month.bill is not None
    return _seeded(name, replace(month, settled_on=month.bill.received_on - timedelta(days=1)), "K21")


def _k22(draft: Draft, name: str) -> Seeded:
    late = fifth_of_second_month(draft.month_on) + timedelta(days=1)
    return _seeded(name, with_case(built(draft), received_on=late), "K22")


def _k22_bill(draft: Draft, name: str) -> Seeded:
    late = fifth_of_second_month(draft.month_on) + timedelta(days=1)
    return _seeded(name, with_bill(built(draft), received_on=late), "K22")


def _k23(draft: Draft, name: str) -> Seeded:
    return _seeded(name, replace(built(draft), close_to_recipient=(AFTERNOON,)), "K23")


def _k24(draft: Draft, name: str) -> Seeded:
    month = built(draft)
    return _seeded(name, replace(month, on_old_form=(month.case.reports[1].key,)), "K24")


def _k25_alike(draft: Draft, name: str) -> Seeded:
    draft.rows[MORNING] = [(day, 425, 830) for day, _begins, _ends in draft.rows[MORNING]]
    return _seeded(name, built(draft), "K25")


def _k25_round(draft: Draft, name: str) -> Seeded:
    for number, hours in zip(NUMBERS, ((7, 13), (15, 20), (9, 15)), strict=True):
        draft.rows[number] = [
            (day, hours[0] * 60 + 60 * (day % 2), hours[1] * 60) for day, _begins, _ends in draft.rows[number]
        ]
    return _seeded(name, built(draft), "K25")


def _k25_exact(draft: Draft, name: str) -> Seeded:
    month = built(draft)
    assert month.bill is not None
    exact = a_grant(granted_minutes=Minutes(month.bill.active_minutes), per=GrantUnit.MONTH)
    return _seeded(name, with_case(month, grants=(exact,)), "K25")


SEEDS: Mapping[str, Callable[[Draft, str], Seeded]] = {
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
