"""The checklist of documents: what is wanted now, how it stands and why, from the rows of real routines."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timvis.core.records import ProviderKind
from timvis.core.routine.checklist import (
    CaseFacts,
    ChecklistRow,
    HoldsBack,
    Received,
    RowState,
    checklist,
    missing,
    stands,
)
from timvis.core.routine.records import ClaimKind, Needed, Requirement, Routine
from timvis.core.routine.terms import DocumentForm, Holds, IfMissing
from timvis.formats.routine.read import read

ROOT = Path(__file__).parents[2]
TODAY = date(2024, 3, 20)


def shipped(name: str) -> Routine:
    """Return a routine as it is shipped."""
    found = read((ROOT / "src/timvis/data/routines" / f"{name}.toml").read_bytes(), source=name)
    assert isinstance(found, Routine), found
    return found


OSTHAMMAR, ASTORP, VASTERAS, HOGANAS = (
    shipped(f"{town}/sick_cost") for town in ("osthammar", "astorp", "vasteras", "hoganas")
)
ABOUT_A_CASE = CaseFacts(on=TODAY, provider_kind=ProviderKind.COMPANY, claim_kind=ClaimKind.SICK_COST)


def came(code: str, *forms: DocumentForm, on: date = TODAY) -> Received:
    """Return a document that came about the case."""
    return Received(requirement=code, received_on=on, about_case=True, forms=frozenset(forms))


def standing(code: str, *forms: DocumentForm, holds_to: date | None = None) -> Received:
    """Return a document that came before the case, for every case."""
    return Received(
        requirement=code,
        received_on=TODAY - timedelta(days=400),
        about_case=False,
        is_standing=True,
        forms=frozenset(forms),
        holds_to=holds_to,
    )


def row(routine: Routine, code: str, facts: CaseFacts) -> ChecklistRow:
    """Return one row of a routine's checklist."""
    return next(one for one in checklist(routine, facts) if one.requirement.code == code)


# --- what is wanted -------------------------------------------------------------------------------------------


def test_everything_osthammar_asks_for_is_missing_until_it_comes() -> None:
    codes = [one.requirement.code for one in missing(checklist(OSTHAMMAR, ABOUT_A_CASE))]

    assert codes == [
        "applicants_particulars",
        "payee_account",
        "application_signature",
        "sick_report",
        "substitute_certificate",
        "collective_agreement",
        "pay_particulars",
    ]


def test_nothing_is_missing_when_everything_osthammar_asks_for_has_come() -> None:
    everything = tuple(came(one.code, *one.forms) for one in OSTHAMMAR.evidence)

    assert missing(checklist(OSTHAMMAR, replace(ABOUT_A_CASE, received=everything))) == ()


def test_an_own_employer_is_not_asked_for_a_power_of_attorney() -> None:
    own = replace(ABOUT_A_CASE, provider_kind=ProviderKind.OWN_EMPLOYER, asked_for=frozenset({"power_of_attorney"}))

    assert "power_of_attorney" not in [one.requirement.code for one in checklist(OSTHAMMAR, own)]


def test_a_power_of_attorney_is_wanted_when_somebody_else_applies() -> None:
    by_agent = replace(ABOUT_A_CASE, asked_for=frozenset({"power_of_attorney"}))

    assert row(OSTHAMMAR, "power_of_attorney", ABOUT_A_CASE).state is RowState.NOT_NEEDED
    assert row(OSTHAMMAR, "power_of_attorney", by_agent).state is RowState.MISSING


@pytest.mark.parametrize(
    ("sick_days", "state"),
    [(None, RowState.NOT_KNOWN), (7, RowState.NOT_NEEDED), (8, RowState.MISSING), (14, RowState.MISSING)],
)
def test_the_certificate_is_wanted_from_the_eighth_sick_day(sick_days: int | None, state: RowState) -> None:
    assert row(ASTORP, "doctors_certificate", replace(ABOUT_A_CASE, sick_days=sick_days)).state is state


def test_a_payslip_and_the_substitutes_time_are_wanted_in_every_case_of_hoganas() -> None:
    facts = replace(ABOUT_A_CASE, received=(standing("payslip"), came("substitute_time_report")))

    assert row(HOGANAS, "payslip", facts).state is RowState.OTHER_CASE
    assert row(HOGANAS, "substitute_time_report", facts).state is RowState.IN


# --- in which form, and for how long --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "state"),
    [
        (DocumentForm.WHOLE_MASKED, RowState.IN),
        (DocumentForm.WHOLE, RowState.IN),
        (DocumentForm.PAGE_TWO, RowState.WRONG_FORM),
        (DocumentForm.COPY, RowState.WRONG_FORM),
    ],
)
def test_a_certificate_that_shall_be_whole_and_masked_is_not_met_by_its_second_page(
    form: DocumentForm, state: RowState
) -> None:
    facts = replace(ABOUT_A_CASE, sick_days=9, received=(came("doctors_certificate", form),))

    assert row(ASTORP, "doctors_certificate", facts).state is state


@pytest.mark.parametrize("form", [DocumentForm.PAGE_TWO, DocumentForm.WHOLE_MASKED, DocumentForm.WHOLE])
def test_where_page_two_is_enough_more_than_that_is_enough_too(form: DocumentForm) -> None:
    page_two = Requirement(
        code="doctors_certificate",
        provider_kinds=frozenset({ProviderKind.COMPANY}),
        needed=Needed.FROM_SICK_DAY,
        day=8,
        text="Läkarintygets andra sida",
        forms=(DocumentForm.PAGE_TWO,),
    )
    facts = replace(ABOUT_A_CASE, sick_days=8, received=(came("doctors_certificate", form),))

    assert row(replace(ASTORP, evidence=(page_two,)), "doctors_certificate", facts).state is RowState.IN


