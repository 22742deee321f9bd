"""The municipality as the state's provider: whom it has registered, what it has to send, and what is lost."""

import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.formats.handed_in_months import ID
from tests.web.conftest import LogIn
from tests.web.pages import Page, page, post_form
from timvis.apps.state_registers.models import AssistantAway, DutyStep, FinalSettlement, NotedTime, Placement
from timvis.apps.state_reports.bills import newest_bill
from timvis.apps.state_reports.models import FrozenReport, RecipientBill, ReturnedPaper
from timvis.apps.state_reports.papers import code_of, code_of_bill, report_paper
from timvis.core.bar_code import bars
from timvis.formats.letter.write import write_pdf

HERE = "/forsakringskassan/"
RETURNED = "/tidsredovisning/papper/"


def cells(shown: Page) -> str:
    """Return what a person reads, with a space between the cells of a table."""
    return " ".join(" ".join(shown.tree.itertext()).replace("\xa0", " ").split())


@pytest.fixture
def as_gunnel(log_in: LogIn) -> Client:
    """The administrative assistant of the town."""
    return log_in("gunnel")


def test_the_register_says_who_is_registered_since_when_and_who_is_not(as_gunnel: Client) -> None:
    shown = cells(page(as_gunnel, f"{HERE}assistenter/"))

    assert "Mira Norén hos Doris Dahl 2026-10-01 först 2026-10-13" in shown
    assert "Nils Åberg hos Doris Dahl 2026-11-02 inte anmäld" in shown
    # 38 hours a week at 347,70, the rate of 2026.
    assert "13 212,60 kr för varje vecka" in shown


def test_an_assistant_is_notified_and_confirmed_from_the_register(as_gunnel: Client) -> None:
    address = f"{HERE}assistenter/2"
    notified = post_form(as_gunnel, page(as_gunnel, f"{address}/anmalan/"), sent_on="2026-11-09", way="e_ioa")
    assert "skickad, inte bekräftad" in notified.text

    confirmed = post_form(as_gunnel, page(as_gunnel, f"{address}/mottagen/"), received_on="2026-11-10")

    assert "Nils Åberg 2026-11-02 först 2026-11-10" in cells(confirmed)


def test_what_is_missing_in_a_notice_is_told_and_what_was_typed_stays(as_gunnel: Client) -> None:
    form = page(as_gunnel, f"{HERE}assistenter/2/anmalan/")
    shown = post_form(as_gunnel, form, lives_outside_eea="on", employer="another", changed_from="2026-11-01")

    assert shown.status == 422
    for told in ("Skriv adressen i utlandet.", "organisationsnummer saknas", "är ingen ändring"):
        assert told in shown.text
    assert shown.form().xpath(".//input[@name='lives_outside_eea']/@checked")


def test_a_form_is_told_to_be_sent_and_then_to_be_in(as_gunnel: Client) -> None:
    address = f"{HERE}personer/7/payee_and_provider:1/"
    assert "Blanketter" in page(as_gunnel, HERE).text

    sent = post_form(as_gunnel, page(as_gunnel, address), outcome="sent", way="paper")
    assert "skickad 2026-11-10, inte bekräftad" in sent.text
    post_form(as_gunnel, page(as_gunnel, address), outcome="received")

    assert list(DutyStep.objects.order_by("number").values_list("outcome", "form")) == [
        ("sent", "3079"),
        ("received", "3079"),
    ]


def test_a_form_that_is_not_needed_needs_a_reason(as_gunnel: Client) -> None:
    address = f"{HERE}personer/7/payee_and_provider:1/"

    shown = post_form(as_gunnel, page(as_gunnel, address), outcome="not_needed")

    assert shown.status == 422
    assert "Skriv varför den inte behövs." in shown.text


def test_the_time_before_the_decision_says_from_when_it_can_be_claimed(as_gunnel: Client) -> None:
    shown = cells(page(as_gunnel, f"{HERE}uppdrag/2/"))

    assert "Räkningen kan avse tid från 2026-09-01" in shown
    assert "Tid före 2026-08-01 ersätts inte" in shown
    assert "september 2026 saknas" in shown
    assert "oktober 2026 senast 2026-12-05" in shown


def test_a_new_assignment_of_somebody_unknown_says_what_to_do(as_gunnel: Client) -> None:
    form = page(as_gunnel, f"{HERE}uppdrag/nytt/")

    shown = post_form(as_gunnel, form, personal_number="198005142396", begins_on="2026-12-01")

    assert shown.status == 422
    assert "Registrera personen under Personer först." in shown.text


