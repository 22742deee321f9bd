"""Handing in files: taken in whole, or every fault at once and nothing at all."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.web.conftest import LogIn
from tests.web.handed_in_files import csv_month
from tests.web.measured import objection
from tests.web.pages import Page, page, post_form
from tests.web.test_routes import actor
from timvis.apps.claims.actions import give_word, review_claim
from timvis.apps.claims.models import Claim, Finding, Report
from timvis.apps.documents.models import Original
from timvis.apps.parties.models import Provider
from timvis.config import clock
from timvis.config.law_book import law_book
from timvis.core.review.finding import NEEDS_WORD, WordKind

PATH = "/lamna-in/"
DORIS: dict[str, Any] = {"recipient": "7", "provider": "4", "month": "2026-09"}


def upload(content: bytes | None = None, name: str = "doris.csv") -> SimpleUploadedFile:
    """Return a file to send."""
    return SimpleUploadedFile(name, csv_month() if content is None else content, content_type="text/csv")


def hand_in(client: Client, *files: SimpleUploadedFile, form: Page | None = None, **told: Any) -> Page:
    """Send the form with files."""
    return post_form(client, form or page(client, PATH), **{**DORIS, "reports": list(files), **told})


def september() -> int:
    """Return how many claims there are for September."""
    return Claim.objects.filter(recipient_id=7, month_on="2026-09-01", application__isnull=True).count()


def test_a_month_is_taken_in_and_leads_to_its_claim(as_gunnel: Client) -> None:
    shown = hand_in(as_gunnel, upload())

    assert "inlämna" in shown.text
    assert shown.path.startswith("/ansprak/ekkoping-2026-")
    assert Report.objects.get(claim__recipient_id=7, claim__month_on="2026-09-01").original is not None


def test_a_provider_hands_in_for_her_own_people_only(as_ellen: Client) -> None:
    choices = page(as_ellen, PATH).tree.xpath("//select[@id='id_recipient']/option[@value != '']")

    # Ekot AB reports for Doris and Jenny.
    assert len(choices) == 2
    assert "inlämna" in hand_in(as_ellen, upload()).text


def test_somebody_elses_person_is_no_choice(as_ellen: Client) -> None:
    shown = hand_in(as_ellen, upload(), recipient="8", provider="5")

    assert objection(shown, "recipient")
    assert objection(shown, "provider")


def test_last_month_is_suggested(as_gunnel: Client) -> None:
    assert page(as_gunnel, PATH).form().fields["month"] == "2026-10"


def test_every_fault_of_every_file_is_shown_with_its_row_and_nothing_is_taken_in(as_gunnel: Client) -> None:
    broken = csv_month(shifts=("1;08.00;25.00", "31;08.00;15.00"))
    before = Original.objects.count()

    shown = hand_in(as_gunnel, upload(broken, "fel.csv"), upload(b"\x00\x01", "bild.png"), note="Skickas igen")

    assert shown.status == 422
    rows = [
        [cell.text_content().strip() for cell in row] for row in shown.tree.xpath("//section[@role='alert']//tbody/tr")
    ]
    assert {row[0] for row in rows} == {"fel.csv", "bild.png"}
    assert {row[1] for row in rows if row[0] == "fel.csv"} == {"2", "3"}
    assert all(row[3] and row[4] for row in rows)
    assert shown.form().fields["note"].strip() == "Skickas igen"
    assert shown.form().fields["month"] == "2026-09"
    assert september() == 0
    assert Original.objects.count() == before


@pytest.mark.parametrize(
    ("told", "field"),
    [({"month": "september"}, "month"), ({"recipient": ""}, "recipient"), ({"manager_number": "12"}, "manager_number")],
)
def test_what_is_wrong_in_the_form_is_told_beside_it_and_the_rest_is_kept(
    as_gunnel: Client, told: dict[str, Any], field: str
) -> None:
    shown = hand_in(as_gunnel, upload(), note="Kvar", **told)

    assert objection(shown, field)
    assert shown.form().fields["note"].strip() == "Kvar"
    assert september() == 0


def test_no_file_at_all_is_told(as_gunnel: Client) -> None:
    shown = hand_in(as_gunnel)

    assert shown.status == 422
    assert shown.tree.xpath("//*[@role='alert' and @data-focus]")


def test_another_months_file_is_told(as_gunnel: Client) -> None:
    shown = hand_in(as_gunnel, upload(csv_month("2026-08")))

    assert shown.status == 422
    assert september() == 0


def test_the_same_file_twice_changes_nothing(as_gunnel: Client) -> None:
    hand_in(as_gunnel, upload())

    again = hand_in(as_gunnel, upload())

    assert "Precis det här är redan inlämnat." in again.text
    assert september() == 1


def test_a_double_click_hands_in_once(as_gunnel: Client) -> None:
    form = page(as_gunnel, PATH)
    first = hand_in(as_gunnel, upload(), form=form)

    again = hand_in(as_gunnel, upload(), form=form)

    assert again.path == first.path
    assert september() == 1


def test_a_correction_replaces_what_the_same_assistant_reported(as_gunnel: Client) -> None:
    hand_in(as_gunnel, upload())

    shown = hand_in(as_gunnel, upload(csv_month(shifts=("1;08.00;14.00",))), corrects="on")

    reports = Report.objects.filter(claim__recipient_id=7, claim__month_on="2026-09-01").order_by("number")
    assert [(one.number, one.is_current) for one in reports] == [(1, False), (2, True)]
    assert shown.status == 200


def test_what_was_sent_after_the_month_was_calculated_is_kindly_refused(as_gunnel: Client, log_in: LogIn) -> None:
    shown = hand_in(as_gunnel, upload(csv_month("2026-10")), month="2026-10", recipient="8", provider="5")

    assert shown.status in (409, 422)
    assert Report.objects.filter(claim__number="ekkoping-2026-0002").count() == 1


def test_the_template_is_a_real_workbook(as_ellen: Client) -> None:
    response = as_ellen.get("/lamna-in/mall.xlsx")

    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    assert "redovisningsmanad" in str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])


@pytest.mark.parametrize("key", ["david", "helena", "sune", "rakel"])
def test_who_takes_nothing_in_has_no_form(log_in: LogIn, key: str) -> None:
    assert log_in(key).get(PATH).status_code == 403
    assert log_in(key).post(PATH, DORIS).status_code == 403


def test_another_town_has_none_of_the_choices(as_fatima: Client) -> None:
    shown = post_form(as_fatima, page(as_fatima, PATH), **DORIS)

    assert objection(shown, "recipient")
    assert september() == 0


# --- on whose decision ----------------------------------------------------------------------------------------


def test_a_month_is_the_municipalitys_when_nobody_says_otherwise(as_gunnel: Client) -> None:
    hand_in(as_gunnel, upload())

    assert Claim.objects.get(recipient_id=7, month_on="2026-09-01", application__isnull=True).regime == "lss"


def test_a_month_that_the_state_has_granted_is_reported_and_never_paid(as_gunnel: Client, as_cecilia: Client) -> None:
    town = Provider.objects.get(organisation_number="2120009028")

    shown = hand_in(as_gunnel, upload(), provider=str(town.pk), regime="sfb")
    claim = Claim.objects.get(recipient_id=7, month_on="2026-09-01", application__isnull=True)
    review_claim(actor("cecilia"), claim.number, law=law_book(), now=clock.now())
    keys = [one.key for one in Finding.objects.filter(review__claim=claim, severity__in=NEEDS_WORD)]
    give_word(actor("cecilia"), claim.number, keys, WordKind.ACCEPT, now=clock.now())

    assert "inlämna" in shown.text
    assert "Doris Dahl" in page(as_gunnel, "/manaden/?manad=2026-09").text
    claims_page = page(as_cecilia, f"/ansprak/{claim.number}/")
    assert "Månaden betalas inte här: den redovisas till Försäkringskassan" in claims_page.text
    assert not claims_page.tree.xpath("//form[contains(@action, '/berakna')]")
    assert claim.number not in page(as_cecilia, "/").text


def test_a_private_providers_month_on_the_states_decision_has_no_routine_here(as_gunnel: Client) -> None:
    shown = hand_in(as_gunnel, upload(), regime="sfb")

    assert "rutin" in shown.text
    assert september() == 0
