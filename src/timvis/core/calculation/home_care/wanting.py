"""What a calculation lacks: a choice nobody made, a price nobody set. Told all at once, before anything is paid."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from timvis.core.calculation.home_care.settings import SETTINGS
from timvis.core.faults import Fault

T = TypeVar("T")

VARIATION: Mapping[str, str] = {setting.name: setting.variation for setting in SETTINGS}
SAYS: Mapping[str, str] = {setting.name: setting.says for setting in SETTINGS}


class Wanting:
    """Gathers what is missing while a case is worked through."""

    __slots__ = ("_faults",)

    def __init__(self) -> None:
        self._faults: dict[Fault, None] = {}

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that was missing, once each, in the order it was met."""
        return tuple(self._faults)

    def add(self, fault: Fault) -> None:
        """Remember a fault."""
        self._faults[fault] = None

    def setting(self, name: str, value: T | None, day: date, why: str) -> T | None:
        """Return a choice, or remember that it was needed (a Swedish clause says by what) and not made."""
        if value is None:
            number = f" ({VARIATION[name]})" if VARIATION[name] else ""
            self.add(
                Fault(
                    code="missing_setting",
                    message=f"{why[0].upper()}{why[1:]}, men rutinen säger inte vad som gäller {day}: "
                    f"{SAYS[name][0].lower()}{SAYS[name][1:]}",
                    remedy=f"Skriv {name}{number} under [[setting]] med den dag det gäller från.",
                    column=f"setting.{name}",
                )
            )
        return value