def test_absence_meetings_and_settlements_are_registered_where_they_belong(as_gunnel: Client) -> None:
    placement = f"{HERE}assistenter/1"
    post_form(
        as_gunnel, page(as_gunnel, f"{placement}/franvaro/"), kind="sick", away_from="2026-10-05", away_to="2026-10-06"
    )
    noted = page(as_gunnel, f"{placement}/tid/")
    post_form(as_gunnel, noted, purpose="training", day="2026-10-07", starts_at="13.00", ends_at="15.00")
    post_form(
        as_gunnel,
        page(as_gunnel, f"{HERE}uppdrag/1/slutavrakning/"),
        period_from="2026-04-01",
        period_to="2026-09-30",
        settled_on="2026-11-05",
    )

    assert str(AssistantAway.objects.get().away_to) == "2026-10-07"
    told = NotedTime.objects.get()
    assert told.end_at - told.start_at == 120
    assert str(FinalSettlement.objects.get().period_to) == "2026-10-01"


def test_what_a_form_number_means_goes_by_the_day_that_is_asked_for(as_gunnel: Client) -> None:
    assert "016 F 003" in page(as_gunnel, f"{HERE}blanketter/").text.split("Upplagor från andra tider")[0]
    then = page(as_gunnel, f"{HERE}blanketter/?dag=2016-06-01").text.split("Upplagor från andra tider")[0]
    assert "015 F 001" in then
    assert "3032" not in then
    assert page(as_gunnel, f"{HERE}blanketter/?dag=x").status == 200


def test_the_calendar_has_the_last_days_towards_the_state(as_gunnel: Client) -> None:
    december = page(as_gunnel, "/kalender/?manad=2026-12").text

    # 5 December 2026 is a Saturday: the warning comes on the Friday.
    assert "Räkning till Försäkringskassan (den enskilde)" in december
    assert "varning fre 4 dec" in december
    assert "Slutavräkning: inget betalas på en räkning som kommer senare: Senast 2 månader efter" in december


def test_what_the_state_is_told_of_an_assistant_is_given_as_a_record_and_as_a_paper(as_gunnel: Client) -> None:
    shown = page(as_gunnel, f"{HERE}assistenter/")
    assert "E-IOA – anmälan av en assistent" in cells(shown)
    assert shown.tree.xpath(f"//a[@href='{HERE}assistenter/1/post/']")
    assert page(as_gunnel, f"{HERE}uppdrag/1/").tree.xpath(f"//a[@href='{HERE}assistenter/1/papper/']")

    told = json.loads(as_gunnel.get(f"{HERE}assistenter/1/post/").content)
    paper = as_gunnel.get(f"{HERE}assistenter/1/papper/")

    assert told["assistant"]["assistant_name"] == "Mira Norén"
    assert told["assistant"]["hired_on"] == "2026-01-07"
    assert "anordnarens kontaktperson" in told["lacks"]
    assert told["service"].startswith("E-IOA är avstängd")
    assert bytes(paper.content).startswith(b"%PDF")
    for kind in ("post", "papper"):
        assert as_gunnel.get(f"{HERE}assistenter/999/{kind}/").status_code == 404


def test_the_provider_registers_whom_the_state_asks(log_in: LogIn, as_gunnel: Client) -> None:
    town = Placement.objects.get(pk=1).assignment.provider_id
    address = f"/utforare/{town}/andra/"
    client = log_in("cecilia")
    short = post_form(client, page(client, address), contact_name="Gunnel Gran", phone="123")
    assert short.status == 422
    shown = post_form(client, page(client, address), contact_name="Gunnel Gran", phone="021-39 00 00")

    assert "Gunnel Gran" in shown.text
    told = json.loads(as_gunnel.get(f"{HERE}assistenter/1/post/").content)
    assert told["assistant"]["provider"]["phone"] == "021-39 00 00"
    assert told["lacks"] == ["underskrift"]


# --- the bill and papers that come back ----------------------------------------------------------------------------


def test_a_bills_account_of_costs_is_kept_when_the_bill_is_changed(as_gunnel: Client) -> None:
    address = "/manaden/2026-10/rakning/7/"
    costs = page(as_gunnel, f"{address}kostnader/")
    wrong = post_form(as_gunnel, costs, per_hour_pay="200", period_pay="1", cost_minutes="150:00")
    assert wrong.status == 422
    assert "200,00 kr per timme ger 30000,00 kr för perioden" in wrong.text

    right = post_form(as_gunnel, costs, per_hour_pay="200", period_pay="30000", cost_minutes="150:00")
    assert "Kostnadsredovisningen är sparad." in right.text
    stay = {"stay_from_1": "2026-10-04", "stay_from_at_1": "10.00", "stay_to_1": "2026-10-05", "stay_to_at_1": "12.00"}
    post_form(as_gunnel, page(as_gunnel, address), activities="school", signer_role="administrator", **stay)

    told = page(as_gunnel, address).form()
    assert told.xpath(".//input[@name='stay_from_at_1']/@value") == ["10.00"]
    newest = RecipientBill.objects.order_by("-number").first()
    assert newest is not None
    assert newest.account["minutes"] == 150 * 60
    assert (newest.activities, newest.signer_role, newest.in_activity) == (["school"], "administrator", True)


