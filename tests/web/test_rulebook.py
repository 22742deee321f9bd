"""The rule book: made from what runs, so it cannot say anything else."""

import pytest
from django.test import Client

from tests.web.measured import queries
from tests.web.pages import page
from timvis.config.law_book import law_book
from timvis.core.review.rules import RULES


def test_every_rule_has_a_link_and_a_page(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/regelbok/")
    linked = {link.rstrip("/").rsplit("/")[-1] for link in shown.tree.xpath("//a[contains(@href, '/regler/')]/@href")}

    assert linked == set(RULES)
    assert f"{len(RULES)} regler" in shown.text


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rules_page_says_what_the_rule_compares_and_leans_on(as_cecilia: Client, code: str) -> None:
    shown = page(as_cecilia, f"/regelbok/regler/{code}/")

    assert shown.title == RULES[code].label
    assert shown.tree.xpath("//main//code")[0].text_content().strip()
    assert "invänder" in shown.text
    numbers = shown.tree.xpath("//a[contains(@href, '/regelbok/tal/')]/@href")
    assert len(numbers) == len(RULES[code].law)


def test_every_number_of_the_law_has_a_page_with_its_source(as_cecilia: Client) -> None:
    for code, number in law_book().values.items():
        shown = page(as_cecilia, f"/regelbok/tal/{code}/")
        assert shown.status == 200, code
        assert len(shown.tree.xpath("//main//tbody/tr")) == len(number.rows), code


def test_the_number_that_holds_now_is_marked(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/regelbok/tal/assistance.hourly_rate/")

    (now,) = [row for row in shown.tree.xpath("//main//tbody/tr") if "gäller nu" in row.text_content()]
    assert "2026-01-01" in now.text_content()


def test_the_book_is_searched(as_cecilia: Client) -> None:
    shown = page(as_cecilia, "/regelbok/?q=sjukhus")

    assert any("sjukhus" in link.text_content().casefold() for link in shown.tree.xpath("//li[@data-row]/a"))
    nothing = page(as_cecilia, "/regelbok/?q=finns+inte+alls")
    assert "Ingen regel hör till det ordet." in nothing.text


@pytest.mark.parametrize("path", ["regler/none/", "tal/none/"])
def test_what_is_not_in_the_book_is_not_found(as_cecilia: Client, path: str) -> None:
    assert as_cecilia.get(f"/regelbok/{path}").status_code == 404


def test_a_provider_reads_the_rules_too(as_ellen: Client) -> None:
    assert page(as_ellen, "/regelbok/regler/assistant_was_under_18/").status == 200


def test_the_book_asks_no_more_for_more_rules(as_cecilia: Client) -> None:
    assert queries(as_cecilia, "/regelbok/?q=sjukhus") == queries(as_cecilia, "/regelbok/")
