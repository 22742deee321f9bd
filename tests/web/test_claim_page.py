"""A claim's page: where it stands, why every krona, and what comes next."""

import re

import pytest
from django.test import Client

from tests.web.conftest import LogIn
from tests.web.measured import more_claims, queries
from tests.web.pages import page, post_form
from tests.web.test_routes import said
from timvis.apps.claims.models import Claim, Report

OPEN, GREEN, SIGNABLE = "ekkoping-2026-0003", "ekkoping-2026-0001", "ekkoping-2026-0002"


def of(number: str) -> str:
    """Return the address of a claim."""
    return f"/ansprak/{number}/"


def status(number: str) -> str:
    """Return the status of a claim."""
    return Claim.objects.get(number=number).status


def test_the_title_says_who_and_which_month_and_what_is_at_risk(as_cecilia: Client) -> None:
    shown = page(as_cecilia, of(OPEN))

    assert "oktober 2026" in shown.tree.findtext(".//h1")
    assert re.search(r"\d kr i fara", " ".join(shown.tree.xpath("//h1")[0].text_content().replace("\xa0", " ").split()))
    assert shown.tree.findtext(".//title").endswith("oktober 2026 · Timvis")


def test_the_weeks_granted_hours_make_the_months(as_cecilia: Client) -> None:
    key = page(as_cecilia, of("ekkoping-2026-0004")).text

    granted = re.search(r"beviljat\s+(\d+):(\d\d)", key)
    assert granted
    assert granted[2] == "00", granted[0]


def test_each_finding_tells_its_evidence_its_law_and_its_page_in_the_rule_book(as_cecilia: Client) -> None:
    shown = page(as_cecilia, of(OPEN))
    (finding,) = shown.tree.xpath("//article[@id='regel-assistant_was_under_18']")

    assert finding.xpath(".//div[@class='evidence']")[0].text_content().strip()
    assert "LSS" in finding.text_content()
    assert page(as_cecilia, finding.xpath(".//a[contains(@href, '/regelbok/')]/@href")[0]).status == 200
    assert [button.get("value") for button in finding.xpath(".//button[@name='word']")] == [
        "accept",
        "set_aside",
        "ask",
    ]


def test_every_line_of_the_statement_says_why_and_the_lines_make_the_sum(as_cecilia: Client) -> None:
    shown = page(as_cecilia, of(SIGNABLE))
    table = shown.tree.xpath("//section[@aria-labelledby='h-statement']//table")[0]
    amounts = [ore(cell) for cell in table.xpath(".//td[@class='number']")]

    assert all(why.text_content().strip() for why in table.xpath(".//details/p"))
    assert sum(amounts[:-1]) == amounts[-1] > 0


def ore(cell: object) -> int:
    """Return the öre of a cell, 0 for what is not paid."""
    digits = re.sub(r"\D", "", cell.text_content())  # type: ignore[attr-defined]
    return int(digits) if digits else 0


def test_the_strip_tells_who_signed_and_who_is_next(as_cecilia: Client) -> None:
    shown = page(as_cecilia, of("ekkoping-2026-0002"))
    strip = [" ".join(step.itertext()) for step in shown.tree.xpath("//ol[contains(@class, 'strip')]/li")]

    assert strip[2].endswith("Mottagningsattest Gunnel Grahn, 2026-11-08")
    assert strip[3] == "Beslutsattest väntar"
    assert shown.tree.xpath("//li[@aria-current='step']/strong/text()") == ["Beslutsattest"]


def test_a_month_without_findings_can_be_calculated_with_one_button(as_cecilia: Client) -> None:
    shown = post_form(as_cecilia, page(as_cecilia, of(GREEN)), "berakna/")

    assert "Beräknat. Nu väntar attesten." in shown.text
    assert status(GREEN) == "calculated"


def test_to_calculate_twice_calculates_once(as_cecilia: Client) -> None:
    before = page(as_cecilia, of(GREEN))
    post_form(as_cecilia, before, "berakna/")

    again = post_form(as_cecilia, before, "berakna/")

    assert again.status == 200
    assert Claim.objects.get(number=GREEN).statements.count() == 1


def test_a_stale_page_cannot_calculate_again(as_cecilia: Client) -> None:
    mine, stale = page(as_cecilia, of(GREEN)), page(as_cecilia, of(GREEN))
    post_form(as_cecilia, mine, "berakna/")

    refused = post_form(as_cecilia, stale, "berakna/")

    assert refused.status == 409
    assert "Läs om sidan" in refused.text
    assert Claim.objects.get(number=GREEN).statements.count() == 1


def test_what_has_findings_without_a_word_is_not_calculated(as_cecilia: Client) -> None:
    key = once_key(as_cecilia)
    refused = as_cecilia.post(of(OPEN) + "berakna/", {"once": key})

    assert refused.status_code == 409
    assert "iakttagelser som ingen har tagit ställning till" in refused.content.decode()
    assert status(OPEN) == "in_review"


