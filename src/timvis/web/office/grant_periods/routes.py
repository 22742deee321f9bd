"""The addresses of grant periods."""

from timvis.core.access import Action
from timvis.web.office.grant_periods import views
from timvis.web.shared.asking import Route

BOTH = ("GET", "POST")
ONE = (("recipient_id", "7"),)
PERIOD = (("period_id", "1"),)

ROUTES = (
    Route(
        path="personer/<str:recipient_id>/perioder/",
        view=views.periods,
        name="grant_periods",
        action=Action.LOOK_AT_GRANT_PERIODS,
        example=ONE,
    ),
    Route(
        path="personer/<str:recipient_id>/perioder/ny/",
        view=views.new_period,
        name="new_grant_period",
        methods=BOTH,
        action=Action.REGISTER_GRANT_PERIOD,
        example=ONE,
    ),
    Route(
        path="perioder/<str:period_id>/",
        view=views.period,
        name="grant_period",
        action=Action.LOOK_AT_GRANT_PERIODS,
        example=PERIOD,
    ),
    Route(
        path="perioder/<str:period_id>/andra/",
        view=views.change,
        name="change_grant_period",
        methods=BOTH,
        action=Action.CHANGE_GRANT_PERIOD,
        example=PERIOD,
    ),
    Route(
        path="perioder/<str:period_id>/betalning/",
        view=views.payment,
        name="state_payment",
        methods=BOTH,
        action=Action.REGISTER_STATE_PAYMENT,
        example=PERIOD,
    ),
    Route(
        path="perioder/<str:period_id>/slutavrakning/",
        view=views.settled,
        name="settle_grant_period",
        methods=BOTH,
        action=Action.REGISTER_SETTLEMENT,
        example=PERIOD,
    ),
)
