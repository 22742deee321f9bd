"""A working month by keyboard alone: Tab, Enter, Space and letters; the mouse is never touched."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, TimeoutError, expect

from tests.web.conftest import Open
from tests.web.ten_tasks import TASKS, Task, comes_in

MOST_TABS = 250
"""More stops than any page has."""


class Keyboard:
    """Somebody who has no mouse."""

    def press(self, there: Locator) -> None:
        """Go there and press Enter."""
        self._go(there)
        there.page.keyboard.press("Enter")

    def write(self, there: Locator, text: str) -> None:
        """Go there and write over what stands there; a day is written from the left, year first."""
        self._go(there)
        if there.get_attribute("type") == "date":
            self._write_day(there, text)
            return
        there.page.keyboard.press("Control+A")
        there.page.keyboard.type(text)

    def choose(self, there: Locator, text: str) -> None:
        """Go there and write the beginning of the choice."""
        self._go(there)
        there.page.keyboard.type(text)
        expect(there.locator("option:checked")).to_have_text(text)

    def tick(self, there: Locator) -> None:
        """Go there and press the space bar."""
        self._go(there)
        there.page.keyboard.press("Space")
        expect(there).to_be_checked()

    def give(self, there: Locator, file: Path) -> None:
        """Go there, open the choice of files with the space bar and choose; press again if nothing opened."""
        self._go(there)
        for patience in (3_000, 10_000, 30_000):
            try:
                with there.page.expect_file_chooser(timeout=patience) as chooser:
                    there.page.keyboard.press("Space")
            except TimeoutError:
                continue
            chooser.value.set_files(file)
            break
        expect(there).not_to_have_value("")

    def _write_day(self, there: Locator, text: str) -> None:
        year, month, day = text.split("-")
        # The order of a day's parts is the browser's own language's.
        for order in ((year, month, day), (month, day, year), (day, month, year)):
            for _ in order:
                there.page.keyboard.press("ArrowLeft")
            there.page.keyboard.type("".join(order))
            if there.input_value() == text:
                return
        pytest.fail(f"{text} could not be written with the keyboard")

    def _go(self, there: Locator) -> None:
        expect(there).to_be_visible()
        page, wanted = there.page, there.element_handle()
        for _ in range(MOST_TABS):
            if wanted and wanted.evaluate("one => one === document.activeElement"):
                assert wanted.evaluate("one => one.matches(':focus-visible')")
                return
            page.keyboard.press("Tab")
        pytest.fail(f"{there} is not reached with Tab")


@pytest.mark.parametrize("task", [pytest.param(task, id=task.__name__) for task in TASKS])
def test_a_task_is_done_without_a_mouse(open_as: Open, tmp_path: Path, task: Task) -> None:
    task(comes_in(open_as), Keyboard(), tmp_path)
