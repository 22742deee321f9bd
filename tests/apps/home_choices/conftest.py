"""The town where one chooses who performs the home care."""

import pytest

from tests.apps.home_choices.choosing import Town, a_town


@pytest.fixture
def town(db: None) -> Town:
    return a_town()
