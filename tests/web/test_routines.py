"""The routines on the desk: read, compared, tried on last year, written, and adopted by somebody else."""

from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import expect

from tests.web import practice
from tests.web.browser import axe, no_sideways_scroll
from tests.web.conftest import LogIn, Open
from tests.web.measured import queries
from tests.web.pages import Page, fields_of, page, post_form
from timvis.apps.audit.models import LogEntry
from timvis.apps.routines.models import RoutineVersion
from timvis.formats.routine.packaged import packaged_routines

HERE = "/rutiner/ekkoping/assistance/"
DRAFT = f"{HERE}2/"
EDITOR = "/rutiner/utkast/?fran=ekkoping/assistance@2"


def text_in(shown: Page) -> str:
    """Return what stands in the editor."""
    return str(shown.tree.xpath("//textarea")[0].value)


def write(client: Client, shown: Page, text: str, button: str) -> Page:
    """Send the editor's form with a text, by one of its buttons."""
    return post_form(client, shown, "/rutiner/utkast/", text=text, gor=button)


# --- the gallery ----------------------------------------------------------------------------------------------


def test_the_towns_own_routine_tells_what_holds_who_adopted_it_and_what_waits(as_david: Client) -> None:
    shown = page(as_david, "/rutiner/")

    articles = shown.tree.xpath("//section[@aria-labelledby='h-own']//article")
    (own,) = (one for one in articles if "utkast 2" in one.text_content())
    told = " ".join(own.text_content().split())
    assert "version 1 gäller" in told
    assert "Antagen 2026-01-01 av David Dahlgren" in told
    assert "utkast 2 väntar, från 2027-01-01" in told
    assert own.xpath(".//*[name()='svg']")


def test_every_shipped_routine_has_a_drawing_and_a_page(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/rutiner/")

    shipped = shown.tree.xpath("//section[@aria-labelledby='h-shipped']//article")
    assert len(shipped) == len(packaged_routines())
    for routine in packaged_routines():
        own = page(as_cecilia, f"/rutiner/medfoljande/{routine.slug}/")
        assert own.title.startswith(routine.name)
        assert all(step.label in own.text for step in routine.steps)
    assert len({one.get("id") for one in shown.tree.xpath("//*[@id]")}) == len(shown.tree.xpath("//*[@id]"))


def test_a_provider_reads_what_is_adopted_and_no_draft(as_ellen: Client) -> None:
    assert "utkast" not in page(as_ellen, "/rutiner/").text
    assert page(as_ellen, HERE).status == 200
    assert as_ellen.get(DRAFT).status_code == 404
    assert as_ellen.get(f"{DRAFT}jamfor/1/").status_code == 404


def test_another_towns_routine_is_not_found(as_fatima: Client) -> None:
    for path in (HERE, f"{HERE}1/", DRAFT, f"{DRAFT}jamfor/1/"):
        assert as_fatima.get(path).status_code == 404
    assert "Kommunen har ingen rutin än" in page(as_fatima, "/rutiner/").text


@pytest.mark.parametrize(
    "path", ["ekkoping/none/", "ekkoping/assistance/9/", "medfoljande/none/assistance/", "medfoljande/leksand/numbers/"]
)
def test_what_is_not_there_is_not_found(as_david: Client, path: str) -> None:
    assert as_david.get(f"/rutiner/{path}").status_code == 404


# --- one routine ----------------------------------------------------------------------------------------------


def test_a_routine_tells_its_steps_with_who_what_and_when(as_cecilia: Client) -> None:
    shown = page(as_cecilia, HERE)

    rows = {
        cells[0]: cells
        for row in shown.tree.xpath("//table[.//caption[contains(., 'Stegen i ordning')]]/tbody/tr")
        for cells in [[" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")]]
    }
    review = rows["2. Granskning mot lag och beslut"]
    assert review[1] == "Handläggare"
    assert "granskar, tar ställning till iakttagelser, beräknar" in review[2]
    # Care given in November 2026; the tenth working day of December is the 14th.
    assert "2026-12-14" in review[3]
    assert "Rutinen håller" in shown.text
    assert "Mottagningsattest, beslutsattest och frisläppande görs av tre olika personer." in shown.text


def test_the_shipped_routine_with_questions_says_what_keeps_it_from_being_adopted(as_david: Client) -> None:
    asks = next(one for one in packaged_routines() if one.open_questions)
    shown = page(as_david, f"/rutiner/medfoljande/{asks.slug}/")

    assert "Det källan inte svarar på" in shown.text
    assert "Rutinen kan inte antas än" in shown.text


def test_two_versions_are_laid_side_by_side(as_david: Client) -> None:
    shown = page(as_david, f"{DRAFT}jamfor/1/")

    rows = [[cell.text_content().strip() for cell in row] for row in shown.tree.xpath("//main//tbody/tr")]
    assert len(rows) == len(practice.told("office")["routine"][0]["instead"])
    assert ["ändrad Steget ”Beslutsattest”: vem som gör det", "socialchef", "myndighetschef"] in rows
    assert f"{HERE}2/jamfor/1/" in page(as_david, DRAFT).tree.xpath("//a/@href")


