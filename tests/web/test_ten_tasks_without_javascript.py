"""A working month in a browser without JavaScript: every page is whole when it comes."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator

from tests.web.conftest import Open
from tests.web.ten_tasks import TASKS, Task, comes_in


class Mouse:
    """Somebody with a mouse."""

    def press(self, there: Locator) -> None:
        """Click."""
        there.click()

    def write(self, there: Locator, text: str) -> None:
        """Fill in."""
        there.fill(text)

    def choose(self, there: Locator, text: str) -> None:
        """Choose by what stands there."""
        there.select_option(label=text)

    def tick(self, there: Locator) -> None:
        """Tick."""
        there.check()

    def give(self, there: Locator, file: Path) -> None:
        """Choose a file."""
        there.set_input_files(file)


@pytest.mark.parametrize("task", [pytest.param(task, id=task.__name__) for task in TASKS])
def test_a_task_is_done_without_scripts(open_as: Open, tmp_path: Path, task: Task) -> None:
    task(comes_in(open_as, java_script_enabled=False), Mouse(), tmp_path)
