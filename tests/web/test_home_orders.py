"""Home care on the screen: the board with its clocks, an order's way, what is told, and a recipient's home care."""

from django.test import Client

from tests.web.pages import page

BOARD = "/hemtjanst/"


def of(order_id: int) -> str:
    return f"{BOARD}bestallningar/{order_id}/"


def test_the_board_shows_what_is_late_first_and_what_one_was_told(as_cecilia: Client) -> None:
    shown = page(as_cecilia, BOARD)

    assert shown.title == "Hemtjänst"
    assert "Ivar" in shown.text
    assert "tiden är ute" in shown.text
    assert "Följ upp varför hjälpen tackas nej till" in shown.text
