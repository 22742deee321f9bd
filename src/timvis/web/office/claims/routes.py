"""The list of claims, a claim's page and its acts."""

from timvis.core.access import Action
from timvis.web.office.claims import views
from timvis.web.shared.asking import Route

ONE = (("number", "ekkoping-2026-0001"),)

ROUTES = (
    Route(path="ansprak/", view=views.claims, name="claims", action=Action.LOOK_AT_CLAIM),
    Route(path="ansprak/<str:number>/", view=views.claim, name="claim", action=Action.LOOK_AT_CLAIM, example=ONE),
    Route(
        path="ansprak/<str:number>/ord/",
        view=views.words,
        name="give_word",
        methods=("POST",),
        action=Action.GIVE_WORD,
        example=ONE,
    ),
    Route(
        path="ansprak/<str:number>/granska/",
        view=views.review,
        name="review",
        methods=("POST",),
        action=Action.REVIEW,
        example=ONE,
    ),
    Route(
        path="ansprak/<str:number>/berakna/",
        view=views.calculate,
        name="calculate",
        methods=("POST",),
        action=Action.CALCULATE,
        example=ONE,
    ),
    Route(
        path="ansprak/<str:number>/signera/",
        view=views.sign,
        name="sign",
        methods=("POST",),
        action=Action.LOOK_AT_CLAIM,
        needs_fresh_login=True,
        example=ONE,
    ),
    Route(
        path="ansprak/<str:number>/intyg/<str:which>/",
        view=views.attest_slip,
        name="attest_slip",
        action=Action.LOOK_AT_CLAIM,
        example=(("number", "ekkoping-2026-0006"), ("which", "1-receipt_attest")),
    ),
    Route(
        path="ansprak/<str:number>/bestall/",
        view=views.order,
        name="order",
        methods=("POST",),
        action=Action.ORDER,
        example=ONE,
    ),
    Route(
        path="ansprak/<str:number>/aterlamna/",
        view=views.send_back,
        name="return_claim",
        methods=("POST",),
        action=Action.RETURN_CLAIM,
        example=ONE,
    ),
    Route(
        path="ansprak/<str:number>/rakna-om/",
        view=views.recompute,
        name="recompute",
        action=Action.LOOK_AT_CLAIM,
        example=(("number", "ekkoping-2026-0002"),),
    ),
    Route(
        path="ansprak/<str:number>/original/<str:report_id>/",
        view=views.original,
        name="original",
        action=Action.LOOK_AT_CLAIM,
        example=(*ONE, ("report_id", "31")),
    ),
)
