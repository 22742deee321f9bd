"""Ten tasks of a working month, told once: whoever does them has hands, a keyboard's or a mouse's."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Open
from tests.web.handed_in_files import csv_month


class Hands(Protocol):
    """What somebody can do with a page."""

    def press(self, there: Locator) -> None:
        """Press a link, a button, a fold."""

    def write(self, there: Locator, text: str) -> None:
        """Write in a field, in place of what stood there."""

    def choose(self, there: Locator, text: str) -> None:
        """Choose in a list."""

    def tick(self, there: Locator) -> None:
        """Tick a box."""

    def give(self, there: Locator, file: Path) -> None:
        """Choose a file."""


Task = Callable[[Callable[[str, str], Page], Hands, Path], None]
"""A task is given a way to come in as somebody in a town, hands, and a folder for files."""


def comes_in(open_as: Open, **context: object) -> Callable[[str, str], Page]:
    """Return how somebody comes in, at the first page."""
    return lambda key, town: open_as(key, "/", town=town, **context)


def link(window: Page, name: str) -> Locator:
    """Return the first link of a name."""
    return window.get_by_role("link", name=name).first


def button(window: Page, name: str) -> Locator:
    """Return the button of a name in the page's content."""
    return window.locator("main").get_by_role("button", name=name, exact=True).first


def says(window: Page, text: str) -> None:
    """Wait until the page says something."""
    expect(window.locator("main")).to_contain_text(text)


def claim_of(window: Page, hands: Hands, number: str) -> None:
    """Go to a claim by the list of claims."""
    hands.press(window.get_by_role("navigation").get_by_role("link", name="Anspråk"))
    hands.press(window.locator("main").get_by_role("link", name=number))
    says(window, number)


def _send_in(window: Page, hands: Hands, folder: Path, content: bytes, month: str) -> None:
    file = folder / "kajsa.csv"
    file.write_bytes(content)
    hands.press(window.get_by_role("navigation").get_by_role("link", name="Lämna in"))
    hands.choose(window.get_by_label("Person", exact=True), "Doris Dahl")
    hands.choose(window.get_by_label("Utförare", exact=True), "Ekot AB")
    hands.write(window.get_by_label("Månad", exact=True), month)
    hands.give(window.get_by_label("Tidrapporter", exact=True), file)


def hand_in(come_in: Callable[[str, str], Page], hands: Hands, folder: Path) -> None:
    """Hand in a month."""
    window = come_in("gunnel", "ekkoping")
    _send_in(window, hands, folder, csv_month("2026-09"), "2026-09")
    hands.press(button(window, "Lämna in"))
    says(window, "1 tidrapport är inlämnad.")


def correct(come_in: Callable[[str, str], Page], hands: Hands, folder: Path) -> None:
    """Replace a report that was wrong."""
    window = come_in("gunnel", "ekkoping")
    _send_in(window, hands, folder, csv_month("2026-10"), "2026-10")
    hands.tick(window.get_by_label("Filerna ersätter tidigare tidrapporter från samma assistent"))
    hands.press(button(window, "Lämna in"))
    says(window, "1 tidrapport är inlämnad.")
    says(window, "kajsa.csv")


def accept(come_in: Callable[[str, str], Page], hands: Hands, folder: Path) -> None:
    """Accept a finding."""
    window = come_in("cecilia", "ekkoping")
    claim_of(window, hands, "ekkoping-2026-0003")
    hands.press(window.locator("#regel-assistant_was_under_18").get_by_role("button", name="Godta"))
    says(window, "2 iakttagelser godtogs.")


def set_aside(come_in: Callable[[str, str], Page], hands: Hands, folder: Path) -> None:
    """Set a finding aside with a reason."""
    window = come_in("cecilia", "ekkoping")
    claim_of(window, hands, "ekkoping-2026-0003")
    finding = window.locator("#regel-recipient_was_in_school")
    hands.write(finding.get_by_label("Skäl (behövs för att avfärda eller fråga)"), "Skolan hade lov")
    hands.press(finding.get_by_role("button", name="Avfärda med skäl"))
    says(window, "1 iakttagelse avfärdades.")


def recalculate(come_in: Callable[[str, str], Page], hands: Hands, folder: Path) -> None:
    """Review and calculate again what has been calculated."""
    window = come_in("cecilia", "ekkoping")
    claim_of(window, hands, "ekkoping-2026-0006")
    hands.press(window.locator("#nasta summary"))
    hands.press(button(window, "Granska på nytt"))
    says(window, "Granskat på nytt.")
    hands.press(button(window, "Beräkna"))
    says(window, "Beräkning 2")


def attest(come_in: Callable[[str, str], Page], hands: Hands, folder: Path) -> None:
    """Sign the first attest."""
    window = come_in("gunnel", "ekkoping")
    claim_of(window, hands, "ekkoping-2026-0004")
    hands.press(button(window, "Signera mottagningsattest"))
    says(window, "Underskriften gäller exakt det du såg.")


def attest_again(come_in: Callable[[str, str], Page], hands: Hands, folder: Path) -> None:
    """Sign the second attest."""
    window = come_in("david", "ekkoping")
    claim_of(window, hands, "ekkoping-2026-0006")
    hands.press(button(window, "Signera beslutsattest"))
    says(window, "Underskriften gäller exakt det du såg.")


def find_a_voucher(come_in: Callable[[str, str], Page], hands: Hands, folder: Path) -> None:
    """Find a voucher by its number."""
    window = come_in("helena", "vasteras")
    hands.press(window.get_by_role("navigation").get_by_role("link", name="Bokföring"))
    hands.write(window.get_by_label("Verifikation nummer"), "7")
    hands.press(button(window, "Visa"))
    says(window, "Verifikation vasteras 7")


def change_a_payee(come_in: Callable[[str, str], Page], hands: Hands, folder: Path) -> None:
    """Change where the money goes."""
    window = come_in("gunnel", "ekkoping")
    hands.press(window.get_by_role("navigation").get_by_role("link", name="Personer"))
    hands.press(window.locator("main").get_by_role("link", name="Doris Dahl"))
    hands.press(link(window, "Byt mottagare"))
    hands.write(window.get_by_label("Nummer"), "5402-9681")
    hands.write(window.get_by_label("Blanketten kom in"), "2026-11-09")
    hands.press(button(window, "Spara mottagaren"))
    says(window, "Betalningsmottagaren är sparad.")


def read_a_rule(come_in: Callable[[str, str], Page], hands: Hands, folder: Path) -> None:
    """Find a rule by a word and read it."""
    window = come_in("cecilia", "ekkoping")
    hands.press(window.get_by_role("navigation").get_by_role("link", name="Regelbok"))
    hands.write(window.get_by_label("Sök regel eller tal"), "sjukhus")
    hands.press(button(window, "Visa"))
    hands.press(window.locator("main li[data-row] a").first)
    says(window, "Lagrum")


TASKS: tuple[Task, ...] = (
    hand_in,
    correct,
    accept,
    set_aside,
    recalculate,
    attest,
    attest_again,
    find_a_voucher,
    change_a_payee,
    read_a_rule,
)
