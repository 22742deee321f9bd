"""A recipient is registered once and told anew when something changes; nothing is overwritten."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.cast import (
    ALMA_NUMBER,
    BJORN_NUMBER,
    CECILIA_NUMBER,
    ELSA_NUMBER,
    FATIMA_NUMBER,
    NOW,
    REGISTERED_AT,
    Cast,
    ok,
)
from timvis.apps.parties import actions, records
from timvis.apps.parties.models import Recipient, RecipientVersion
from timvis.apps.parties.particulars import RecipientParticulars
from timvis.core.faults import Refusal

FATIMA = RecipientParticulars(name="Fatima Fjäll")


def test_a_recipient_can_be_read_as_a_record(cast: Cast) -> None:
    alma = records.recipient(cast.recipient_id, known_at=NOW)

    assert (alma.number, alma.name, alma.died_on) == (ALMA_NUMBER, "Alma Åkesson", None)


def test_names_sort_in_swedish_order(cast: Cast) -> None:
    for number, name in ((FATIMA_NUMBER, "Örn"), (BJORN_NUMBER, "Zetterlund"), (ELSA_NUMBER, "Äng")):
        actions.register_recipient(
            cast.cecilia, personal_number=number, particulars=RecipientParticulars(name=name), now=NOW
        )

    names = RecipientVersion.objects.order_by("sort_key").values_list("name", flat=True)

    assert list(names) == ["Alma Åkesson", "Zetterlund", "Äng", "Örn"]


def test_registering_the_same_again_changes_nothing(cast: Cast) -> None:
    first = ok(actions.register_recipient(cast.cecilia, personal_number=FATIMA_NUMBER, particulars=FATIMA, now=NOW))
    again = actions.register_recipient(
        cast.cecilia, personal_number=FATIMA_NUMBER, particulars=FATIMA, now=NOW + timedelta(days=1)
    )

    assert again == first
    assert RecipientVersion.objects.filter(thing_id=first).count() == 1


def test_registering_somebody_known_as_another_is_refused(cast: Cast) -> None:
    refusal = actions.register_recipient(cast.cecilia, personal_number=ALMA_NUMBER, particulars=FATIMA, now=NOW)

    assert refusal is Refusal.SOMEONE_ELSE_WAS_FIRST
    assert records.recipient(cast.recipient_id, known_at=NOW).name == "Alma Åkesson"


def test_what_was_known_before_a_change_can_still_be_asked_for(cast: Cast) -> None:
    died = RecipientParticulars(name="Alma Åkesson", died_on=date(2021, 1, 30))

    number = actions.change_recipient(cast.cecilia, recipient_id=cast.recipient_id, particulars=died, seen=1, now=NOW)

    assert number == 2
    assert records.recipient(cast.recipient_id, known_at=NOW).died_on == date(2021, 1, 30)
    before = NOW - timedelta(seconds=1)
    assert records.recipient(cast.recipient_id, known_at=before).died_on is None


def test_nobody_is_known_before_she_was_registered(cast: Cast) -> None:
    with pytest.raises(records.NotYetKnown):
        records.recipient(cast.recipient_id, known_at=REGISTERED_AT - timedelta(seconds=1))


def test_of_two_who_change_the_same_version_the_second_is_refused(cast: Cast) -> None:
    first, second = (
        actions.change_recipient(officer, recipient_id=cast.recipient_id, particulars=FATIMA, seen=1, now=NOW)
        for officer in (cast.cecilia, cast.greta)
    )

    assert first == 2
    assert second is Refusal.SOMEONE_ELSE_WAS_FIRST
    assert RecipientVersion.objects.filter(thing_id=cast.recipient_id).count() == 2


def test_an_officer_registers_neither_herself_nor_her_own_change(cast: Cast) -> None:
    herself = actions.register_recipient(
        cast.cecilia,
        personal_number=CECILIA_NUMBER,
        particulars=RecipientParticulars(name="Cecilia Öst"),
        now=NOW,
    )
    her_own = actions.change_recipient(
        replace(cast.cecilia, personal_number=ALMA_NUMBER),
        recipient_id=cast.recipient_id,
        particulars=FATIMA,
        seen=1,
        now=NOW,
    )

    assert herself is her_own is Refusal.NO_RELATION
    assert Recipient.objects.count() == 1
