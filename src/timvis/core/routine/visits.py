"""A routine's choices about visits that look odd, as the one who follows them up takes them."""

from timvis.core.home_care.visit_signals import Bounds
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import rows_of, states

_CODE = "visit_signals"


def bounds_of(routine: Routine) -> Bounds | None:
    """Return from where a visit is odd, None when the routine does not say: then only what cannot be is told."""
    if not states(routine, _CODE):
        return None
    [row] = rows_of(routine, _CODE)
    return Bounds(**{name: _whole(value) for name, value in row.items()})


def _whole(value: object) -> int:
    assert isinstance(value, int), value
    return value
