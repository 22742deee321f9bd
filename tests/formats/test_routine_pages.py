"""What the rule book's pages about routines say."""

from timvis.core.routine.records import Routine
from timvis.core.routine.settings import CATALOGUE
from timvis.formats.routine.packaged import packaged_routines
from timvis.formats.routine.pages import pages, routine_text

PAGES = dict(pages(packaged_routines()))


def page_of(slug: str) -> str:
    return PAGES[f"routines/{slug.replace('/', '-')}.md"]


def test_a_page_tells_steps_hands_days_and_what_the_source_leaves_open() -> None:
    page = page_of("leksand/home_care")

    assert "| 6 | Utförd tid och avvikelser | utföraren | lämnar in | Senast den 1:a vardagen" in page
    assert "Beslutsattest: Vem beslutsattesterar?" in page
    assert "*källan nämner ingen*" in page
    assert "Fakturering kan ske när beskedet har kommit | utföraren | Tidigast" in page


def test_a_page_tells_prices_and_shares_as_people_write_them() -> None:
    page = page_of("solna/home_care")

    assert "| care |" in page
    assert "464,00\N{NO-BREAK SPACE}kr" in page
    assert "75 %" in page


def test_a_complete_routine_asks_nothing() -> None:
    assert "Det källan inte svarar på" not in page_of("motala/first_twenty_hours")
    assert "[motala/first_twenty_hours](motala-first_twenty_hours.md)" in PAGES["routines/README.md"]


def test_the_index_names_all_fifty_four_ways_of_differing() -> None:
    assert all(f"| V{number} |" in PAGES["routines/README.md"] for number in range(1, 55))


def test_the_page_of_settings_tells_what_each_can_be() -> None:
    page = PAGES["routines/settings.md"]

    assert all(f"`{code}`" in page for code in CATALOGUE)
    assert "`granted_time_is_billed` (beviljad tid debiteras)" in page
    assert "`from`: dag" in page


def test_an_attest_list_and_its_limits_are_told() -> None:
    routine = next(one for one in packaged_routines() if one.slug == "malmo/attest")
    assert isinstance(routine, Routine)

    text = routine_text(routine)

    assert "1 attestant och 1 ersättare för varje kod" in text
    assert "Obligatoriskt, driftkostnad: ansvar, verksamhet" in text
