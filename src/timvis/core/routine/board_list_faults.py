"""What is wrong with a draft of a list that a board is to adopt, and whom it would give rights to.

Here stands what all such lists have in common; what a sort of list asks beside it stands with that sort.
"""

from collections.abc import Callable, Iterator

from timvis.core.faults import Fault
from timvis.core.routine.board_lists import BoardList, ListedRight, R, RightsBook, holders_between


def given_to(drafted: BoardList[R], book: RightsBook[R]) -> frozenset[int]:
    """Return the persons a list gives any right to, by name or by a position they hold while it is in force."""
    days = (drafted.valid_from, drafted.valid_to)
    return frozenset(person_id for right in drafted.rights for person_id in holders_between(book, right, days))


def faults_of_list(drafted: BoardList[R]) -> Iterator[Fault]:
    """Yield what is wrong with a list as a whole."""
    if drafted.valid_to <= drafted.valid_from:
        yield Fault(
            code="list_ends_before_it_begins",
            message="Listans sista dag ligger före den första.",
            remedy="Skriv den dag listan slutar gälla efter den dag den börjar.",
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


def faults_of_right(drafted: BoardList[R], right: R, is_wider: Callable[[R, R], bool]) -> Iterator[Fault]:
    """Yield what is wrong with a row; `is_wider` tells whether a deputy's row is for more than the ordinary's."""
    line = right.number
    if (right.person_id is None) == (not right.position):
        yield Fault(
            code="holder_is_unclear",
            message=f"Rad {line} ska ge rätten till antingen en person eller en befattning.",
            remedy="Fyll i det ena och lämna det andra tomt.",
            line=line,
            column="person",
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
        yield from _faults_of_deputy(drafted, right, is_wider)


def _faults_of_deputy(drafted: BoardList[R], right: R, is_wider: Callable[[R, R], bool]) -> Iterator[Fault]:
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
    if is_wider(right, ordinary) or _reaches_further(right, ordinary):
        yield Fault(
            code="deputy_has_wider_right",
            message=f"Rad {line} ger ersättaren mer än rad {ordinary.number} ger den ordinarie.",
            remedy="En ersättare har samma sorts rätt, högst samma belopp och inom samma område.",
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


def _reaches_further(right: ListedRight, ordinary: ListedRight) -> bool:
    return ordinary.up_to_ore is not None and (right.up_to_ore is None or right.up_to_ore > ordinary.up_to_ore)
