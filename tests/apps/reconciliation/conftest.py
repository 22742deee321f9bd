"""The month on the desk."""

import pytest

from tests.apps.reconciliation.march import Month, a_month


@pytest.fixture
def month(db: None) -> Month:
    return a_month()
