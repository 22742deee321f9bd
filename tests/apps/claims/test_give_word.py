"""The officer's word: a finding proposes, a person disposes, and both are kept."""

import pytest

from tests.apps.claims.january import a_file, a_handed_in_claim, elsa_hands_in, in_the_register, review
from tests.apps.signed_months import law, let_elsa_report, publish
from tests.cast import NOW, Cast, ok
from timvis.apps.claims import actions as claims
from timvis.apps.claims import queries, records
from timvis.apps.claims.models import Finding, Word
from timvis.core.faults import Refusal
from timvis.core.review.finding import WordKind


@pytest.fixture
def number(cast: Cast) -> str:
    publish(cast)
    let_elsa_report(cast)
    return a_handed_in_claim(cast, a_file(4, 5, is_signed=False))


@pytest.fixture
def keys(cast: Cast, number: str) -> list[str]:
    return [finding.key for finding in review(cast, number).findings]


def test_one_word_may_answer_many_findings(cast: Cast, number: str, keys: list[str]) -> None:
    said = ok(claims.give_word(cast.cecilia, number, keys, WordKind.SET_ASIDE, reason="Visat i original.", now=NOW))

    assert said == len(keys) == 2
    assert {(word.word, word.reason) for word in Word.objects.all()} == {("set_aside", "Visat i original.")}


@pytest.mark.parametrize("word", [WordKind.SET_ASIDE, WordKind.ASK])
def test_setting_aside_and_asking_take_a_reason(cast: Cast, number: str, keys: list[str], word: WordKind) -> None:
    assert claims.give_word(cast.cecilia, number, keys, word, reason=" ", now=NOW) is Refusal.REASON_IS_MISSING
    assert Word.objects.count() == 0


def test_accepting_takes_none(cast: Cast, number: str, keys: list[str]) -> None:
    ok(claims.give_word(cast.cecilia, number, keys, WordKind.ACCEPT, now=NOW))

    assert in_the_register(number).status == "in_review"


def test_the_last_word_counts_and_the_first_is_kept(cast: Cast, number: str, keys: list[str]) -> None:
    ok(claims.give_word(cast.cecilia, number, keys, WordKind.ACCEPT, now=NOW))
    ok(claims.give_word(cast.cecilia, number, keys[:1], WordKind.SET_ASIDE, reason="Visat.", now=NOW))

    words = records.words(Finding.objects.all())
    assert [words[key].kind for key in keys] == [WordKind.SET_ASIDE, WordKind.ACCEPT]
    assert Word.objects.count() == 3


def test_a_word_on_what_somebody_has_answered_meanwhile_is_refused(cast: Cast, number: str, keys: list[str]) -> None:
    before = queries.standing(in_the_register(number))
    ok(claims.give_word(cast.cecilia, number, keys[:1], WordKind.ACCEPT, now=NOW, seen=before))

    stale = claims.give_word(cast.cecilia, number, keys, WordKind.SET_ASIDE, reason="Visat.", now=NOW, seen=before)

    assert stale is Refusal.SHOWN_IS_NOT_CURRENT
    assert Word.objects.count() == 1


def test_a_question_waits_for_the_provider_and_her_answer_brings_the_claim_back(
    cast: Cast, number: str, keys: list[str]
) -> None:
    ok(claims.give_word(cast.cecilia, number, keys, WordKind.ASK, reason="Underskrift saknas.", now=NOW))
    assert in_the_register(number).status == "waiting_for_provider"

    elsa_hands_in(cast, a_file(4, 5), corrects=True)

    assert in_the_register(number).status == "received"
    assert review(cast, number).findings == ()


def test_a_finding_of_an_older_review_is_not_there_any_more(cast: Cast, number: str, keys: list[str]) -> None:
    elsa_hands_in(cast, a_file(4, 5), corrects=True)
    review(cast, number)

    assert claims.give_word(cast.cecilia, number, keys, WordKind.ACCEPT, now=NOW) is Refusal.NOT_FOUND


def test_nothing_can_be_said_before_the_review(cast: Cast) -> None:
    publish(cast)
    let_elsa_report(cast)
    number = a_handed_in_claim(cast)

    assert claims.give_word(cast.cecilia, number, ["any"], WordKind.ACCEPT, now=NOW) is Refusal.WRONG_STATE


def test_only_the_case_officer_has_a_word(cast: Cast, number: str, keys: list[str]) -> None:
    assert claims.give_word(cast.greta, number, keys, WordKind.ACCEPT, now=NOW) is Refusal.ROLE_DOES_NOT_ALLOW


def test_two_who_answer_at_once_do_not_both_win(
    cast: Cast, number: str, keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timvis.apps.claims.actions.move", lambda claim, to: False)

    said = claims.give_word(cast.cecilia, number, keys, WordKind.ACCEPT, now=NOW)

    assert said is Refusal.SOMEONE_ELSE_WAS_FIRST
    assert (Word.objects.count(), law().version != "") == (0, True)
