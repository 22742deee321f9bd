"""A paper report, typed beside its scan."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.conftest import LogIn
from tests.web.measured import objection
from tests.web.pages import Page, page, post_form
from timvis.apps.claims.models import Claim, Report, Shift
from timvis.apps.documents.models import Original

PATH = "/lamna-in/papper/"
TOLD: dict[str, Any] = {
    "recipient": "10",
    "provider": "7",
    "month": "2026-09",
    "received_on": "2026-10-05",
    "assistant_number": "198201012385",
    "assistant_name": "Rut Ros",
    "assistant_signed_on": "2026-09-30",
    "manager_number": "199104022398",
    "manager_name": "Ivar Isak",
    "manager_signed_on": "2026-09-30",
    "rows": "1 08.00 16.00 aktiv\n2 08.00 12.00 aktiv",
}


def register(client: Client, form: Page | None = None, **told: Any) -> Page:
    """Send the form."""
    return post_form(client, form or page(client, PATH), **{**TOLD, **told})


def a_picture(name: str = "ivar.png") -> SimpleUploadedFile:
    """Return a picture to send."""
    return SimpleUploadedFile(name, b"\x89PNG a picture", content_type="image/png")


def september() -> list[Claim]:
    """Return Ivar's claims for September."""
    return list(Claim.objects.filter(recipient_id=10, month_on="2026-09-01"))


def test_a_paper_is_typed_in_with_the_day_it_came(as_gunnel: Client) -> None:
    shown = register(as_gunnel)

    (claim,) = september()
    assert shown.path == f"/ansprak/{claim.number}/"
    assert f"{claim.received_at:%Y-%m-%d}" == "2026-10-05"
    shifts = Shift.objects.filter(report__claim=claim).order_by("line")
    assert [(one.from_text, one.to_text) for one in shifts] == [("08.00", "16.00"), ("08.00", "12.00")]


def test_the_scan_is_kept_as_it_was(as_gunnel: Client) -> None:
    content = b"%PDF-1.7 a scan"

    shown = register(as_gunnel, scan=SimpleUploadedFile("ivar.pdf", content, content_type="application/pdf"))

    assert bytes(Original.objects.get(file_name="ivar.pdf").content) == content
    (link,) = shown.tree.xpath("//a[contains(@href, '?bild')]/@href")
    assert as_gunnel.get(link).content == content


def test_every_row_that_cannot_be_is_told_by_its_line_and_all_is_kept(as_gunnel: Client) -> None:
    rows = "1 08.00 16.00 aktiv\n31 08.00 12.00 aktiv\n2 8 26.00 aktiv\n3 08.00 12.00 dans"

    shown = register(as_gunnel, rows=rows)

    assert shown.status == 422
    lines = [row[1].text_content().strip() for row in shown.tree.xpath("//section[@role='alert']//tbody/tr")]
    assert set(lines) == {"2", "3", "4"}
    assert shown.form().fields["rows"].replace("\r\n", "\n").strip() == rows
    assert shown.form().fields["assistant_name"] == "Rut Ros"
    assert september() == []


@pytest.mark.parametrize(
    ("told", "field"),
    [({"received_on": "i går"}, "received_on"), ({"month": "2026"}, "month"), ({"rows": " "}, "rows")],
)
def test_what_is_wrong_is_told_beside_its_field(as_gunnel: Client, told: dict[str, Any], field: str) -> None:
    shown = register(as_gunnel, **told)

    assert objection(shown, field)
    assert shown.form().fields["assistant_number"] == TOLD["assistant_number"]
    assert september() == []


def test_an_assistant_who_is_no_person_is_told(as_gunnel: Client) -> None:
    shown = register(as_gunnel, assistant_number="198201012386")

    assert shown.status == 422
    assert shown.tree.xpath("//section[@role='alert']//tbody/tr")
    assert september() == []


def test_a_double_click_registers_once(as_gunnel: Client) -> None:
    form = page(as_gunnel, PATH)
    first = register(as_gunnel, form)

    assert register(as_gunnel, form).path == first.path
    assert Report.objects.filter(claim__recipient_id=10, claim__month_on="2026-09-01").count() == 1


def test_the_same_paper_typed_twice_changes_nothing(as_gunnel: Client) -> None:
    register(as_gunnel)

    assert "redan inlämnat" in register(as_gunnel).text
    assert Report.objects.filter(claim__recipient_id=10, claim__month_on="2026-09-01").count() == 1


@pytest.mark.parametrize("key", ["david", "helena", "rakel"])
def test_who_takes_nothing_in_has_no_form(log_in: LogIn, key: str) -> None:
    assert log_in(key).get(PATH).status_code == 403


def test_another_towns_person_is_no_choice(as_fatima: Client) -> None:
    assert objection(register(as_fatima), "recipient")
    assert september() == []


def test_the_picture_stays_beside_the_form_when_something_has_to_be_put_right(as_gunnel: Client) -> None:
    wrong = register(as_gunnel, scan=a_picture(), rows="1 08.00 kvart i fem aktiv")

    [address] = wrong.tree.xpath("//aside[@data-scan]/img/@src")
    assert as_gunnel.get(address).content == b"\x89PNG a picture"
    register(as_gunnel, wrong)
    [claim] = september()
    assert Report.objects.get(claim=claim).scan is not None


def test_the_picture_can_be_looked_at_before_anything_is_typed(as_gunnel: Client) -> None:
    shown = register(as_gunnel, scan=a_picture(), do="show")

    assert shown.tree.xpath("//aside[@data-scan]/img")
    assert shown.tree.xpath("//input[@name='assistant_name']/@value") == ["Rut Ros"]
    assert not september()


def test_nobody_else_can_use_the_ticket_of_a_picture(as_gunnel: Client, as_cecilia: Client) -> None:
    shown = register(as_gunnel, scan=a_picture(), do="show")
    [address] = shown.tree.xpath("//aside[@data-scan]/img/@src")

    assert as_cecilia.get(address).status_code == 404
    assert as_gunnel.get("/lamna-in/bild/?scan_ticket=ingen").status_code == 404
