"""The officer's word on findings: accept, set aside with a reason, ask."""

from django.test import Client

from tests.web.pages import Page, page, post_form
from timvis.apps.claims.models import Claim, Finding, Word

NUMBER = "ekkoping-2026-0003"
PATH = f"/ansprak/{NUMBER}/"
YOUNG, SCHOOL = "assistant_was_under_18", "recipient_was_in_school"


def form_of(shown: Page, code: str) -> int:
    """Return which of the page's forms for words is a rule's."""
    forms = [form for form in shown.tree.xpath("//main//form") if form.get("action", "").endswith("ord/")]
    return next(n for n, form in enumerate(forms) if form.fields.get("group") == code)


def say(client: Client, shown: Page, code: str, **told: object) -> Page:
    """Send a rule's form."""
    return post_form(client, shown, "ord/", number=form_of(shown, code), **told)


def words() -> list[tuple[str, str, str]]:
    """Return what has been said of the claim's findings."""
    found = Word.objects.filter(finding__review__claim__number=NUMBER).order_by("pk")
    return [(one.finding.code, one.word, one.reason) for one in found.select_related("finding")]


def test_a_rules_findings_are_accepted_together(as_cecilia: Client) -> None:
    shown = say(as_cecilia, page(as_cecilia, PATH), YOUNG, word="accept")

    assert shown.status == 200
    assert "2 iakttagelser godtogs." in shown.text
    assert words() == [(YOUNG, "accept", "")] * 2


def test_one_of_several_can_be_chosen(as_cecilia: Client) -> None:
    shown = page(as_cecilia, PATH)
    key = Finding.objects.filter(review__claim__number=NUMBER, code=YOUNG).first().key  # type: ignore[union-attr]

    say(as_cecilia, shown, YOUNG, word="accept", key=[key])

    assert words() == [(YOUNG, "accept", "")]


def test_setting_aside_takes_a_reason_and_keeps_it(as_cecilia: Client) -> None:
    shown = say(as_cecilia, page(as_cecilia, PATH), SCHOOL, word="set_aside", reason="Lov den dagen")

    assert "1 iakttagelse avfärdades." in shown.text
    assert "Lov den dagen" in shown.text
    assert words() == [(SCHOOL, "set_aside", "Lov den dagen")]


def test_without_a_reason_it_says_so_beside_the_field_and_on_top(as_cecilia: Client) -> None:
    shown = say(as_cecilia, page(as_cecilia, PATH), SCHOOL, word="set_aside", reason="")

    assert shown.status == 422
    field = shown.tree.xpath(f"//textarea[@id='reason-{SCHOOL}']")[0]
    assert field.get("aria-invalid") == "true"
    beside = shown.tree.get_element_by_id(field.get("aria-describedby"))
    assert "Skäl saknas" in beside.text_content()
    (summary,) = shown.tree.xpath("//*[@role='alert' and @data-focus]")
    assert "Skäl saknas" in summary.text_content()
    assert words() == []


def test_what_was_typed_is_kept_when_nothing_was_chosen(as_cecilia: Client) -> None:
    shown = say(as_cecilia, page(as_cecilia, PATH), YOUNG, word="set_aside", reason="Fyllde år i mars", key=None)

    assert shown.status == 422
    assert "Välj minst en iakttagelse." in shown.text
    assert shown.tree.get_element_by_id(f"reason-{YOUNG}").text.strip() == "Fyllde år i mars"
    assert words() == []


def test_to_ask_sends_the_month_to_the_providers_side(as_cecilia: Client) -> None:
    shown = say(as_cecilia, page(as_cecilia, PATH), SCHOOL, word="ask", reason="Var det lov?")

    assert "Frågan om 1 iakttagelse är noterad." in shown.text
    assert Claim.objects.get(number=NUMBER).status == "waiting_for_provider"


def test_a_double_click_says_it_once(as_cecilia: Client) -> None:
    shown = page(as_cecilia, PATH)
    say(as_cecilia, shown, SCHOOL, word="accept")

    again = say(as_cecilia, shown, SCHOOL, word="accept")

    assert again.status == 200
    assert len(words()) == 1


def test_a_finding_that_is_not_there_gets_no_word(as_cecilia: Client) -> None:
    fields = {"group": SCHOOL, "key": ["no-such-finding"], "word": "accept"}

    refused = as_cecilia.post(PATH + "ord/", fields)

    assert refused.status_code == 404
    assert words() == []


def test_a_word_nobody_knows_changes_nothing(as_cecilia: Client) -> None:
    shown = say(as_cecilia, page(as_cecilia, PATH), SCHOOL, word="maybe")

    assert shown.status == 404
    assert words() == []


def test_when_everything_has_its_word_the_next_step_is_to_calculate(as_cecilia: Client) -> None:
    shown = say(as_cecilia, page(as_cecilia, PATH), YOUNG, word="accept")
    shown = say(as_cecilia, shown, SCHOOL, word="accept")

    done = post_form(as_cecilia, shown, "berakna/")

    assert "Beräknat" in done.text
    # Both rules' hours are taken away: the shifts by the one who is too young, and the hours in school.
    assert "ingår ej" in done.text


def test_words_have_no_place_once_it_is_calculated(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/ansprak/ekkoping-2026-0004/")

    assert shown.tree.xpath("//button[@name='word']") == []
    key = Finding.objects.filter(review__claim__number="ekkoping-2026-0004").first()
    assert key is not None
    refused = as_cecilia.post("/ansprak/ekkoping-2026-0004/ord/", {"key": key.key, "word": "accept"})
    assert refused.status_code == 409


def test_a_stale_page_keeps_what_was_typed_and_changes_nothing(as_cecilia: Client) -> None:
    mine, stale = page(as_cecilia, PATH), page(as_cecilia, PATH)
    say(as_cecilia, mine, YOUNG, word="accept")

    refused = say(as_cecilia, stale, SCHOOL, word="set_aside", reason="Lov den dagen")

    assert refused.status == 422
    assert "något har ändrats sedan dess" in refused.text
    assert refused.tree.xpath(f"//textarea[@id='reason-{SCHOOL}']")[0].text.strip() == "Lov den dagen"
    assert words() == [(YOUNG, "accept", "")] * 2
