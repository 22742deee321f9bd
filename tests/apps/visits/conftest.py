"""The town whose providers hand in visits."""

import pytest

from tests.apps.visits.march import Visited, a_visited_town


@pytest.fixture
def visited(db: None) -> Visited:
    return a_visited_town()
