"""The reconciliation of home care: the desk, the summary, a provider's month, and the basis of the fees."""

from timvis.core.access import Action
from timvis.web.office.reconciliation import acts, fee_keys, fees, views
from timvis.web.shared.asking import Route

BOTH, POST = ("GET", "POST"), ("POST",)
MONTH = (("provider_id", "4"), ("month", "2026-10"))
LINE = (*MONTH, ("recipient_id", "7"), ("service", "home_care"))
_A = Action

ROUTES = (
    Route(path="hemtjanst/avstamning/", view=views.overview, name="reconciliation", action=_A.LOOK_AT_RECONCILIATION),
    Route(
        path="hemtjanst/avstamning/<str:provider_id>/<str:month>/",
        view=views.desk,
        name="reconciliation_desk",
        action=_A.LOOK_AT_RECONCILIATION,
        example=MONTH,
    ),
    Route(
        path="hemtjanst/avstamning/<str:provider_id>/<str:month>/bocka-av/",
        view=acts.tick_all,
        name="tick_all_lines",
        methods=POST,
        action=_A.RECONCILE,
        example=MONTH,
    ),
    Route(
        path="hemtjanst/avstamning/<str:provider_id>/<str:month>/skriv-under/",
        view=acts.sign,
        name="sign_reconciliation",
        methods=POST,
        action=_A.SIGN_RECONCILIATION,
        example=MONTH,
    ),
    Route(
        path="hemtjanst/avstamning/<str:provider_id>/<str:month>/sammanstallning/",
        view=views.summary,
        name="home_care_summary",
        action=_A.LOOK_AT_RECONCILIATION,
        example=MONTH,
    ),
    Route(
        path="hemtjanst/avstamning/<str:provider_id>/<str:month>/sammanstallning/skicka/",
        view=acts.send,
        name="send_home_care_summary",
        methods=POST,
        action=_A.SEND_HOME_CARE_SUMMARY,
        example=MONTH,
    ),
    Route(
        path="hemtjanst/avstamning/<str:provider_id>/<str:month>/<str:recipient_id>/<str:service>/",
        view=views.line,
        name="reconciliation_line",
        action=_A.LOOK_AT_RECONCILIATION,
        example=LINE,
    ),
    Route(
        path="hemtjanst/avstamning/<str:provider_id>/<str:month>/<str:recipient_id>/<str:service>/bocka-av/",
        view=acts.tick,
        name="tick_line",
        methods=POST,
        action=_A.RECONCILE,
        example=LINE,
    ),
    Route(
        path="hemtjanst/avstamning/<str:provider_id>/<str:month>/<str:recipient_id>/<str:service>/ord/",
        view=acts.say,
        name="say_of_line",
        methods=BOTH,
        action=_A.RECONCILE,
        example=LINE,
    ),
    Route(
        path="hemtjanst/avstamning/<str:provider_id>/<str:month>/<str:recipient_id>/<str:service>/over/",
        view=acts.above,
        name="decide_above_order",
        methods=BOTH,
        action=_A.DECIDE_ABOVE_ORDER,
        example=LINE,
    ),
    Route(
        path="hemtjanst/fragor/<str:question_id>/",
        view=acts.answer,
        name="answer_line",
        methods=BOTH,
        action=_A.ANSWER_LINE,
        example=(("question_id", "1"),),
    ),
    Route(
        path="hemtjanst/sjalvfakturering/<str:provider_id>/",
        view=acts.agree,
        name="agree_self_billing",
        methods=BOTH,
        action=_A.AGREE_SELF_BILLING,
        example=(("provider_id", "4"),),
    ),
    Route(
        path="hemtjanst/sammanstallningar/<str:summary_id>/faktura/",
        view=acts.self_bill,
        name="self_bill",
        methods=POST,
        action=_A.SELF_BILL,
        example=(("summary_id", "1"),),
    ),
    Route(
        path="hemtjanst/sammanstallningar/<str:summary_id>/brev/",
        view=views.letter,
        name="home_care_summary_letter",
        action=_A.LOOK_AT_PROVIDER_MONTH,
        example=(("summary_id", "1"),),
    ),
    Route(
        path="hemtjanst/manader/", view=views.provider_months, name="provider_months", action=_A.LOOK_AT_PROVIDER_MONTH
    ),
    Route(
        path="hemtjanst/manader/<str:provider_id>/<str:month>/",
        view=views.provider_month,
        name="provider_month",
        action=_A.LOOK_AT_PROVIDER_MONTH,
        example=MONTH,
    ),
    Route(path="avgifter/", view=fees.basis, name="fee_basis", action=_A.LOOK_AT_FEE_BASIS),
    Route(
        path="avgifter/<str:month>/lamna/",
        view=fees.hand_over,
        name="hand_over_to_fees",
        methods=POST,
        action=_A.HAND_OVER_TO_FEES,
        example=(("month", "2026-10"),),
    ),
    Route(
        path="avgifter/<str:month>/debiterat/",
        view=fees.charged,
        name="charged_time",
        methods=BOTH,
        action=_A.TELL_CHARGED_TIME,
        example=(("month", "2026-10"),),
    ),
    Route(
        path="avgifter/<str:month>/underlag.<str:form>",
        view=fees.export,
        name="fee_export",
        action=_A.LOOK_AT_FEE_BASIS,
        example=(("month", "2026-10"), ("form", "csv")),
    ),
    Route(path="avgifter/nycklar/", view=fee_keys.keys, name="fee_keys", methods=BOTH, action=_A.GIVE_FEE_KEY),
    Route(
        path="avgifter/nycklar/<str:key_id>/ta-tillbaka/",
        view=fee_keys.withdraw,
        name="withdraw_fee_key",
        methods=POST,
        action=_A.WITHDRAW_FEE_KEY,
        example=(("key_id", "1"),),
    ),
    Route(
        path="api/avgifter/<str:month>/",
        view=fee_keys.read,
        name="fee_api",
        public=True,
        for_machines=True,
        example=(("month", "2026-10"),),
    ),
)
