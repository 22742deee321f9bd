"""What is wrong with a draft of an attest list, and whom it would give rights to: asked before it is adopted."""

from collections.abc import Iterator
from datetime import date

from timvis.core.faults import Fault
from timvis.core.routine.attest_rights import AttestBook, AttestList, AttestRight, holders_between
from timvis.core.routine.records import SIGNATURES

MONTHS_OF_A_LIST = 12


def list_faults(drafted: AttestList) -> tuple[Fault, ...]:
    """Return everything that keeps a list from being drafted; `line` counts the rows from 1."""
    return (*_faults_of_period(drafted), *(fault for right in drafted.rights for fault in _faults_of(drafted, right)))


def given_to(drafted: AttestList, book: AttestBook) -> frozenset[int]:
    """Return the persons a list gives any right to, by name or by a position they hold while it is in force."""
    days = (drafted.valid_from, drafted.valid_to)
    return frozenset(person_id for right in drafted.rights for person_id in holders_between(book, right, days))


def year_after(day: date) -> date:
    """Return the same day a year later; the 29th of February gives the 1st of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def _faults_of_period(drafted: AttestList) -> Iterator[Fault]:
    if drafted.valid_to <= drafted.valid_from:
        yield Fault(
            code="list_ends_before_it_begins",
            message="Listans sista dag ligger före den första.",
            remedy="Skriv den dag listan slutar gälla efter den dag den börjar.",
            column="valid_to",
        )
    elif drafted.valid_to > year_after(drafted.valid_from):
        yield Fault(
            code="list_is_longer_than_a_year",
            message="En attestlista gäller högst ett år.",
            remedy="Låt listan gälla till årets slut; nämnden antar en ny för nästa år.",
            column="valid_to",
        )
    if not drafted.board.strip():
        yield Fault(
            code="board_is_missing",
            message="Nämnden saknas.",
            remedy="Skriv vilken nämnd listan gäller.",
            column="board",
        )
    if not drafted.rights:
        yield Fault(
            code="list_is_empty", message="Listan ger ingen någon rätt.", remedy="Skriv minst en rad.", column="rights"
        )


def _faults_of(drafted: AttestList, right: AttestRight) -> Iterator[Fault]:
    line = right.number
    if (right.person_id is None) == (not right.position):
        yield Fault(
            code="holder_is_unclear",
            message=f"Rad {line} ska ge rätten till antingen en person eller en befattning.",
            remedy="Fyll i det ena och lämna det andra tomt.",
            line=line,
            column="person",
        )
    if right.act not in SIGNATURES:
        yield Fault(
            code="act_is_no_signature",
            message=f"Rad {line} gäller {right.act}, som ingen attesterar.",
            remedy=f"Välj bland: {', '.join(sorted(SIGNATURES))}.",
            line=line,
            column="act",
        )
    if right.up_to_ore is not None and right.up_to_ore <= 0:
        yield Fault(
            code="limit_is_no_amount",
            message=f"Beloppsgränsen på rad {line} är inte större än noll.",
            remedy="Skriv gränsen i kronor, eller lämna rutan tom när det inte finns någon gräns.",
            line=line,
            column="up_to_ore",
        )
    if not (drafted.valid_from <= right.valid_from < right.valid_to <= drafted.valid_to):
        yield Fault(
            code="right_is_outside_its_list",
            message=f"Rad {line} gäller dagar som listan inte gäller.",
            remedy="Låt raden gälla inom listans dagar.",
            line=line,
            column="valid_from",
        )
    if right.deputy_of is not None:
        yield from _faults_of_deputy(drafted, right)


def _faults_of_deputy(drafted: AttestList, right: AttestRight) -> Iterator[Fault]:
    line = right.number
    ordinary = next((one for one in drafted.rights if one.number == right.deputy_of and one.number < line), None)
    if ordinary is None:
        yield Fault(
            code="deputy_of_nobody",
            message=f"Rad {line} är ersättare för rad {right.deputy_of}, som inte står före den i listan.",
            remedy="Skriv numret på en rad ovanför.",
            line=line,
            column="deputy_of",
        )
        return
    if _is_wider(right, ordinary):
        yield Fault(
            code="deputy_has_wider_right",
            message=f"Rad {line} ger ersättaren mer än rad {ordinary.number} ger den ordinarie.",
            remedy="En ersättare har samma attest, högst samma belopp och inom samma ansvar.",
            line=line,
            column="deputy_of",
        )
    if right.person_id is not None and right.person_id == ordinary.person_id:
        yield Fault(
            code="deputy_of_herself",
            message=f"Rad {line} gör en person till ersättare för sig själv.",
            remedy="Välj någon annan som ersättare.",
            line=line,
            column="deputy_of",
        )


def _is_wider(right: AttestRight, ordinary: AttestRight) -> bool:
    return (
        right.act is not ordinary.act
        or ordinary.responsibility not in (None, right.responsibility)
        or (ordinary.up_to_ore is not None and (right.up_to_ore is None or right.up_to_ore > ordinary.up_to_ore))
    )
