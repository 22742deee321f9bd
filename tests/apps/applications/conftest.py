"""A town that takes applications for sick cost."""

import pytest

from tests.apps.applications import sickness
from tests.cast import Cast, on_stage


@pytest.fixture
def cast(db: None) -> Cast:
    """Return everybody, in a town with the answered copy of an application routine."""
    everybody = on_stage(sickness.TOWN, "Östhammars kommun")
    sickness.adopt(everybody)
    return everybody
