"""The schedule on the page: planned once and as often as it comes back, read from a file, struck, and judged."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.conftest import LogIn
from tests.web.measured import queries
from tests.web.pages import Page, page, post_form
from tests.web.practice import DORIS, MIRA, NILS
from timvis.apps.schedules.models import PlannedShift, Struck

SCHEDULE = "/forsakringskassan/uppdrag/1/pass/"
NOVEMBER, DECEMBER = f"{SCHEDULE}?manad=2026-11", f"{SCHEDULE}?manad=2026-12"
HEADINGS = "redovisningsmanad;brukare_personnummer;assistent_personnummer;dag;fran;till;typ"


@pytest.fixture
def as_gunnel(log_in: LogIn) -> Client:
    """The administrative assistant of the town, who leads its own assistance."""
    return log_in("gunnel")


def rows(shown: Page) -> list[str]:
    """Return the lines of the table of shifts, with a space between the cells."""
    return [" ".join(" ".join(row.itertext()).split()) for row in shown.tree.xpath("//tr[@data-row]")]


def a_schedule(
    *shifts: str, month: str = "2026-12", recipient: str = DORIS, assistant: str = MIRA
) -> SimpleUploadedFile:
    """Return a file of shifts written `day;from;to`."""
    lines = [f"{month};{recipient};{assistant};{shift};aktiv" for shift in shifts]
    return SimpleUploadedFile("schema.csv", "\n".join([HEADINGS, *lines, ""]).encode())


def read_in(client: Client, *files: SimpleUploadedFile) -> Page:
    return post_form(client, page(client, f"{SCHEDULE}fil/"), schedule=list(files))


# --- a month ---------------------------------------------------------------------------------------------------------


def test_the_schedule_is_found_from_the_assignment_and_shows_the_months_shifts(as_gunnel: Client) -> None:
    assert page(as_gunnel, "/forsakringskassan/uppdrag/1/").tree.xpath(f"//main//a[@href='{SCHEDULE}']")

    shown = page(as_gunnel, NOVEMBER)

    assert shown.title == "Pass i november 2026"
    assert len(rows(shown)) == 22
    assert any("2026-11-13 Mira Norén 22.00–07.00 väntetid" in row for row in rows(shown))
    assert "Om månaden redovisades som den är planerad" in shown.text


def test_what_is_over_and_not_reported_is_told_apart_from_what_lies_ahead(as_gunnel: Client) -> None:
    first, *_rest, last = rows(page(as_gunnel, NOVEMBER))

    assert "inte redovisat" in first
    assert "kommande" in last


def test_a_month_without_a_plan_says_so(as_gunnel: Client) -> None:
    assert "Inget är planerat eller redovisat den månaden." in page(as_gunnel, f"{SCHEDULE}?manad=2027-03").text


def test_the_page_asks_as_many_questions_whatever_is_planned(as_gunnel: Client) -> None:
    before = queries(as_gunnel, NOVEMBER)
    read_in(as_gunnel, a_schedule(*(f"{day};15.00;19.00" for day in range(2, 28)), month="2026-11"))

    assert queries(as_gunnel, NOVEMBER) == before


# --- planning --------------------------------------------------------------------------------------------------------


def plan(client: Client, **says: str) -> Page:
    told = {"placement_id": "1", "on": "2026-12-01", "start": "08.00", "end": "16.00", "kind": "active"}
    return post_form(client, page(client, f"{SCHEDULE}nytt/"), **{**told, "repeat": "once", **says})


def test_a_shift_that_comes_back_every_other_week_is_planned_at_once(as_gunnel: Client) -> None:
    shown = plan(as_gunnel, repeat="fortnightly", until="2026-12-31")

    assert shown.title == "Pass i december 2026"
    assert [row.split()[1] for row in rows(shown)] == ["2026-12-01", "2026-12-15", "2026-12-29"]


def test_a_clock_time_that_a_night_does_not_have_is_told_with_its_day_and_nothing_is_planned(as_gunnel: Client) -> None:
    before = PlannedShift.objects.count()

    shown = plan(as_gunnel, on="2027-03-27", start="02.30", end="06.00", repeat="daily", until="2027-03-29")

    assert shown.status == 422
    assert "2027-03-28: 02.30–06.00 finns inte" in shown.text
    assert shown.form().xpath(".//input[@name='start']/@value") == ["02.30"]
    assert PlannedShift.objects.count() == before


@pytest.mark.parametrize("until", ["", "2026-11-30", "2030-01-01"])
def test_a_plan_that_comes_back_has_an_end_within_a_year(as_gunnel: Client, until: str) -> None:
    shown = plan(as_gunnel, repeat="weekly", until=until)

    assert shown.status == 422
    assert "högst ett år senare" in shown.text


def test_a_shift_before_the_assistants_first_is_told_with_what_to_do(as_gunnel: Client) -> None:
    shown = plan(as_gunnel, on="2026-09-30")

    assert shown.status == 422
    assert "1 pass ligger före den dag som är registrerad som assistentens första" in shown.text


def test_the_shifts_of_an_assistant_nobody_has_notified_show_what_they_would_cost(as_gunnel: Client) -> None:
    plan(as_gunnel, placement_id="2", on="2026-11-12")

    shown = page(as_gunnel, NOVEMBER)
    register = page(as_gunnel, "/forsakringskassan/assistenter/")

    assert "Assistenten var inte anmäld före passet" in shown.text
    # Eight hours at 347,70, the rate of 2026.
    assert "2 781,60 kr" in shown.text
    assert "2 781,60 kr i passen de kommande sju dagarna" in register.text


# --- from a file -----------------------------------------------------------------------------------------------------


def test_a_file_from_the_scheduling_system_is_planned_whole(as_gunnel: Client) -> None:
    shown = read_in(as_gunnel, a_schedule("1;08.00;16.00", "3;22.00;07.00"))

    assert "Schemat är inläst." in shown.text
    assert len(rows(page(as_gunnel, DECEMBER))) == 3  # a night in the file is two rows, as in a report


def test_everything_wrong_with_a_file_is_told_with_its_place_and_nothing_is_planned(as_gunnel: Client) -> None:
    before = PlannedShift.objects.count()

    shown = read_in(as_gunnel, a_schedule("1;08.00;16.00", "32;08.00;16.00", "2;25.00;26.00"))

    assert shown.status == 422
    assert "schema.csv, rad 3" in shown.text
    assert "schema.csv, rad 4" in shown.text
    assert PlannedShift.objects.count() == before


def test_somebody_elses_shifts_and_an_assistant_outside_the_assignment_are_refused(as_gunnel: Client) -> None:
    foreign = read_in(as_gunnel, a_schedule("1;08.00;16.00", recipient=NILS))
    unknown = read_in(as_gunnel, a_schedule("1;08.00;16.00", assistant=DORIS))

    assert "Passen gäller en annan person än uppdraget." in foreign.text
    assert "Assistenten är inte registrerad i uppdraget." in unknown.text


# --- striking --------------------------------------------------------------------------------------------------------


def test_a_shift_is_struck_from_the_schedule_with_the_later_ones(as_gunnel: Client) -> None:
    shown = page(as_gunnel, NOVEMBER)
    links = shown.tree.xpath("//a[contains(@href, '/stryk/')]/@href")

    struck = post_form(as_gunnel, page(as_gunnel, links[11]), reason="Ny assistent", and_later="on")

    assert "Passet är struket." in struck.text
    assert len(rows(struck)) == 22 - Struck.objects.count()
    assert Struck.objects.filter(reason="Ny assistent").count() == 11


def test_a_shift_is_not_struck_without_a_reason(as_gunnel: Client) -> None:
    link = page(as_gunnel, NOVEMBER).tree.xpath("//a[contains(@href, '/stryk/')]/@href")[0]

    assert post_form(as_gunnel, page(as_gunnel, link), reason="").status == 422


@pytest.mark.parametrize("who", ["frida", "ellen", "fatima"])
def test_nobody_else_comes_near_a_schedule(log_in: LogIn, who: str) -> None:
    client = log_in(who)

    assert {client.get(path).status_code for path in (SCHEDULE, f"{SCHEDULE}nytt/", f"{SCHEDULE}fil/")} <= {403, 404}


def test_who_decides_may_look_but_not_plan(log_in: LogIn) -> None:
    client = log_in("cecilia")

    assert not page(client, NOVEMBER).tree.xpath("//main//a[contains(@href, '/nytt/')]")
    assert client.get(f"{SCHEDULE}nytt/").status_code == 403


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-13", "november"])
@pytest.mark.parametrize("path", [SCHEDULE, "/manaden/", "/hemtjanst/besok/", "/hemtjanst/avstamning/"])
def test_a_month_that_no_calendar_has_shows_an_ordinary_one(log_in: LogIn, path: str, month: str) -> None:
    assert page(log_in("cecilia"), f"{path}?manad={month}").status == 200


def test_a_day_in_a_mistyped_year_is_told_and_nothing_is_planned(as_gunnel: Client) -> None:
    shown = plan(as_gunnel, on="9999-12-31", repeat="weekly", until="9999-12-30")

    assert shown.status == 422
    assert "Se efter årtalet" in shown.text
