"""Who may attest and decide in an example, and who is too near or away: registered by two persons, as it must be."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from timvis.apps.parties.interests import register_interest
from timvis.apps.parties.particulars import InterestParticulars
from timvis.apps.routines import board_lists
from timvis.apps.routines.attest_lists import ATTEST_LISTS
from timvis.apps.routines.board_lists import Drafted, ListSort
from timvis.apps.routines.delegation_orders import DELEGATION_ORDERS
from timvis.apps.routines.on_duty import confirm_position, register_off_duty, register_position
from timvis.cli.demonstration.cast import Cast, done, wanted
from timvis.core.disqualification import InterestKind
from timvis.core.procedure.decision import Outcome
from timvis.core.procedure.delegation import DelegationRow
from timvis.core.quantities import Ore
from timvis.core.routine.attest_rights import AttestRight
from timvis.core.routine.board_lists import R
from timvis.core.routine.records import Act, ClaimKind

Table = dict[str, Any]
Planned = tuple[date, Callable[[datetime], None]]


def rights(municipality: Table, cast: Cast) -> Iterator[Planned]:
    """Yield what an example registers about rights, each with the day it is done."""
    for position in municipality.get("position", []):
        yield position["from"], partial(_position, cast, position)
    for told in municipality.get("attest_list", []):
        for year in told["years"]:
            yield date(year, 1, 1), partial(_attest_list, cast, told, year)
    for told in municipality.get("delegation_order", []):
        for year in told["years"]:
            yield date(year, 1, 1), partial(_delegation_order, cast, told, year)
    for spell in municipality.get("off_duty", []):
        yield spell["known_on"], partial(_off_duty, cast, spell)
    for interest in municipality.get("interest", []):
        yield interest["known_on"], partial(_interest, cast, interest)


def _position(cast: Cast, position: Table, now: datetime) -> None:
    told = register_position(
        cast.person(position["told_by"], now),
        person_id=cast.person(position["held_by"], now).person_id,
        position=position["name"],
        held_from=position["from"],
        now=now,
    )
    version = wanted(int, told, position["name"])
    done(confirm_position(cast.person(position["confirmed_by"], now), version_id=version, now=now), position["name"])


def _attest_list(cast: Cast, told: Table, year: int, now: datetime) -> None:
    _board_list(ATTEST_LISTS, _attest_right, cast, told, year, now)


def _delegation_order(cast: Cast, told: Table, year: int, now: datetime) -> None:
    _board_list(DELEGATION_ORDERS, _delegation_row, cast, told, year, now)


def _board_list(
    sort: ListSort[R], right_of: Callable[[Table, Table], R], cast: Cast, told: Table, year: int, now: datetime
) -> None:
    """Draft a list for a year and enter that its board has adopted it."""
    days = (date(year, 1, 1), date(year + 1, 1, 1))
    drafted = Drafted(
        board=told["board"],
        valid_from=days[0],
        valid_to=days[1],
        rights=tuple(right_of(_common(cast, n, row, days, now), row) for n, row in enumerate(told["right"], start=1)),
    )
    drafter, enterer = cast.person(told["drafted_by"], now), cast.person(told["entered_by"], now)
    list_id = wanted(int, board_lists.draft(sort, drafter, drafted, now), told["board"])
    decision = told["decision"].format(year=year - 1)
    adopted = board_lists.adopt(sort, enterer, list_id=list_id, decision=decision, adopted_on=days[0], now=now)
    done(adopted, told["board"])


def _common(cast: Cast, number: int, row: Table, days: tuple[date, date], now: datetime) -> Table:
    """Return what every right of a list has, by the names of the core's record."""
    limit = row.get("up_to_ore")
    return {
        "number": number,
        "person_id": cast.person(row["person"], now).person_id if "person" in row else None,
        "position": row.get("position"),
        "up_to_ore": None if limit is None else Ore(limit),
        "valid_from": days[0],
        "valid_to": days[1],
        "deputy_of": row.get("deputy_of"),
    }


def _attest_right(common: Table, row: Table) -> AttestRight:
    return AttestRight(**common, act=Act(row["act"]), responsibility=row.get("responsibility"))


def _delegation_row(common: Table, row: Table) -> DelegationRow:
    return DelegationRow(
        **common,
        kind=ClaimKind(row["kind"]),
        outcomes=frozenset(Outcome(one) for one in row["outcomes"]),
        may_be_passed_on=row.get("may_be_passed_on", False),
    )


def _off_duty(cast: Cast, spell: Table, now: datetime) -> None:
    actor = cast.person(spell["person"], now)
    told = register_off_duty(actor, person_id=actor.person_id, off_from=spell["from"], off_to=spell["to"], now=now)
    wanted(int, told, actor.name)


def _interest(cast: Cast, interest: Table, now: datetime) -> None:
    told = register_interest(
        cast.person(interest["person"], now),
        person_number=interest["person"],
        other_number=interest["other"],
        kind=InterestKind(interest["kind"]),
        particulars=InterestParticulars(note=interest.get("note", "")),
        now=now,
    )
    done(told, interest["person"])