def test_a_document_whose_form_nobody_noted_is_looked_at_again() -> None:
    facts = replace(ABOUT_A_CASE, received=(came("application_signature"),))
    found = row(OSTHAMMAR, "application_signature", facts)

    assert found.state is RowState.WRONG_FORM
    assert "med underskrift" in found.why


def test_a_standing_power_of_attorney_counts_until_it_ends() -> None:
    original = DocumentForm.ORIGINAL_ON_PAPER
    holds = replace(ABOUT_A_CASE, received=(standing("power_of_attorney", original),))
    ended = replace(ABOUT_A_CASE, received=(standing("power_of_attorney", original, holds_to=TODAY),))

    assert row(VASTERAS, "power_of_attorney", holds).state is RowState.IN
    assert row(VASTERAS, "power_of_attorney", ended).state is RowState.NO_LONGER_HOLDS


def test_of_one_that_ended_and_one_that_holds_the_one_that_holds_counts() -> None:
    original = DocumentForm.ORIGINAL_ON_PAPER
    both = (standing("power_of_attorney", original, holds_to=TODAY), came("power_of_attorney", original))

    assert row(VASTERAS, "power_of_attorney", replace(ABOUT_A_CASE, received=both)).state is RowState.IN


def test_what_only_the_payment_waits_for_does_not_hold_the_decision_back() -> None:
    waits = replace(OSTHAMMAR.evidence[0], if_missing=IfMissing.PAYMENT_WAITS)
    first_payment = replace(OSTHAMMAR.evidence[0], needed=Needed.BEFORE_FIRST_PAYMENT)
    for wanted, expected in (
        (OSTHAMMAR.evidence[0], HoldsBack.DECISION),
        (waits, HoldsBack.PAYMENT),
        (first_payment, HoldsBack.PAYMENT),
    ):
        (one,) = checklist(replace(OSTHAMMAR, evidence=(wanted,)), ABOUT_A_CASE)
        assert one.holds_back is expected


# --- whatever comes -------------------------------------------------------------------------------------------

CODES = ("a", "b")
requirements = st.builds(
    Requirement,
    code=st.sampled_from(CODES),
    provider_kinds=st.just(frozenset({ProviderKind.COMPANY})),
    needed=st.sampled_from(Needed),
    text=st.just("En handling"),
    day=st.integers(1, 14),
    forms=st.lists(st.sampled_from(DocumentForm), max_size=2, unique=True).map(tuple),
    holds=st.none() | st.sampled_from(Holds),
    if_missing=st.none() | st.sampled_from(IfMissing),
)
documents = st.builds(
    Received,
    requirement=st.sampled_from(CODES),
    received_on=st.dates(date(2024, 1, 1), date(2024, 6, 1)),
    about_case=st.booleans(),
    is_standing=st.booleans(),
    forms=st.none() | st.frozensets(st.sampled_from(DocumentForm), max_size=3),
    holds_to=st.none() | st.dates(date(2024, 1, 1), date(2024, 6, 1)),
)
cases = st.builds(
    CaseFacts,
    on=st.dates(date(2024, 1, 1), date(2024, 6, 1)),
    provider_kind=st.just(ProviderKind.COMPANY),
    claim_kind=st.just(ClaimKind.SICK_COST),
    sick_days=st.none() | st.integers(1, 14),
    is_first_claim=st.booleans(),
    is_decided=st.booleans(),
    asked_for=st.frozensets(st.sampled_from(CODES)),
    received=st.lists(documents, max_size=4).map(tuple),
)
routines = st.lists(requirements, max_size=4).map(lambda rows: replace(OSTHAMMAR, evidence=tuple(rows)))


@given(routines, cases)
def test_every_row_is_answered_once_in_the_routines_order_with_a_sentence(routine: Routine, facts: CaseFacts) -> None:
    rows = checklist(routine, facts)

    assert tuple(one.requirement for one in rows) == routine.evidence
    assert all(one.why.endswith(".") for one in rows)
    assert all(one.is_needed or not one.is_missing for one in rows)


@given(routines, cases, documents)
def test_one_more_document_never_makes_another_missing(routine: Routine, facts: CaseFacts, more: Received) -> None:
    before = {one.requirement for one in missing(checklist(routine, facts))}
    after = {one.requirement for one in missing(checklist(routine, replace(facts, received=(*facts.received, more))))}

    # A document that has come wrong asks for itself to be mended; it never asks for any other.
    assert {one for one in after - before if one.code != more.requirement} == set()


@given(routines, cases)
def test_a_document_of_a_later_day_does_not_count_yet(routine: Routine, facts: CaseFacts) -> None:
    on_time = tuple(one for one in facts.received if one.received_on <= facts.on)

    assert checklist(routine, facts) == checklist(routine, replace(facts, received=on_time))


@given(requirements, cases)
def test_what_stands_serves_every_case_and_what_does_not_serves_none_but_its_own(
    wanted: Requirement, facts: CaseFacts
) -> None:
    there = Received(requirement=wanted.code, received_on=facts.on, about_case=False, is_standing=True, forms=None)
    (one,) = checklist(replace(OSTHAMMAR, evidence=(wanted,)), replace(facts, received=(there,)))

    assert (one.state is RowState.IN) == stands(wanted)
