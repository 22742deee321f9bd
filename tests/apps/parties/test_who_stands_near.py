"""How near somebody stands to a recipient or a provider: only the nearest relation counts."""

import pytest

from tests.cast import ALMA_NUMBER, NOW, Cast, in_another_town
from timvis.apps.parties import queries
from timvis.core.access import Relation


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("alma", Relation.SELF),
        ("elsa", Relation.OWN_PROVIDER),
        ("cecilia", Relation.OWN_MUNICIPALITY),
        # Fatima's roles open nothing for somebody who only happens to be in the same municipality.
        ("fatima", Relation.OWN_MUNICIPALITY),
    ],
)
def test_the_nearest_relation_to_alma(cast: Cast, who: str, expected: Relation) -> None:
    relation = queries.relation_to(getattr(cast, who), recipient_id=cast.recipient_id, now=NOW)

    assert relation is expected


def test_what_concerns_two_is_as_near_as_the_nearer_of_them(cast: Cast) -> None:
    relation = queries.relation_to(cast.fatima, recipient_id=cast.recipient_id, provider_id=cast.fjarran_id, now=NOW)

    assert relation is Relation.OWN_PROVIDER


def test_another_municipality_finds_nothing_here(cast: Cast) -> None:
    from_afar = in_another_town(cast.cecilia)

    assert queries.relation_to(from_afar, recipient_id=cast.recipient_id, now=NOW) is None
    assert queries.relation_to(from_afar, provider_id=cast.ekot_id, now=NOW) is None
    assert queries.recipient_by_number("motala", ALMA_NUMBER) is None


def test_an_object_about_nobody_is_found_by_nobody(cast: Cast) -> None:
    assert queries.relation_to(cast.cecilia, now=NOW) is None


def test_somebody_who_has_left_is_nobody(cast: Cast) -> None:
    assert queries.actor_of(999_999, municipality="vasteras", logged_in_at=NOW, on=NOW.date()) is None
