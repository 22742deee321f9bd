"""A need of a substitute: what speaks against meeting it now, and what must still come in afterwards.

What is acute is acted on first. Nothing is then waived: each paper that should have come before is an open item
until it is in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.calculation.calculated import doubt
from timvis.core.calendar.local_time import local_day
from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.core.records import Instant, ProviderKind
from timvis.core.review.finding import Finding
from timvis.core.review.rule import Severity
from timvis.core.substitute.settings import SubstituteSettings

SUBSTITUTE = ("LSS 9 § 2",)


class AskedBy(StrEnum):
    """Who asked for the substitute."""

    RECIPIENT = "recipient"
    PROVIDER = "provider"
    OWN_EMPLOYER = "own_employer"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTold:
    """A decision under LSS 9 § 2 about a substitute: its days (half-open) and, when it says so, its minutes."""

    reference: str
    is_granted: bool
    decided_on: date
    decision_from: date
    decision_to: date | None = None
    granted_minutes: int | None = None

    def covers(self, start_at: Instant, end_at: Instant) -> bool:
        """Return whether the whole of a shift lies on days that were granted."""
        first_on, last_on = local_day(start_at), local_day(Instant(end_at - 1))
        return (
            self.is_granted
            and self.decision_from <= first_on
            and (self.decision_to is None or last_on < self.decision_to)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A need as it was told, with what has come in about it since.

    `own_routine_is_in` is whether the provider has shown its own routine; `tried` what it says it has tried.
    `booked_minutes` is what other bookings already take of the decision.
    """

    start_at: Instant
    end_at: Instant
    is_acute: bool
    asked_by: AskedBy
    provider_kind: ProviderKind
    own_routine_is_in: bool = False
    tried: str = ""
    decision: DecisionTold | None = None
    power_of_attorney_is_in: bool = False
    booked_minutes: int = 0

    @property
    def needs_power_of_attorney(self) -> bool:
        """Whether somebody asks in the recipient's place; who is her own employer asks for herself."""
        return self.asked_by is AskedBy.PROVIDER and self.provider_kind is not ProviderKind.OWN_EMPLOYER

    @property
    def needs_own_routine(self) -> bool:
        """Whether the provider is one who should have a routine of its own."""
        return self.provider_kind in (ProviderKind.COMPANY, ProviderKind.COOPERATIVE)


class Open(StrEnum):
    """What can still be missing once somebody has come."""

    DECISION = "decision"
    POWER_OF_ATTORNEY = "power_of_attorney"
    OWN_ROUTINE = "own_routine"
    TIME_REPORT = "time_report"
    PROVIDER_COST = "provider_cost"
    INVOICE_BASIS = "invoice_basis"


OPEN_TEXTS = {
    Open.DECISION: "Beslut enligt LSS 9 § 2",
    Open.POWER_OF_ATTORNEY: "Fullmakt från den enskilde",
    Open.OWN_ROUTINE: "Att anordnaren har en egen rutin och har prövat den",
    Open.TIME_REPORT: "Vikariens tidrapport",
    Open.PROVIDER_COST: "Anordnarens kostnad för den sjuka assistenten",
    Open.INVOICE_BASIS: "Underlag för faktura",
}


def objections(request: Request, settings: SubstituteSettings) -> tuple[Finding, ...]:
    """Return everything that speaks against booking now, each with what to do; a refused need is not lost."""
    return tuple(_objections(request, settings))


def still_open(
    request: Request, settings: SubstituteSettings, *, is_worked: bool = False, costs_are_in: bool = False
) -> tuple[Open, ...]:
    """Return the papers that are still to come, in the order they are waited for."""
    return tuple(_still_open(request, settings, is_worked=is_worked, costs_are_in=costs_are_in))


def may_wait(request: Request, settings: SubstituteSettings) -> bool:
    """Return whether papers may come afterwards: the need is acute, and the routine lets it be acted on first."""
    return request.is_acute and settings.decided_afterwards


def _objections(request: Request, settings: SubstituteSettings) -> Iterator[Finding]:
    waits = may_wait(request, settings)
    if settings.tries_own_routine_first and request.needs_own_routine and not request.tried.strip():
        yield doubt(
            "provider_had_not_tried_its_own_routine",
            Severity.INFORMS if waits else Severity.STOPS,
            label="Anordnaren har inte prövat sin egen rutin",
            message="Kommunen går in när det inte kan lösas på annat sätt. Fråga vad anordnaren har prövat och skriv "
            "ner svaret; när det är akut får svaret komma efteråt.",
            cites=SUBSTITUTE,
        )
    if settings.tries_own_routine_first and request.needs_own_routine and not request.own_routine_is_in:
        yield doubt(
            "provider_had_not_shown_its_own_routine",
            Severity.ASKS,
            label="Anordnaren har inte visat någon egen rutin",
            message="Be anordnaren om den rutin den har för att ordna vikarier, och registrera den som handling. Den "
            "gäller sedan tills den ändras; passet kan bokas under tiden.",
            cites=SUBSTITUTE,
        )
    if not settings.is_booked_here:
        return
    decision = request.decision
    if decision is None:
        if not waits:
            yield doubt(
                "no_decision_on_a_substitute",
                Severity.STOPS,
                label="Inget beslut om vikarie",
                message="Handläggaren beslutar enligt LSS 9 § 2 innan vikarien bokas. Är behovet akut: markera det, "
                "boka nu och låt beslutet komma efteråt.",
                cites=SUBSTITUTE,
            )
        return
    if not decision.covers(request.start_at, request.end_at):
        yield doubt(
            "booking_was_outside_the_decision",
            Severity.STOPS,
            label="Bokningen ligger utanför beslutet",
            message=f"Beslutet {decision.reference} {_days(decision)}. Ändra tiden, eller be handläggaren om ett "
            "beslut som täcker passet.",
            cites=SUBSTITUTE,
        )
    minutes = request.booked_minutes + request.end_at - request.start_at
    if decision.granted_minutes is not None and minutes > decision.granted_minutes:
        yield doubt(
            "booking_was_beyond_the_decided_hours",
            Severity.STOPS,
            label="Bokningen är längre än beslutet",
            message=f"Med det här passet är {_hours(minutes)} timmar bokade på beslutet {decision.reference}, som "
            f"ger {_hours(decision.granted_minutes)}. Korta passet, eller be handläggaren om ett nytt beslut.",
            cites=SUBSTITUTE,
        )


def _still_open(
    request: Request, settings: SubstituteSettings, *, is_worked: bool, costs_are_in: bool
) -> Iterator[Open]:
    if not settings.is_booked_here:
        return
    if request.decision is None:
        yield Open.DECISION
    if request.needs_power_of_attorney and not request.power_of_attorney_is_in:
        yield Open.POWER_OF_ATTORNEY
    asks_for_routine = settings.tries_own_routine_first and request.needs_own_routine
    if asks_for_routine and not (request.own_routine_is_in and request.tried.strip()):
        yield Open.OWN_ROUTINE
    if not is_worked:
        yield Open.TIME_REPORT
    if not costs_are_in:
        yield Open.PROVIDER_COST
    yield Open.INVOICE_BASIS


def _days(decision: DecisionTold) -> str:
    if not decision.is_granted:
        return "är ett avslag"
    until = "tills vidare" if decision.decision_to is None else f"till {decision.decision_to}"
    return f"gäller från {decision.decision_from} {until}"


def _hours(minutes: int) -> str:
    return f"{minutes // MINUTES_PER_HOUR}:{minutes % MINUTES_PER_HOUR:02d}"
