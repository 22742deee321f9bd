"""A routine is taken in as a draft, and published only when it is proved."""

from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files

import pytest

from tests.apps.signed_months import ROUTINE, publish
from tests.cast import NOW, TOWN, Cast, in_another_town, ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.routines.actions import NotPublished, draft_routine, publish_routine
from timvis.apps.routines.models import RoutineVersion
from timvis.apps.routines.queries import for_claim, in_force, to_look_over
from timvis.core.access import Actor
from timvis.core.faults import Fault, Refusal
from timvis.core.records import Regime
from timvis.core.routine.records import ClaimKind

SHIPPED = (files("timvis") / "data" / "routines" / "vasteras" / "assistance.toml").read_bytes()
FROM_2022 = ROUTINE.replace(b"valid_from = 2019-01-01", b"valid_from = 2022-01-01")


def draft(actor: Actor, content: bytes = ROUTINE) -> int | Refusal | tuple[Fault, ...]:
    return draft_routine(actor, content, source="assistance.toml", now=NOW)


def version(version_id: object) -> RoutineVersion:
    return RoutineVersion.objects.get(id=version_id)


def test_a_draft_is_kept_to_the_letter_and_the_same_text_is_the_same_draft(cast: Cast) -> None:
    first = draft(cast.david)

    assert draft(cast.david) == first
    assert version(first).text.encode() == ROUTINE
    assert (version(first).slug, version(first).number, version(first).status) == ("vasteras/assistance", 1, "draft")


def test_a_text_with_faults_is_not_kept_at_all(cast: Cast) -> None:
    outcome = draft(cast.david, ROUTINE.replace(b'acts = ["hand_in"]', b'acts = ["hand_out"]'))

    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["unknown_act"]
    assert not RoutineVersion.objects.exists()


def test_a_routine_is_drafted_in_the_municipality_it_is_for(cast: Cast) -> None:
    assert draft(in_another_town(cast.david)) is Refusal.NO_RELATION


@pytest.mark.parametrize("who", ["cecilia", "hasse", "elsa", "fatima", "alma"])
def test_only_who_answers_for_the_work_publishes(cast: Cast, who: str) -> None:
    drafted = draft(cast.david)
    assert isinstance(drafted, int)

    assert publish_routine(getattr(cast, who), drafted, now=NOW) is Refusal.ROLE_DOES_NOT_ALLOW
    assert version(drafted).status == "draft"


def test_a_proved_routine_is_published_by_name_and_day(cast: Cast) -> None:
    published = version(publish(cast))

    assert (published.status, published.adopted_by_id, published.adopted_on) == (
        "published",
        cast.david.person_id,
        NOW.date(),
    )
    assert LogEntry.objects.filter(action="publish_routine", outcome="done").count() == 1


def test_an_open_question_keeps_a_routine_from_being_published(cast: Cast) -> None:
    drafted = draft(cast.machine, SHIPPED)
    assert isinstance(drafted, int)

    outcome = publish_routine(cast.david, drafted, now=NOW)

    assert isinstance(outcome, NotPublished)
    assert outcome.refusal is Refusal.ROUTINE_IS_NOT_PUBLISHED
    assert {problem.code for problem in outcome.problems} == {"open_question"}
    assert version(drafted).status == "draft"
    assert LogEntry.objects.filter(action="publish_routine").get().outcome == "routine_is_not_published"


def test_what_is_published_is_not_published_again(cast: Cast) -> None:
    assert publish_routine(cast.david, publish(cast), now=NOW) is Refusal.WRONG_STATE


def test_a_new_version_takes_over_from_its_first_day(cast: Cast) -> None:
    first = publish(cast)
    second = publish(cast, FROM_2022)

    assert (version(first).status, version(first).valid_to) == ("superseded", date(2022, 1, 1))
    assert [row.pk for row in in_force(TOWN, date(2021, 12, 31))] == [first]
    assert [row.pk for row in in_force(TOWN, date(2022, 1, 1))] == [second]


def test_nobody_adopts_her_own_draft(cast: Cast) -> None:
    drafted = draft(cast.david)
    assert isinstance(drafted, int)

    assert version(drafted).drafted_by_id == cast.david.person_id
    assert publish_routine(cast.david, drafted, now=NOW) is Refusal.SAME_PERSON_ALREADY_SIGNED
    assert version(drafted).status == "draft"


def test_a_routine_is_adopted_by_somebody_who_has_just_logged_in(cast: Cast) -> None:
    drafted = draft(cast.machine)
    assert isinstance(drafted, int)
    left_her_desk = replace(cast.david, logged_in_at=NOW - timedelta(minutes=6))

    assert publish_routine(left_her_desk, drafted, now=NOW) is Refusal.LOGIN_TOO_OLD


@pytest.mark.parametrize("first_day", [b"2021-12-31", b"2022-01-01"])
def test_a_version_that_would_begin_no_later_than_the_newest_is_refused(cast: Cast, first_day: bytes) -> None:
    publish(cast)
    newest = publish(cast, FROM_2022)
    late = draft(cast.machine, ROUTINE.replace(b"valid_from = 2019-01-01", b"valid_from = " + first_day) + b"# ny")
    assert isinstance(late, int)

    assert publish_routine(cast.david, late, now=NOW) is Refusal.ROUTINE_IS_OVERTAKEN
    assert version(newest).status == "published"


def test_a_draft_that_waited_while_another_was_adopted_still_takes_over_from_its_day(cast: Cast) -> None:
    waited = draft(cast.machine, FROM_2022)
    assert isinstance(waited, int)
    first = publish(cast)

    assert publish_routine(cast.david, waited, now=NOW) == waited
    assert (version(first).status, version(first).valid_to) == ("superseded", date(2022, 1, 1))
    assert [row.pk for row in in_force(TOWN, date(2021, 12, 31))] == [first]


@pytest.mark.parametrize(("day", "is_told"), [(date(2022, 1, 31), False), (date(2022, 2, 1), True)])
def test_a_routine_is_to_be_looked_over_when_its_months_have_passed(cast: Cast, day: date, is_told: bool) -> None:
    publish(cast, b"review_every_months = 12\n" + ROUTINE)

    told = to_look_over(TOWN, day)

    assert [(one.slug, one.adopted_on, one.by) for one in told] == (
        [("vasteras/assistance", date(2021, 2, 1), date(2022, 2, 1))] if is_told else []
    )


def test_a_routine_that_says_nothing_of_it_is_never_to_be_looked_over(cast: Cast) -> None:
    publish(cast)

    assert to_look_over(TOWN, date(2099, 1, 1)) == ()


def test_a_claim_begins_under_the_routine_of_its_month(cast: Cast) -> None:
    publish(cast)
    first_day = date(2019, 1, 1)

    def found(regime: Regime, day: date) -> RoutineVersion | None:
        return for_claim(TOWN, ClaimKind.ASSISTANCE, regime, day)

    assert found(Regime.LSS, first_day) is not None
    assert found(Regime.LSS, first_day - timedelta(days=1)) is None
    assert found(Regime.SFB, first_day) is None, "this routine is for the municipality's own decisions"


def test_a_draft_is_no_claims_routine(cast: Cast) -> None:
    ok(draft(cast.david))

    assert in_force(TOWN, date(2021, 1, 1)) == ()
