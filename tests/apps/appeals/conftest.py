"""A town where decisions are made by delegation and can be appealed."""

import pytest

from tests.apps.claims import deciding
from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Return everybody in it."""
    return deciding.an_office()
