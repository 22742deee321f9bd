"""Who performs home care: agreements, ceilings, the information sheet, choices and the turn order."""

from timvis.core.access import Action
from timvis.web.office.home_choices import choosing, views
from timvis.web.shared.asking import Route

ONE = (("provider_id", "4"),)
HER = (("recipient_id", "7"),)
BOTH = ("GET", "POST")

ROUTES = (
    Route(
        path="hemtjanst/utforare/",
        view=views.home_providers,
        name="home_providers",
        action=Action.LOOK_AT_HOME_PROVIDERS,
    ),
    Route(
        path="hemtjanst/utforare/<str:provider_id>/",
        view=views.home_provider,
        name="home_provider",
        action=Action.LOOK_AT_HOME_PROVIDERS,
        example=ONE,
    ),
    Route(
        path="hemtjanst/utforare/<str:provider_id>/avtal/",
        view=views.home_agreement,
        name="home_agreement",
        methods=BOTH,
        action=Action.CHANGE_HOME_AGREEMENT,
        example=ONE,
    ),
    Route(
        path="hemtjanst/utforare/<str:provider_id>/tak/",
        view=views.ceiling,
        name="home_ceiling",
        methods=BOTH,
        action=Action.CHANGE_CEILING,
        example=ONE,
    ),
    Route(
        path="hemtjanst/informationsblad/",
        view=views.sheet,
        name="home_sheet",
        action=Action.LOOK_AT_HOME_PROVIDERS,
    ),
    Route(
        path="hemtjanst/informationsblad.pdf",
        view=views.sheet_pdf,
        name="home_sheet_pdf",
        action=Action.LOOK_AT_HOME_PROVIDERS,
    ),
    Route(
        path="hemtjanst/turordning/",
        view=views.turn_order,
        name="turn_order",
        action=Action.LOOK_AT_TURN_ORDER,
    ),
    Route(
        path="hemtjanst/turordning/lottad/",
        view=views.join_turn_order,
        name="join_turn_order",
        methods=BOTH,
        action=Action.KEEP_TURN_ORDER,
    ),
    Route(
        path="hemtjanst/val/<str:recipient_id>/",
        view=choosing.choice,
        name="home_choice",
        methods=BOTH,
        action=Action.CHOOSE_HOME_PROVIDER,
        example=HER,
    ),
    Route(
        path="hemtjanst/val/<str:recipient_id>/informationsblad/",
        view=choosing.send_sheet,
        name="send_home_sheet",
        methods=("POST",),
        action=Action.CHOOSE_HOME_PROVIDER,
        example=HER,
    ),
)
