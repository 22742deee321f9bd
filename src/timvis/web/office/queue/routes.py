"""Att göra, and the way to the next case."""

from timvis.core.access import Action
from timvis.web.office.queue import views
from timvis.web.shared.asking import Route

ROUTES = (
    Route(path="", view=views.todo, name="todo", action=Action.LOOK_AT_CLAIM),
    Route(
        path="nasta/<str:number>/",
        view=views.next_case,
        name="next_case",
        action=Action.LOOK_AT_CLAIM,
        example=(("number", "ekkoping-2026-0001"),),
    ),
)