def test_a_routine_that_is_to_be_looked_over_says_so_to_those_who_can(
    log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = RoutineVersion.objects.get(slug="ekkoping/assistance", number=2)
    RoutineVersion.objects.filter(pk=version.pk).update(
        text="review_every_months = 6\n" + version.text.replace("valid_from = 2027-01-01", "valid_from = 2026-02-01"),
        valid_from="2026-02-01",
    )
    RoutineVersion.objects.filter(slug=version.slug, number=1).update(status="superseded", valid_to="2026-02-01")
    RoutineVersion.objects.filter(pk=version.pk).update(
        status="published",
        adopted_by=RoutineVersion.objects.get(slug=version.slug, number=1).adopted_by,
        adopted_on="2026-02-01",
    )

    david, cecilia = log_in("david"), log_in("cecilia")

    assert "skulle ha setts över senast 2026-08-01" in page(david, "/").text
    assert "skulle ha setts över" not in page(cecilia, "/").text
    assert "dags att se över" in page(david, "/rutiner/").text
    assert "Rutinen ska ses över med 6 månaders mellanrum" in page(david, HERE).text


# --- what it would have meant ---------------------------------------------------------------------------------


def test_last_year_through_the_draft_says_what_would_have_been_otherwise(as_david: Client) -> None:
    shown = page(as_david, f"{DRAFT}forra-aret/")

    # Reviewed on 7 November 2026 for October; the third working day of November is the 4th.
    assert "2026-11-13 → 2026-11-04" in shown.text
    assert "3 dagar senare" in shown.text
    assert LogEntry.objects.filter(action="simulate_routine", object_kind="routine").count() == 1


def test_last_year_through_the_routine_that_holds_changes_nothing(as_david: Client) -> None:
    shown = page(as_david, f"{HERE}1/forra-aret/")

    assert "0 av 3" in shown.text
    assert "hade blivit precis som de blev" in shown.text


def test_who_may_not_look_at_everybodys_claims_is_not_shown_them_through_a_routine(
    as_helena: Client, as_ellen: Client
) -> None:
    for client in (as_helena, as_ellen):
        assert client.get(f"{HERE}1/forra-aret/").status_code == 403


# --- the editor, without scripts ------------------------------------------------------------------------------


def test_a_draft_begins_from_what_is_there(as_david: Client) -> None:
    shown = page(as_david, EDITOR)

    assert text_in(shown) == RoutineVersion.objects.get(slug="ekkoping/assistance", number=2).text.strip("\n") + "\n"
    assert "Texten går att läsa, och rutinen håller" in shown.text
    assert "4 ändringar mot version 1" in shown.text


def test_a_shipped_routine_becomes_the_towns_own_draft(as_david: Client) -> None:
    shown = page(as_david, "/rutiner/utkast/?fran=vasteras/assistance")

    assert 'municipality = "ekkoping"' in text_in(shown)
    assert 'slug = "ekkoping/assistance"' in text_in(shown)


def test_a_faulty_text_is_told_line_by_line_and_kept_in_the_field(as_david: Client) -> None:
    text = text_in(page(as_david, EDITOR)).replace('regime = "lss"', 'regim = "lss"')
    line = text.split("\n").index('regim = "lss"') + 1

    shown = write(as_david, page(as_david, EDITOR), text, "spara")

    assert shown.status == 422
    assert text_in(shown) == text
    assert f"Rad {line}, regim: Nyckeln regim är okänd här." in shown.text
    assert shown.tree.xpath(f"//a[@href='#rad-{line}']")
    assert shown.tree.get_element_by_id(f"rad-{line}").text_content() == 'regim = "lss"'
    assert RoutineVersion.objects.filter(slug="ekkoping/assistance").count() == 2


def test_to_try_keeps_nothing_and_shows_how_it_can_be_broken(as_david: Client) -> None:
    text = text_in(page(as_david, EDITOR))
    alone = text[: text.index("[[separation]]")]

    shown = write(as_david, page(as_david, EDITOR), alone, "prova")

    assert shown.status == 200
    assert "rutinen kan inte antas än" in shown.text
    passage = [one.text_content() for one in shown.tree.xpath("//ol[contains(@class, 'passage')][1]/li")]
    assert "A beslutsattesterar: Beslutsattest" in passage
    assert RoutineVersion.objects.filter(slug="ekkoping/assistance").count() == 2


def test_a_draft_is_kept_with_who_wrote_it_and_adopted_by_somebody_else(log_in: LogIn) -> None:
    david, agnes = log_in("david"), log_in("agnes")
    text = text_in(page(david, EDITOR)).replace("working_day = 3", "working_day = 8")

    kept = write(david, page(david, EDITOR), text, "spara")

    assert kept.path == f"{HERE}3/"
    assert "Utkastet är sparat som version 3." in kept.text
    assert "Du har skrivit utkastet. Någon annan än du antar det." in kept.text
    assert not kept.tree.xpath("//form[contains(@action, '/anta/')]")

    adopted = post_form(agnes, page(agnes, f"{HERE}3/"), "/anta/")

    assert "Version 3 är antagen och gäller från 2027-01-01." in adopted.text
    version = RoutineVersion.objects.get(slug="ekkoping/assistance", number=3)
    assert (version.status, version.drafted_by.name, version.adopted_by.name) == (  # type: ignore[union-attr]
        "published",
        "David Dahlgren",
        "Agnes Alm",
    )
    assert "gäller tills nästa tar vid" in page(agnes, HERE).text


def test_nobody_adopts_her_own_draft_by_sending_the_form_herself(log_in: LogIn) -> None:
    david = log_in("david")
    text = text_in(page(david, EDITOR)).replace("working_day = 3", "working_day = 8")
    kept = write(david, page(david, EDITOR), text, "spara")

    response = david.post(f"{kept.path}anta/", {})

    assert response.status_code == 409
    assert RoutineVersion.objects.get(slug="ekkoping/assistance", number=3).status == "draft"


def test_an_old_login_does_not_adopt(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    david = log_in("david")
    form = fields_of(page(david, DRAFT).form("/anta/"))
    monkeypatch.setattr(django_settings, "FIXED_NOW", datetime(2026, 11, 10, 9, 6, tzinfo=UTC))

    response = david.post(f"{DRAFT}anta/", form)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/logga-in/")
    assert RoutineVersion.objects.get(slug="ekkoping/assistance", number=2).status == "draft"


def test_a_draft_for_another_town_is_told_kindly(as_david: Client) -> None:
    text = text_in(page(as_david, EDITOR)).replace("ekkoping", "vasteras")

    shown = write(as_david, page(as_david, EDITOR), text, "spara")

    assert shown.status == 422
    assert "Rutinen är skriven för en annan kommun än den du arbetar i." in shown.text


def test_a_draft_that_begins_too_early_is_told_before_it_is_kept(as_david: Client) -> None:
    text = text_in(page(as_david, EDITOR)).replace("valid_from = 2027-01-01", "valid_from = 2026-01-01")

    shown = write(as_david, page(as_david, EDITOR), text, "prova")

    assert "Första dagen (valid_from) behöver vara senare än den i version 1" in shown.text


@pytest.mark.parametrize("text", ["", "x = " + "[" * 9_000, "å" * 250_000, '<script>alert("x")</script>', "\x00"])
def test_nonsense_is_a_fault_and_no_mistake_of_ours(as_david: Client, text: str) -> None:
    shown = write(as_david, page(as_david, EDITOR), text, "spara")

    assert shown.status == 422
    assert not shown.tree.xpath("//main//script")


def test_who_may_not_draft_is_not_let_into_the_editor(as_cecilia: Client, as_ellen: Client) -> None:
    for client in (as_cecilia, as_ellen):
        assert client.get("/rutiner/utkast/").status_code == 403
        assert client.post("/rutiner/utkast/prova/", {"text": "x"}).status_code == 403


# --- the editor, with scripts ---------------------------------------------------------------------------------


def test_the_proof_is_shown_while_she_writes_and_a_fault_leads_to_its_line(open_as: Open) -> None:
    window = open_as("david", EDITOR)
    field, tried = window.locator("#text"), window.locator("#tried")
    text = field.input_value()

    field.fill(text.replace('acts = ["receipt_attest"]', 'acts = ["receipt_atest"]'))
    expect(tried).to_contain_text("1 fel att rätta")
    expect(window.locator("#tried-said")).to_have_text("1 fel att rätta")
    axe(window)
    tried.get_by_role("link").first.click()

    chosen = field.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert chosen == 'acts = ["receipt_atest"]'
    expect(field).to_be_focused()

    field.fill(text[: text.index("[[separation]]")])
    expect(tried).to_contain_text("rutinen kan inte antas än")
    expect(tried.locator(".passage").first).to_contain_text("A beslutsattesterar")
    axe(window)

    field.fill(text)
    expect(tried).to_contain_text("rutinen håller")
    axe(window)


def test_what_she_has_written_stays_when_it_can_not_be_tried(open_as: Open) -> None:
    window = open_as("david", EDITOR)
    window.context.clear_cookies()

    window.locator("#text").press("End")
    window.locator("#text").type("# mer")

    expect(window.locator("#tried")).to_contain_text("Det du har skrivit står kvar")
    assert "# mer" in window.locator("#text").input_value()


def test_a_drawing_can_be_read_on_a_phone(open_as: Open) -> None:
    window = open_as("cecilia", HERE, width=320)
    text = window.locator("svg.routine text").first

    assert text.evaluate("one => one.getBoundingClientRect().height") >= 11
    no_sideways_scroll(window)


def test_the_gallery_asks_no_more_for_more_versions(as_david: Client) -> None:
    before = queries(as_david, "/rutiner/")
    shown = page(as_david, EDITOR)
    write(as_david, shown, text_in(shown).replace("working_day = 3", "working_day = 8"), "spara")

    assert queries(as_david, "/rutiner/") == before
