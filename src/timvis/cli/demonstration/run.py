"""The whole demonstration: a fresh database, and every example through the stations."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from timvis.apps.accounting.queries import ledger_checks
from timvis.apps.audit import guards
from timvis.apps.audit.actions import seal
from timvis.apps.audit.queries import verdict
from timvis.apps.claims.queries import recompute_all
from timvis.cli.demonstration.example import BANK, INVOICES, MONTH, Example
from timvis.cli.demonstration.told import MonthTold, Told
from timvis.config.law_book import CONFIRMED, NUMBERS, law_book
from timvis.core.invoice.headings import HEADINGS
from timvis.core.law import LawBook
from timvis.core.review.rules import RULES
from timvis.formats.pain001.profile import shipped
from timvis.gateways.bank.fake import FakeBank


def run(folder: Path, say: Callable[[MonthTold], None], *, leave_open: bool = False) -> Told:
    """Take every example through the stations, the one that ended first first, telling each month as it is done.

    With `leave_open`, for `timvis serve`, the last month of time reports is left on the desk, and the practice data of
    the examples are laid up beside it.
    """
    home: Path = settings.HOME
    folders = sorted((file.parent for file in folder.glob("*/municipality.toml")), key=_last_month)
    _keep_numbers(folders, home)
    call_command("migrate", interactive=False, verbosity=0)
    guards.install(connection)

    def confirm() -> LawBook:
        shutil.copy(folder / CONFIRMED, home / CONFIRMED)
        return law_book()

    law = law_book()
    bank = FakeBank(home / BANK, mode=settings.MODE, profile=shipped())
    told: list[MonthTold] = []
    newest_reports = [folder for folder in folders if any(folder.glob(f"*/{MONTH}"))][-1]
    examples = [
        Example(one, home, bank, law, confirm, leave_open=leave_open and one == newest_reports) for one in folders
    ]
    for example in examples:
        for month in example.months():
            seal(month.ended_at)
            say(month)
            told.append(month)
    practice_at = None
    for example in examples if leave_open else ():
        if laid_up_at := example.practice(law_book()):
            seal(laid_up_at)
            practice_at = laid_up_at
    books = ledger_checks().values()
    whole = verdict().ok and recompute_all(law).first_failure is None and all(book.is_ok for book in books)
    labels = {**HEADINGS, **{code: rule.label for code, rule in RULES.items()}}
    return Told(months=tuple(told), labels=labels, database=home / "timvis.sqlite3", ok=whole, practice_at=practice_at)


def _last_month(folder: Path) -> tuple[date, str]:
    files = (file for name in (MONTH, INVOICES) for file in folder.glob(f"*/{name}"))
    return max(date.fromisoformat(f"{file.parent.name}-01") for file in files), folder.name


def _keep_numbers(folders: list[Path], home: Path) -> None:
    """Lay the examples' own rates where this installation keeps its municipalities' numbers."""
    (home / NUMBERS).mkdir(exist_ok=True)
    for folder in folders:
        if (own := folder / "numbers.toml").exists():
            shutil.copy(own, home / NUMBERS / f"{folder.name}.toml")
