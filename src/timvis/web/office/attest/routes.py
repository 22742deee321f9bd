"""The attest inbox, and batches to sign."""

from timvis.core.access import Action
from timvis.web.office.attest import views
from timvis.web.shared.asking import Route

ROUTES = (
    Route(path="attestera/", view=views.inbox, name="attest_inbox", action=Action.LOOK_AT_ATTESTS),
    Route(
        path="attestera/bunt/",
        view=views.freeze,
        name="freeze_batch",
        methods=("POST",),
        action=Action.LOOK_AT_ATTESTS,
    ),
    Route(
        path="attestera/bunt/<str:batch_id>/",
        view=views.batch,
        name="attest_batch",
        action=Action.LOOK_AT_ATTESTS,
        example=(("batch_id", "1"),),
    ),
    Route(
        path="attestera/bunt/<str:batch_id>/signera/",
        view=views.sign_green,
        name="sign_batch",
        methods=("POST",),
        action=Action.LOOK_AT_ATTESTS,
        needs_fresh_login=True,
        example=(("batch_id", "1"),),
    ),
    Route(
        path="attestera/<str:number>/signera/",
        view=views.sign_one,
        name="sign_from_inbox",
        methods=("POST",),
        action=Action.LOOK_AT_ATTESTS,
        needs_fresh_login=True,
        example=(("number", "ekkoping-2026-0006"),),
    ),
)
