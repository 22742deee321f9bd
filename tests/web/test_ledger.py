"""The books: vouchers, balances, and the file for the municipality's own ledger."""

import pytest
from django.test import Client

from tests.web.conftest import LogIn
from tests.web.demo import NOW, NUMBERS, OTHER_TOWN
from tests.web.measured import queries
from tests.web.pages import page, post_form
from timvis.apps.accounting.models import Entry, Export, Transfer
from timvis.apps.audit import persons
from timvis.apps.audit.queries import person_by_number
from timvis.core.access import Role


@pytest.fixture
def helena(log_in: LogIn) -> Client:
    """The finance assistant, in the town that has paid."""
    return log_in("helena", town="vasteras")


def test_the_books_say_that_they_hold(helena: Client) -> None:
    shown = page(helena, "/bokforing/")

    assert "Böckerna stämmer" in shown.text
    assert len(shown.tree.xpath("//main//tr[@data-row]")) == 35


def test_the_balances_of_all_accounts_make_nothing(helena: Client) -> None:
    table = page(helena, "/bokforing/").tree.xpath("//caption[text()='Saldon']/..")[0]
    cells = [cell.text_content() for cell in table.xpath(".//td")]
    ore = [int("".join(one for one in text if one.isdigit() or one in "-−").replace("−", "-")) for text in cells]

    assert cells
    assert sum(ore) == 0


def test_a_voucher_is_found_by_its_number(helena: Client) -> None:
    shown = page(helena, "/bokforing/?nummer=7")

    assert shown.title == "Verifikation vasteras 7"
    debit, credit = (
        [cell.text_content().strip() for cell in shown.tree.xpath(f"//main//tbody/tr/td[{column}]")]
        for column in (1, 2)
    )
    assert any(debit)
    assert any(credit)


def test_a_number_that_is_no_number_is_told(helena: Client) -> None:
    shown = page(helena, "/bokforing/?nummer=sju")

    assert "Skriv numret med siffror." in shown.text


@pytest.mark.parametrize("number", ["0", "37", "²", "99999999999999999999", "sju"])
def test_a_voucher_that_is_not_there_is_not_found(helena: Client, number: str) -> None:
    assert helena.get(f"/bokforing/{number}/").status_code == 404


def test_a_voucher_of_another_town_is_not_found(as_helena: Client) -> None:
    number = Entry.objects.filter(series="vasteras").latest("number").number
    assert not Entry.objects.filter(series="ekkoping", number=number).exists()

    assert as_helena.get(f"/bokforing/{number}/").status_code == 404


def test_a_case_officer_has_no_business_with_the_books(as_cecilia: Client) -> None:
    assert as_cecilia.get("/bokforing/").status_code == 403
    assert as_cecilia.post("/bokforing/sie/").status_code == 403


def test_what_has_left_already_is_not_written_again(helena: Client) -> None:
    form = page(helena, "/bokforing/")
    before = Export.objects.count()

    shown = post_form(helena, form, "sie/")

    assert "inga nya verifikationer" in shown.text
    assert Export.objects.count() == before


def test_the_file_that_left_can_be_fetched_as_it_was(helena: Client) -> None:
    export = Export.objects.filter(series="vasteras").latest("pk")
    response = helena.get(f"/bokforing/sie/{export.pk}/")

    assert response.content == bytes(export.content)
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_another_towns_file_is_not_found(as_helena: Client) -> None:
    assert as_helena.get("/bokforing/sie/1/").status_code == 404


def test_a_town_without_vouchers_is_told_so_kindly(log_in: LogIn) -> None:
    fatima = person_by_number(NUMBERS["fatima"])
    assert fatima
    there = persons.machine(OTHER_TOWN, NOW)
    role, since = Role.FINANCE_ASSISTANT, NOW.date()
    persons.give_role(there, person_id=fatima.pk, role=role, held_from=since, reason="Anställd", now=NOW)

    assert "Ingen verifikation finns ännu." in page(log_in("fatima"), "/bokforing/").text


def test_the_books_ask_as_much_for_many_vouchers_as_for_few(helena: Client) -> None:
    few = queries(helena, "/bokforing/")
    pattern = Entry.objects.filter(series="vasteras").latest("number")
    transfers = list(pattern.transfers.all())
    for number in range(1000, 1040):
        entry = Entry.objects.get(pk=pattern.pk)
        entry.pk, entry.number, entry.event_key = None, number, f"copy-{number}"  # type: ignore[attr-defined]
        entry.save(force_insert=True)
        for one in transfers:
            copy = Transfer.objects.get(pk=one.pk)
            copy.pk, copy.entry = None, entry
            copy.save(force_insert=True)

    assert queries(helena, "/bokforing/") == few
