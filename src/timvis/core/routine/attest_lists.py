"""What is wrong with a draft of an attest list: asked before it is adopted."""

from collections.abc import Iterator
from datetime import date

from timvis.core.faults import Fault
from timvis.core.routine.attest_rights import AttestList, AttestRight
from timvis.core.routine.board_list_faults import faults_of_list, faults_of_right
from timvis.core.routine.records import SIGNATURES

MONTHS_OF_A_LIST = 12


def list_faults(drafted: AttestList) -> tuple[Fault, ...]:
    """Return everything that keeps a list from being drafted; `line` counts the rows from 1."""
    return (
        *faults_of_list(drafted),
        *_faults_of_period(drafted),
        *(fault for right in drafted.rights for fault in _faults_of(drafted, right)),
    )


def year_after(day: date) -> date:
    """Return the same day a year later; the 29th of February gives the 1st of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def _faults_of_period(drafted: AttestList) -> Iterator[Fault]:
    if drafted.valid_to > year_after(drafted.valid_from):
        yield Fault(
            code="list_is_longer_than_a_year",
            message="En attestlista gäller högst ett år.",
            remedy="Låt listan gälla till årets slut; nämnden antar en ny för nästa år.",
            column="valid_to",
        )


def _faults_of(drafted: AttestList, right: AttestRight) -> Iterator[Fault]:
    yield from faults_of_right(drafted, right, _is_wider)
    if right.act not in SIGNATURES:
        yield Fault(
            code="act_is_no_signature",
            message=f"Rad {right.number} gäller {right.act}, som ingen attesterar.",
            remedy=f"Välj bland: {', '.join(sorted(SIGNATURES))}.",
            line=right.number,
            column="act",
        )


def _is_wider(right: AttestRight, ordinary: AttestRight) -> bool:
    return right.act is not ordinary.act or ordinary.responsibility not in (None, right.responsibility)
