"""Visits on the pages: handed in as a file or from paper, deviations, what looks odd, and performed of granted."""

import io
from datetime import date

import pytest
from django.test import Client

from tests.web.conftest import LogIn
from tests.web.pages import Page, page, post_form
from tests.web.practice import DORIS, GOES_ON_ID, VISIT_COLUMNS
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.visits.models import Delivery, DeviationForm, SignalNote, SystemKey, Visit

EKOT_ID = 4
MONTH = f"/hemtjanst/besok/{EKOT_ID}/?manad=2026-10"
IN_ORDER = f"nov-1;Mobil;{DORIS};home_care;utfört;2026-11-03 08:05;2026-11-03 08:50;;;P7;mobil;"


def a_file(*rows: str) -> io.BytesIO:
    content = io.BytesIO("\n".join((VISIT_COLUMNS, *rows)).encode())
    content.name = "november.csv"
    return content


def send(client: Client, *rows: str, correction: str = "") -> Page:
    shown = page(client, "/hemtjanst/besok/lamna-in/")
    return post_form(client, shown, provider=EKOT_ID, file=a_file(*rows), correction=correction)


# --- a file -----------------------------------------------------------------------------------------------------


def test_a_provider_hands_in_a_file_and_is_led_to_its_month(as_ellen: Client) -> None:
    after = send(as_ellen, IN_ORDER)

    assert "1 besök är sparat." in after.text
    assert after.title == "Ekot AB – november 2026"
    assert "Alla besök stämmer med beställningarna." in after.text


def test_every_fault_of_a_file_is_shown_and_nothing_is_kept(as_ellen: Client) -> None:
    before = Visit.objects.count()
    wrong = IN_ORDER.replace("08:50", "07:50")
    after = send(as_ellen, wrong, IN_ORDER.replace("nov-1", "nov-2").replace("home_care", "stadning"))

    assert after.status == 422
    assert "2 fel att rätta. Inget har tagits in." in after.text
    assert "Besöket slutar inte efter att det börjar." in after.text
    assert DORIS not in after.text
    assert Visit.objects.count() == before


def test_the_same_file_again_says_that_nothing_changed(as_ellen: Client) -> None:
    send(as_ellen, IN_ORDER)

    assert "Ingenting ändrades." in send(as_ellen, IN_ORDER).text


def test_a_correction_is_asked_for_by_its_reason(as_ellen: Client) -> None:
    send(as_ellen, IN_ORDER)
    later = IN_ORDER.replace("08:50", "09:05")

    assert "Besöket är redan lämnat, med andra uppgifter." in send(as_ellen, later).text
    assert "1 ersattes och finns kvar att läsa." in send(as_ellen, later, correction="Glömde stämpla ut").text


def test_a_provider_hands_in_for_nobody_else(log_in: LogIn) -> None:
    sixten = log_in("sixten")

    assert send(sixten, IN_ORDER).status == 422
    assert page(sixten, MONTH).status == 404


def test_the_file_can_be_had_as_it_came(as_cecilia: Client) -> None:
    delivery = Delivery.objects.order_by("id").first()
    assert delivery is not None
    answer = as_cecilia.get(f"/hemtjanst/leveranser/{delivery.pk}/")

    assert answer.content.startswith(VISIT_COLUMNS.encode())
    assert "besok-ekot.csv" in answer.headers["Content-Disposition"]


# --- from paper -------------------------------------------------------------------------------------------------


def typed(client: Client, rows: str, total: str = "") -> Page:
    shown = page(client, "/hemtjanst/besok/blankett/")
    order = HomeOrder.objects.get(pk=GOES_ON_ID)
    return post_form(client, shown, order=order.pk, service="home_care", month="2026-11", rows=rows, total=total)


def test_a_paper_form_is_typed_row_by_row_and_counts_as_registered_by_hand(as_gunnel: Client) -> None:
    after = typed(as_gunnel, "3 08.00 08.45 P7\n4 22.30 00.15 P7 kväll\n", "2:30")

    assert "2 besök är sparade." in after.text
    told = Visit.objects.filter(system="blankett").order_by("start_at")
    assert [(one.end_at - one.start_at, one.registered, one.staff) for one in told] == [
        (45, "by_hand", "P7"),
        (105, "by_hand", "P7 kväll"),
    ]


def test_a_sum_on_the_paper_that_the_rows_do_not_come_to_is_told(as_gunnel: Client) -> None:
    after = typed(as_gunnel, "3 08.00 08.45 P7", "1:00")

    assert after.status == 422
    assert "Blanketten säger 60 minuter tillsammans, men raderna blir 45." in after.text
    assert not Visit.objects.filter(system="blankett").exists()


@pytest.mark.parametrize("rows", ["99 08.00 08.45 P7", "3 8 9 P7", "3 08.00 08.45", "rad"])
def test_a_row_that_cannot_be_read_is_told_with_its_number(as_gunnel: Client, rows: str) -> None:
    after = typed(as_gunnel, rows)

    assert after.status == 422
    assert "fel att rätta. Inget har tagits in." in after.text


