"""An adopted attest list for the cast: Greta reviews, David decides and Erik stands in for him, Hasse releases."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from tests.cast import LONG_AGO, NOW, TOWN, Cast, ok
from timvis.apps.audit.models import RoleHeld
from timvis.apps.audit.persons import register_person
from timvis.apps.parties.queries import actor_of
from timvis.apps.routines.attest_lists import adopt_attest_list, draft_attest_list
from timvis.apps.routines.board_lists import Drafted
from timvis.core.access import Actor, Role
from timvis.core.quantities import Ore
from timvis.core.routine.attest_rights import AttestRight
from timvis.core.routine.records import Act

ERIK_NUMBER = "198001022394"
OLGA_NUMBER = "197901012398"

YEAR = (date(2021, 1, 1), date(2022, 1, 1))
BOARD = "Individ- och familjenämnden"


def erik(cast: Cast) -> Actor:
    """Return Erik, section head, who stands in for David."""
    return _employed(cast, ERIK_NUMBER, "Erik Eng", Role.SECTION_HEAD)


def olga(cast: Cast) -> Actor:
    """Return Olga, who runs the system and holds no right of any list."""
    return _employed(cast, OLGA_NUMBER, "Olga Orre", Role.SYSTEM_OPERATOR)


def _employed(cast: Cast, number: str, name: str, role: Role) -> Actor:
    person_id = ok(register_person(cast.machine, personal_number=number, name=name, now=NOW))
    RoleHeld.objects.get_or_create(person_id=person_id, role=role, municipality=TOWN, held_from=LONG_AGO)
    actor = actor_of(person_id, municipality=TOWN, logged_in_at=NOW, on=NOW.date())
    assert actor is not None
    return actor


def a_right(
    number: int,
    act: Act,
    person: Actor | None,
    *,
    position: str | None = None,
    responsibility: str | None = None,
    up_to_ore: int | None = None,
    deputy_of: int | None = None,
    days: tuple[date, date] = YEAR,
) -> AttestRight:
    """Return one row of a list, for the whole year unless it says otherwise."""
    return AttestRight(
        number=number,
        act=act,
        person_id=person.person_id if person else None,
        position=position,
        responsibility=responsibility,
        up_to_ore=None if up_to_ore is None else Ore(up_to_ore),
        valid_from=days[0],
        valid_to=days[1],
        deputy_of=deputy_of,
    )


def the_rights(cast: Cast) -> tuple[AttestRight, ...]:
    """Return what the board usually adopts."""
    return (
        a_right(1, Act.REVIEW_ATTEST, cast.greta),
        a_right(2, Act.DECISION_ATTEST, cast.david, up_to_ore=50_000_000),
        a_right(3, Act.DECISION_ATTEST, erik(cast), up_to_ore=10_000_000, deputy_of=2),
        a_right(4, Act.PAYMENT_RELEASE, cast.hasse),
    )


def draft(
    actor: Actor, *rights: AttestRight, days: tuple[date, date] = YEAR, board: str = BOARD, now: datetime = NOW
) -> int:
    """Return the id of a drafted list."""
    drafted = Drafted(board=board, valid_from=days[0], valid_to=days[1], rights=rights)
    made = ok(draft_attest_list(actor, drafted, now=now))
    assert isinstance(made, int), made
    return made


def adopt(cast: Cast, *rights: AttestRight, now: datetime = NOW, days: tuple[date, date] = YEAR) -> int:
    """Return the id of a list that Greta drafted and Olga entered the adoption of."""
    list_id = draft(cast.greta, *(rights or the_rights(cast)), now=now, days=days)
    entered_by = replace(olga(cast), logged_in_at=now + timedelta(seconds=1))
    return ok(
        adopt_attest_list(
            entered_by,
            list_id=list_id,
            decision="Nämnden 2021-01-14 § 3",
            adopted_on=date(2021, 1, 14),
            now=now + timedelta(seconds=1),
        )
    )
