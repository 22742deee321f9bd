"""The attest inbox: what waits for one's own name, signed by one key or together, and never other than as shown."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from tests.web import demo
from tests.web.conftest import LogIn, Open
from tests.web.measured import queries
from tests.web.pages import Page, page, post_form
from tests.web.test_routes import said
from tests.web.waiting import FOR_DAVID, FOR_GUNNEL, more_waiting, paid_before
from timvis.apps.attestation.models import AttestBatch, SignedAct
from timvis.apps.audit import persons
from timvis.apps.audit.models import LogEntry, Person
from timvis.apps.claims.models import Claim
from timvis.core.access import Role

PATH = "/attestera/"


def rows(shown: Page) -> list[str]:
    """Return the numbers of the claims that can be signed, in order."""
    return [str(link).split("/")[2] for link in shown.tree.xpath("//table[@data-list]//th//a/@href")]


def decided(number: str) -> bool:
    """Whether the decision on a claim is signed."""
    return SignedAct.objects.filter(claim__number=number, act="decision_attest").exists()


def a_batch(client: Client) -> Page:
    """Return the page of a new batch."""
    return post_form(client, page(client, PATH), "bunt/")


# --- what waits -----------------------------------------------------------------------------------------------


def test_what_waits_for_ones_own_signature_is_there_and_nothing_else(as_david: Client, as_gunnel: Client) -> None:
    assert sorted(rows(page(as_david, PATH))) == sorted(FOR_DAVID)
    assert rows(page(as_gunnel, PATH)) == [FOR_GUNNEL]


def test_a_row_says_amount_due_day_change_and_what_deviates(as_david: Client) -> None:
    paid_before(FOR_DAVID[1], less_ore=50_000)

    shown = page(as_david, PATH)

    (row,) = [one for one in shown.tree.xpath("//tbody[@data-row]") if FOR_DAVID[1] in one.text_content()]
    told = " ".join(row.text_content().replace("\xa0", " ").split())
    assert "+500,00 kr" in told
    assert "brukar vara" in told
    # The 14th working day of November 2026 is the 19th: the decision is due then.
    assert "tors 19 nov" in told.lower()
    assert "första betalningen hit" not in told


def test_what_deviates_stands_first(as_david: Client) -> None:
    paid_before(FOR_DAVID[0])

    assert rows(page(as_david, PATH)) == [FOR_DAVID[1], FOR_DAVID[0]]


def test_what_one_may_not_sign_is_there_with_the_reason(as_gunnel: Client, as_david: Client) -> None:
    # Gunnel has signed the receipt and becomes a finance assistant too: what she has received she does not release.
    number, person = FOR_DAVID[1], Person.objects.get(personal_number=demo.NUMBERS["gunnel"])
    persons.give_role(
        persons.machine(demo.TOWN, demo.NOW),
        person_id=person.pk,
        role=Role.FINANCE_ASSISTANT,
        held_from=date(2026, 1, 1),
        reason="Vikariat",
        now=demo.NOW,
    )
    post_form(as_david, page(as_david, f"/ansprak/{number}/"), "signera/")

    shown = page(as_gunnel, f"{PATH}?handling=payment_release")

    assert "1 som du inte kan signera" in shown.text
    assert "Du har redan gjort ett steg som måste göras av någon annan" in shown.text
    assert rows(shown) == []
    assert rows(page(as_gunnel, f"{PATH}?handling=receipt_attest")) == [FOR_GUNNEL]


def test_the_menu_tells_how_many_wait(as_david: Client, as_gunnel: Client, as_cecilia: Client) -> None:
    for client, waits in ((as_david, "2"), (as_gunnel, "1"), (as_cecilia, "")):
        (link,) = page(client, "/kalender/").tree.xpath("//nav//a[@href='/attestera/']")
        assert link.text_content().replace("Attestera", "").replace("väntar", "").strip() == waits


def test_nothing_to_sign_is_said_kindly(as_cecilia: Client) -> None:
    shown = page(as_cecilia, PATH)

    assert "Inget väntar på din underskrift" in shown.text
    assert shown.tree.xpath("//main//form") == []


@pytest.mark.parametrize("who", ["ellen", "doris", "sune", "rakel", "olle"])
def test_who_signs_nothing_has_no_inbox(log_in: LogIn, who: str) -> None:
    assert log_in(who).get(PATH).status_code == 403


def test_looking_is_told_in_the_log(as_david: Client) -> None:
    page(as_david, PATH)

    entry = LogEntry.objects.filter(object_kind="attests").latest("pk")
    assert (entry.object_id, sorted(entry.detail["claims"])) == ("decision_attest", sorted(FOR_DAVID))


def test_a_long_list_has_pages_and_asks_no_more_of_the_database(as_gunnel: Client) -> None:
    few = queries(as_gunnel, PATH)

    more_waiting(60)

    assert queries(as_gunnel, PATH) == few
    first, second = page(as_gunnel, PATH), page(as_gunnel, f"{PATH}?sida=2")
    assert (len(rows(first)), len(rows(second))) == (50, 11)
    assert first.tree.xpath("//div[@class='cards']//span[@class='figure']/text()")[0] == "61"


# --- one by one -----------------------------------------------------------------------------------------------


def test_one_row_is_signed_over_what_it_shows_and_leads_to_the_next(as_david: Client) -> None:
    shown = page(as_david, PATH)
    first, second = rows(shown)
    form = shown.form(f"{first}/signera/")
    total = Claim.objects.get(number=first).statements.latest("number").total_ore
    assert f"{total % 100:02d} kr" in form.text_content().replace("\xa0", " ")

    response = as_david.post(form.get("action"), dict(form.form_values()))

    assert response.headers["Location"] == f"{PATH}#rad-{second}"
    signed = SignedAct.objects.get(claim__number=first, act="decision_attest")
    assert signed.shown_digest == form.fields["shown"]
    assert "är signerat" in page(as_david, PATH).text


def test_after_the_last_row_one_is_back_at_the_list(as_gunnel: Client) -> None:
    form = page(as_gunnel, PATH).form("signera/")

    assert as_gunnel.post(form.get("action"), dict(form.form_values())).headers["Location"] == PATH


def test_a_stale_row_is_refused_with_what_has_changed(as_david: Client, as_gunnel: Client) -> None:
    stale, number = page(as_david, PATH), FOR_DAVID[1]
    change_the_payee(as_gunnel, number)

    refused = post_form(as_david, stale, f"{number}/signera/")

    assert refused.status == 409
    (told,) = refused.tree.xpath("//div[@role='alert' and @data-focus]")
    assert f"{number}:" in told.text_content()
    assert "Pengarna skulle till" in told.text_content()
    assert "54029681" in told.text_content()
    assert not decided(number)


def change_the_payee(gunnel: Client, number: str) -> None:
    claim = Claim.objects.get(number=number)
    form = page(gunnel, f"/personer/{claim.recipient_id}/mottagare/{claim.provider_id}/")
    changed = post_form(gunnel, form, account_number="5402-9681", form_received_on="2026-11-09")
    assert "Betalningsmottagaren är sparad." in changed.text


def test_a_row_somebody_has_signed_meanwhile_is_told(as_gunnel: Client, log_in: LogIn) -> None:
    stale = page(as_gunnel, PATH)
    form = page(as_gunnel, PATH).form("signera/")
    as_gunnel.post(form.get("action"), dict(form.form_values()))

    again = post_form(as_gunnel, stale, "signera/", once="another-key")

    assert again.status == 409
    assert "någon har redan signerat det" in again.text


@pytest.mark.parametrize("seen", ["", "nonsense", "{}", '{"total_ore": 1}', "[" * 2000])
def test_what_a_form_says_was_shown_is_believed_only_when_the_digest_does(as_david: Client, seen: str) -> None:
    number = FOR_DAVID[1]
    form = page(as_david, PATH).form(f"{number}/signera/")

    refused = as_david.post(form.get("action"), {**dict(form.form_values()), "shown": "0" * 64, "seen": seen})

    assert refused.status_code == 409
    assert b'role="alert"' in refused.content
    assert "Pengarna skulle till" not in refused.content.decode()
    assert not decided(number)


@pytest.mark.parametrize("act", ["", "hand_in", "apply", "payment_release", "nonsense"])
def test_another_act_than_the_one_that_waits_signs_nothing(as_david: Client, act: str) -> None:
    shown = post_form(as_david, page(as_david, PATH), f"{FOR_DAVID[1]}/signera/", act=act)

    assert shown.status in (403, 404, 409)
    assert not decided(FOR_DAVID[1])


def test_a_login_of_more_than_five_minutes_is_asked_again(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    david = log_in("david")
    batch = a_batch(david)
    forms = [page(david, PATH).form(f"{FOR_DAVID[1]}/signera/"), batch.tree.xpath("//form")[0]]
    monkeypatch.setattr(settings, "FIXED_NOW", demo.NOW + timedelta(minutes=6))

    for address in (forms[0].get("action"), f"{batch.path}signera/"):
        response = david.post(address, dict(forms[0].form_values()))
        assert response.status_code == 302
        assert "igen=1" in response.headers["Location"]
    assert not decided(FOR_DAVID[1])


# --- all that is green ----------------------------------------------------------------------------------------


def test_a_batch_shows_sum_changes_and_every_line_before_the_button(as_david: Client) -> None:
    for number in FOR_DAVID:
        paid_before(number, less_ore=10_000)

    shown = a_batch(as_david)

    (button,) = shown.tree.xpath("//form[contains(@action, '/signera/')]//button")
    assert button.text_content().strip().startswith("Signera ")
    for number in FOR_DAVID:
        assert number in shown.text
    assert "+100,00 kr" in shown.text.replace("\xa0", " ")
    batch = AttestBatch.objects.latest("pk")
    assert shown.tree.xpath("//input[@name='digest']/@value") == [batch.digest]


def test_all_that_is_green_is_signed_together(as_david: Client) -> None:
    for number in FOR_DAVID:
        paid_before(number)
    shown = a_batch(as_david)
    green = AttestBatch.objects.latest("pk").lines.filter(is_green=True).values_list("claim__number", flat=True)
    assert green

    done = post_form(as_david, shown, "signera/")

    assert "Underskriften gäller exakt den bunt du såg." in done.text
    assert {number for number in FOR_DAVID if decided(number)} == set(green)
    assert "De gröna raderna signerades" in page(as_david, shown.path).text


def test_when_nothing_is_green_nothing_can_be_signed_together(as_david: Client) -> None:
    # Nobody in Ekköping has been paid before.
    shown = a_batch(as_david)

    assert "Ingen rad är grön." in shown.text
    assert shown.tree.xpath("//form[contains(@action, '/signera/')]") == []
    assert (
        as_david.post(f"{shown.path}signera/", {"digest": AttestBatch.objects.latest("pk").digest}).status_code == 409
    )


def test_what_has_changed_stops_the_batch_and_is_told_with_a_way_on(as_david: Client, as_gunnel: Client) -> None:
    for number in FOR_DAVID:
        paid_before(number)
    shown = a_batch(as_david)
    green = AttestBatch.objects.latest("pk").lines.filter(is_green=True).values_list("claim__number", flat=True)
    change_the_payee(as_gunnel, green[0])

    stopped = post_form(as_david, shown, "signera/")

    assert stopped.status == 409
    (told,) = stopped.tree.xpath("//div[@role='alert']")
    assert green[0] in told.text_content()
    assert not any(decided(number) for number in FOR_DAVID)
    assert "Bunt:" in post_form(as_david, stopped, "bunt/").title


def test_one_letter_of_the_digest_otherwise_signs_nothing(as_david: Client) -> None:
    for number in FOR_DAVID:
        paid_before(number)
    shown = a_batch(as_david)

    refused = post_form(as_david, shown, "signera/", digest="0" * 64)

    assert refused.status == 409
    assert not any(decided(number) for number in FOR_DAVID)


def test_anothers_batch_and_none_at_all_look_the_same(as_david: Client, as_helena: Client) -> None:
    batch = a_batch(as_david)

    foreign, missing = as_helena.get(batch.path), as_helena.get(f"{PATH}bunt/999999/")

    assert foreign.status_code == missing.status_code == 404
    assert said(foreign) == said(missing)
    assert as_helena.post(f"{batch.path}signera/").status_code == 404


# --- by keyboard ----------------------------------------------------------------------------------------------


def focused(window: Window) -> str:
    """Return what has the focus: the address of a link or the text of a button."""
    told: str = window.evaluate(
        "() => document.activeElement.getAttribute('href') || document.activeElement.textContent.trim()"
    )
    return told


def in_the_list(window: Window) -> None:
    """Go to the first row."""
    window.locator("[data-row] a").first.focus()


def test_a_row_is_signed_by_one_key_after_it_has_shown_what(open_as: Open) -> None:
    window = open_as("david", PATH)
    in_the_list(window)
    first, second = (window.locator("[data-row] th a").nth(n).get_attribute("href") or "" for n in (0, 1))

    window.keyboard.press("s")
    fold = window.locator("[data-row] details").first
    expect(fold).to_have_attribute("open", "")
    expect(fold.get_by_text("Fingeravtryck")).to_be_visible()
    assert focused(window).startswith("Signera")
    window.keyboard.press("s")

    expect(window.locator("main")).to_contain_text(f"{first.split('/')[2]} är signerat.")
    assert focused(window) == second


def test_the_keys_move_open_and_close(open_as: Open) -> None:
    window = open_as("david", PATH)
    in_the_list(window)
    addresses = [window.locator("[data-row] th a").nth(n).get_attribute("href") for n in (0, 1)]

    for key, at in (("ArrowDown", 1), ("ArrowUp", 0), ("j", 1), ("k", 0)):
        window.keyboard.press(key)
        assert focused(window) == addresses[at], key
    window.keyboard.press("s")
    window.keyboard.press("Escape")
    expect(window.locator("[data-row] details").first).not_to_have_attribute("open", "")
    assert focused(window) == addresses[0]
    window.keyboard.press("Enter")
    expect(window).to_have_url(f"{window.url.split('/attestera/')[0]}{addresses[0]}")


def test_the_key_that_signs_does_nothing_outside_the_list(open_as: Open) -> None:
    window = open_as("david", PATH)
    window.locator("h1").click()

    window.keyboard.press("s")

    assert window.locator("[data-row] details[open]").count() == 0


def test_keys_of_one_letter_can_be_switched_off_and_on_again(open_as: Open) -> None:
    window = open_as("david", PATH)
    window.locator("main details.small summary").click()
    window.get_by_role("button", name="Stäng av tangenter med en enda bokstav").click()
    expect(window.locator("body")).to_have_attribute("data-keys", "off")
    in_the_list(window)
    here = focused(window)

    for key in ("s", "j"):
        window.keyboard.press(key)
    assert window.locator("[data-row] details[open]").count() == 0
    assert focused(window) == here
    window.keyboard.press("ArrowDown")
    assert focused(window) != here

    window.locator("main details.small summary").click()
    window.get_by_role("button", name="Slå på dem").click()
    expect(window.locator("body")).not_to_have_attribute("data-keys", "off")


def test_everything_is_done_without_scripts(open_as: Open) -> None:
    for number in FOR_DAVID:
        paid_before(number)
    window = open_as("david", PATH, java_script_enabled=False)

    window.get_by_role("button", name="Attestera alla gröna").click()
    expect(window.locator("h1")).to_have_text("Bunt: beslutsattest")
    window.get_by_role("link", name="Attestera", exact=True).last.click()
    window.locator("[data-row] summary").first.click()
    window.locator("[data-row] form button").first.click()

    expect(window.locator("main")).to_contain_text("Underskriften gäller exakt det du såg.")
