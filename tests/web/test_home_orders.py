"""Home care on the screen: the board with its clocks, an order's way, what is told, and a recipient's home care."""

from django.test import Client

from tests.web.conftest import LogIn
from tests.web.demo_home_care import DECIDED_ID, ENDED_ID, GOES_ON_ID, LATE_ID
from tests.web.measured import queries
from tests.web.pages import page, post_form
from timvis.apps.home_orders.models import HomeOrder

BOARD = "/hemtjanst/"


def of(order_id: int) -> str:
    return f"{BOARD}bestallningar/{order_id}/"


def test_the_board_shows_what_is_late_first_and_what_one_was_told(as_cecilia: Client) -> None:
    shown = page(as_cecilia, BOARD)

    assert shown.title == "Hemtjänst"
    assert "Ivar" in shown.text
    assert "tiden är ute" in shown.text
    assert "Följ upp varför hjälpen tackas nej till" in shown.text
