"""The pictures of the manual and the README: taken by `TIMVIS_PICTURES=1`, and shown to be of pages that open."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.web.conftest import LogIn, Open

DOCS = Path(__file__).parents[2] / "docs"
MANUAL = DOCS / "manual"
TAKE = os.environ.get("TIMVIS_PICTURES") == "1"
MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture: its file under docs/, whose window, which page, and what the window is scrolled to."""

    file: str
    who: str
    path: str
    town: str = "ekkoping"
    at: str = ""


CLAIM = "/ansprak/ekkoping-2026-0003/"
PICTURES = (
    Picture(file="images/queue.png", who="cecilia", path="/"),
    Picture(file="images/claim.png", who="cecilia", path=CLAIM),
    Picture(file="manual/images/att-gora.png", who="cecilia", path="/"),
    Picture(file="manual/images/lamna-in.png", who="gunnel", path="/lamna-in/"),
    Picture(file="manual/images/papper.png", who="gunnel", path="/lamna-in/papper/"),
    Picture(file="manual/images/ansprak.png", who="cecilia", path=CLAIM),
    Picture(file="manual/images/iakttagelse.png", who="cecilia", path=CLAIM, at="#iakttagelser"),
    Picture(file="manual/images/personakt.png", who="cecilia", path="/akt/ekkoping-2026-0001/"),
    Picture(
        file="manual/images/ansokan-passen.png", who="cecilia", path="/ansprak/ekkoping-2026-0007/", at="#matchning"
    ),
    Picture(file="manual/images/beslut.png", who="cecilia", path="/ansprak/ekkoping-2026-0008/"),
    Picture(file="manual/images/vikarier.png", who="ida", path="/vikarier/"),
    Picture(file="manual/images/hemtjanst.png", who="cecilia", path="/hemtjanst/"),
    Picture(file="manual/images/forsakringskassan.png", who="gunnel", path="/manaden/"),
    Picture(file="manual/images/attestera.png", who="david", path="/ansprak/ekkoping-2026-0006/", at="#nasta"),
    Picture(file="manual/images/attestlistan.png", who="david", path="/attestera/"),
    Picture(file="manual/images/betalningar.png", who="helena", path="/betalningar/", town="vasteras"),
    Picture(file="manual/images/bokforing.png", who="helena", path="/bokforing/", town="vasteras"),
    Picture(file="manual/images/person.png", who="gunnel", path="/personer/7/"),
    Picture(file="manual/images/utforare.png", who="gunnel", path="/utforare/4/"),
    Picture(file="manual/images/kalender.png", who="cecilia", path="/kalender/"),
    Picture(file="manual/images/rutin.png", who="david", path="/rutiner/ekkoping/assistance/"),
    Picture(file="manual/images/rutin-utkast.png", who="david", path="/rutiner/utkast/?fran=ekkoping/assistance@2"),
    Picture(file="manual/images/regel.png", who="cecilia", path="/regelbok/regler/assistant_was_under_18/"),
    Picture(file="manual/images/fel.png", who="cecilia", path="/ansprak/finns-inte/"),
)


EVERY = [pytest.param(one, id=one.file) for one in PICTURES]

if TAKE:

    @pytest.mark.parametrize("picture", EVERY)
    def test_a_picture_is_taken(open_as: Open, picture: Picture) -> None:
        window = open_as(picture.who, picture.path, town=picture.town, color_scheme="light")
        if picture.at:
            window.locator(picture.at).evaluate("one => one.scrollIntoView({behavior: 'instant'})")

        file = DOCS / picture.file
        window.screenshot(path=file)

        assert file.stat().st_size < MOST_BYTES

else:

    @pytest.mark.parametrize("picture", EVERY)
    def test_the_page_in_a_picture_still_opens(log_in: LogIn, picture: Picture) -> None:
        status = log_in(picture.who, town=picture.town).get(picture.path).status_code

        assert status == (404 if picture.file.endswith("/fel.png") else 200)
        assert (DOCS / picture.file).stat().st_size < MOST_BYTES


def test_every_picture_in_the_manual_is_taken_here_and_every_page_of_it_is_found() -> None:
    taken = {one.file for one in PICTURES}
    index = (MANUAL / "README.md").read_text(encoding="utf-8")
    for page in MANUAL.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert {f"manual/{name}" for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)} <= taken, page.name
        for link in re.findall(r"(?<!!)\[[^\]]+\]\(([^)#:]+)\)", text):
            assert (MANUAL / link).exists(), f"{page.name}: {link}"
        assert page.name == "README.md" or f"({page.name})" in index, page.name
