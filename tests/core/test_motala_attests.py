"""W-47: who may sign Motala's invoices, in which order, and who may not."""

from dataclasses import dataclass, field

import pytest

from timvis.core.access import Role
from timvis.core.faults import Refusal
from timvis.core.routine.interpreter import Done, SigningFacts, may_sign
from timvis.core.routine.records import Act, OnFinding, Routine
from timvis.core.routine.terms import LetterWhen
from timvis.formats.routine.packaged import packaged_routine

ANNA, BO, CIA, DAN = 1, 2, 3, 4
ROLES = {
    ANNA: Role.ADMINISTRATIVE_ASSISTANT,
    BO: Role.CASE_OFFICER,
    CIA: Role.HEAD_OF_SOCIAL_SERVICES,
    DAN: Role.SECTION_HEAD,
}
DIGEST = "what was shown"


@dataclass
class Invoice:
    """An invoice on its way: what has been done and signed, by whom."""

    slug: str
    done: list[Done] = field(default_factory=list)
    signed: list[Done] = field(default_factory=list)
    disqualified: frozenset[int] = frozenset()

    @property
    def routine(self) -> Routine:
        found = packaged_routine(self.slug)
        assert found is not None
        return found

    def does(self, person_id: int, *acts: Act) -> None:
        self.done += [Done(act=act, person_id=person_id) for act in acts]

    def signs(self, person_id: int, act: Act) -> Refusal | None:
        step = self.routine.signed_by(act)
        assert step is not None
        facts = SigningFacts(
            current_digest=DIGEST,
            shown_digest=DIGEST,
            done=tuple(self.done),
            disqualified_ids=self.disqualified,
        )
        refusal = may_sign(
            self.routine, step, person_id=person_id, roles=[ROLES[person_id]], signed=self.signed, facts=facts
        )
        if refusal is None:
            self.signed.append(Done(act=act, person_id=person_id))
        return refusal


def invoice_of_the_first_kind() -> Invoice:
    """Return an invoice for a sick assistant that Anna has taken in, attested and compared."""
    invoice = Invoice("motala/sick_cost_and_assistance")
    invoice.does(ANNA, Act.ACCOUNT_STAMP, Act.REGISTER, Act.CALCULATE)
    assert invoice.signs(ANNA, Act.REVIEW_ATTEST) is None
    assert invoice.signs(ANNA, Act.MATCH_HOURS) is None
    return invoice


def decided_by_bo() -> Invoice:
    invoice = invoice_of_the_first_kind()
    invoice.does(BO, Act.REVIEW, Act.DECIDE)
    assert invoice.signs(BO, Act.RECEIPT_ATTEST) is None
    return invoice


def test_anna_bo_and_cia_carry_an_invoice_through_and_anna_may_book_it() -> None:
    invoice = decided_by_bo()

    assert invoice.signs(CIA, Act.DECISION_ATTEST) is None
    assert invoice.signs(ANNA, Act.PAYMENT_RELEASE) is None


def test_bo_does_not_attest_the_decision_whatever_roles_he_has(monkeypatch: pytest.MonkeyPatch) -> None:
    invoice = decided_by_bo()

    assert invoice.signs(BO, Act.DECISION_ATTEST) is Refusal.ROLE_DOES_NOT_ALLOW

    monkeypatch.setitem(ROLES, BO, Role.HEAD_OF_SOCIAL_SERVICES)
    assert invoice.signs(BO, Act.DECISION_ATTEST) is Refusal.SAME_PERSON_ALREADY_SIGNED


def test_nobody_attests_the_decision_before_there_is_one() -> None:
    invoice = invoice_of_the_first_kind()

    assert invoice.signs(CIA, Act.DECISION_ATTEST) is Refusal.NOT_THE_NEXT_STEP


def test_the_head_is_never_alone_with_an_invoice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROLES, ANNA, Role.HEAD_OF_SOCIAL_SERVICES)
    invoice = Invoice("motala/sick_cost_and_assistance")
    invoice.does(ANNA, Act.ACCOUNT_STAMP, Act.REGISTER, Act.CALCULATE, Act.REVIEW, Act.DECIDE)
    invoice.signed = [
        Done(act=Act.REVIEW_ATTEST, person_id=BO),
        Done(act=Act.MATCH_HOURS, person_id=BO),
        Done(act=Act.RECEIPT_ATTEST, person_id=BO),
    ]

    assert invoice.signs(ANNA, Act.DECISION_ATTEST) is Refusal.SAME_PERSON_ALREADY_SIGNED


def test_whoever_decides_never_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    invoice = decided_by_bo()
    assert invoice.signs(CIA, Act.DECISION_ATTEST) is None
    monkeypatch.setitem(ROLES, CIA, Role.ADMINISTRATIVE_ASSISTANT)

    assert invoice.signs(CIA, Act.PAYMENT_RELEASE) is Refusal.SAME_PERSON_ALREADY_SIGNED


def test_the_third_kind_goes_by_the_section_head_before_the_hours_are_compared() -> None:
    invoice = Invoice("motala/first_twenty_hours")
    invoice.does(ANNA, Act.ACCOUNT_STAMP, Act.REGISTER, Act.CALCULATE)
    assert invoice.signs(ANNA, Act.REVIEW_ATTEST) is None

    assert invoice.signs(BO, Act.MATCH_HOURS) is Refusal.NOT_THE_NEXT_STEP

    assert invoice.signs(DAN, Act.RECEIPT_ATTEST) is None
    assert invoice.signs(BO, Act.MATCH_HOURS) is None
    assert invoice.signs(CIA, Act.DECISION_ATTEST) is None
    assert invoice.signs(ANNA, Act.PAYMENT_RELEASE) is None


def test_hours_that_differ_send_the_invoice_back_before_anybody_attests_receipt() -> None:
    routine = Invoice("motala/sick_cost_and_assistance").routine
    step = routine.signed_by(Act.MATCH_HOURS)
    assert step is not None
    names = [one.name for one in routine.steps]

    letters = routine.letters_at("match_hours", LetterWhen.HOURS_DIFFER)
    assert step.on_finding is OnFinding.RETURN_TO_PROVIDER
    assert [letter.code for letter in letters] == ["ask_for_new_invoice"]
    assert names.index("match_hours") < names.index("receipt_attest") < names.index("decision_attest")


def test_a_head_whose_spouse_is_paid_is_stopped_and_the_next_higher_chief_is_named() -> None:
    invoice = decided_by_bo()
    invoice.disqualified = frozenset({CIA})
    step = invoice.routine.signed_by(Act.DECISION_ATTEST)

    assert invoice.signs(CIA, Act.DECISION_ATTEST) is Refusal.DISQUALIFIED
    assert step is not None
    assert step.when_disqualified == Role.MUNICIPAL_DIRECTOR
