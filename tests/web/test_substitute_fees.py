"""What is paid of a substitute's fee, as finance sees it: the list, the bank's notification, a payment by hand."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.browser import axe, no_sideways_scroll, screenshot
from tests.web.conftest import LogIn
from tests.web.pages import Page, page, post_form
from tests.web.practice import CHARGED_ID, told_by_the_bank
from timvis.apps.accounting.models import FeePayment
from timvis.apps.orders.models import Booking
from timvis.core.access import BookingStatus

FEES = "/vikarier/avgifter/"
FEE = f"/vikarier/{CHARGED_ID}/avgift/"


@pytest.fixture
def as_helena(log_in: LogIn) -> Client:
    return log_in("helena")


def invoice_number() -> str:
    return Booking.objects.get(pk=CHARGED_ID).invoice_basis.number


def handed_in(client: Client, content: bytes, name: str = "in.xml") -> Page:
    upload = SimpleUploadedFile(name, content, content_type="application/xml")
    return post_form(client, page(client, FEES), "bankfil/", notification=upload)


def test_the_list_says_what_is_left_of_each_fee_and_names_nobody(as_helena: Client) -> None:
    shown = page(as_helena, FEES)

    assert invoice_number() in shown.text
    assert "väntar på betalning" in shown.text
    assert "Doris" not in shown.text


def test_the_banks_notification_pays_the_rest_and_leaves_what_names_nothing_to_a_person(as_helena: Client) -> None:
    left = page(as_helena, FEE)
    kronor = left.tree.xpath("//section[@aria-labelledby='paid']//strong")[0].text_content()
    amount = kronor.replace("\xa0", "").replace(" kr", "").replace("kr", "").replace(",", ".").strip()

    shown = handed_in(as_helena, told_by_the_bank(invoice_number(), amount, "BG-9"))

    assert "1 betalning har inte reglerat någon avgift" in shown.text
    assert "nämner ingen av våra avgifter" in shown.text
    assert "Okänd AB" in shown.text
    assert Booking.objects.get(pk=CHARGED_ID).status == BookingStatus.PAID
    assert "Kvar att betala" not in page(as_helena, FEE).text
    assert "väntar på betalning" not in page(as_helena, FEES).text


def test_a_file_that_is_no_notification_is_told_kindly_and_changes_nothing(as_helena: Client) -> None:
    shown = handed_in(as_helena, b"<a/>")

    assert shown.status == 422
    assert "inte en avisering (camt.054)" in shown.text
    assert "Välj bankens aviseringsfil" in post_form(as_helena, page(as_helena, FEES), "bankfil/").text


def test_a_payment_is_registered_by_hand_and_too_much_is_not(as_helena: Client) -> None:
    before = FeePayment.objects.count()
    form = page(as_helena, f"/vikarier/{CHARGED_ID}/betalning/")

    again = post_form(as_helena, form, amount="99999", bank_reference="X-1")
    made = post_form(as_helena, again, amount="100")

    assert again.status == 422
    assert "är mer än de" in again.text
    assert again.form().fields["bank_reference"] == "X-1"
    assert "Betalningen är registrerad." in made.text
    assert FeePayment.objects.count() == before + 1


@pytest.mark.parametrize("path", [FEES, f"{FEES}bankfil/1/", FEE])
def test_the_pages_fit_a_telephone(open_as: object, path: str) -> None:
    shown = open_as("helena", path, width=320)  # type: ignore[operator]  # the fixture's own type

    no_sideways_scroll(shown)
    axe(shown)
    screenshot(shown, f"vikarier{path.replace('/', '-')}")


def test_the_desk_by_night_sees_no_way_to_register_money(log_in: LogIn) -> None:
    jon = log_in("jon")

    assert "Registrera betalning" not in page(jon, FEE).text
    assert page(jon, f"/vikarier/{CHARGED_ID}/betalning/").status in (403, 404)
