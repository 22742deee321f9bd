"""Applications at the desk and at home: applied for, registered, changed, laid side by side, explained line by line."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.conftest import LogIn, Open
from tests.web.pages import Page, fields_of, page, post_form
from tests.web.practice import APPLICATION as NUMBER
from timvis.apps.applications.models import Application, ApplicationVersion
from timvis.apps.claims.models import Claim

NEW = "/ansokningar/ny/"
WEEK: dict[str, Any] = {
    "p1.assistant.name": "Karin Kvist",
    "p1.assistant.number": "19800514-2396",
    "p1.spell.first_on": "2026-10-12",
    "p1.spell.last_on": "2026-10-13",
    "p1.shift.on": "2026-10-12",
    "p1.shift.from": "08.00",
    "p1.shift.to": "16.00",
    "p1.substitute.on": "2026-10-12",
    "p1.substitute.from": "08:00",
    "p1.substitute.to": "16:00",
    "p1.pay[1].hourly_ore": "160",
    "p1.week.agreed_hours": "40",
    "p1.paid_on": "2026-10-30",
    "p1.deductions_on": "inga",
    "p1.claimed.item": "sick_pay",
    "p1.claimed.ore": "1 024,00",
}


def head(shown: Page) -> dict[str, Any]:
    """Return the head of the form as an officer fills it in."""
    choices = {
        name: [one.get("value") for one in shown.tree.xpath(f"//select[@name='{name}']/option") if one.get("value")]
        for name in ("recipient", "covers")
    }
    return {
        "recipient": choices["recipient"][0],
        "provider": shown.tree.xpath("//select[@name='provider']/option[contains(., 'Ekot AB')]/@value")[0],
        "covers": choices["covers"][0],
        "applied_by": "recipient",
        "applicant_name": "Doris Dahl",
        "applicant_number": "19800404-2381",
        "came_by": "paper",
        "received_on": "2026-11-06",
    }


def sent(client: Client, do: str = "send", **changes: Any) -> Page:
    shown = page(client, NEW)
    return post_form(client, shown, **(head(shown) | WEEK | {"do": do} | changes))


def text_of(shown: Page, heading: str) -> str:
    (part,) = shown.tree.xpath(f"//section[@aria-labelledby='{heading}']")
    return " ".join(part.text_content().replace("\xa0", " ").split())


# --- registering --------------------------------------------------------------------------------------------------


def test_an_officer_registers_a_paper_and_comes_to_the_case(as_cecilia: Client) -> None:
    shown = sent(as_cecilia)

    made = Claim.objects.order_by("-id")[0]
    assert shown.path == f"/ansprak/{made.number}/"
    assert "Ansökan är registrerad." in shown.text
    assert made.received_at.date().isoformat() == "2026-11-06"
    version = ApplicationVersion.objects.order_by("-id")[0]
    assert version.parts[0]["pay"] == [{"hourly_ore": 16_000}]
    assert version.parts[0]["substitute"] == [{"on": "2026-10-12", "from": "08.00", "to": "16.00"}]


def test_every_fault_stands_beside_its_field_and_nothing_is_kept(as_cecilia: Client) -> None:
    before = Application.objects.count()

    shown = sent(
        as_cecilia,
        **{"p1.spell.last_on": "2026-10-01", "p1.claimed.ore": "mycket", "p1.shift.to": "25.00", "applicant_name": "X"},
    )

    assert shown.status == 422
    assert "kan inte läsas" in shown.text
    assert Application.objects.count() == before
    again = sent(as_cecilia, **{"p1.spell.last_on": "2026-10-01", "p1.paid_on": "i våras"})
    wrong = {one.get("id") for one in again.tree.xpath("//p[@class='error'][@id]")}
    assert "p1.paid_on.error" in wrong
    assert "p1.paid_on" not in [error.text_content() for error in again.tree.xpath("//p[@class='error']")]


def test_a_row_is_added_and_removed_by_a_button_and_what_was_typed_stays(as_cecilia: Client) -> None:
    more = sent(as_cecilia, do="add.1.shift")

    assert more.status == 200
    fields = fields_of(more.form())
    assert fields["p1.shift.on"] == ["2026-10-12", ""]
    assert fields["p1.shift.from"] == ["08.00", "08.00"]
    assert fields["p1.assistant.name"] == ["Karin Kvist"]
    assert fields["applicant_name"] == ["Doris Dahl"]
    less = post_form(as_cecilia, more, do="remove.1.shift.2")
    assert fields_of(less.form())["p1.shift.on"] == ["2026-10-12"]


def test_the_picture_of_the_paper_stays_when_a_row_is_added_and_is_kept_with_the_application(
    as_cecilia: Client,
) -> None:
    picture = SimpleUploadedFile("ansökan.png", b"\x89PNG a paper", content_type="image/png")

    more = sent(as_cecilia, do="add.1.shift", scan=picture)

    [address] = more.tree.xpath("//aside[@data-scan]/img/@src")
    assert as_cecilia.get(address).content == b"\x89PNG a paper"
    post_form(as_cecilia, post_form(as_cecilia, more, do="remove.1.shift.2"), do="send")
    version = ApplicationVersion.objects.order_by("-id")[0]
    assert version.original is not None
    assert bytes(version.original.content) == b"\x89PNG a paper"


def test_another_assistant_is_added(as_cecilia: Client) -> None:
    shown = sent(as_cecilia, do="add-part")

    assert "Ta bort assistent 2" in shown.text
    assert fields_of(shown.form())["parts"] == ["2"]


def test_a_schedule_is_read_from_a_file_into_the_rows(as_cecilia: Client) -> None:
    file = SimpleUploadedFile("schema.csv", b"datum;fran;till\n2026-10-12;08.00;16.00\n2026-10-13;08.00;16.00\n")

    shown = sent(as_cecilia, do="read", **{"p1.shift.file": file})

    assert "schema.csv är inläst: 2 rader." in shown.text
    assert fields_of(shown.form())["p1.shift.on"] == ["2026-10-12", "2026-10-13"]


def test_a_schedule_that_cannot_be_read_says_which_row(as_cecilia: Client) -> None:
    file = SimpleUploadedFile("schema.csv", b"datum;fran;till\n2026-13-40;08.00;16.00\n")

    shown = sent(as_cecilia, do="read", **{"p1.shift.file": file})

    assert shown.status == 422
    assert "schema.csv" in shown.text
    assert fields_of(shown.form())["p1.shift.on"] == ["2026-10-12"]


# --- at home ------------------------------------------------------------------------------------------------------


def test_a_provider_applies_as_agent_with_its_own_name_filled_in(as_ellen: Client) -> None:
    shown = page(as_ellen, NEW)

    fields = fields_of(shown.form())
    assert fields["applied_by"] == ["agent"]
    assert fields["applicant_number"] == ["5599000014"]
    assert "Registrera en ansökan" not in shown.text


def test_a_recipient_applies_for_herself(log_in: LogIn) -> None:
    shown = page(log_in("doris"), NEW)

    assert fields_of(shown.form())["applied_by"] == ["recipient"]


# --- the case -----------------------------------------------------------------------------------------------------


def test_the_case_lays_the_shifts_side_by_side_and_marks_what_nobody_worked(as_cecilia: Client) -> None:
    matching = text_of(page(as_cecilia, f"/ansprak/{NUMBER}/"), "h-matching")

    assert "8:00 tim utan vikarie" in matching
    assert "08.00–16.00" in matching


def test_the_case_tells_claimed_computed_difference_and_why(as_cecilia: Client) -> None:
    lines = text_of(page(as_cecilia, f"/ansprak/{NUMBER}/"), "h-statement")

    assert "Preliminär uträkning" in lines
    assert "Sjuklön" in lines
    assert "5 120,00" in lines
    assert "Administration" in lines
    assert "Rutinens val" in lines


def test_the_list_tells_the_promised_day_and_how_late_it_is(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/ansokningar/")

    assert "1 dag sen" in shown.text
    assert NUMBER in shown.text
    assert NUMBER in page(as_cecilia, "/").text


def test_an_application_is_changed_with_a_reason_and_every_version_stays(as_cecilia: Client) -> None:
    shown = page(as_cecilia, f"/ansokningar/{NUMBER}/andra/")
    assert fields_of(shown.form())["p1.shift.on"] == [f"2026-10-0{day}" for day in range(5, 10)]

    refused = post_form(as_cecilia, shown, do="send")
    assert refused.status == 422
    changed = post_form(
        as_cecilia, shown, do="send", reason="Arbetsgivaren rättade lönen", **{"p1.pay[1].hourly_ore": "165"}
    )

    assert "Ansökan är ändrad och prövas på nytt." in changed.text
    assert "version 2" in changed.text
    assert "Arbetsgivaren rättade lönen" in changed.text


def test_an_application_is_taken_back(as_cecilia: Client) -> None:
    shown = page(as_cecilia, f"/ansprak/{NUMBER}/")

    after = post_form(as_cecilia, shown, "aterkalla/", reason="Sökanden ringde")

    assert "Ansökan är återkallad." in after.text
    assert "Ingenting beslutas och ingenting betalas." in after.text


def test_somebody_in_another_town_never_sees_it(as_fatima: Client) -> None:
    assert page(as_fatima, f"/ansprak/{NUMBER}/").status == 404
    assert page(as_fatima, f"/ansokningar/{NUMBER}/andra/").status == 404


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", [NEW, f"/ansprak/{NUMBER}/", "/ansokningar/"])
def test_the_pages_fit(open_as: Open, path: str, width: int) -> None:
    shown = open_as("cecilia", path, width=width)

    assert shown.evaluate("document.documentElement.scrollWidth") <= width
