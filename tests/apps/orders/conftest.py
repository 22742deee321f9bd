"""The town that sends substitutes."""

import pytest

from tests.apps.orders.desk import Town, a_town


@pytest.fixture
def town(db: None) -> Town:
    return a_town()
