"""Roles: who has which, and how one is given, confirmed and ended."""

from timvis.core.access import Action
from timvis.web.office.roles import views
from timvis.web.shared.asking import Route

FORM = ("GET", "POST")
ONE = (("role_id", "19"),)

ROUTES = (
    Route(path="roller/", view=views.roles, name="roles", action=Action.LOOK_AT_ROLES),
    Route(
        path="roller/ny/",
        view=views.give,
        name="give_role",
        methods=FORM,
        action=Action.GIVE_ROLE,
        needs_fresh_login=True,
    ),
    Route(
        path="roller/<str:role_id>/bekrafta/",
        view=views.confirm,
        name="confirm_role",
        methods=("POST",),
        action=Action.CONFIRM_ROLE,
        needs_fresh_login=True,
        example=ONE,
    ),
    Route(
        path="roller/<str:role_id>/avsluta/",
        view=views.end,
        name="end_role",
        methods=FORM,
        action=Action.END_ROLE,
        needs_fresh_login=True,
        example=ONE,
    ),
)
