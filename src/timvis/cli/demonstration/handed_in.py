"""Station one for an example: what was handed in, by whom, when; and files that nobody can read."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from timvis.apps.claims.actions import hand_in, register_paper
from timvis.apps.claims.handing_in import HandedFile, HandedIn, Month, typed
from timvis.cli.demonstration.cast import Cast, wanted
from timvis.cli.demonstration.register import Register
from timvis.cli.demonstration.told import DemonstrationStopped
from timvis.core.access import Role
from timvis.core.calendar.months import month_after
from timvis.core.faults import Fault, Refusal
from timvis.core.records import Signature

Table = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The first station of one example: its folder, its people, and what it knows."""

    folder: Path
    cast: Cast
    register: Register

    def hand_in(self, claim: Table, month_on: date, numbers: dict[str, str]) -> HandedIn:
        """Hand in one claim of a month at the time the example says; `numbers` are those handed in before."""
        refers_to = claim.get("refers_to")
        month = Month(
            recipient_id=self.cast.recipient_id(claim["recipient"]),
            provider_id=self.cast.provider_id(claim["provider"]),
            month_on=month_on,
            files=tuple(self._files(claim, month_on)),
            refers_to=numbers[refers_to] if refers_to else None,
            corrects=claim.get("corrects", False),
            note=claim.get("note", ""),
        )
        return wanted(HandedIn, self._handed(claim, month), claim["key"])

    def broken(self, claim: Table, month_on: date) -> tuple[Fault, ...]:
        """Return every fault of a file that cannot be read, handed in as any other."""
        file = self.folder / claim["file"]
        month = Month(
            recipient_id=self.cast.recipient_id(claim["recipient"]),
            provider_id=self.cast.provider_id(claim["provider"]),
            month_on=month_on,
            files=(_file(file, is_paper=claim.get("paper", False)),),
        )
        result = self._handed(claim, month)
        if isinstance(result, HandedIn):
            raise DemonstrationStopped(f"{file.name} skulle inte gå att läsa")
        return result

    def _handed(self, claim: Table, month: Month) -> HandedIn | tuple[Fault, ...]:
        now: datetime = claim["received_at"].astimezone(UTC)
        if claim.get("paper"):
            clerk = self.cast.officer(Role.ADMINISTRATIVE_ASSISTANT, now)
            result = register_paper(clerk, month, received_at=now, now=now)
        else:
            result = hand_in(self.cast.person(claim["submitted_by"], now), month, now=now)
        if isinstance(result, Refusal):
            raise DemonstrationStopped(f"{claim['key']}: {result}")
        return result

    def _files(self, claim: Table, month_on: date) -> Iterator[HandedFile]:
        for file in claim.get("file", []):
            path = self.folder / f"{month_on:%Y-%m}" / file["name"]
            yield _file(
                path,
                is_paper=file["format"] == "paper",
                # Only ELT has no place for signatures: the form of the e-service carries them beside it.
                signed=_signatures(claim, month_on) if file["format"] == "elt" else (None, None),
            )


def _file(
    path: Path, *, is_paper: bool, signed: tuple[Signature | None, Signature | None] = (None, None)
) -> HandedFile:
    if is_paper:
        return typed(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    assistant, manager = signed
    return HandedFile(
        name=path.name, content=path.read_bytes(), assistant_signature=assistant, manager_signature=manager
    )


def _signatures(claim: Table, month_on: date) -> tuple[Signature, Signature]:
    on = month_after(month_on)
    return Signature(signed_on=on), Signature(signed_on=on, number=claim.get("submitted_by"))
