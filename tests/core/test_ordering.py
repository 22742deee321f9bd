"""A payment is ordered when nothing stands in its way; else every reason is told at once."""

from dataclasses import replace
from datetime import date

from tests.core.routines import FORM, PAYMENT, a_routine
from timvis.core.faults import Refusal
from timvis.core.ordering import OrderFacts, Payee, RegistryPeriod, Stopped, order
from timvis.core.payment import AccountKind, CreditTransfer, PayeeAccount
from timvis.core.quantities import Ore
from timvis.core.records import ProviderKind
from timvis.core.statement import Line, Statement

PAY_ON = date(2021, 3, 12)
IN_FORCE = RegistryPeriod(is_known=True, valid_from=date(2015, 1, 1))
EKOT = Payee(name="Ekot AB", account=PayeeAccount(kind=AccountKind.BANKGIRO, number="9912346"))
STATEMENT = Statement(
    kind="hourly",
    lines=(
        Line(
            code="performed_within_the_decision",
            label="Utförd tid",
            quantity="1",
            unit="hour",
            rate="29900",
            amount_ore=Ore(29_900),
        ),
    ),
    law_rows=(),
    settings=(),
    inputs_digest="0",
)
FACTS = OrderFacts(
    claim_number="ekstad-2021-0001",
    round=2,
    pay_on=PAY_ON,
    provider_kind=ProviderKind.COMPANY,
    f_tax=IN_FORCE,
    employer_registration=IN_FORCE,
    missing=(),
)
ROUTINE = a_routine()


def stopped(facts: OrderFacts = FACTS, payee: Payee | None = EKOT) -> Stopped:
    outcome = order(STATEMENT, payee, facts, ROUTINE)
    assert isinstance(outcome, Stopped)
    return outcome


def test_an_order_carries_the_statements_sum_to_the_payee_under_the_rounds_own_id() -> None:
    assert order(STATEMENT, EKOT, FACTS, ROUTINE) == CreditTransfer(
        end_to_end_id="ekstad-2021-0001-2",
        amount_ore=Ore(29_900),
        payee_name="Ekot AB",
        account=EKOT.account,
        message="ekstad-2021-0001",
    )


def test_every_reason_is_told_at_once() -> None:
    facts = replace(
        FACTS,
        f_tax=RegistryPeriod(is_known=True),
        employer_registration=RegistryPeriod(),
        missing=(FORM,),
        is_as_signed=False,
        unconfirmed_numbers=("assistance.waiting.factor",),
    )

    outcome = stopped(facts, payee=None)

    assert [obstacle.code for obstacle in outcome.obstacles] == [
        "payee_is_missing",
        "changed_since_attest",
        "document_is_missing",
        "f_tax_is_missing",
        "employer_is_not_registered",
        "law_number_is_unconfirmed",
    ]
    assert outcome.refusal is Refusal.PAYEE_IS_MISSING
    assert all(obstacle.message and obstacle.remedy for obstacle in outcome.obstacles)


def test_a_missing_document_is_named() -> None:
    outcome = stopped(replace(FACTS, missing=(FORM,)))

    assert outcome.refusal is Refusal.DOCUMENTS_ARE_MISSING
    assert outcome.obstacles[0].message == "Handlingen saknas: Blanketten Betalningsmottagare."


def test_f_tax_is_judged_on_the_day_of_payment() -> None:
    ended = RegistryPeriod(is_known=True, valid_from=date(2015, 1, 1), valid_to=PAY_ON)
    ends_tomorrow = replace(ended, valid_to=date(2021, 3, 13))

    assert stopped(replace(FACTS, f_tax=ended)).obstacles[0].code == "f_tax_is_missing"
    assert isinstance(order(STATEMENT, EKOT, replace(FACTS, f_tax=ends_tomorrow), ROUTINE), CreditTransfer)


def test_not_shown_is_told_apart_from_not_approved() -> None:
    never_shown = stopped(replace(FACTS, f_tax=RegistryPeriod())).obstacles[0].message
    not_approved = stopped(replace(FACTS, f_tax=RegistryPeriod(is_known=True))).obstacles[0].message

    assert "har inte visat" in never_shown
    assert "saknar" in not_approved


def test_an_own_employer_needs_no_f_tax_but_is_registered_as_employer() -> None:
    facts = replace(
        FACTS,
        provider_kind=ProviderKind.OWN_EMPLOYER,
        f_tax=RegistryPeriod(),
        employer_registration=RegistryPeriod(),
    )

    assert [one.code for one in stopped(facts).obstacles] == ["employer_is_not_registered"]


def test_an_account_that_the_bank_would_reject_stops_one_payment_here_and_not_the_whole_file_there() -> None:
    wrong = Payee(name="Ekot AB", account=PayeeAccount(kind=AccountKind.BANKGIRO, number="9912345"))

    outcome = stopped(payee=wrong)

    assert [one.code for one in outcome.obstacles] == ["account_number_is_wrong"]
    assert outcome.refusal is Refusal.PAYEE_IS_MISSING


def test_a_check_that_no_step_names_is_not_made() -> None:
    unchecked = a_routine(steps=(*ROUTINE.steps[:-1], replace(PAYMENT, checks=())))

    outcome = order(STATEMENT, EKOT, replace(FACTS, f_tax=RegistryPeriod(), missing=(FORM,)), unchecked)

    assert isinstance(outcome, CreditTransfer)
