"""What the state is told of an assistant: from the register before any notice, then as the newest notice said it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.apps.state_registers.assignments import BEGINS, a_notice, a_placement, an_assistant, the_town_as_provider
from tests.cast import ALMA_NUMBER, BJORN_NUMBER, EKOT_NUMBER, NOW, TOWN_NUMBER, Cast, ok
from timvis.apps.parties import actions as parties
from timvis.apps.parties.models import Provider
from timvis.apps.parties.particulars import ProviderParticulars
from timvis.apps.state_registers import actions, told
from timvis.apps.state_registers.models import Placement
from timvis.core.records import ProviderKind
from timvis.core.state_duties.records import Employer
from timvis.core.state_exchange import AssistantTold, ProviderTold
from timvis.formats.letter.write import write_html

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
TOWN = ProviderParticulars(name="Västerås egen assistans", kind=ProviderKind.MUNICIPALITY)


def placed(cast: Cast, *, outside_eea: bool = False) -> Placement:
    provider_id = the_town_as_provider(cast)
    an_assistant(cast, provider_id, outside_eea=outside_eea)
    return Placement.objects.get(pk=a_placement(cast, provider_id=provider_id))


def told_of(placement: Placement) -> AssistantTold:
    return told.record_of(placement, known_at=LATER)


def notified(cast: Cast, placement: Placement, *, seen: int = 0, **says: object) -> None:
    ok(
        actions.notify_assistant(
            cast.greta, placement_id=placement.pk, particulars=a_notice(**says), seen=seen, now=NOW
        )
    )


def test_before_any_notice_it_says_what_the_register_knows_and_names_everything_nobody_has_told(cast: Cast) -> None:
    record = told_of(placed(cast))

    assert (record.recipient_number, record.assistant_number) == (ALMA_NUMBER, BJORN_NUMBER)
    assert (record.hired_on, record.lives_outside_eea, record.is_close) == (date(2020, 12, 1), False, None)
    assert record.provider == ProviderTold(name="Västerås egen assistans", number=TOWN_NUMBER)
    assert set(record.lacking()) == {
        "om assistenten är närstående eller bor i hushållet",
        "anordnarens kontaktperson",
        "underskrift",
        "anordnarens telefonnummer",
    }


def test_the_newest_notice_counts_and_not_what_the_register_has_learned_since(cast: Cast) -> None:
    placement = placed(cast, outside_eea=True)
    notified(cast, placement)
    notified(cast, placement, seen=1, is_close=True, changed_from=date(2021, 3, 1))

    record = told_of(placement)

    assert (record.is_close, record.changed_from, record.lives_outside_eea) == (True, date(2021, 3, 1), False)
    assert told.changed_since(placement, known_at=LATER) == ("bosättningen",)


def test_whom_to_ask_at_the_provider_is_registered_with_the_provider(cast: Cast) -> None:
    placement = placed(cast)
    asked = replace(TOWN, contact_name="Greta Gran", phone="021-39 00 00")
    provider = Provider.objects.get(organisation_number=TOWN_NUMBER)
    ok(parties.change_provider(cast.cecilia, provider_id=provider.pk, particulars=asked, seen=1, now=NOW))

    record = told_of(placement)

    assert record.provider is not None
    assert (record.provider.contact, record.provider.phone, record.phone) == (
        "Greta Gran",
        "021-39 00 00",
        "021-39 00 00",
    )
    assert set(record.lacking()) == {"om assistenten är närstående eller bor i hushållet", "underskrift"}


def test_another_employers_name_is_read_among_the_providers_or_said_to_be_missing(cast: Cast) -> None:
    placement = placed(cast)
    notified(cast, placement, employer=Employer.ANOTHER, employer_number="5599000014")
    assert "den andra arbetsgivarens namn" in set(told_of(placement).lacking())

    notified(
        cast, placement, seen=1, employer=Employer.ANOTHER, employer_number=EKOT_NUMBER, changed_from=date(2021, 3, 1)
    )

    provider = told_of(placement).provider
    assert provider is not None
    assert (provider.employed_by, provider.employer_number) == (Employer.ANOTHER, EKOT_NUMBER)
    assert provider.employer_name
    assert "den andra arbetsgivarens namn" not in set(provider.lacking())


def test_the_paper_says_how_the_state_knows_of_her_and_what_is_missing(cast: Cast) -> None:
    placement = placed(cast)
    before = write_html(told.paper_of(placement, known_at=LATER))
    assert "Försäkringskassan har inte fått någon anmälan" in before

    notified(cast, placement, sent_on=date(2021, 1, 2))
    received = actions.notice_was_received(
        cast.greta, placement_id=placement.pk, number=1, received_on=BEGINS, reference="", now=NOW
    )
    assert isinstance(received, int), received
    after = write_html(told.paper_of(Placement.objects.get(pk=placement.pk), known_at=LATER))

    assert (
        "Anmälan 1, skickad 2021-01-02 i e-tjänsten för arbetsgivare; Försäkringskassan fick den 2021-01-04." in after
    )
    assert "<li>anordnarens telefonnummer</li>" in after
    assert "Närstående till den som har assistans, eller i samma hushåll</td><td>nej" in after
    assert "3066" not in after
