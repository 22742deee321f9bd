"""What a routine leans on beside itself: days that can be computed, accounts, letters, limits without a gap.

The files stand outside `core`; whoever asks for a proof hands in what there is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from timvis.core.calculation.hourly import kronor_text
from timvis.core.calendar.deadlines import DueRule, TimeAfterEvent, due
from timvis.core.calendar.months import day_text, last_of_month, month_text
from timvis.core.calendar.working_days import CalendarGap, Holidays
from timvis.core.records import ProviderKind
from timvis.core.routine.needs import outcomes
from timvis.core.routine.records import Act, Limit, Outcome, Problem, Routine

FIRST_YEAR, LAST_YEAR = 2019, 2030
"""Every month of these years must give every due day."""

EVENTS: dict[str, Act] = {
    "ansökan": Act.APPLY,
    "valet": Act.CHOOSE_PROVIDER,
    "beställningen": Act.PLACE_ORDER,
    "bekräftelsen": Act.CONFIRM_ORDER,
    "starten": Act.START_SERVICE,
    "bokningen": Act.BOOK_SUBSTITUTE,
    "redovisningen": Act.HAND_IN,
    "registreringen": Act.REGISTER,
    "granskningen": Act.REVIEW,
    "beslutet": Act.DECIDE,
    "beräkningen": Act.CALCULATE,
    "sammanställningen": Act.SEND_SUMMARY,
    "granskningsattesten": Act.REVIEW_ATTEST,
    "mottagningsattesten": Act.RECEIPT_ATTEST,
    "beslutsattesten": Act.DECISION_ATTEST,
    "frisläppandet": Act.PAYMENT_RELEASE,
    "utbetalningen": Act.RUN_PAYMENTS,
    "bokföringen": Act.BOOK,
}
"""The acts of a routine whose day a due rule can count from, as rules name them in Swedish."""

UNNAMED = TimeAfterEvent.__dataclass_fields__["event"].default
"""What a rule that names no event says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartInShort:
    """A chart of accounts as far as a routine leans on it: code parts, and whom there are cost accounts for."""

    slug: str
    parts: frozenset[str]
    provider_kinds: frozenset[ProviderKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What there is for a routine to lean on; None where nobody has looked, and then nothing is asked of it."""

    holidays: Holidays | None = None
    charts: tuple[ChartInShort, ...] | None = None
    letters: frozenset[str] | None = None


def missing(routine: Routine, shelf: Shelf) -> Iterator[Problem]:
    """Yield every problem with what a routine leans on."""
    for name, _label, rule in _due_rules(routine):
        yield from _due_day(routine, name, rule, shelf.holidays)
    if shelf.charts is not None:
        yield from _accounts(routine, shelf.charts)
    if shelf.letters is not None:
        yield from _letters(routine, shelf.letters)
    yield from _gaps(routine, routine.limits)


def events_of_others(routine: Routine) -> tuple[tuple[str, str], ...]:
    """Return what falls due some time after something that no step does: somebody must say when that was."""
    steps = {name for step in routine.steps for name in (step.name.casefold(), step.label.casefold())}
    return tuple(
        (label, rule.event)
        for _name, label, rule in _due_rules(routine)
        if isinstance(rule, TimeAfterEvent)
        and rule.event != UNNAMED
        and rule.event.casefold() not in EVENTS.keys() | steps
    )


def _due_rules(routine: Routine) -> Iterator[tuple[str, str, DueRule]]:
    """Yield every due rule of a routine with the name and label of what falls due by it."""
    for step in routine.steps:
        if step.due is not None:
            yield step.name, step.label, step.due
    for deadline in routine.deadlines:
        yield deadline.name, deadline.label, deadline.due


def _due_day(routine: Routine, name: str, rule: DueRule, holidays: Holidays | None) -> Iterator[Problem]:
    if isinstance(rule, TimeAfterEvent):
        act = EVENTS.get(rule.event.casefold())
        if rule.event == UNNAMED:
            yield Problem(
                code="due_day_has_no_event",
                message=f"{name} förfaller en tid efter en händelse som inte är namngiven. "
                'Skriv vilken, till exempel event = "starten".',
                example=name,
            )
        elif act is not None and not any(act in one.acts for one in routine.steps):
            yield Problem(
                code="event_never_happens",
                message=f"{name} förfaller en tid efter {rule.event}, men inget steg gör {act}. "
                "Lägg in handlingen, eller räkna från något annat.",
                example=name,
            )
    if holidays is not None and (failure := _first_failure(rule, holidays)):
        month, why = failure
        yield Problem(
            code="due_day_cannot_be_computed",
            message=f"{name} får ingen förfallodag för {month}: {why}",
            example=f"{name}, {month}",
        )


@lru_cache(maxsize=512)
def _first_failure(rule: DueRule, holidays: Holidays) -> tuple[str, str] | None:
    """Return the first month that a rule gives no day for, and why."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for month in range(1, 13):
            first = date(year, month, 1)
            # An event can fall on any day; the ends of the month stand for the days between.
            for on in (first, last_of_month(first)) if isinstance(rule, TimeAfterEvent) else (first,):
                try:
                    due(rule, on, holidays)
                except CalendarGap as gap:
                    return month_text(first), f"{gap} Fyll på helgdagarna."
                except LookupError:
                    return month_text(first), f"regeln räknad från {day_text(on)} ger ingen dag. Välj en annan dag."
    return None


def _accounts(routine: Routine, charts: Sequence[ChartInShort]) -> Iterator[Problem]:
    coding = routine.coding
    chart = next((one for one in charts if one.slug == coding.chart), None)
    if chart is None:
        yield Problem(
            code="chart_is_missing",
            message=f"Kontoplanen {coding.chart} finns inte. Välj bland: {', '.join(one.slug for one in charts)}.",
            example=coding.chart,
        )
        return
    for code, value in coding.parts:
        if code not in chart.parts:
            yield Problem(
                code="code_part_is_missing",
                message=f"Kontoplanen {chart.slug} har ingen koddel {code}. Lägg till den där, eller ta bort den här.",
                example=f"{code} = {value}",
            )
    if Outcome.PAYMENT not in outcomes(routine):
        return
    paid = {kind for channel in routine.channels for kind in channel.provider_kinds}
    for kind in sorted(paid - chart.provider_kinds):
        yield Problem(
            code="account_is_missing",
            message=f"Kontoplanen {chart.slug} har inget kostnadskonto för {kind}. Lägg till ett.",
            example=kind,
        )


def _letters(routine: Routine, letters: frozenset[str]) -> Iterator[Problem]:
    for code in sorted({letter.code for letter in routine.letters} - letters):
        yield Problem(
            code="letter_is_missing",
            message=f"Rutinen skickar brevet {code}, som inte finns bland breven. Skriv det, eller ta bort det här.",
            example=code,
        )


def _gaps(routine: Routine, limits: Sequence[Limit]) -> Iterator[Problem]:
    """Yield a problem for every act with an amount that nobody may do it for.

    An act without limits is open for any amount; one with limits needs somebody without a ceiling.
    """
    for act in sorted({limit.act for limit in limits}):
        step = next((step for step in routine.steps if act in step.acts), None)
        ceilings = [limit.up_to_ore for limit in limits if limit.act is act]
        if step is None or None in ceilings:
            continue
        highest = max(ceiling for ceiling in ceilings if ceiling is not None)
        yield Problem(
            code="nobody_may_attest_the_amount",
            message=f"Steget {step.name}: ingen får göra {act} för belopp över {kronor_text(highest)}. "
            "Ge någon roll rätt till alla belopp.",
            example=f"{highest + 1} öre",
        )
