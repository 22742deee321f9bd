"""Decisions and their versions."""

from timvis.core.access import Action
from timvis.web.office.decisions import views
from timvis.web.shared.asking import Route

ROUTES = (
    Route(
        path="beslut/<str:decision_id>/",
        view=views.decision,
        name="decision",
        action=Action.LOOK_AT_DECISION,
        example=(("decision_id", "9"),),
    ),
    Route(
        path="beslut/<str:decision_id>/ny-version/",
        view=views.change,
        name="change_decision",
        methods=("GET", "POST"),
        action=Action.CHANGE_DECISION,
        example=(("decision_id", "9"),),
    ),
    Route(
        path="personer/<str:recipient_id>/beslut/",
        view=views.new,
        name="new_decision",
        methods=("GET", "POST"),
        action=Action.REGISTER_DECISION,
        example=(("recipient_id", "7"),),
    ),
)
