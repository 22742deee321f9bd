"""A run that is told to die at a named point, so that somebody can see what the next run makes of it."""

import os
import signal
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from django.conf import settings

from timvis.cli.answer import refuse_input
from timvis.config.environment import Mode
from timvis.core.faults import Fault

P = TypeVar("P", bound=StrEnum)


def dies_at(point: str | None, points: type[P], *, as_json: bool) -> Callable[[P], None]:
    """Return what is called at each point of a run: nothing, or a death without goodbye at the named one."""
    if point is not None and (settings.MODE is not Mode.TEST or point not in set(points)):
        refuse_input([_no_such_death(point, points)], as_json=as_json)

    def reached(at: P) -> None:
        if at == point:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


def _no_such_death(point: str, points: type[P]) -> Fault:
    return Fault(
        code="fault_point",
        message=f"Körningen kan inte avbrytas vid {point!r}.",
        remedy=f"Sätt TIMVIS_MODE=test och välj bland: {', '.join(points)}.",
    )
