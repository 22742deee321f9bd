"""Invoices at the desk: taken in with every fault, laid out to the öre, matched, coded, decided, sent back."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.apps.invoices.bills import Bill, xml
from tests.web.conftest import LogIn
from tests.web.demo_invoices import OPEN_ID, PAPER_ID, REPLACED_ID, RETURNED_ID, a_bill, a_picture
from tests.web.pages import Page, page, post_form
from timvis.apps.claims.models import Claim
from timvis.apps.invoices.models import Invoice

CLAIM, TOWN = "motala-2026-0001", "motala"


@pytest.fixture
def as_gunnel(log_in: LogIn) -> Client:
    """The administrative assistant, in the town that takes invoices."""
    return log_in("gunnel", town=TOWN)


def of(invoice_id: int) -> str:
    """Return the address of an invoice."""
    return f"/fakturor/{invoice_id}/"


def send(client: Client, *bills: Bill, **says: Any) -> Page:
    """Send e-invoices through the form that takes them in."""
    files = [SimpleUploadedFile(f"{bill.number}.xml", xml(bill)) for bill in bills]
    return post_form(client, page(client, "/fakturor/ta-emot/"), invoices=files, **says)


def newest() -> Invoice:
    """Return the invoice that came last."""
    found = Invoice.objects.order_by("-id").first()
    assert found
    return found


def section(shown: Page, heading: str) -> str:
    """Return the text of the part of a page with a heading's id."""
    (part,) = shown.tree.xpath(f"//section[@aria-labelledby='{heading}']")
    return " ".join(part.text_content().replace("\xa0", " ").split())


# --- the list, and taking in ------------------------------------------------------------------------------------


def test_the_list_tells_the_last_day_and_what_waiting_costs(as_gunnel: Client) -> None:
    shown = page(as_gunnel, "/fakturor/")
    rows = [" ".join(row.text_content().split()) for row in shown.tree.xpath("//tbody/tr")]
    open_now = ["P-17", "FT-2026-10", "FT-2026-08", "E-2610", "E-2611", "E-2612"]

    assert [next(number for number in open_now if number in row) for row in rows] == open_now
    assert "10 dagar sen" in rows[0]
    assert "ränta från 2026-12-05" in rows[1]
    assert "FT-2026-09" in page(as_gunnel, "/fakturor/?visa=alla").text


def test_an_e_invoice_is_taken_in_and_shown_with_what_is_held_against_it(as_gunnel: Client) -> None:
    shown = send(as_gunnel, a_bill("FT-2", "10", "3477.00"))

    assert shown.path == of(newest().pk)
    assert "Fakturan är mottagen." in shown.text
    assert "1980 0215" not in shown.text
    assert "19800215-••••" in shown.text
    assert "Personnummer i text" not in shown.text
    assert "fråga Meddelande innehåller ett personnummer" in section(shown, "h-objections")


def test_every_fault_of_every_file_is_shown_and_nothing_of_them_is_kept(as_gunnel: Client) -> None:
    before = Invoice.objects.count()
    broken = SimpleUploadedFile("trasig.xml", xml(a_bill("X", "1", "347.70")).replace(b"2026-11-04", b"i fredags"))
    other = SimpleUploadedFile("inte.xml", b"<html/>")

    shown = post_form(as_gunnel, page(as_gunnel, "/fakturor/ta-emot/"), invoices=[broken, other])

    assert shown.status == 422
    assert "trasig.xml" in shown.text
    assert "inte.xml" in shown.text
    assert Invoice.objects.count() == before


def test_a_picture_is_no_e_invoice_and_leads_to_the_form_for_paper(as_gunnel: Client) -> None:
    picture = SimpleUploadedFile("bild.png", a_picture(), "image/png")

    shown = post_form(as_gunnel, page(as_gunnel, "/fakturor/ta-emot/"), invoices=[picture])

    assert "Inte e-fakturor utan bilder: bild.png." in shown.text
    assert shown.tree.xpath("//main//a[@href='/fakturor/skriv-in/']")


def test_the_new_one_is_linked_to_the_one_that_was_sent_back(as_gunnel: Client) -> None:
    shown = send(as_gunnel, a_bill("FT-2026-09B", "10", "3477.00"), replaces=str(RETURNED_ID))

    assert "Ersätter den återsända FT-2026-09" in section(shown, "h-links")
    assert "Ersatt av FT-2026-09B" in section(page(as_gunnel, of(RETURNED_ID)), "h-links")


