"""An agreement with a provider: its price holds from a day on, and what it was before stays."""

from dataclasses import replace
from datetime import date, timedelta

from tests.cast import NOW, Cast, ok
from timvis.apps.audit.models import LogEntry
from timvis.apps.parties.actions import change_agreement, register_agreement
from timvis.apps.parties.models import AgreementVersion
from timvis.apps.parties.particulars import AgreementParticulars
from timvis.core.faults import Refusal

FIRST = AgreementParticulars(about="Personlig assistans", valid_from=date(2026, 1, 1), price_ore_per_hour=33_000)


def test_a_new_price_is_a_new_version_and_the_old_one_stays(cast: Cast) -> None:
    agreement = _registered(cast)

    raised = replace(FIRST, valid_from=date(2026, 7, 1), price_ore_per_hour=34_000)
    number = change_agreement(
        cast.cecilia, agreement_id=agreement, particulars=raised, seen=1, now=NOW + timedelta(days=1)
    )

    assert number == 2
    prices = AgreementVersion.objects.order_by("number").values_list("valid_from", "price_ore_per_hour")
    assert list(prices) == [(date(2026, 1, 1), 33_000), (date(2026, 7, 1), 34_000)]


def test_somebody_who_saw_an_older_version_was_not_first(cast: Cast) -> None:
    agreement = _registered(cast)
    change_agreement(cast.cecilia, agreement_id=agreement, particulars=FIRST, seen=1, now=NOW)

    again = change_agreement(cast.cecilia, agreement_id=agreement, particulars=FIRST, seen=1, now=NOW)

    assert again is Refusal.SOMEONE_ELSE_WAS_FIRST


def test_the_head_looks_but_registers_nothing(cast: Cast) -> None:
    refused = register_agreement(cast.david, provider_id=cast.ekot_id, reference="A-1", particulars=FIRST, now=NOW)

    assert refused is Refusal.ROLE_DOES_NOT_ALLOW
    assert LogEntry.objects.filter(action="register_agreement", outcome=refused.value).exists()


def _registered(cast: Cast) -> int:
    return ok(register_agreement(cast.cecilia, provider_id=cast.ekot_id, reference="A-1", particulars=FIRST, now=NOW))
