"""The picture of the house as SVG geometry: granted, reported, paid, one column per week or month."""

from collections.abc import Sequence
from dataclasses import dataclass

from timvis.core.review.review import hours_text

HEIGHT, WIDTH, FLOOR, TOP, LEFT = 190, 600, 150, 24, 40
"""The picture's own measures; it scales with the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """What one column shows, in whole minutes."""

    label: str
    granted: int
    reported: int
    paid: int

    @property
    def beyond(self) -> int:
        """What was reported beyond the granted time."""
        return max(self.reported - self.granted, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column as drawn: positions in the picture's own units."""

    hours: Hours
    x: int
    width: int
    reported_y: int
    reported_height: int
    paid_x: int
    paid_width: int
    paid_y: int
    paid_height: int
    granted_y: int
    granted_x1: int
    granted_x2: int
    middle: int
    beyond_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line of the scale, with its hours."""

    y: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Everything a template needs to draw, and the same as a table."""

    columns: tuple[Column, ...]
    scale: tuple[Mark, ...]
    hours: tuple[Hours, ...]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR

    @property
    def totals(self) -> Hours:
        """The sums of the columns."""
        return Hours(
            label="",
            granted=sum(one.granted for one in self.hours),
            reported=sum(one.reported for one in self.hours),
            paid=sum(one.paid for one in self.hours),
        )


def picture(hours: Sequence[Hours]) -> Picture:
    """Return the picture of some columns; without any time the scale still has its floor."""
    most = max((max(one.granted, one.reported, one.paid) for one in hours), default=0) or 60
    step = _step(most)
    top = -(-most // step) * step

    def y(minutes: int) -> int:
        return FLOOR - minutes * (FLOOR - TOP) // top

    room = (WIDTH - LEFT) // max(len(hours), 1)
    width = min(room * 2 // 3, 48)
    columns = []
    for index, one in enumerate(hours):
        middle = LEFT + room * index + room // 2
        columns.append(
            Column(
                hours=one,
                x=middle - width // 2,
                width=width,
                reported_y=y(one.reported),
                reported_height=FLOOR - y(one.reported),
                paid_x=middle - width // 4,
                paid_width=width // 2,
                paid_y=y(one.paid),
                paid_height=FLOOR - y(one.paid),
                granted_y=y(one.granted),
                granted_x1=middle - width // 2 - 6,
                granted_x2=middle + width // 2 + 6,
                middle=middle,
                beyond_text=f"+{hours_text(one.beyond)}" if one.beyond else "",
            )
        )
    scale = tuple(Mark(y=y(minutes), text=str(minutes // 60)) for minutes in range(0, top + 1, step))
    return Picture(columns=tuple(columns), scale=scale, hours=tuple(hours))


def _step(most: int) -> int:
    """Return a scale step of whole hours that gives two to five lines."""
    return next((hours * 60 for hours in (1, 2, 5, 10, 20, 50, 100, 200, 500) if most <= hours * 60 * 4), 1000 * 60)
