"""Who decides for the board, and what was decided."""

from timvis.core.access import Action
from timvis.web.office.delegation import views
from timvis.web.shared.asking import Route

FORM = ("GET", "POST")

ROUTES = (
    Route(path="delegationsordning/", view=views.who_could, name="delegation", action=Action.LOOK_AT_DELEGATION),
    Route(
        path="delegationsordning/ny/",
        view=views.draft,
        name="draft_delegation_order",
        methods=FORM,
        action=Action.DRAFT_DELEGATION_ORDER,
    ),
    Route(
        path="delegationsordning/<str:number>/",
        view=views.order,
        name="delegation_order",
        action=Action.LOOK_AT_DELEGATION,
        example=(("number", "1"),),
    ),
    Route(
        path="delegationsordning/<str:number>/anta/",
        view=views.adopt,
        name="adopt_delegation_order",
        methods=FORM,
        action=Action.ADOPT_DELEGATION_ORDER,
        needs_fresh_login=True,
        example=(("number", "1"),),
    ),
    Route(
        path="delegationsbeslut/",
        view=views.decided,
        name="delegated_decisions",
        action=Action.LOOK_AT_DELEGATED_DECISIONS,
    ),
)