def test_a_stay_abroad_is_typed_on_the_bill_and_its_record_says_what_goes_with_it(as_gunnel: Client) -> None:
    address = "/manaden/2026-10/rakning/7/"
    form = page(as_gunnel, address)
    assert form.form().xpath(".//select[@name='outside_eea']/option[@selected]/@value") == ["no"]
    wrong = post_form(as_gunnel, form, outside_eea="no", abroad_from="2026-10-05", abroad_to="2026-10-09")
    assert wrong.status == 422
    assert "svaret på frågan är inte ja" in wrong.text

    post_form(as_gunnel, page(as_gunnel, address), outside_eea="yes", abroad_from="2026-10-05", abroad_to="2026-10-09")

    again = page(as_gunnel, address).form()
    assert again.xpath(".//input[@name='abroad_to']/@value") == ["2026-10-09"]
    told = json.loads(as_gunnel.get(f"{address}post/").content)
    assert "förklaring och underlag om vistelsen utanför EES" in told["lacks"]


def test_a_code_that_is_typed_shows_the_paper_and_takes_it_back_with_its_scan(as_gunnel: Client) -> None:
    report = FrozenReport.objects.get(key=ID)

    shown = page(as_gunnel, f"/tidsredovisning/papper/?kod={code_of(report).lower()}")
    assert "Tidsredovisning" in shown.text
    scan = SimpleUploadedFile("a.pdf", b"%PDF-1.7", content_type="application/pdf")
    taken = post_form(as_gunnel, shown, action=f"kod={code_of(report).lower()}", number=0, scan=scan)

    assert "Papperet är mottaget." in taken.text
    assert ReturnedPaper.objects.get().report == report


def test_a_scanned_paper_is_known_by_its_code_and_its_picture_is_kept(as_gunnel: Client) -> None:
    report = FrozenReport.objects.get(key=ID)
    printed = write_pdf(report_paper(report))

    scan = SimpleUploadedFile("papper.pdf", printed, content_type="application/pdf")
    taken = post_form(as_gunnel, page(as_gunnel, RETURNED), action=RETURNED, number=1, scan=scan)

    assert "Papperet är mottaget." in taken.text
    assert "Doris Dahl" in taken.text
    kept = ReturnedPaper.objects.get()
    assert kept.report == report
    assert kept.original is not None
    assert bytes(kept.original.content) == printed


@pytest.mark.parametrize(
    ("letter", "told"),
    [
        (None, "Filen går inte att läsa som bild eller PDF."),
        ("", "Det syns ingen streckkod från Timvis i filen."),
        ("TV-1-AAAAAAAAAA", "Ingen har skrivit ut ett papper med den koden här."),
    ],
)
def test_a_scan_that_gives_no_paper_says_why_and_the_code_can_be_typed(
    as_gunnel: Client, letter: str | None, told: str
) -> None:
    content = b"hej"
    if letter is not None:
        printed = report_paper(FrozenReport.objects.get(key=ID))
        content = write_pdf(replace(printed, bars=bars(letter) if letter else ()))

    scan = SimpleUploadedFile("papper.pdf", content, content_type="application/pdf")
    shown = post_form(as_gunnel, page(as_gunnel, RETURNED), action=RETURNED, number=1, scan=scan)

    assert shown.status == 422
    assert told in shown.text
    assert shown.tree.xpath("//input[@name='kod']")
    assert not ReturnedPaper.objects.exists()


def test_a_bills_code_is_known_too_and_a_mistyped_one_is_said_to_be(as_gunnel: Client) -> None:
    from_the_desk = newest_bill(7, FrozenReport.objects.get(key=ID).month_on)
    bill = from_the_desk or RecipientBill.objects.get()

    assert "Räkning" in page(as_gunnel, f"/tidsredovisning/papper/?kod={code_of_bill(bill)}").text
    wrong = page(as_gunnel, "/tidsredovisning/papper/?kod=TV-1-AAAAAAAAAA")
    assert wrong.status == 404
    assert "Ingen har skrivit ut ett papper med den koden här." in wrong.text