def once_key(client: Client) -> str:
    """Return a fresh key of a form."""
    return str(page(client, of(OPEN)).tree.xpath("//main//input[@name='once']/@value")[0])


def test_a_month_can_be_reviewed_again(as_cecilia: Client) -> None:
    shown = post_form(as_cecilia, page(as_cecilia, of(OPEN)), "granska/")

    assert "Granskat på nytt." in shown.text
    assert Claim.objects.get(number=OPEN).reviews.count() == 2


@pytest.mark.parametrize(("act", "told"), [("granska/", {}), ("aterlamna/", {"reason": "Fel månad"})])
def test_a_stale_page_neither_reviews_nor_sends_back(as_cecilia: Client, act: str, told: dict[str, str]) -> None:
    mine, stale = page(as_cecilia, of(OPEN)), page(as_cecilia, of(OPEN))
    post_form(as_cecilia, mine, "granska/")

    refused = post_form(as_cecilia, stale, act, **told)

    assert refused.status in (409, 422)
    assert "något har ändrats sedan dess" in refused.text
    assert (status(OPEN), Claim.objects.get(number=OPEN).reviews.count()) == ("in_review", 2)


def test_a_month_is_sent_back_with_a_reason(as_cecilia: Client) -> None:
    shown = post_form(as_cecilia, page(as_cecilia, of(OPEN)), "aterlamna/", reason="Fel månad")

    assert "Återlämnat" in shown.text
    assert status(OPEN) == "returned"


def test_a_month_is_not_sent_back_without_a_reason(as_cecilia: Client) -> None:
    shown = post_form(as_cecilia, page(as_cecilia, of(OPEN)), "aterlamna/", reason="  ")

    assert shown.status == 422
    assert "Skäl saknas" in shown.tree.xpath("//*[@role='alert']")[0].text_content()
    assert status(OPEN) == "in_review"


def test_the_same_amount_comes_out_when_it_is_made_again(as_cecilia: Client) -> None:
    shown = page(as_cecilia, of(SIGNABLE) + "rakna-om/")

    assert shown.title == "Samma belopp, samma skäl"


def test_there_is_nothing_to_make_again_before_the_first_time(as_cecilia: Client) -> None:
    assert as_cecilia.get(of(OPEN) + "rakna-om/").status_code == 404


def test_the_original_comes_back_byte_for_byte_as_an_attachment(as_cecilia: Client) -> None:
    shown = page(as_cecilia, of(OPEN))
    address = shown.tree.xpath("//a[contains(@href, '/original/')]/@href")[0]

    response = as_cecilia.get(address)

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Type"] == "application/octet-stream"
    kept = Report.objects.filter(claim__number=OPEN, original__isnull=False).select_related("original")[0].original
    assert kept is not None
    assert bytes(kept.content) == response.content


@pytest.mark.parametrize("act", ["berakna/", "granska/", "ord/", "aterlamna/"])
def test_the_acts_of_a_case_officer_are_closed_to_an_assistant(as_gunnel: Client, act: str) -> None:
    assert as_gunnel.post(of(OPEN) + act, {"reason": "x", "word": "accept", "key": "x"}).status_code == 403
    assert status(OPEN) == "in_review"


@pytest.mark.parametrize("act", ["berakna/", "granska/", "aterlamna/", "bestall/", "signera/"])
def test_another_towns_claim_and_none_at_all_look_the_same(as_fatima: Client, act: str) -> None:
    told = {"reason": "x", "act": "decision_attest", "shown": "x"}
    foreign = as_fatima.post(of(OPEN) + act, told)
    missing = as_fatima.post(of("ekkoping-2026-9999") + act, told)

    assert foreign.status_code == missing.status_code
    assert foreign.status_code in (403, 404)
    assert said(foreign) == said(missing)


@pytest.mark.parametrize("report", ["0", "²", "99999999999999999999999", "x", "31"])
def test_a_report_of_another_claim_is_not_found(as_cecilia: Client, report: str) -> None:
    # Report 31 is Doris's; it is not found under Folke's claim.
    assert as_cecilia.get(of(OPEN) + f"original/{report}/").status_code == 404


def test_the_page_asks_as_much_for_a_long_month_as_for_a_short(log_in: LogIn) -> None:
    gunnel = log_in("gunnel", town="vasteras")

    # Both are archived: one has four findings on 1 report, the other 75 on two.
    assert queries(gunnel, of("vasteras-2019-0006")) == queries(gunnel, of("vasteras-2021-0006"))


def test_the_list_of_claims_asks_as_much_for_many_as_for_few(as_cecilia: Client) -> None:
    few = queries(as_cecilia, "/ansprak/")

    more_claims(30)

    assert queries(as_cecilia, "/ansprak/") == few


def test_a_page_that_does_not_exist_shows_the_nearest(as_cecilia: Client) -> None:
    assert page(as_cecilia, "/ansprak/?sida=999").status == 200
    assert page(as_cecilia, "/ansprak/?sida=x").status == 200