def paper(**says: Any) -> dict[str, Any]:
    """Return the form of an invoice on paper, filled in."""
    return {
        "scan": SimpleUploadedFile("faktura.png", a_picture() + b" ", "image/png"),
        "supplier_number": "559900-0014",
        "supplier_name": "Ekot AB",
        "invoice_number": "P-18",
        "issued_on": "2026-11-02",
        "due_on": "2026-12-02",
        "payable": "4 494,56",
        "rows": "Sjuklön; ; ; 2 880,00; 2026-10\nSemester och avgifter;;;1 614,56;2026-10",
        **says,
    }


def test_an_invoice_on_paper_is_typed_and_shown_beside_its_picture(as_gunnel: Client) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, "/fakturor/skriv-in/"), **paper())

    assert shown.tree.xpath("//img/@src") == [f"{of(newest().pk)}original/?visa"]
    assert "4 494,56 kr" in shown.title
    seen = as_gunnel.get(f"{of(newest().pk)}original/?visa")
    assert (seen.headers["Content-Type"], seen.content) == ("image/png", a_picture() + b" ")


def test_what_is_wrong_with_a_typed_invoice_stands_beside_its_fields(as_gunnel: Client) -> None:
    wrong = paper(supplier_number="559900-0015", payable="mycket", rows="Sjuklön; ; ; tusen; 2026-10")

    shown = post_form(as_gunnel, page(as_gunnel, "/fakturor/skriv-in/"), **wrong)

    assert shown.status == 422
    told = [" ".join(error.text_content().split()) for error in shown.tree.xpath("//p[@class='error' and @id]")]
    assert len(told) == 3
    assert any(text.startswith("Rad 1: ") for text in told)


def test_the_queue_tells_from_which_day_interest_runs(as_gunnel: Client) -> None:
    (row,) = page(as_gunnel, "/").tree.xpath(f"//tbody/tr[contains(., '{CLAIM}')]")

    assert "Flera brukare" in row.text_content()
    assert "ränta från 2026-12-05" in row.text_content()


# --- the page of one --------------------------------------------------------------------------------------------


def test_the_hours_of_each_recipient_stand_beside_what_is_granted(as_gunnel: Client) -> None:
    months = section(page(as_gunnel, of(OPEN_ID)), "h-months")

    assert "Alma Almoktober 2026 50:00" in months
    assert "Beda Brinkoktober 2026 20:00" in months


def test_no_personal_number_stands_on_any_page_of_an_invoice(as_gunnel: Client) -> None:
    for path in ("/fakturor/", of(OPEN_ID), of(PAPER_ID), of(RETURNED_ID)):
        assert "19800215-2380" not in page(as_gunnel, path).response.content.decode()


def test_the_claims_own_address_shows_the_invoice(as_gunnel: Client) -> None:
    assert page(as_gunnel, f"/ansprak/{CLAIM}/").title.startswith("Faktura FT-2026-10")


def one_share(recipient: str, amount: str) -> dict[str, Any]:
    """Return an allocation on one recipient, saved and not asked for more rows."""
    return {"recipient": [recipient], "month": ["2026-09"], "hours": [""], "amount": [amount], "more": None}


def test_an_allocation_that_does_not_sum_keeps_what_was_typed(as_gunnel: Client) -> None:
    shown = page(as_gunnel, of(PAPER_ID))
    recipient = shown.tree.xpath("//select[@name='recipient']/option/@value")[1]

    again = post_form(
        as_gunnel,
        shown,
        "fordela/",
        recipient=[recipient],
        month=["2026-09"],
        hours=[""],
        amount=["4 494,55"],
        more=None,
    )

    assert again.status == 422
    assert "0,01 kr saknas" in again.text
    assert again.tree.xpath("//input[@name='amount']/@value")[0] == "4 494,55"


def test_more_rows_come_without_losing_any(as_gunnel: Client) -> None:
    shown = page(as_gunnel, of(PAPER_ID))

    again = post_form(as_gunnel, shown, "fordela/", more="1")

    assert len(again.tree.xpath("//select[@name='recipient']")) > len(shown.tree.xpath("//select[@name='recipient']"))


