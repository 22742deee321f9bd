"""Routines and charts as TOML: read whole, or every fault with its line."""

from pathlib import Path

import pytest

from timvis.core.faults import Fault
from timvis.core.ledger import AccountUse
from timvis.core.records import ProviderKind
from timvis.core.routine.check import check
from timvis.core.routine.records import Needed, Routine, Way
from timvis.formats.law.read import read_value
from timvis.formats.routine.chart import packaged_chart, read_chart
from timvis.formats.routine.packaged import packaged_routine
from timvis.formats.routine.read import read

EXAMPLES = Path(__file__).parents[2] / "examples"
ANSWERED = (EXAMPLES / "vasteras" / "assistance.toml").read_text(encoding="utf-8")


def faults_in(text: str) -> tuple[Fault, ...]:
    found = read(text.encode(), source="rutin.toml")
    assert isinstance(found, tuple), "the routine was read without a fault"
    return found


def told(text: str) -> list[tuple[str, int | None]]:
    return [(fault.code, fault.line) for fault in faults_in(text)]


def line_of(part: str, text: str = ANSWERED) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


def answered() -> Routine:
    routine = read(ANSWERED.encode(), source="rutin.toml")
    assert isinstance(routine, Routine)
    return routine


def test_the_answered_routine_says_who_does_what() -> None:
    routine = answered()

    assert routine.slug == "vasteras/assistance"
    assert [step.name for step in routine.steps if step.signature] == [
        "review_attest",
        "decision_attest",
        "payment_release",
    ]
    assert routine.rate == "local.vasteras.amount"
    assert not routine.accepts_invoices
    assert dict(routine.settings)["granted_window"] == "month"


def test_it_says_by_itself_that_the_answers_are_ours() -> None:
    routine = answered()

    assert routine.answered_by == "Timvis, för exemplets skull; Västerås stad har inte svarat"


def test_a_company_and_an_own_employer_hand_in_different_documents() -> None:
    routine = answered()

    company = {row.code for row in routine.required_of(ProviderKind.COMPANY, Needed.BEFORE_FIRST_PAYMENT)}
    own = {row.code for row in routine.required_of(ProviderKind.OWN_EMPLOYER, Needed.BEFORE_FIRST_PAYMENT)}

    assert company == {"power_of_attorney", "payee_form", "assistants_data"}
    assert own == {"employer_registration", "ivo_notice", "assistants_data", "account_proof"}
    assert [channel.way for channel in routine.channels] == [Way.E_SERVICE, Way.PAPER]


@pytest.mark.parametrize("place", ["vasteras", "ekkoping"])
def test_the_routines_of_the_examples_are_proved(place: str) -> None:
    routine = read((EXAMPLES / place / "assistance.toml").read_bytes(), source=place)

    assert isinstance(routine, Routine)
    assert check(routine) == ()


def test_the_shipped_routine_asks_what_its_source_leaves_open() -> None:
    routine = packaged_routine("vasteras/assistance")

    assert routine is not None
    assert {problem.code for problem in check(routine)} == {"open_question"}
    assert any(problem.example == "Vem beslutsattesterar?" for problem in check(routine))


def test_a_name_that_is_no_shipped_routine_gives_none() -> None:
    assert packaged_routine("vasteras/../../law") is None
    assert packaged_routine("ekkoping/assistance") is None


def test_the_numbers_of_the_invented_municipality_are_read() -> None:
    file = EXAMPLES / "ekkoping" / "numbers.toml"

    numbers, faults = read_value(file.read_text(encoding="utf-8"), source=file.name)

    assert faults == ()
    assert [number.code for number in numbers] == ["local.ekkoping.amount"]


# --- faults -------------------------------------------------------------------------------------------


