"""Completion of a claim: the letter that asks, the reminders that stop by themselves, and when a refusal may come."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.apps.signed_months import publish
from tests.cast import NOW, TOWN, Cast, ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.claims.completion import (
    ask_for_documents,
    inform_on_evidence,
    letters_to_remind_of,
    remind,
    why_not_refuse_for_missing,
)
from timvis.apps.claims.models import Claim
from timvis.apps.claims.papers import checklist_of
from timvis.apps.documents.actions import register_evidence
from timvis.apps.documents.models import SentLetter
from timvis.apps.routines import records as routines
from timvis.core.access import ClaimStatus
from timvis.core.faults import Refusal
from timvis.core.records import ProviderKind
from timvis.core.routine.checklist import missing
from timvis.core.routine.records import ClaimKind
from timvis.core.routine.terms import DocumentForm

EXAMPLES = Path(__file__).parents[3] / "examples"
CASE = "vasteras-2021-0001"
ASKED = ("substitute_certificate", "pay_particulars")


def routine_text(*, without: str = "") -> bytes:
    """Return Östhammar's answered example as the routine of the cast's town; `without` leaves a line out."""
    text = (EXAMPLES / "osthammar" / "sick_cost.toml").read_text(encoding="utf-8")
    text = text.replace('slug = "osthammar/', f'slug = "{TOWN}/').replace(
        'municipality = "osthammar"', f'municipality = "{TOWN}"'
    )
    return "\n".join(line for line in text.splitlines() if not without or not line.startswith(without)).encode()


def a_claim(cast: Cast, content: bytes | None = None) -> Claim:
    """Return a sick-cost claim of Alma's, received on the day of the test."""
    return Claim.objects.create(
        number=CASE,
        municipality_id=cast.municipality_id,
        recipient_id=cast.recipient_id,
        provider_id=cast.ekot_id,
        kind=ClaimKind.SICK_COST,
        regime="lss",
        month_on=date(2021, 1, 1),
        routine_version_id=publish(cast, content or routine_text()),
        received_at=NOW,
        registered_by_id=cast.greta.person_id,
        submitted_by_provider=False,
    )


def ask(cast: Cast, *documents: str, now: datetime = NOW, answer_by: date | None = None) -> tuple[int, ...]:
    sent = ask_for_documents(
        replace(cast.cecilia, logged_in_at=now), CASE, documents or ASKED, now=now, answer_by=answer_by
    )
    assert isinstance(sent, tuple), sent
    assert all(isinstance(one, int) for one in sent), sent
    return tuple(one for one in sent if isinstance(one, int))


def receive(cast: Cast, code: str, *forms: DocumentForm, now: datetime = NOW) -> None:
    ok(
        register_evidence(
            cast.greta,
            requirement=code,
            recipient_id=cast.recipient_id,
            about=CASE,
            forms=forms,
            received_on=now.date(),
            now=now,
        )
    )


def codes(claim: Claim, now: datetime = NOW) -> list[str]:
    return [row.requirement.code for row in missing(checklist_of(claim, now=now))]


def run_clock(cast: Cast, now: datetime) -> list[object]:
    """Return what a pass of the clock did."""
    return [remind(cast.machine, one, now=now) for one in letters_to_remind_of(TOWN, now=now)]


DAY_AFTER = NOW + timedelta(days=22)
"""The routine gives three weeks."""


# --- the checklist --------------------------------------------------------------------------------------------


def test_a_document_of_the_case_meets_it_and_the_account_is_answered_by_the_payee_form(cast: Cast) -> None:
    claim = a_claim(cast)
    before = codes(claim)
    receive(cast, "sick_report", DocumentForm.PDF)

    assert "payee_account" not in before
    assert "sick_report" in before
    assert "sick_report" not in codes(claim)


