"""The address that the fee system reads a month at: only its own key opens it, and every reading is in the log."""

from typing import Any

import pytest
from django.test import Client

from tests.web import demo
from tests.web.conftest import LogIn
from tests.web.pages import page, post_form
from timvis.apps.audit.models import LogEntry, Person
from timvis.apps.parties.models import Recipient
from timvis.apps.parties.queries import actor_of
from timvis.apps.visits.actions import give_fee_key, give_system_key, withdraw_fee_key, withdraw_system_key
from timvis.apps.visits.models import KeyPurpose, SystemKey
from timvis.core.access import Actor
from timvis.core.faults import Refusal

EKOT_ID = 4
OCTOBER = "/api/avgifter/2026-10/"


def somebody(key: str) -> Actor:
    person = Person.objects.get(personal_number=demo.NUMBERS[key])
    town = demo.OTHER_TOWN if key == "fatima" else demo.TOWN
    found = actor_of(person.pk, municipality=town, logged_in_at=demo.NOW, on=demo.NOW.date())
    assert found is not None
    return found


@pytest.fixture
def secret(db: None) -> str:
    given = give_fee_key(somebody("agnes"), "Avgiftssystemet", now=demo.NOW)
    assert isinstance(given, str)
    return given


def read(secret: str, address: str = OCTOBER, *, status: int = 200) -> Any:
    # A system has no session.
    answer = Client().get(address, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == status, answer.content
    return answer.json()


def readings() -> list[LogEntry]:
    return list(LogEntry.objects.filter(action="look_at_fee_basis", reason__startswith="Avgiftssystemet"))


def test_the_fee_system_reads_what_the_fee_officer_fetches_and_each_person_has_it_in_her_log(
    log_in: LogIn, secret: str
) -> None:
    told = read(secret)

    assert told == log_in("frida").get("/avgifter/2026-10/underlag.json").json()
    concerned = Recipient.objects.filter(personal_number__in={row["recipient"] for row in told["rows"]})
    assert {one.recipient_id for one in readings()} == set(concerned.values_list("pk", flat=True))
    assert {one.role for one in readings()} == {"system"}


@pytest.mark.parametrize("wrong", ["", "nyckel"])
def test_without_its_key_nothing_opens(anyone: Client, secret: str, wrong: str) -> None:
    [fault] = read(wrong, status=401)["faults"]

    assert fault["code"] == "key_is_not_known"
    assert readings() == []


def test_a_login_is_no_key(log_in: LogIn) -> None:
    assert log_in("frida").get(OCTOBER).status_code == 401


def test_a_key_that_was_taken_back_opens_nothing(secret: str) -> None:
    key = SystemKey.objects.get(purpose=KeyPurpose.FEES)
    assert withdraw_fee_key(somebody("agnes"), key.pk, now=demo.NOW) == key.pk

    assert read(secret, status=401)


def test_a_key_for_visits_does_not_open_the_fees_nor_the_other_way_round(anyone: Client, secret: str) -> None:
    of_visits = give_system_key(somebody("ellen"), EKOT_ID, "Mobil", now=demo.NOW)
    assert isinstance(of_visits, str)

    assert read(of_visits, status=401)
    answer = Client().post(
        "/api/hemtjanst/besok/",
        "{}",
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 401


@pytest.mark.parametrize("month", ["2026-01", "oktober", "2026-13"])
def test_a_month_that_was_not_handed_over_is_told(secret: str, month: str) -> None:
    [fault] = read(secret, f"/api/avgifter/{month}/", status=404)["faults"]

    assert fault["code"] == "month_is_not_handed_over"


def test_only_heads_give_and_take_back_the_key_and_only_their_own_municipalitys(secret: str) -> None:
    key = SystemKey.objects.get(purpose=KeyPurpose.FEES)

    for who in ("frida", "ellen", "cecilia"):
        assert give_fee_key(somebody(who), "X", now=demo.NOW) is Refusal.ROLE_DOES_NOT_ALLOW
        assert withdraw_fee_key(somebody(who), key.pk, now=demo.NOW) is Refusal.ROLE_DOES_NOT_ALLOW
    assert withdraw_system_key(somebody("ellen"), key.pk, now=demo.NOW) is Refusal.NOT_FOUND
    assert read(secret)


def test_the_head_makes_a_key_on_the_page_and_takes_it_back(log_in: LogIn) -> None:
    agnes = log_in("agnes")
    assert "/avgifter/nycklar/" in page(agnes, "/avgifter/?manad=2026-10").response.content.decode()

    after = post_form(agnes, page(agnes, "/avgifter/nycklar/"), "/avgifter/nycklar/", system="Avgiftssystemet")

    key = SystemKey.objects.get(purpose=KeyPurpose.FEES)
    assert "Den visas bara nu" in after.text
    taken = post_form(agnes, page(agnes, "/avgifter/nycklar/"), f"/{key.pk}/ta-tillbaka/")
    assert "Nyckeln öppnar ingenting längre." in taken.text
