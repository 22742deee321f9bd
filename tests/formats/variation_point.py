"""One real value of one way in which municipalities differ."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.formats.written_routines import written
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import rows_of, setting_of
from timvis.core.routine.shapes import Cell


@dataclass(frozen=True)
class Point:
    """What somebody really does (`who`), how it is written, and what the routine then says.

    `says` takes the routine to what is `said`; a setting's value needs only its code.
    """

    number: int
    who: str
    says: str | Callable[[Routine], object]
    said: object
    kind: str = "assistance"
    top: str = ""
    setting: str = ""
    tables: str = ""

    @property
    def text(self) -> str:
        """The routine that says it."""
        return written(self.kind, top=self.top, setting=self.setting, tables=self.tables)

    def read_from(self, routine: Routine) -> object:
        """Return what the routine says at this point."""
        if callable(self.says):
            return self.says(routine)
        return setting_of(routine, self.says)


def rows(code: str) -> Callable[[Routine], list[dict[str, Cell]]]:
    """Return how the rows of a setting are read, each as a dictionary."""
    return lambda routine: [dict(row) for row in rows_of(routine, code)]
