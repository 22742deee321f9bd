"""The list of applications, the form, and what is done with one."""

from timvis.core.access import Action
from timvis.web.office.applications import views
from timvis.web.shared.asking import Route

BOTH = ("GET", "POST")
ONE = (("number", "ekkoping-2026-0007"),)

ROUTES = (
    Route(path="ansokningar/", view=views.applications, name="applications", action=Action.LOOK_AT_CLAIM),
    Route(
        path="ansokningar/ny/", view=views.new, name="new_application", methods=BOTH, action=Action.CHANGE_APPLICATION
    ),
    Route(
        path="ansokningar/<str:number>/andra/",
        view=views.change,
        name="change_application",
        methods=BOTH,
        action=Action.CHANGE_APPLICATION,
        example=ONE,
    ),
    Route(
        path="ansokningar/<str:number>/aterkalla/",
        view=views.withdraw,
        name="withdraw_application",
        methods=("POST",),
        action=Action.WITHDRAW_APPLICATION,
        example=ONE,
    ),
    Route(
        path="ansokningar/<str:number>/original/<str:version>/",
        view=views.original,
        name="application_original",
        action=Action.LOOK_AT_CLAIM,
        example=(*ONE, ("version", "1")),
    ),
)
