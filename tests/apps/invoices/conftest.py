"""The office that takes invoices."""

import pytest

from tests.apps.invoices.office import Office, an_office


@pytest.fixture
def office(db: None) -> Office:
    return an_office()