def test_an_invoice_on_paper_goes_from_allocation_to_decision(log_in: LogIn, as_gunnel: Client) -> None:
    shown = page(as_gunnel, of(PAPER_ID))
    recipient = shown.tree.xpath("//select[@name='recipient']/option/@value")[1]
    shown = post_form(
        as_gunnel,
        shown,
        "fordela/",
        recipient=[recipient],
        month=["2026-09"],
        hours=[""],
        amount=["4 494,56"],
        more=None,
    )
    assert "Fakturan är fördelad på öret." in shown.text
    shown = post_form(as_gunnel, shown, "oppna/", kind="sick_cost")
    assert "Ärendet är öppnat och fakturan prövad." in shown.text
    shown = post_form(as_gunnel, shown, "kontera/")
    assert "Konteringen är stämplad." in shown.text

    cecilia = log_in("cecilia", town=TOWN)
    number = Claim.objects.get(invoice_id=PAPER_ID).number
    shown = page(cecilia, of(PAPER_ID))
    while shown.tree.xpath("//main//form[contains(@action, '/ord/')]"):
        shown = post_form(cecilia, shown, f"/ansprak/{number}/ord/", word="set_aside", reason="Utrett.")
    shown = post_form(cecilia, shown, "faststall/")
    assert "Beloppet är fastställt." in shown.text
    days = {"period_from": "2026-09-07", "period_to": "2026-09-11"}
    wrong = post_form(cecilia, shown, "besluta/", **days, amount="4 000", reasons="Sjuk en vecka.")
    assert "Beviljas ett annat belopp" in wrong.text
    shown = post_form(cecilia, wrong, "besluta/", **days, amount="4 494,56", reasons="Sjuk en vecka.")

    assert "Beslutet är fattat." in shown.text
    assert "Beslut 2026-09-07 – 2026-09-11, 4 494,56 kr" in section(shown, "h-next")

    signs = f"/attestera/{number}/signera/"
    for _step in ("review_attest", "match_hours"):
        before = page(as_gunnel, "/attestera/")
        assert "2026-09-07 – 2026-09-11" not in before.text, "she signs before there is a decision"
        post_form(as_gunnel, before, signs)
    # Whoever signs after the decision has it before her, since her signature covers it.
    assert "nummer 1, 2026-09-07 – 2026-09-11, 4 494,56 kr" in page(cecilia, "/attestera/").text
    post_form(cecilia, page(cecilia, "/attestera/"), signs)
    assert "Mottagningsattest: Cecilia" in page(cecilia, of(PAPER_ID)).text


def test_an_invoice_is_sent_back_with_its_letter(as_gunnel: Client) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, of(OPEN_ID)), "atersand/", reason="Timmarna stämmer inte.")

    assert "Fakturan är återsänd." in shown.text
    assert "Timmarna stämmer inte." in section(shown, "h-links")
    assert Claim.objects.get(number=CLAIM).status == "returned"


def test_going_back_without_a_reason_keeps_the_page(as_gunnel: Client) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, of(OPEN_ID)), "atersand/", reason=" ")

    assert shown.status == 422
    assert "Skäl saknas." in shown.text


def test_a_received_invoice_is_marked_secret_or_kept_as_a_document(as_gunnel: Client) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, of(PAPER_ID)), "sekretess/", secret="1")
    assert "Fakturan är sekretessmarkerad." in shown.text

    shown = post_form(as_gunnel, shown, "spara/", reason="Ansökan finns.")

    assert "sparad som handling" in section(shown, "h-next")


# --- who sees what ------------------------------------------------------------------------------------------------


def test_the_supplier_sees_its_own_invoices_and_the_letter(log_in: LogIn) -> None:
    shown = page(log_in("ellen", town=TOWN), of(REPLACED_ID))

    assert "Timmarna stämmer inte med beslutet." in section(shown, "h-links")
    assert not shown.tree.xpath("//main//form")


def test_whoever_only_reads_changes_nothing(log_in: LogIn) -> None:
    shown = page(log_in("rakel", town=TOWN), of(OPEN_ID))

    assert shown.status == 200
    assert not shown.tree.xpath("//main//form")


FOUND = [
    ({"provider": "Ekot"}, ["E-1003", "E-1001"]),
    ({"recipient": "Alma"}, ["FK-77", "E-1001"]),
    ({"month": "2024-03"}, ["E-1003", "FK-77", "E-1001"]),
    ({"voucher": "1"}, ["E-1001"]),
    ({"month": "2026-10"}, []),
]


@pytest.mark.parametrize(("wanted", "numbers"), FOUND)
def test_the_binder_finds_what_is_paid_without_anything_in_the_address(
    as_gunnel: Client, wanted: dict[str, str], numbers: list[str]
) -> None:
    shown = post_form(as_gunnel, page(as_gunnel, "/fakturor/parm/"), **wanted)
    rows = [row.text_content() for row in shown.tree.xpath("//main//tbody/tr")]

    assert shown.path == "/fakturor/parm/"
    assert [number for row in rows for number in ("E-1001", "FK-77", "E-1003") if number in row] == numbers
    assert ("Ingen betald faktura passar in på det." in shown.text) is (not numbers)
