"""Substitutes as people see them: the desk by day and by night, a call, who may come, the fee, the list on paper."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.web import demo
from tests.web.browser import axe, no_sideways_scroll, screenshot
from tests.web.conftest import LogIn
from tests.web.pages import page, post_form
from tests.web.practice import CHARGED_ID, COMES_ID, DORIS, TONIGHT_ID
from timvis.apps.audit.models import LogEntry
from timvis.apps.orders.models import Booking
from timvis.core.access import BookingStatus


@pytest.fixture
def as_jon(log_in: LogIn) -> Client:
    return log_in("jon")


@pytest.fixture
def as_helena(log_in: LogIn) -> Client:
    return log_in("helena")


def test_the_desk_says_who_answers_what_is_needed_now_and_who_comes_tonight(as_jon: Client) -> None:
    shown = page(as_jon, "/vikarier/")

    assert shown.status == 200
    assert "Bemanningsassistenten svarar nu" in shown.text
    assert "010-000 00 01" in shown.text
    now, tonight = shown.text.index("Nu "), shown.text.index("I natt och framöver")
    assert now < shown.text.index("2026-11-10 19.00–23.00") < tonight
    assert "2026-11-10 23.00–07.00" in shown.text
    assert "Mira Norén" in shown.text
    assert "Beslut enligt LSS 9 § 2" in shown.text


def test_looking_at_the_desk_is_written_in_the_log_for_each_person_on_it(as_jon: Client) -> None:
    before = LogEntry.objects.filter(action="look_at_booking").count()

    page(as_jon, "/vikarier/")

    assert LogEntry.objects.filter(action="look_at_booking").count() == before + 2


def test_a_call_becomes_a_booking_and_the_one_who_may_come_is_asked_and_confirmed(as_jon: Client) -> None:
    form = page(as_jon, "/vikarier/ny/")
    made = post_form(
        as_jon,
        form,
        personal_number=DORIS,
        asked_by_name="Ellen Ek",
        on="2026-11-11",
        start="18.00",
        end="22.00",
        sick_from="2026-11-10",
        is_acute="on",
        tried="Ringde alla.",
    )
    booking = Booking.objects.latest("id")
    path = f"/vikarier/{booking.pk}/"
    assert (made.path, booking.status) == (path, BookingStatus.REQUESTED)
    assert "Ring Ekots jour först" in made.text

    asked = post_form(as_jon, made, f"{path}fraga/")
    answered = post_form(as_jon, asked, f"{path}svar/", answer="yes")
    confirmed = post_form(as_jon, answered, f"{path}bekrafta/")

    assert "Vikarien är bekräftad" in confirmed.text
    booking.refresh_from_db()
    assert booking.status == BookingStatus.CONFIRMED


def test_what_cannot_be_a_shift_is_told_beside_the_field_and_everything_typed_is_kept(as_jon: Client) -> None:
    shown = page(as_jon, "/vikarier/ny/")

    again = post_form(
        as_jon, shown, personal_number=DORIS, on="2026-03-29", start="02.30", end="07.00", asked_by_name="Ellen"
    )

    assert again.status == 422
    assert "Klockslagen går inte ihop den dagen" in again.text
    assert again.form().fields["asked_by_name"] == "Ellen"


def test_short_rest_is_shown_with_the_way_to_give_a_reason(as_jon: Client) -> None:
    # Mira works until seven on the eleventh; a shift at nine leaves her two hours.
    form = page(as_jon, "/vikarier/ny/")
    made = post_form(
        as_jon,
        form,
        personal_number=DORIS,
        asked_by_name="Ellen Ek",
        on="2026-11-11",
        start="09.00",
        end="15.00",
        sick_from="2026-11-10",
        is_acute="on",
    )
    mira = made.tree.xpath("//li[h3='Mira Norén']//input[@name='member']/@value")[0]

    against = post_form(as_jon, made, "fraga/", member=mira)
    assert against.status == 409
    assert "vila" in against.text.casefold()
    done = post_form(as_jon, against, "fraga/", reason="Ingen annan finns.")

    assert "Frågan är nedskriven" in done.text


def test_the_case_officer_decides_afterwards(as_cecilia: Client) -> None:
    shown = page(as_cecilia, f"/vikarier/{COMES_ID}/beslut/")

    done = post_form(as_cecilia, shown, reference="V 2026-9", reasons="Ekot har ingen egen vikarie som kan komma.")

    assert "Beslutet är fattat och skickat" in done.text
    assert "Beslut enligt LSS 9 § 2" not in page(as_cecilia, f"/vikarier/{COMES_ID}/").text.split("Återstår")[1]


def test_the_fee_stands_with_its_reasons_its_account_and_who_reviewed(as_helena: Client) -> None:
    shown = page(as_helena, f"/vikarier/{CHARGED_ID}/avgift/")

    for said in ("2 245,60 kr", "Avgiften får vara högst timbeloppet", "4598", "Cecilia", "ekkoping-V1-1"):
        assert said in shown.text
    e_invoice = as_helena.get(f"/vikarier/{CHARGED_ID}/e-faktura/")
    assert e_invoice["Content-Type"] == "application/xml"
    assert b'<cbc:PayableAmount currencyID="SEK">2245.60' in e_invoice.content


def test_time_and_cost_become_a_fee_that_another_reviews(as_helena: Client, as_cecilia: Client, as_jon: Client) -> None:
    path = f"/vikarier/{COMES_ID}/"
    time = page(as_jon, f"{path}tid/")
    assert post_form(as_jon, time, average_week="30").status == 200
    cost = page(as_helena, f"{path}kostnad/")
    fields = {name: "25,00" for name in cost.form().fields if name.startswith("cost_")}
    assert len(fields) == 3
    shown = post_form(as_helena, cost, **fields)
    fee = post_form(as_helena, shown, "berakna/")
    assert "väntar på granskning" in fee.text
    reviewed = post_form(as_cecilia, page(as_cecilia, f"{path}avgift/"), "granska/")

    assert "Avgiften är granskad" in reviewed.text
    assert "Inget skickas förrän detta har kommit in" in reviewed.text


def test_the_provider_sees_its_own_bookings_and_nothing_of_the_desk(log_in: LogIn) -> None:
    ellen, sixten = log_in("ellen"), log_in("sixten")

    assert "2026-11-10 19.00–23.00" in page(ellen, "/vikarier/").text
    assert "Pool och telefonnummer" not in page(ellen, "/vikarier/").text
    assert page(ellen, f"/vikarier/{TONIGHT_ID}/").status == 200
    assert "Mira" not in page(ellen, f"/vikarier/{TONIGHT_ID}/").text
    assert "2026-11-10" not in page(sixten, "/vikarier/").text.split("Nu")[-1]
    assert page(sixten, f"/vikarier/{TONIGHT_ID}/").status == 404


def test_the_list_on_paper_has_everything_that_is_needed_without_the_system(as_jon: Client) -> None:
    shown = page(as_jon, "/vikarier/jourlista/")

    for said in (
        "Mira Norén",
        "070-000 00 01",
        "010-000 00 02",
        "Nyckeln ligger i kodskåpet",
        "2026-11-10 19.00–23.00",
    ):
        assert said in shown.text


def test_the_list_on_paper_reaches_past_the_next_friday_with_each_days_numbers(log_in: LogIn, as_jon: Client) -> None:
    ida = log_in("ida")
    form = page(ida, "/vikarier/nummer/1/")
    post_form(ida, form, name="Nya växeln", telephone="010-777", valid_from="2026-11-12")

    shown = page(as_jon, "/vikarier/jourlista/")

    rows = [
        " ".join(cell.text_content().strip() for cell in row.xpath("./*"))
        for row in shown.tree.xpath("//section[@aria-labelledby='answering']//tbody/tr")
    ]
    assert rows[0].startswith("tis 2026-11-10 10.00–16.30 Bemanningsassistenten Växeln 010-000 00 01")
    assert "tors 2026-11-12 08.00–16.30 Bemanningsassistenten Nya växeln 010-777" in rows
    assert [row for row in rows if row.startswith(("lör", "sön"))] == [
        "lör 2026-11-14 00.00–24.00 Arbetsledare jourtid Växeln 010-000 00 02",
        "sön 2026-11-15 00.00–24.00 Arbetsledare jourtid Växeln 010-000 00 02",
    ]
    assert rows[-1].startswith("ons 2026-11-18")
    assert "efter 60 minuter: Sektionschefen" in shown.text


def test_the_pool_is_changed_and_a_number_registered(log_in: LogIn) -> None:
    ida = log_in("ida")
    shown = page(ida, "/vikarier/pool/1/")

    done = post_form(ida, shown, telephone="070-9", start="22.00", end="06.00", days=["4", "6"])
    number = post_form(ida, page(ida, "/vikarier/nummer/ny/"), desk="section_head", name="Erik", telephone="010-9")

    assert "070-9" in done.text
    assert "mån, lör 00.00–06.00" in done.text
    assert "Sektionschefen" in number.text


@pytest.mark.parametrize("path", ["/vikarier/", "/vikarier/ny/", f"/vikarier/{TONIGHT_ID}/", "/vikarier/jourlista/"])
def test_the_desk_is_used_on_a_phone_with_one_hand(open_as: object, path: str) -> None:
    shown = open_as("jon", path, width=320)  # type: ignore[operator]  # the fixture's own type

    no_sideways_scroll(shown)
    axe(shown)
    screenshot(shown, f"vikarier{path.replace('/', '-')}")
    for button in shown.locator("main button:visible, main a.button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    expect(shown.locator("h1")).to_be_visible()


def test_the_demonstration_is_on_a_tuesday_morning() -> None:
    assert demo.NOW.isoweekday() == 2


def test_the_two_reports_are_papers_to_fetch(as_helena: Client) -> None:
    shown = page(as_helena, f"/vikarier/{CHARGED_ID}/")

    links = [link for link in shown.tree.xpath("//a/@href") if "/tidrapport/" in link]
    assert len(links) == 2
    for link in links:
        assert as_helena.get(link).content.startswith(b"%PDF-")
    assert as_helena.get(f"/vikarier/{CHARGED_ID}/tidrapport/annan/").status_code == 404
