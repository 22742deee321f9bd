"""The town that orders home care."""

import pytest

from tests.apps.home_orders.town import Town, a_town


@pytest.fixture
def town(db: None) -> Town:
    return a_town()
