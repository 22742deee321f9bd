"""Where practice data are laid up: what tells them, the people who do it, and the moment it happens."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from timvis.apps.routines.actions import draft_routine, publish_routine
from timvis.cli.demonstration.cast import Cast, wanted
from timvis.cli.demonstration.told import DemonstrationStopped
from timvis.core.access import Actor, Role
from timvis.core.law import LawBook

Table = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One example's practice folder, its people, the law, and now."""

    folder: Path
    cast: Cast
    law: LawBook
    now: datetime

    def told(self, subject: str) -> Table:
        """Return what the folder tells of a subject."""
        return told_of(self.folder, subject)

    def content(self, file_name: str) -> bytes:
        """Return the bytes of a file in the folder."""
        return (self.folder / file_name).read_bytes()

    def officer(self, role: Role, at: datetime | None = None) -> Actor:
        """Return the one who holds a role, logged in at a moment, or now."""
        return self.cast.officer(role, at or self.now)

    def person(self, number: str, at: datetime | None = None) -> Actor:
        """Return somebody by her personal number, logged in at a moment, or now."""
        return self.cast.person(number, at or self.now)

    def recipient_id(self, number: str) -> int:
        """Return a recipient by her number."""
        return self.cast.recipient_id(number)

    def provider_id(self, number: str) -> int:
        """Return a provider by its number."""
        return self.cast.provider_id(number)

    def take_routine(self, routine: Table) -> None:
        """Draft an example's routine as this municipality's own, and adopt it unless it is to stay a draft."""
        name = routine["file"]
        text = (self.folder.parents[1] / name).read_text(encoding="utf-8")
        theirs, ours = name.partition("/")[0], self.cast.municipality
        for before, after in {
            f'slug = "{theirs}/': f'slug = "{ours}/',
            f'municipality = "{theirs}"': f'municipality = "{ours}"',
        }.items():
            text = text.replace(before, after)
        for before, after in routine.get("instead", {}).items():
            if before not in text:
                raise DemonstrationStopped(f"{name} säger inte {before}")
            text = text.replace(before, after)
        source = name.rpartition("/")[2]
        drafted = wanted(
            int, draft_routine(self.officer(Role.SECTION_HEAD), text.encode(), source=source, now=self.now), name
        )
        if not routine.get("is_draft", False):
            head = self.officer(Role.HEAD_OF_SOCIAL_SERVICES)
            wanted(int, publish_routine(head, drafted, now=self.now), name)


def told_of(folder: Path, subject: str) -> Table:
    """Return what a practice folder tells of a subject."""
    return tomllib.loads((folder / f"{subject}.toml").read_text(encoding="utf-8"))
