"""The routines: a gallery, a page per version, an editor, and what a change would mean."""

from timvis.core.access import Action
from timvis.web.office.routines import editor, views
from timvis.web.shared.asking import Route

_ROUTINE = (("municipality", "ekkoping"), ("name", "assistance"))

ROUTES = (
    Route(path="rutiner/", view=views.gallery, name="routines"),
    Route(
        path="rutiner/utkast/",
        view=editor.draft,
        name="routine_draft",
        methods=("GET", "POST"),
        action=Action.DRAFT_ROUTINE,
    ),
    Route(
        path="rutiner/utkast/prova/",
        view=editor.tried,
        name="routine_tried",
        methods=("POST",),
        action=Action.DRAFT_ROUTINE,
    ),
    Route(
        path="rutiner/medfoljande/<str:municipality>/<str:name>/",
        view=views.shipped,
        name="routine_shipped",
        example=(("municipality", "forsakringskassan"), ("name", "provider")),
    ),
    Route(path="rutiner/<str:municipality>/<str:name>/", view=views.routine, name="routine", example=_ROUTINE),
    Route(
        path="rutiner/<str:municipality>/<str:name>/<str:number>/",
        view=views.version,
        name="routine_version",
        example=(*_ROUTINE, ("number", "1")),
    ),
    Route(
        path="rutiner/<str:municipality>/<str:name>/<str:number>/jamfor/<str:other>/",
        view=views.difference,
        name="routine_difference",
        action=Action.LOOK_AT_CLAIM,
        example=(*_ROUTINE, ("number", "2"), ("other", "1")),
    ),
    Route(
        path="rutiner/<str:municipality>/<str:name>/<str:number>/forra-aret/",
        view=views.simulation,
        name="routine_simulation",
        action=Action.SIMULATE_ROUTINE,
        example=(*_ROUTINE, ("number", "1")),
    ),
    Route(
        path="rutiner/<str:municipality>/<str:name>/<str:number>/anta/",
        view=views.adopt,
        name="routine_adopt",
        methods=("POST",),
        action=Action.PUBLISH_ROUTINE,
        needs_fresh_login=True,
        example=(*_ROUTINE, ("number", "1")),
    ),
)
