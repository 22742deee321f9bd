"""What a routine states, and what stops when it says nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.core.routines import a_routine
from timvis.core.law import LawGap
from timvis.core.records import ProviderKind, Regime
from timvis.core.routine.choice import routine_for
from timvis.core.routine.records import Channel, ClaimKind, Routine, Way
from timvis.core.routine.settings import (
    CATALOGUE,
    SettingIsUnknown,
    decimal_of,
    flag_of,
    rate_code_of,
    rows_of,
    unanswered,
    whole_of,
    word_of,
    words_of,
)
from timvis.core.routine.shapes import OneOf, Rows, SomeOf
from timvis.core.routine.terms import DecisionBasis, InvoiceRole


def stating(*settings: tuple[str, object]) -> Routine:
    return replace(a_routine(), settings=settings)


def channel(*kinds: ProviderKind, invoice: InvoiceRole = InvoiceRole.NONE) -> Channel:
    return Channel(provider_kinds=frozenset(kinds), way=Way.E_SERVICE, text="In", invoice=invoice)


def test_each_shape_has_its_own_way_to_be_asked() -> None:
    routine = stating(
        ("granted_window", "week"),
        ("cost_items", ("sick_pay",)),
        ("completion_days", 14),
        ("sampled", Decimal("2.5")),
        ("carries_over", False),
        ("deduction_daily_factor", Decimal("1.4")),
        ("service", ((("name", "care"),),)),
    )

    assert word_of(routine, "granted_window") == "week"
    assert words_of(routine, "cost_items") == ("sick_pay",)
    assert whole_of(routine, "completion_days") == 14
    assert decimal_of(routine, "sampled") == Decimal("2.5")
    assert decimal_of(routine, "deduction_daily_factor") == Decimal("1.4")
    assert flag_of(routine, "carries_over") is False
    assert rows_of(routine, "service") == ({"name": "care"},)


def test_what_is_not_stated_is_unknown_and_stops_as_missing_law_does() -> None:
    with pytest.raises(LawGap, match="vad semesterersättningen räknas på") as stopped:
        word_of(a_routine(), "holiday_pay_base")

    assert stopped.value.code == "ekstad/assistance: holiday_pay_base"
    assert isinstance(stopped.value, SettingIsUnknown)


def test_hours_without_a_price_are_unknown_too() -> None:
    with pytest.raises(SettingIsUnknown, match="timbeloppet"):
        rate_code_of(replace(a_routine(), rate=None))


def test_a_routine_tells_what_its_claims_still_need() -> None:
    routine = replace(a_routine(), settings=(("granted_window", "month"), ("rounding", "per_line")))

    assert [setting.code for setting in unanswered(routine)] == ["week_to_period", "takes"]


def test_an_invoice_that_opens_the_case_needs_no_settings() -> None:
    invoiced = channel(ProviderKind.COMPANY, invoice=InvoiceRole.OPENS_THE_CASE)
    routine = replace(a_routine(), settings=(), channels=(invoiced,))

    assert unanswered(routine) == ()


def test_every_setting_is_told_in_swedish_and_no_word_twice() -> None:
    for setting in CATALOGUE.values():
        shapes = [column.shape for column in setting.shape.columns.values()] if isinstance(setting.shape, Rows) else []
        assert setting.label[:1].isupper()
        assert setting.needed_by <= setting.claim_kinds
        for shape in (setting.shape, *shapes):
            if isinstance(shape, OneOf | SomeOf):
                assert all(shape.words.values())
                assert len(set(shape.words.values())) == len(shape.words)


# --- which routine a claim goes under --------------------------------------------------------------------


def chosen(routines: tuple[Routine, ...], **asked: object) -> str | None:
    found = routine_for(routines, ClaimKind.ASSISTANCE, Regime.LSS, **asked)  # type: ignore[arg-type]  # by name
    return found.slug if found else None


EVERYBODYS = replace(
    a_routine(),
    slug="ekstad/everybodys",
    channels=(channel(ProviderKind.COMPANY, ProviderKind.OWN_EMPLOYER),),
)
OWN_EMPLOYERS = replace(a_routine(), slug="ekstad/own", channels=(channel(ProviderKind.OWN_EMPLOYER),))
TEMPORARY = replace(a_routine(), slug="ekstad/temporary", decision_bases=(DecisionBasis.LSS_9_2_TEMPORARY,))
ALL = (OWN_EMPLOYERS, TEMPORARY, EVERYBODYS)


def test_the_routine_for_this_kind_of_provider_goes_before_everybodys() -> None:
    assert chosen(ALL, provider_kind=ProviderKind.OWN_EMPLOYER) == "ekstad/own"
    assert chosen(ALL, provider_kind=ProviderKind.COMPANY) == "ekstad/everybodys"
    assert chosen(ALL) == "ekstad/everybodys"


def test_the_routine_for_this_kind_of_decision_goes_first_and_is_for_no_other() -> None:
    assert chosen(ALL, basis=DecisionBasis.LSS_9_2_TEMPORARY) == "ekstad/temporary"
    assert chosen((TEMPORARY,), basis=DecisionBasis.LSS_9_2) is None
    assert chosen((TEMPORARY,)) is None


def test_a_routine_without_a_regime_is_for_any_and_the_others_for_theirs() -> None:
    state = replace(a_routine(), regime=Regime.SFB)
    anybodys = replace(a_routine(), slug="ekstad/any", regime=None)

    assert chosen((state,)) is None
    assert chosen((state, anybodys)) == "ekstad/any"
