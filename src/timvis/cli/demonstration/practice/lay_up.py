"""All practice data of one example, laid up after its months."""

from datetime import UTC, datetime
from pathlib import Path

from timvis.cli.demonstration.cast import Cast
from timvis.cli.demonstration.practice import (
    applications,
    case_file,
    home_care,
    home_choices,
    office,
    reconciliation,
    state,
    substitutes,
)
from timvis.cli.demonstration.practice.desk import Desk, told_of
from timvis.cli.demonstration.register import Register
from timvis.core.law import LawBook

PRACTICE = "practice"
"""The folder beside an example's register that tells its practice data."""


def lay_up(example: Path, cast: Cast, law: LawBook) -> datetime | None:
    """Lay up what an example's practice folder tells; return the moment it did, None without such a folder."""
    folder = example / PRACTICE
    if not folder.is_dir():
        return None
    now: datetime = told_of(folder, "office")["now"].astimezone(UTC)
    desk = Desk(folder=folder, cast=cast, law=law, now=now)
    register = Register(folder, desk.told("register"), cast)
    register.let_in(now)
    office.lay_up(desk, desk.told("office"))
    case_file.lay_up(desk, desk.told("case_file"))
    state.lay_up_reports(desk, desk.told("state"))
    applications.lay_up(desk, desk.told("applications"))
    register.until(now)
    substitutes.lay_up(desk, desk.told("substitutes"))
    home_care.lay_up(desk, desk.told("home_care"))
    home_choices.lay_up(desk, desk.told("home_choices"))
    reconciliation.lay_up(desk, desk.told("reconciliation"))
    state.lay_up_registers(desk, desk.told("state"))
    state.lay_up_month(desk, desk.told("state"))
    return now