def test_a_document_of_another_case_does_not(cast: Cast) -> None:
    claim = a_claim(cast)
    ok(
        register_evidence(
            cast.greta,
            requirement="sick_report",
            recipient_id=cast.recipient_id,
            about="vasteras-2020-0009",
            forms=(DocumentForm.COPY,),
            received_on=NOW.date(),
            now=NOW,
        )
    )

    assert "sick_report" in codes(claim)


# --- asking ---------------------------------------------------------------------------------------------------


def test_the_letter_lists_what_is_missing_with_the_day_the_routine_gives_to_all_it_names(cast: Cast) -> None:
    a_claim(cast)
    letters = SentLetter.objects.filter(id__in=ask(cast)).order_by("id")

    assert [one.receiver for one in letters] == ["Alma Åkesson", "Ekot AB"]
    for letter in letters:
        assert (letter.answer_by, letter.asks_for) == (date(2021, 2, 22), list(ASKED))
        assert "Intyg om att en vikarie har arbetat, och när" in letter.html
        assert "2021-02-22" in letter.html
        assert bytes(letter.pdf)[:5] == b"%PDF-"


def test_where_the_routine_gives_no_time_the_officer_is_asked_for_a_day(cast: Cast) -> None:
    a_claim(cast, routine_text(without="completion_days"))
    asked = ask_for_documents(cast.cecilia, CASE, (), now=NOW)

    assert isinstance(asked, tuple)
    assert [one.code for one in asked if not isinstance(one, int)] == ["nothing_asked_for", "no_day_to_answer"]
    assert not SentLetter.objects.exists()
    assert ask(cast, answer_by=date(2021, 2, 10))


def test_what_is_not_on_the_checklist_or_a_day_that_has_passed_is_refused_all_at_once(cast: Cast) -> None:
    a_claim(cast)
    asked = ask_for_documents(cast.cecilia, CASE, ("a_letter",), now=NOW, answer_by=NOW.date())

    assert isinstance(asked, tuple)
    assert [one.code for one in asked if not isinstance(one, int)] == [
        "not_on_the_checklist",
        "day_to_answer_has_passed",
    ]


@pytest.mark.parametrize("status", [ClaimStatus.CALCULATED, ClaimStatus.REJECTED, ClaimStatus.RETURNED])
def test_a_case_that_is_over_is_not_completed(cast: Cast, status: ClaimStatus) -> None:
    a_claim(cast)
    Claim.objects.update(status=status)

    assert ask_for_documents(cast.cecilia, CASE, ASKED, now=NOW) is Refusal.WRONG_STATE


def test_a_provider_does_not_ask_in_the_municipalitys_name(cast: Cast) -> None:
    a_claim(cast)

    assert ask_for_documents(cast.elsa, CASE, ASKED, now=NOW) is Refusal.ROLE_DOES_NOT_ALLOW


def test_a_document_on_request_is_wanted_once_it_has_been_asked_for(cast: Cast) -> None:
    claim = a_claim(cast)
    assert "power_of_attorney" not in codes(claim)
    ask(cast, "power_of_attorney")

    assert "power_of_attorney" in codes(claim)


# --- reminding ------------------------------------------------------------------------------------------------


def test_nobody_is_reminded_while_there_is_time_to_answer(cast: Cast) -> None:
    a_claim(cast)
    ask(cast)

    assert run_clock(cast, NOW + timedelta(days=21)) == []


def test_the_day_after_each_who_was_asked_is_reminded_once_of_what_is_still_missing(cast: Cast) -> None:
    a_claim(cast)
    ask(cast)
    receive(cast, "pay_particulars")
    first, again = run_clock(cast, DAY_AFTER), run_clock(cast, DAY_AFTER)

    assert len(first) == 2
    assert again == []
    for letter in SentLetter.objects.filter(code="remind_of_documents"):
        assert (letter.asks_for, letter.answer_by) == (["substitute_certificate"], date(2021, 3, 16))
        assert "Den 2021-02-01 bad vi om mer underlag" in letter.html
        assert letter.sent_by.name == "Timvis"
    assert LogEntry.objects.filter(action="remind_of_documents", outcome="done").count() == 2


