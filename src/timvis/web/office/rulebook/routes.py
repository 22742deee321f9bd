"""The rule book."""

from timvis.core.access import Action
from timvis.web.office.rulebook import views
from timvis.web.shared.asking import Route

ROUTES = (
    Route(path="regelbok/", view=views.index, name="rulebook", action=Action.LOOK_AT_CLAIM),
    Route(
        path="regelbok/regler/<str:code>/",
        view=views.rule,
        name="rule",
        action=Action.LOOK_AT_CLAIM,
        example=(("code", "assistant_was_under_18"),),
    ),
    Route(
        path="regelbok/tal/<str:code>/",
        view=views.number,
        name="law_value",
        action=Action.LOOK_AT_CLAIM,
        example=(("code", "assistance.hourly_rate"),),
    ),
    Route(
        path="regelbok/rutiner/<str:municipality>/<str:name>/",
        view=views.routine,
        name="routine",
        action=Action.LOOK_AT_CLAIM,
        example=(("municipality", "ekkoping"), ("name", "assistance")),
    ),
)
