"""The claims of a year as they went, read for a simulation: what was done, when, by whom, and what it came to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, OuterRef, QuerySet, Subquery

from timvis.apps.accounting.models import PaymentOrder
from timvis.apps.attestation.models import SignedAct
from timvis.apps.audit.models import RoleHeld
from timvis.apps.claims.models import NOTHING_PAID, Claim, Report, Statement
from timvis.apps.claims.queries import newest_decisions
from timvis.apps.claims.restating import restated
from timvis.apps.claims.stamping import newest_stamps
from timvis.apps.routines import records as routines
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import month_after
from timvis.core.law import LawBook
from timvis.core.routine.records import Act, Routine
from timvis.core.routine.simulation import PastAct, PastCase, SimulatedCase, Simulation, simulate
from timvis.formats.holiday_calendar.read import holidays_around

MONTHS, AT_A_TIME = 12, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A routine's last year: the months it reaches over, half-open, and how many claims there are in them.

    `simulation` holds the newest of them, `left_out` counts those that nothing has been decided about.
    """

    from_on: date
    to_on: date
    found: int
    left_out: int
    simulation: Simulation

    @property
    def last_month_on(self) -> date:
        """The newest month of the year."""
        return month_after(self.to_on, -1)


def simulated_year(
    routine: Routine, claims: QuerySet[Claim], law: LawBook, *, at_most: int | None = None
) -> Year | None:
    """Return what a routine would have done to the last twelve months of claims of its kinds, None without any.

    The twelve months end with the newest one that somebody has claimed. The number of queries follows the number
    of claims divided by `AT_A_TIME`.
    """
    of_its_kind = claims.filter(kind__in=list(routine.claim_kinds)).exclude(status__in=NOTHING_PAID)
    if routine.regime is not None:
        of_its_kind = of_its_kind.filter(regime=routine.regime)
    newest: date | None = of_its_kind.aggregate(newest=Max("month_on"))["newest"]
    if newest is None:
        return None
    from_on, to_on = month_after(newest, 1 - MONTHS), month_after(newest)
    in_the_year = of_its_kind.filter(month_on__gte=from_on, month_on__lt=to_on)
    statement = Statement.objects.filter(claim=OuterRef("pk")).order_by("-number").values("id")[:1]
    ids = (
        in_the_year.annotate(statement_id=Subquery(statement))
        .exclude(statement_id=None)
        .order_by("-month_on", "number")
        .values_list("statement_id", flat=True)
    )
    decided, found = list(ids), in_the_year.count()
    return Year(
        from_on=from_on,
        to_on=to_on,
        found=found,
        left_out=found - len(decided),
        simulation=Simulation(
            cases=tuple(
                one
                for start in range(0, len(decided[:at_most]), AT_A_TIME)
                for one in _simulated(routine, decided[:at_most][start : start + AT_A_TIME], law)
            )
        ),
    )


def _simulated(routine: Routine, statement_ids: Sequence[int], law: LawBook) -> Iterator[SimulatedCase]:
    found = Statement.objects.select_related("claim__routine_version", "claim__invoice", "review").in_bulk(
        statement_ids
    )
    rows = [found[pk] for pk in statement_ids]
    past = _Past(rows)
    for row in rows:
        yield simulate(
            routines.routine(row.claim.routine_version),
            routine,
            past.case(row),
            restated(row, routine, law),
            holidays_around(row.claim.month_on),
        )


class _Past:
    """What was done on some claims, read all at once; each claim's part is then given from memory."""

    def __init__(self, rows: Sequence[Statement]) -> None:
        claims = [row.claim_id for row in rows]
        self._done: dict[int, list[tuple[Act, date, int | None]]] = {claim_id: [] for claim_id in claims}
        for row in rows:
            self._before_the_attests(row)
        self._on_invoices([row.claim for row in rows if row.claim.invoice_id is not None])
        self._typed_in(claims)
        self._signed(claims)
        self._paid(claims)
        persons = {person_id for done in self._done.values() for _act, _on, person_id in done if person_id}
        self._held: dict[int | None, list[RoleHeld]] = {}
        for held in RoleHeld.objects.filter(person_id__in=persons):
            self._held.setdefault(held.person_id, []).append(held)

    def case(self, row: Statement) -> PastCase:
        """Return a claim as it went, in the order of the days."""
        town = row.claim.routine_version.municipality
        acts = (
            PastAct(act=act, on=on, person_id=person_id, roles=self._roles(person_id, town, on))
            for act, on, person_id in self._done[row.claim_id]
        )
        return PastCase(
            number=row.claim.number,
            month_on=row.claim.month_on,
            acts=tuple(sorted(acts, key=lambda one: one.on)),
            total_ore=row.total_ore,
        )

    def _before_the_attests(self, row: Statement) -> None:
        claim, review = row.claim, row.review
        self._done[claim.pk] += [
            (Act.HAND_IN, day_of(claim.received_at), claim.submitted_by_id),
            (Act.REVIEW, day_of(review.made_at), review.made_by_id),
            (Act.CALCULATE, day_of(row.made_at), row.made_by_id),
        ]

    def _on_invoices(self, claims: Sequence[Claim]) -> None:
        """Add who registered each invoice, stamped its account and decided on it: the acts that count now."""
        stamps, decisions = newest_stamps(claims), newest_decisions(claims)
        for claim in claims:
            done = self._done[claim.pk]
            if claim.invoice is not None:
                done.append((Act.REGISTER, day_of(claim.received_at), claim.invoice.registered_by_id))
            if stamp := stamps.get(claim.pk):
                done.append((Act.ACCOUNT_STAMP, day_of(stamp.made_at), stamp.made_by_id))
            if decided := decisions.get(claim.pk):
                done.append((Act.DECIDE, day_of(decided.made_at), decided.made_by_id))

    def _typed_in(self, claims: Sequence[int]) -> None:
        """Add who typed in what came on paper, each person once."""
        typed = Report.objects.filter(claim__in=claims, is_current=True, original__isnull=False)
        for claim_id, received_at, person_id in (
            typed.values_list("claim_id", "original__received_at", "original__received_by").order_by("id").distinct()
        ):
            self._done[claim_id].append((Act.HAND_IN, day_of(received_at), person_id))

    def _signed(self, claims: Sequence[int]) -> None:
        signed = SignedAct.objects.filter(claim__in=claims, round=F("claim__round")).order_by("id")
        for claim_id, act, signed_at, person_id in signed.values_list("claim_id", "act", "signed_at", "person_id"):
            self._done[claim_id].append((Act(act), day_of(signed_at), person_id))

    def _paid(self, claims: Sequence[int]) -> None:
        """Add the day a payment was ordered, left, and was answered by the bank; machines do these."""
        paid = PaymentOrder.objects.filter(claim__in=claims).annotate(answered_at=Max("batch__answer_files__taken_at"))
        for claim_id, *moments in paid.values_list("claim_id", "made_at", "batch__made_at", "answered_at"):
            for act, at in zip((Act.ORDER, Act.RUN_PAYMENTS, Act.TAKE_BANK_ANSWER), moments, strict=True):
                if at is not None:
                    self._done[claim_id].append((act, day_of(at), None))

    def _roles(self, person_id: int | None, town: str, on: date) -> frozenset[str]:
        return frozenset(
            held.role
            for held in self._held.get(person_id, ())
            if held.municipality == town and held.held_from <= on and (held.held_to is None or on < held.held_to)
        )
