"""The calendar: last days of routines and cases, and a feed that names nobody."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.test import Client
from icalendar import Calendar

from tests.web import demo
from tests.web.conftest import LogIn
from tests.web.measured import more_claims, queries
from tests.web.pages import page
from timvis.apps.audit.models import Person, RoleHeld
from timvis.apps.parties.models import AssistantVersion, ProviderVersion, RecipientVersion


def feed_of(client: Client) -> str:
    """Return the path of one's own feed."""
    (address,) = page(client, "/kalender/").tree.xpath("//a[contains(@href, 'timvis.ics') and @class='button']/@href")
    return str(urlsplit(address).path)


def test_the_routines_last_days_of_the_month_are_there(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/kalender/")

    # October's hand-in: the fifth working day of November 2026, Monday to Friday, is the 6th.
    assert shown.title == "November 2026"
    assert "6 nov" in shown.text
    assert "Redovisning" in shown.text
    assert "ekkoping-2026-0003" in shown.text


def test_another_month_can_be_turned_to(as_cecilia: Client) -> None:
    assert page(as_cecilia, "/kalender/?manad=2026-12").title == "December 2026"
    assert page(as_cecilia, "/kalender/?manad=x").title == "November 2026"
    assert page(as_cecilia, "/kalender/?manad=9999-12").status == 200
    assert page(as_cecilia, "/kalender/?manad=0001-01").status == 200


def test_the_feed_is_a_calendar_of_last_days(as_cecilia: Client, anyone: Client) -> None:
    response = anyone.get(feed_of(as_cecilia))

    assert response.headers["Content-Type"].startswith("text/calendar")
    book = Calendar.from_ical(response.content)
    events = book.walk("VEVENT")
    assert len(events) >= 12
    assert len({str(one["UID"]) for one in events}) == len(events)
    assert all(one.decoded("dtend") - one.decoded("dtstart") == timedelta(days=1) for one in events)
    assert {"prodid", "version"} <= {name.lower() for name in book}


def test_a_feed_of_one_role_has_only_its_days_and_every_day_warns_on_a_working_day_before(
    as_cecilia: Client, anyone: Client
) -> None:
    feed = feed_of(as_cecilia)

    everything = Calendar.from_ical(anyone.get(feed).content).walk("VEVENT")
    of_officers = Calendar.from_ical(anyone.get(f"{feed}?roll=case_officer").content).walk("VEVENT")
    of_nobody = Calendar.from_ical(anyone.get(f"{feed}?roll=kock").content).walk("VEVENT")

    assert 0 < len(of_officers) < len(everything)
    assert not of_nobody
    for event in everything:
        (alarm,) = event.walk("VALARM")
        warned_on = event.decoded("dtstart") + alarm.decoded("trigger") - timedelta(hours=8)
        assert warned_on.weekday() < 5
        assert warned_on < event.decoded("dtstart")


def test_the_feed_names_nobody_and_no_case(as_cecilia: Client, anyone: Client) -> None:
    text = anyone.get(feed_of(as_cecilia)).content.decode()

    people = Person.objects.filter(personal_number__isnull=False).values_list("name", flat=True)
    parties = (
        of.objects.values_list("name", flat=True) for of in (RecipientVersion, AssistantVersion, ProviderVersion)
    )
    assert [name for names in (people, *parties) for name in names if name in text] == []
    assert "ekkoping-2026" not in text
    for number in demo.NUMBERS.values():
        assert number not in text


def test_a_feed_stops_when_the_role_ends(as_cecilia: Client, anyone: Client) -> None:
    feed = feed_of(as_cecilia)
    role = RoleHeld.objects.get(person__personal_number=demo.NUMBERS["cecilia"], municipality="ekkoping")
    role.held_to = demo.NOW.date()
    role.save()

    assert anyone.get(feed).status_code == 404


def test_an_address_somebody_made_up_is_not_found(as_cecilia: Client, anyone: Client) -> None:
    feed = feed_of(as_cecilia)

    assert anyone.get(feed.replace("/kalender/", "/kalender/x")).status_code == 404
    assert anyone.get("/kalender/none/timvis.ics").status_code == 404


def test_a_town_without_routines_is_told_so_kindly(as_fatima: Client) -> None:
    shown = page(as_fatima, "/kalender/")

    assert "Ingen antagen rutin" in shown.text
    assert "Inget öppet anspråk förfaller" in shown.text


def test_who_handles_no_claims_has_no_calendar(log_in: LogIn) -> None:
    assert log_in("sune").get("/kalender/").status_code == 403


def test_a_provider_sees_only_its_own_cases_fall_due(as_ellen: Client) -> None:
    shown = page(as_ellen, "/kalender/")

    assert "ekkoping-2026-0001" in shown.text
    assert "ekkoping-2026-0003" not in shown.text


def test_the_calendar_asks_as_much_for_many_cases_as_for_few(as_cecilia: Client) -> None:
    few = queries(as_cecilia, "/kalender/")

    more_claims(24)

    assert queries(as_cecilia, "/kalender/") == few