# --- deviations -------------------------------------------------------------------------------------------------


def test_a_form_of_deviations_is_handed_in_with_the_managers_name(as_ellen: Client) -> None:
    shown = page(as_ellen, "/hemtjanst/besok/avvikelser/")
    doris = HomeOrder.objects.get(pk=GOES_ON_ID).recipient_id
    after = post_form(
        as_ellen,
        shown,
        month="2026-10",
        manager_name="Maj-Britt Modig",
        signed_on="2026-11-02",
        **{
            "rad-0-recipient": str(doris),
            "rad-0-service": "home_care",
            "rad-0-on": "2026-10-08",
            "rad-0-kind": "declined",
            "rad-0-text": "Hade besök av sin son.",
        },
    )

    assert "Avvikelseblanketten är inlämnad." in after.text
    assert "Kunden tackade nej" in after.text
    counts = DeviationForm.objects.get(provider_id=EKOT_ID, month_on=date(2026, 10, 1), number=2)
    assert counts.rows.get().text == "Hade besök av sin son."


def test_a_form_without_deviations_is_signed_for_too(as_ellen: Client) -> None:
    shown = page(as_ellen, "/hemtjanst/besok/avvikelser/")
    after = post_form(as_ellen, shown, month="2026-11", manager_name="Maj-Britt Modig", signed_on="2026-11-10")

    assert "Inga avvikelser." in after.text


def test_what_is_missing_on_the_form_is_told_beside_its_row(as_ellen: Client) -> None:
    shown = page(as_ellen, "/hemtjanst/besok/avvikelser/")
    doris = HomeOrder.objects.get(pk=GOES_ON_ID).recipient_id
    changes = {"rad-0-recipient": str(doris), "rad-0-kind": "declined"}
    after = post_form(as_ellen, shown, manager_name="", **changes)

    assert after.status == 422
    assert "Fyll i det här också." in after.text
    assert DeviationForm.objects.filter(provider_id=EKOT_ID).count() == 1


# --- what looks odd ---------------------------------------------------------------------------------------------


def test_an_officer_sees_what_looks_odd_and_writes_what_she_found_out(as_cecilia: Client) -> None:
    path = f"/hemtjanst/signaler/{EKOT_ID}/?manad=2026-10"
    shown = page(as_cecilia, path)
    assert "Samma personal är registrerad på två besök samtidigt." in shown.text
    assert "Ringt Ekot." in shown.text

    form = shown.tree.xpath("//main//form")[0]
    told = dict(form.form_values())
    answer = as_cecilia.post(form.get("action"), {**told, "answer": "explained", "text": "Två telefoner."}, follow=True)

    assert "Två telefoner." in answer.content.decode()
    assert SignalNote.objects.filter(provider_id=EKOT_ID).count() == 2


def test_a_provider_does_not_see_the_signals(as_ellen: Client) -> None:
    assert as_ellen.get("/hemtjanst/signaler/").status_code == 403


# --- performed of granted ---------------------------------------------------------------------------------------


def test_performed_of_granted_is_a_picture_and_a_table_and_a_file(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/hemtjanst/jamforelse/?manad=2026-10")
    assert "Norra Ekköping" in shown.text
    assert shown.tree.xpath("//figure//rect")

    file = as_cecilia.get("/hemtjanst/jamforelse/jamforelse.csv?manad=2026-10").content.decode("utf-8-sig")
    assert file.splitlines()[0] == "Utförare;Område;Beviljade timmar;Utförda timmar;Utförd del, procent"
    assert any(line.startswith("Ekot AB;Norra Ekköping;26,13;") for line in file.splitlines())


def test_a_month_without_a_routine_says_so(as_cecilia: Client) -> None:
    assert (
        "Ingen rutin för hemtjänst gällde den månaden." in page(as_cecilia, "/hemtjanst/jamforelse/?manad=2010-01").text
    )


# --- keys -------------------------------------------------------------------------------------------------------


def test_a_key_is_shown_once_and_can_be_taken_back(as_ellen: Client) -> None:
    after = post_form(as_ellen, page(as_ellen, "/hemtjanst/nycklar/"), "/hemtjanst/nycklar/", system="Planering")
    secret = after.tree.xpath("//section[@role='status']//code")[0].text_content()
    key = SystemKey.objects.get(system="Planering")

    assert len(secret) > 40
    assert secret not in page(as_ellen, "/hemtjanst/nycklar/").text
    taken = post_form(as_ellen, page(as_ellen, "/hemtjanst/nycklar/"), f"/{key.pk}/ta-tillbaka/")
    assert "Nyckeln öppnar ingenting längre." in taken.text
    assert "tillbakatagen 2026-11-10" in taken.text