def test_every_fault_is_told_with_its_line() -> None:
    text = (
        ANSWERED.replace('acts = ["decision_attest"]', 'acts = ["decree"]')
        .replace('role = "finance_assistant"\nacts = ["payment_release"]', 'rol = "x"\nacts = ["payment_release"]')
        .replace("due = { working_day = 10, months_after = 1 }", "due = { working_day = 40 }")
        .replace('granted_window = "month"', 'granted_window = "year"')
    )

    found = told(text)

    assert ("unknown_act", line_of('acts = ["decree"]', text)) in found
    assert ("unknown_key", line_of('rol = "x"', text)) in found
    assert ("missing_key", line_of('name = "payment_release"', text) - 1) in found, "the step has no role"
    assert ("due_value", line_of("working_day = 40", text)) in found
    assert ("unknown_word", line_of('granted_window = "year"', text)) in found
    assert len(found) == 5


def test_a_role_that_does_not_exist_is_a_fault() -> None:
    text = ANSWERED.replace('role = "head_of_social_services"', 'role = "king"')

    assert told(text) == [("unknown_word", line_of('role = "king"', text))]


def test_a_separation_of_one_act_separates_nothing() -> None:
    text = ANSWERED.replace('acts = ["calculate", "decision_attest"]', 'acts = ["calculate", "calculate"]')

    assert told(text) == [("separates_nothing", line_of('"calculate", "calculate"', text))]


def test_a_routine_belongs_to_the_municipality_in_its_name() -> None:
    text = ANSWERED.replace('municipality = "vasteras"', 'municipality = "motala"')

    assert told(text) == [("wrong_slug", line_of("slug =", text))]


def test_a_routine_without_steps_is_none() -> None:
    text = ANSWERED[: ANSWERED.index("[[step]]")]

    assert [code for code, _ in told(text)] == ["missing_table"]


def test_brackets_without_end_are_a_fault_and_no_mistake_of_ours() -> None:
    assert told("x = " + "[" * 20_000) == [("not_toml", 1)]


def test_text_that_is_not_toml_is_one_fault_at_its_line() -> None:
    assert told("slug = \n") == [("not_toml", 1)]


def test_bytes_that_are_not_utf_8_are_one_fault() -> None:
    found = read('namn = "Västerås"'.encode("cp1252"), source="rutin.toml")

    assert isinstance(found, tuple)
    assert [fault.code for fault in found] == ["not_utf8"]


def test_every_fault_says_what_to_do() -> None:
    for fault in faults_in("slug = 1\nunknown = true\n"):
        assert fault.message.endswith(".")
        assert fault.remedy.endswith(".")
        assert fault.file == "rutin.toml"


# --- charts -------------------------------------------------------------------------------------------


def test_the_shipped_chart_has_an_account_for_every_kind_that_is_paid() -> None:
    chart = packaged_chart("kommun_bas")

    assert chart.account(AccountUse.DEBT).number == "2491"
    assert chart.account(AccountUse.BANK).number == "1941"
    assert chart.cost_of(ProviderKind.COMPANY).number == chart.cost_of(ProviderKind.COOPERATIVE).number == "4631"
    assert chart.cost_of(ProviderKind.OWN_EMPLOYER).number == "4599"
    assert chart.cost_of(ProviderKind.MUNICIPALITY).number == "4642"
    assert {part.code: part.dimension for part in chart.parts} == {
        "ansvar": 1,
        "verksamhet": 20,
        "projekt": 6,
        "motpart": 21,
    }


def test_a_chart_has_exactly_one_account_for_the_debt() -> None:
    account = '[[account]]\nnumber = "{}"\nlabel = "Konto"\nuse = "{}"\n'
    text = 'slug = "a"\nname = "A"\nsource = "påhittad"\n' + account.format("2491", "debt") * 2

    found = read_chart(text, source="plan.toml")

    assert isinstance(found, tuple)
    assert [fault.code for fault in found] == ["not_exactly_one", "not_exactly_one"], "two debts, no bank"


def test_a_chart_that_is_not_shipped_is_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError, match="nowhere"):
        packaged_chart("nowhere")
