"""Att göra: what waits, in the order it matters, and whose step it is."""

from django.test import Client

from tests.web.conftest import LogIn
from tests.web.measured import more_claims, queries
from tests.web.pages import Page, page
from timvis.apps.audit.models import LogEntry


def rows(shown: Page) -> list[str]:
    """Return the numbers of the claims in the list, in order."""
    return [link.split("/")[2] for link in shown.tree.xpath("//main//tbody//th//a/@href")]


def test_everything_that_waits_is_there_by_last_day_and_money_at_risk(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/")

    # The municipality's months are due on the same day, and only Folke's (0003) has findings without a word; the
    # application that waits (0007) has a day of its own, and the month that the state decides on (0009) is new.
    assert shown.title == "Att göra"
    assert sorted(rows(shown)) == [f"ekkoping-2026-000{n}" for n in (*range(1, 8), 9)]
    assert rows(shown)[0] == "ekkoping-2026-0003"


def test_the_cards_count_what_is_late_and_what_is_green(as_cecilia: Client) -> None:
    figures = page(as_cecilia, "/").tree.xpath("//div[@class='cards']//span[@class='figure']/text()")

    # Due on 6 November or before, today is the 10th: all are late but the state's month, which is due in December.
    assert [figures[0], figures[1]] == ["7", "7"]
    assert figures[3] == "6 av 8"


def test_the_next_step_is_a_button_and_says_when_it_is_somebody_elses(as_cecilia: Client, as_gunnel: Client) -> None:
    hers = page(as_cecilia, "/?visa=attestera&q=ekkoping-2026-0004")
    gunnels = page(as_gunnel, "/?visa=attestera&q=ekkoping-2026-0004")

    assert "någon annans steg" in hers.text
    assert "någon annans steg" not in gunnels.text
    assert gunnels.tree.xpath("//td//a[contains(@class, 'first')]/@href") == ["/ansprak/ekkoping-2026-0004/#nasta"]


def test_a_filter_narrows_and_is_remembered_until_another_is_chosen(as_cecilia: Client) -> None:
    narrowed = page(as_cecilia, "/?visa=attestera")

    assert sorted(rows(narrowed)) == ["ekkoping-2026-0002", "ekkoping-2026-0004", "ekkoping-2026-0006"]
    assert rows(page(as_cecilia, "/")) == rows(narrowed)
    assert len(rows(page(as_cecilia, "/?visa=alla"))) == 8


def test_every_filter_tells_how_many_it_holds(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/")

    for link in shown.tree.xpath("//nav//ul[@class='chips']//a"):
        assert len(rows(page(as_cecilia, "/" + link.get("href")))) == int(link.text_content().split()[-1])


def test_a_name_narrows_the_list(as_cecilia: Client) -> None:
    assert rows(page(as_cecilia, "/?visa=alla&q=edvin")) == ["ekkoping-2026-0002"]


def test_nothing_in_a_choice_is_said_kindly_with_a_way_on(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/?visa=alla&q=finns+inte")

    assert "Inget i det urvalet" in shown.text
    assert shown.tree.xpath("//main//a[contains(@href, 'visa=alla')]")


def test_a_filter_nobody_knows_shows_everything(as_cecilia: Client) -> None:
    assert len(rows(page(as_cecilia, "/?visa=%F0%9F%90%8E"))) == 8


def test_another_town_has_a_list_of_its_own(as_fatima: Client) -> None:
    shown = page(as_fatima, "/")

    assert rows(shown) == []
    assert "Inget väntar" in shown.text


def test_a_provider_sees_its_own_months_only(as_ellen: Client) -> None:
    # Ellen reports for Ekot AB, which gave Doris (0001) and Jenny (0006) their hours, and sees the application of Doris
    # (0007) by her power of attorney.
    assert sorted(rows(page(as_ellen, "/"))) == [f"ekkoping-2026-000{n}" for n in (1, 6, 7)]


def test_an_own_employer_sees_her_own_month(log_in: LogIn) -> None:
    assert rows(page(log_in("ivar"), "/")) == ["ekkoping-2026-0005"]


def test_the_next_case_follows_the_list_as_it_was_shown(as_cecilia: Client) -> None:
    mine = rows(page(as_cecilia, "/?visa=granska"))

    response = as_cecilia.get(f"/nasta/{mine[0]}/")

    assert response.headers["Location"] == f"/ansprak/{mine[1]}/"
    assert as_cecilia.get(f"/nasta/{mine[-1]}/").headers["Location"] == "/"


def test_looking_at_the_list_is_told_in_the_log(as_cecilia: Client) -> None:
    page(as_cecilia, "/?visa=attestera")

    entry = LogEntry.objects.filter(object_kind="queue").latest("pk")
    assert entry.person is not None
    assert entry.person.name == "Cecilia Cederberg"
    assert len(entry.detail["claims"]) == 3


def test_who_handles_no_claims_is_sent_to_her_own_first_page(log_in: LogIn) -> None:
    response = log_in("sune").get("/")

    assert response.status_code == 302
    assert response.headers["Location"] != "/"


def test_the_list_asks_as_much_of_the_database_for_six_claims_as_for_thirty(as_cecilia: Client) -> None:
    few = queries(as_cecilia, "/")

    more_claims(24)

    assert queries(as_cecilia, "/") == few
    assert len(rows(page(as_cecilia, "/"))) == 8 + 24
