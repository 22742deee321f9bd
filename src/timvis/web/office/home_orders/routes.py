"""Home care: the board of orders, one order, a recipient's decisions and orders."""

from timvis.core.access import Action
from timvis.web.office.home_orders import acts, views
from timvis.web.shared.asking import Route

ONE = (("order_id", "1"),)
DECISION = (("decision_id", "1"),)
PERSON = (("recipient_id", "7"),)
BOTH, POST = ("GET", "POST"), ("POST",)
_A = Action

ROUTES = (
    Route(path="hemtjanst/", view=views.board, name="home_orders", action=_A.LOOK_AT_ORDERS),
    Route(
        path="hemtjanst/personer/<str:recipient_id>/",
        view=views.person,
        name="home_care_of",
        action=_A.LOOK_AT_ORDER,
        example=PERSON,
    ),
    Route(
        path="hemtjanst/personer/<str:recipient_id>/beslut/",
        view=acts.new_decision,
        name="new_home_care_decision",
        methods=BOTH,
        action=_A.REGISTER_DECISION,
        example=PERSON,
    ),
    Route(
        path="hemtjanst/beslut/<str:decision_id>/",
        view=acts.change_decision,
        name="change_home_care_decision",
        methods=BOTH,
        action=_A.CHANGE_DECISION,
        example=DECISION,
    ),
    Route(
        path="hemtjanst/beslut/<str:decision_id>/bestall/",
        view=acts.place,
        name="place_order",
        methods=BOTH,
        action=_A.PLACE_ORDER,
        example=DECISION,
    ),
    Route(
        path="hemtjanst/bestallningar/<str:order_id>/",
        view=views.order,
        name="home_order",
        action=_A.LOOK_AT_ORDER,
        example=ONE,
    ),
    Route(
        path="hemtjanst/bestallningar/<str:order_id>/bekrafta/",
        view=acts.confirm,
        name="confirm_order",
        methods=POST,
        action=_A.CONFIRM_ORDER,
        example=ONE,
    ),
    Route(
        path="hemtjanst/bestallningar/<str:order_id>/tacka-nej/",
        view=acts.decline,
        name="decline_order",
        methods=BOTH,
        action=_A.DECLINE_ORDER,
        example=ONE,
    ),
    Route(
        path="hemtjanst/bestallningar/<str:order_id>/borja/",
        view=acts.start,
        name="start_service",
        methods=BOTH,
        action=_A.START_SERVICE,
        example=ONE,
    ),
    Route(
        path="hemtjanst/bestallningar/<str:order_id>/andra/",
        view=acts.change,
        name="change_order",
        methods=BOTH,
        action=_A.CHANGE_ORDER,
        example=ONE,
    ),
    Route(
        path="hemtjanst/bestallningar/<str:order_id>/uppehall/",
        view=acts.pause,
        name="pause_order",
        methods=BOTH,
        action=_A.PAUSE_ORDER,
        example=ONE,
    ),
    Route(
        path="hemtjanst/bestallningar/<str:order_id>/borja-igen/",
        view=acts.resume,
        name="resume_order",
        methods=BOTH,
        action=_A.RESUME_ORDER,
        example=ONE,
    ),
    Route(
        path="hemtjanst/bestallningar/<str:order_id>/avsluta/",
        view=acts.end,
        name="end_order",
        methods=BOTH,
        action=_A.END_ORDER,
        example=ONE,
    ),
    Route(
        path="hemtjanst/bestallningar/<str:order_id>/handelse/",
        view=acts.event,
        name="report_home_event",
        methods=BOTH,
        action=_A.REPORT_HOME_EVENT,
        example=ONE,
    ),
    Route(
        path="hemtjanst/bestallningar/<str:order_id>/handling/",
        view=acts.paper,
        name="home_paper",
        methods=BOTH,
        action=_A.REGISTER_HOME_PAPER,
        example=ONE,
    ),
    Route(
        path="hemtjanst/handlingar/<str:paper_id>/",
        view=views.paper_file,
        name="home_paper_file",
        action=_A.LOOK_AT_ORDER,
        example=(("paper_id", "1"),),
    ),
    Route(
        path="hemtjanst/besked/<str:notice_id>/",
        view=acts.settle,
        name="settle_home_notice",
        methods=POST,
        action=_A.SETTLE_HOME_NOTICE,
        example=(("notice_id", "1"),),
    ),
)
