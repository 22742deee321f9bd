"""Decisions: registered by those who may decide, restated by a new version, read as they were known."""

from dataclasses import replace
from datetime import date, timedelta

from tests.cast import NOW, Cast, a_decision, ok
from timvis.apps.decisions import actions, queries, records
from timvis.core.faults import Refusal
from timvis.core.records import GrantUnit, Regime


def test_a_decision_can_be_read_as_a_grant(cast: Cast) -> None:
    [grant] = records.grants(cast.recipient_id, known_at=NOW)

    assert (grant.reference, grant.regime, grant.legal_basis) == ("LSS-2018-17", Regime.LSS, "LSS 9 § 2")
    assert (grant.granted_from, grant.granted_to) == (date(2019, 1, 1), None)
    assert (grant.granted_minutes, grant.per) == (40 * 60, GrantUnit.WEEK)


def test_a_restated_decision_no_longer_grants_the_days_it_leaves_out(cast: Cast) -> None:
    shorter = a_decision(valid_from=date(2019, 1, 1), valid_to=date(2020, 1, 1))

    ok(actions.change_decision(cast.cecilia, decision_id=cast.decision_id, particulars=shorter, seen=1, now=NOW))

    january = (date(2020, 1, 1), date(2020, 2, 1))
    before = NOW - timedelta(seconds=1)
    assert queries.grants_between(cast.recipient_id, *january, known_at=NOW) == ()
    assert len(queries.grants_between(cast.recipient_id, *january, known_at=before)) == 1


def test_a_temporary_increase_stands_beside_the_decision_it_adds_to(cast: Cast) -> None:
    increase = replace(
        a_decision(valid_from=date(2021, 1, 11), valid_to=date(2021, 1, 25), hours_a_week=10),
        is_temporary=True,
    )

    ok(
        actions.register_decision(
            cast.cecilia,
            recipient_id=cast.recipient_id,
            reference="LSS-2021-2",
            particulars=increase,
            now=NOW,
        )
    )

    grants = queries.grants_between(cast.recipient_id, date(2021, 1, 1), date(2021, 2, 1), known_at=NOW)
    assert [(grant.reference, grant.is_temporary) for grant in grants] == [
        ("LSS-2018-17", False),
        ("LSS-2021-2", True),
    ]
    after = queries.grants_between(cast.recipient_id, date(2021, 1, 25), date(2021, 2, 1), known_at=NOW)
    assert [grant.reference for grant in after] == ["LSS-2018-17"]


def test_a_decision_that_reaches_back_is_known_from_the_day_it_was_registered(cast: Cast) -> None:
    ok(
        actions.register_decision(
            cast.cecilia,
            recipient_id=cast.recipient_id,
            reference="LSS-2021-3",
            particulars=a_decision(valid_from=date(2018, 10, 1), valid_to=date(2019, 1, 1)),
            now=NOW,
        )
    )

    autumn = (date(2018, 11, 1), date(2018, 12, 1))
    assert len(queries.grants_between(cast.recipient_id, *autumn, known_at=NOW)) == 1
    before = NOW - timedelta(seconds=1)
    assert queries.grants_between(cast.recipient_id, *autumn, known_at=before) == ()


def test_nobody_else_decides(cast: Cast) -> None:
    particulars = a_decision(valid_from=date(2021, 1, 1), hours_a_week=168)

    refusals = {
        actions.register_decision(
            actor, recipient_id=cast.recipient_id, reference="X", particulars=particulars, now=NOW
        )
        for actor in (cast.alma, cast.elsa, cast.fatima, cast.greta, cast.hasse)
    }

    assert refusals == {Refusal.ROLE_DOES_NOT_ALLOW}
    assert queries.decision_by_reference(cast.recipient_id, "X") is None


def test_of_two_who_restate_the_same_version_the_second_is_refused(cast: Cast) -> None:
    more = a_decision(valid_from=date(2019, 1, 1), hours_a_week=50)

    first, second = (
        actions.change_decision(cast.cecilia, decision_id=cast.decision_id, particulars=more, seen=1, now=NOW)
        for _ in range(2)
    )

    assert first == 2
    assert second is Refusal.SOMEONE_ELSE_WAS_FIRST
