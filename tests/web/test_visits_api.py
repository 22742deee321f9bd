"""The address that a provider's system calls: a key opens it, all visits are kept or none, again is harmless."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.web import demo
from tests.web.practice import DORIS
from timvis.apps.audit.models import Person
from timvis.apps.parties.queries import actor_of
from timvis.apps.visits.actions import give_system_key, withdraw_system_key
from timvis.apps.visits.models import Delivery, SystemKey, Visit

EKOT_ID = 4
ADDRESS = "/api/hemtjanst/besok/"
VISIT = {
    "besoks_id": "api-1",
    "system": "Mobil",
    "personnummer": DORIS,
    "insats": "home_care",
    "status": "utfört",
    "start": "2026-11-03T08:05:00+01:00",
    "slut": "2026-11-03T08:50:00+01:00",
    "personal": "P7",
    "registrering": "mobil",
    "minuter": 45,
}


@pytest.fixture
def secret(db: None) -> str:
    person = Person.objects.get(personal_number=demo.NUMBERS["ellen"])
    ellen = actor_of(person.pk, municipality=demo.TOWN, logged_in_at=demo.NOW, on=demo.NOW.date())
    assert ellen is not None
    given = give_system_key(ellen, EKOT_ID, "Mobil", now=demo.NOW)
    assert isinstance(given, str)
    return given


def send(secret: str, *visits: Any, status: int = 200, **more: Any) -> Any:
    # A system has no session and no form's token.
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        ADDRESS,
        json.dumps({"visits": visits, **more}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_system_hands_in_visits_and_may_send_them_again(anyone: Client, secret: str) -> None:
    told = send(secret, VISIT)
    again = send(secret, VISIT)

    assert (told["kept"], told["findings"], told["faults"]) == (1, [], [])
    assert (again["delivery"], again["kept"], again["repeated"]) == (None, 0, 1)
    delivery = Delivery.objects.get(way="api")
    assert delivery.original is not None
    assert json.loads(bytes(delivery.original.content))["visits"] == [VISIT]


def test_a_correction_says_why(secret: str) -> None:
    send(secret, VISIT)
    longer = VISIT | {"slut": "2026-11-03T09:05:00+01:00", "minuter": 60}

    [fault] = send(secret, longer, status=422)["faults"]
    assert (fault["code"], fault["line"]) == ("visit_is_told_otherwise", 1)
    assert send(secret, longer, correction="Glömde stämpla ut")["replaced"] == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"minuter": "0,45"}, "minutes_are_not_whole"),
        ({"start": "2026-11-03T08:05:00+02:00"}, "offset_is_not_swedish"),
        ({"personnummer": "198308092389"}, "unknown_recipient"),
        ({"slut": None}, "value_is_missing"),
        ({"langd": 45}, "unknown_field"),
        ({"personal": ["P7"]}, "not_a_value"),
    ],
)
def test_a_fault_names_the_visit_and_keeps_nothing(secret: str, changed: dict[str, Any], code: str) -> None:
    before = Visit.objects.count()
    told = send(secret, VISIT, VISIT | {"besoks_id": "api-2"} | changed, status=422)

    assert code in [fault["code"] for fault in told["faults"] if fault["line"] == 2]
    assert DORIS not in json.dumps(told)
    assert Visit.objects.count() == before


@pytest.mark.parametrize("body", ["", "[]", "{", '{"visits": []}', '{"visits": 3}', "[" * 100_000])
def test_what_is_no_document_of_visits_is_told(secret: str, body: str) -> None:
    answer = Client().post(
        ADDRESS, body, content_type="application/json", headers={"Authorization": f"Bearer {secret}"}
    )

    assert answer.status_code == 422
    assert len(answer.json()["faults"]) == 1


def test_without_a_key_or_with_one_that_was_taken_back_nothing_opens(secret: str) -> None:
    key = SystemKey.objects.order_by("-id").first()
    assert key is not None
    assert send("nyckel", VISIT, status=401)["faults"][0]["code"] == "key_is_not_known"
    assert send("", VISIT, status=401)
    person = Person.objects.get(personal_number=demo.NUMBERS["ellen"])
    ellen = actor_of(person.pk, municipality=demo.TOWN, logged_in_at=demo.NOW, on=demo.NOW.date())
    assert ellen is not None
    withdraw_system_key(ellen, key.pk, now=demo.NOW)

    assert send(secret, VISIT, status=401)


def test_a_key_opens_only_its_own_provider(secret: str) -> None:
    send(secret, VISIT)

    assert set(Visit.objects.filter(key="api-1").values_list("provider_id", flat=True)) == {EKOT_ID}