def test_the_same_letter_is_not_reminded_of_twice_also_for_the_database(cast: Cast) -> None:
    a_claim(cast)
    letter, _ = ask(cast)
    assert isinstance(remind(cast.machine, letter, now=DAY_AFTER), int)

    assert remind(cast.machine, letter, now=DAY_AFTER) is None
    assert SentLetter.objects.filter(reminds_of_id=letter).count() == 1


def test_reminders_stop_when_the_routines_number_is_reached(cast: Cast) -> None:
    a_claim(cast)
    ask(cast)
    run_clock(cast, DAY_AFTER)

    assert run_clock(cast, DAY_AFTER + timedelta(days=200)) == [None, None]


def test_reminders_stop_when_everything_has_come(cast: Cast) -> None:
    a_claim(cast)
    ask(cast)
    for code in ASKED:
        receive(cast, code)

    assert run_clock(cast, DAY_AFTER) == [None, None]


@pytest.mark.parametrize("status", [ClaimStatus.CALCULATED, ClaimStatus.REJECTED, ClaimStatus.RETURNED])
def test_reminders_stop_when_the_case_is_decided_or_withdrawn(cast: Cast, status: ClaimStatus) -> None:
    a_claim(cast)
    letters = ask(cast)
    Claim.objects.update(status=status)

    assert run_clock(cast, DAY_AFTER) == []
    assert remind(cast.machine, letters[0], now=DAY_AFTER) is None


def test_a_routine_that_does_not_say_how_often_sends_no_reminder(cast: Cast) -> None:
    a_claim(cast, routine_text(without="completion_reminders"))
    ask(cast)

    assert run_clock(cast, DAY_AFTER) == [None, None]


def test_the_clock_may_remind_but_asks_for_nothing(cast: Cast) -> None:
    a_claim(cast)

    assert ask_for_documents(cast.machine, CASE, ASKED, now=NOW) is Refusal.ROLE_DOES_NOT_ALLOW


# --- refusing for want of it ----------------------------------------------------------------------------------


def test_a_refusal_for_a_missing_document_waits_for_the_letter_and_for_its_day(cast: Cast) -> None:
    claim = a_claim(cast)
    assert why_not_refuse_for_missing(claim, now=NOW) is Refusal.COMPLETION_WAS_NOT_ASKED
    ask(cast)

    assert why_not_refuse_for_missing(claim, now=DAY_AFTER - timedelta(days=1)) is Refusal.ANSWER_DAY_HAS_NOT_PASSED
    assert why_not_refuse_for_missing(claim, now=DAY_AFTER) is None


def test_a_reminder_gives_new_time_before_a_refusal(cast: Cast) -> None:
    claim = a_claim(cast)
    ask(cast)
    run_clock(cast, DAY_AFTER)

    assert why_not_refuse_for_missing(claim, now=DAY_AFTER) is Refusal.ANSWER_DAY_HAS_NOT_PASSED
    assert why_not_refuse_for_missing(claim, now=DAY_AFTER + timedelta(days=23)) is None


# --- telling beforehand ---------------------------------------------------------------------------------------


def test_what_is_needed_is_told_before_there_is_a_case(cast: Cast) -> None:
    claim = a_claim(cast)
    sent = inform_on_evidence(
        cast.cecilia,
        cast.recipient_id,
        routines.routine(claim.routine_version),
        provider_kind=ProviderKind.COMPANY,
        claim_kind=ClaimKind.SICK_COST,
        now=NOW,
    )

    letter = SentLetter.objects.get(id=sent)
    assert (letter.about, letter.receiver) == ("", "Alma Åkesson")
    assert "Till vilket konto ersättningen ska betalas ut" in letter.html
    assert "Fullmakt, när anordnaren ansöker för den enskilde" in letter.html
    assert "Ärende:" not in letter.html
