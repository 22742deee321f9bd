"""Which account string an amount gets: the narrowest rule that holds, and what the chart has against another."""

from dataclasses import replace
from datetime import date

from timvis.core.coding import AccountString, CodingCase, faults_of, suggested
from timvis.core.ledger import Account, AccountUse, Chart, CodePart
from timvis.core.records import ProviderKind
from timvis.core.routine.records import AccountCoding, ClaimKind, CodingRule
from timvis.core.routine.terms import DecisionBasis, PostingKind

CHART = Chart(
    slug="prov",
    name="Prov",
    accounts=(
        Account(number="1941", label="Bank", use=AccountUse.BANK),
        Account(number="4631", label="Köp", use=AccountUse.COST, provider_kinds=frozenset({ProviderKind.COMPANY})),
        Account(number="6799", label="Sjukkostnad", use=AccountUse.COST),
    ),
    parts=(
        CodePart(code="ansvar", label="Ansvar", dimension=1),
        CodePart(code="verksamhet", label="Verksamhet", dimension=20),
    ),
)
SICK = CodingRule(
    valid_from=date(2024, 1, 1),
    valid_to=date(2025, 1, 1),
    claim_kind=ClaimKind.SICK_COST,
    account="6799",
    parts=(("verksamhet", "520"),),
    reason="Sjuklön bokförs för sig.",
)
CODING = AccountCoding(
    chart="prov",
    parts=(("ansvar", "6100"), ("verksamhet", "513")),
    rules=(SICK,),
    required=((PostingKind.ALWAYS, ("ansvar",)), (PostingKind.INVESTMENT, ("projekt",))),
)
CASE = CodingCase(
    kind=ClaimKind.SICK_COST,
    on=date(2024, 3, 1),
    provider_kind=ProviderKind.COMPANY,
    provider_number="5599000105",
    decision=DecisionBasis.LSS_9_2_SICKNESS,
)


def test_a_rule_that_holds_gives_its_string_and_its_reason() -> None:
    found = suggested(CODING, CHART, CASE)

    assert found.string.text == "6799 ansvar 6100 verksamhet 520"
    assert found.because == "Sjuklön bokförs för sig."


def test_where_no_rule_holds_the_routines_own_string_is_given() -> None:
    for case in (replace(CASE, on=date(2025, 1, 1)), replace(CASE, kind=ClaimKind.ASSISTANCE)):
        assert suggested(CODING, CHART, case).string.text == "4631 ansvar 6100 verksamhet 513"


def test_the_narrowest_rule_goes_first_and_a_named_supplier_before_a_kind() -> None:
    kind, named = replace(SICK, provider="company", account="1"), replace(SICK, provider="5599000105", account="2")
    basis = replace(SICK, decision=DecisionBasis.LSS_9_2_SICKNESS, account="3")

    coding = replace(CODING, rules=(SICK, basis, named, kind))
    assert suggested(coding, CHART, CASE).string.account == "2"
    assert suggested(coding, CHART, replace(CASE, provider_number="5599000204")).string.account == "1"
    assert suggested(coding, CHART, replace(CASE, provider_kind=ProviderKind.COOPERATIVE)).string.account == "2"


def test_a_rule_for_another_responsibility_does_not_hold() -> None:
    coding = replace(CODING, rules=(replace(SICK, responsibility="7000"),))

    assert suggested(coding, CHART, CASE).rule is None


def test_where_no_account_fits_nothing_is_guessed() -> None:
    found = suggested(replace(CODING, rules=()), CHART, replace(CASE, provider_kind=ProviderKind.OWN_EMPLOYER))

    assert found.string.account == ""
    assert [fault.code for fault in faults_of(found.string, CODING, CHART)] == ["account_is_unknown"]


def test_the_chart_objects_to_everything_at_once() -> None:
    string = AccountString(account="1941", parts=(("projekt", "9"),))

    assert [fault.code for fault in faults_of(string, CODING, CHART)] == [
        "account_is_no_cost",
        "part_is_unknown",
        "part_is_missing",
    ]
    assert faults_of(suggested(CODING, CHART, CASE).string, CODING, CHART) == ()
