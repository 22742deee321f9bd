"""Home care on the screen: the board with its clocks, an order's way, what is told, and a recipient's home care."""

from django.test import Client

from tests.web import demo
from tests.web.conftest import LogIn
from tests.web.measured import queries
from tests.web.pages import page, post_form
from tests.web.practice import DECIDED_ID, ENDED_ID, GOES_ON_ID, LATE_ID
from timvis.apps.home_orders.models import HomeEvent, HomeNotice, HomeOrder

BOARD = "/hemtjanst/"


def of(order_id: int, act: str = "") -> str:
    return f"{BOARD}bestallningar/{order_id}/{act}"


def test_the_board_shows_what_is_late_first_and_what_one_was_told(as_cecilia: Client) -> None:
    shown = page(as_cecilia, BOARD)

    first = shown.tree.xpath("//main//tr[@data-row]")[0].text_content()
    assert "Ivar Isak" in first
    assert "sen" in first
    assert "Följ upp varför hjälpen tackas nej till" in shown.text
    assert "Doris" not in first


def test_a_filter_shows_only_what_is_asked_for(as_cecilia: Client) -> None:
    late, everything = page(as_cecilia, f"{BOARD}?visa=sena"), page(as_cecilia, f"{BOARD}?visa=alla")

    assert "Hemtjänst Gren AB" not in late.text
    assert "Hemtjänst Gren AB" in everything.text
    assert page(as_cecilia, f"{BOARD}?visa=hittepå").status == 200


def test_a_provider_sees_only_its_own_orders(as_ellen: Client) -> None:
    shown = page(as_ellen, f"{BOARD}?visa=alla")

    assert "Ivar Isak" in shown.text
    assert "Hemtjänst Gren AB" not in shown.text
    assert page(as_ellen, of(ENDED_ID)).status == 404


def test_a_provider_confirms_begins_and_tells(as_ellen: Client) -> None:
    confirmed = post_form(as_ellen, page(as_ellen, of(LATE_ID)), "bekrafta/")
    assert "Beställningen är bekräftad." in confirmed.text

    began = post_form(as_ellen, page(as_ellen, of(LATE_ID, "borja/")), on="2026-11-10", clock="09.30")
    assert "Pågår" in began.text
    assert "2026-11-10 09.30" in began.text

    away = post_form(
        as_ellen, page(as_ellen, of(LATE_ID, "handelse/")), kind="hospital", on="2026-11-10", clock="09.45"
    )
    assert "uppehåll" in away.text
    assert HomeOrder.objects.get(pk=LATE_ID).is_paused


def test_help_cannot_have_begun_after_now_and_what_was_typed_is_kept(as_ellen: Client) -> None:
    wrong = post_form(as_ellen, page(as_ellen, of(LATE_ID, "borja/")), on="2026-11-12", clock="09.30")

    assert wrong.status == 422
    assert "Hjälpen kan inte ha börjat före beställningen, och inte efter nu." in wrong.text
    assert wrong.tree.xpath("//input[@name='on']/@value") == ["2026-11-12"]


def test_a_provider_is_not_offered_what_only_the_officer_may_tell(as_ellen: Client, as_cecilia: Client) -> None:
    hers, officers = (
        set(page(one, of(GOES_ON_ID, "handelse/")).tree.xpath("//select[@name='kind']/option/@value"))
        for one in (as_ellen, as_cecilia)
    )

    assert officers - hers == {"wish_is_confirmed", "case_is_ended"}


def test_the_officer_decides_and_orders(as_cecilia: Client) -> None:
    doris = HomeOrder.objects.get(pk=GOES_ON_ID).recipient_id
    person = f"{BOARD}personer/{doris}/"

    decided = post_form(
        as_cecilia,
        page(as_cecilia, f"{person}beslut/"),
        reference="SoL 2026-99",
        valid_from="2026-11-10",
        service_home_care="10,5",
    )
    assert "SoL 2026-99" in decided.text
    assert "10:30 per månad" in decided.text
    assert "SoL (2025:400) 11 kap. 1 §" in decided.text

    [address] = [link for link in decided.tree.xpath("//a[contains(@href, 'bestall/')]/@href") if "/1/" not in link][
        -1:
    ]
    ordered = post_form(as_cecilia, page(as_cecilia, address), area="Södra")
    assert "Beställningen är lagd, och utföraren har fått den." in ordered.text
    assert "Väntar på bekräftelse" in ordered.text


