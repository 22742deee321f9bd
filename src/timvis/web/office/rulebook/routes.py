"""The rule book."""

from timvis.web.office.rulebook import views
from timvis.web.shared.asking import Route

ROUTES = (
    Route(path="regelbok/", view=views.index, name="rulebook"),
    Route(
        path="regelbok/regler/<str:code>/",
        view=views.rule,
        name="rule",
        example=(("code", "assistant_was_under_18"),),
    ),
    Route(
        path="regelbok/tal/<str:code>/",
        view=views.number,
        name="law_value",
        example=(("code", "assistance.hourly_rate"),),
    ),
)
