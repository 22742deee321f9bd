"""An adopted delegation order for the cast: Cecilia grants, David decides everything, Erik stands in for him."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from tests.apps.attest_lists import BOARD, YEAR, erik, olga
from tests.cast import NOW, Cast, ok
from timvis.apps.routines.board_lists import Drafted
from timvis.apps.routines.delegation_orders import adopt_delegation_order, draft_delegation_order
from timvis.core.access import Actor
from timvis.core.procedure.decision import Outcome
from timvis.core.procedure.delegation import DelegationRow
from timvis.core.quantities import Ore
from timvis.core.routine.records import ClaimKind

IN_FAVOUR = frozenset({Outcome.GRANTED})
ALL = frozenset(Outcome)


def a_row(
    number: int,
    person: Actor | None,
    *,
    kind: ClaimKind = ClaimKind.SICK_COST,
    outcomes: frozenset[Outcome] = ALL,
    position: str | None = None,
    up_to_ore: int | None = None,
    deputy_of: int | None = None,
    days: tuple[date, date] = YEAR,
) -> DelegationRow:
    """Return one row of an order, for its whole time unless it says otherwise."""
    return DelegationRow(
        number=number,
        kind=kind,
        outcomes=outcomes,
        person_id=person.person_id if person else None,
        position=position,
        up_to_ore=None if up_to_ore is None else Ore(up_to_ore),
        valid_from=days[0],
        valid_to=days[1],
        deputy_of=deputy_of,
    )


def the_rows(cast: Cast) -> tuple[DelegationRow, ...]:
    """Return what the board usually adopts."""
    return (
        a_row(1, cast.cecilia, outcomes=IN_FAVOUR, up_to_ore=5_000_000),
        a_row(2, cast.david),
        a_row(3, erik(cast), deputy_of=2),
    )


def draft_order(
    actor: Actor, *rows: DelegationRow, days: tuple[date, date] = YEAR, board: str = BOARD, now: datetime = NOW
) -> int:
    """Return the id of a drafted order."""
    drafted = Drafted(board=board, valid_from=days[0], valid_to=days[1], rights=rows)
    made = ok(draft_delegation_order(actor, drafted, now=now))
    assert isinstance(made, int), made
    return made


def adopt_order(cast: Cast, *rows: DelegationRow, now: datetime = NOW, days: tuple[date, date] = YEAR) -> int:
    """Return the id of an order that Greta drafted and Olga entered the adoption of."""
    list_id = draft_order(cast.greta, *(rows or the_rows(cast)), now=now, days=days)
    return ok(
        adopt_delegation_order(
            replace(olga(cast), logged_in_at=now + timedelta(seconds=1)),
            list_id=list_id,
            decision="Nämnden 2021-01-14 § 4",
            adopted_on=date(2021, 1, 14),
            now=now + timedelta(seconds=1),
        )
    )