def test_more_than_was_decided_is_not_ordered_and_it_is_said_how_much_is_left(as_cecilia: Client) -> None:
    shown = page(as_cecilia, f"{BOARD}beslut/{DECIDED_ID}/bestall/")
    wrong = post_form(as_cecilia, shown, service_home_care="1")

    assert wrong.status == 422
    assert "återstår 0 timmar och 0 minuter" in wrong.text


def test_an_end_lies_ahead_and_the_provider_is_told(as_cecilia: Client) -> None:
    ended = post_form(
        as_cecilia, page(as_cecilia, of(GOES_ON_ID, "avsluta/")), ends_on="2026-11-30", reason="Flyttar hem till sonen."
    )

    assert "Slutar 2026-12-01 00.00" in ended.text
    assert HomeNotice.objects.filter(order_id=GOES_ON_ID, task="return_documents").exists()


def test_a_task_is_ticked_off_with_what_was_done(as_cecilia: Client) -> None:
    notice = HomeNotice.objects.get(task="follow_up")
    shown = post_form(as_cecilia, page(as_cecilia, BOARD), f"besked/{notice.pk}/", note="Hembesök i dag.")

    assert "Det är avbockat." in shown.text
    assert "Följ upp varför hjälpen tackas nej till" not in shown.text
    assert "Hembesök i dag." in page(as_cecilia, of(GOES_ON_ID)).text


def test_documentation_is_received_only_in_date_order(as_gunnel: Client) -> None:
    shown = page(as_gunnel, of(ENDED_ID, "handling/"))
    told = {"kind": "documentation", "about_on": "2026-11-09", "received_on": "2026-11-10"}

    wrong = post_form(as_gunnel, shown, **told)
    assert wrong.status == 422
    assert "Dokumentationen ligger inte i datumföljd." in wrong.text

    taken = post_form(as_gunnel, shown, **told, is_in_date_order="on")
    assert "Dokumentation 2026-11-09, kom in 2026-11-10, i datumföljd" in taken.text


def test_what_another_provider_wrote_of_her_is_the_offices_to_read(as_ellen: Client, as_cecilia: Client) -> None:
    order = HomeOrder.objects.get(pk=GOES_ON_ID)
    event = HomeEvent.objects.create(
        recipient=order.recipient,
        kind="hospital",
        at=29_000_000,
        by_role="provider_admin",
        note="Föll i badrummet.",
        known_at=demo.NOW,
        known_by=order.placed_by,
    )
    HomeNotice.objects.create(order=order, key="x", to_role="provider_admin", event=event, made_at=demo.NOW)

    assert "På sjukhus" in page(as_ellen, BOARD).text
    assert "badrummet" not in page(as_ellen, BOARD).text + page(as_ellen, of(GOES_ON_ID)).text
    HomeNotice.objects.create(order=order, key="y", to_role="case_officer", event=event, made_at=demo.NOW)
    assert "Föll i badrummet." in page(as_cecilia, BOARD).text


def test_the_plan_is_kept_as_it_came(as_cecilia: Client, as_fatima: Client) -> None:
    response = as_cecilia.get(f"{BOARD}handlingar/1/")

    assert response.content.startswith(b"%PDF")
    assert as_fatima.get(f"{BOARD}handlingar/1/").status_code == 404


def test_a_recipient_sees_her_own_home_care_and_nobody_elses(log_in: LogIn) -> None:
    doris = log_in("doris")
    mine = HomeOrder.objects.get(pk=GOES_ON_ID).recipient_id
    others = HomeOrder.objects.get(pk=LATE_ID).recipient_id

    assert "Ekot AB" in page(doris, f"{BOARD}personer/{mine}/").text
    assert page(doris, of(GOES_ON_ID)).status == 200
    assert page(doris, f"{BOARD}personer/{others}/").status == 404
    assert page(doris, of(LATE_ID)).status == 404


def test_the_board_takes_as_many_queries_however_long_it_is(as_cecilia: Client) -> None:
    few = queries(as_cecilia, f"{BOARD}?visa=alla")
    order = HomeOrder.objects.get(pk=LATE_ID)
    order.pk = None
    order.save()

    assert queries(as_cecilia, f"{BOARD}?visa=alla") == few
