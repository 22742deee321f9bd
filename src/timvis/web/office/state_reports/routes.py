"""The month as the state will judge it, recipients' bills, and the queue of time reports out."""

from timvis.core.access import Action
from timvis.web.office.state_reports import acts, views
from timvis.web.shared.asking import Route

BOTH = ("GET", "POST")
KEY = (("key", "0b8a6f1e-77aa-4c1e-9a0e-5d2b6f3c1a90"),)

ROUTES = (
    Route(path="manaden/", view=views.month, name="green_month", action=Action.LOOK_AT_STATE_REPORTS),
    Route(
        path="manaden/<str:month>/rakning/<str:recipient_id>/",
        view=views.bill,
        name="bill",
        methods=BOTH,
        action=Action.REGISTER_BILL,
        example=(("month", "2026-10"), ("recipient_id", "7")),
    ),
    Route(
        path="manaden/<str:month>/rakning/<str:recipient_id>/kostnader/",
        view=views.costs,
        name="bill_costs",
        methods=BOTH,
        action=Action.REGISTER_BILL,
        example=(("month", "2026-10"), ("recipient_id", "7")),
    ),
    Route(
        path="manaden/<str:month>/rakning/<str:recipient_id>/papper/",
        view=views.paper_of_bill,
        name="bill_paper",
        action=Action.LOOK_AT_STATE_REPORTS,
        example=(("month", "2026-10"), ("recipient_id", "7")),
    ),
    Route(
        path="tidsredovisning/papper/",
        view=views.returned,
        name="returned_paper",
        methods=BOTH,
        action=Action.TAKE_BACK_PAPER,
    ),
    Route(
        path="manaden/<str:month>/rakning/<str:recipient_id>/post/",
        view=views.record_of_bill,
        name="bill_record",
        action=Action.LOOK_AT_STATE_REPORTS,
        example=(("month", "2026-10"), ("recipient_id", "7")),
    ),
    Route(
        path="tidsredovisning/<str:key>/papper/",
        view=views.paper,
        name="report_paper",
        action=Action.LOOK_AT_STATE_REPORTS,
        example=KEY,
    ),
    Route(path="tidsredovisning/", view=views.queue, name="state_reports", action=Action.LOOK_AT_STATE_REPORTS),
    Route(
        path="tidsredovisning/ny/",
        view=views.freeze,
        name="freeze_report",
        methods=BOTH,
        action=Action.FREEZE_STATE_REPORT,
    ),
    Route(
        path="tidsredovisning/skicka/",
        view=acts.send,
        name="send_reports",
        methods=("POST",),
        action=Action.SEND_STATE_REPORTS,
        keeps_steps=True,
    ),
    Route(
        path="tidsredovisning/<str:key>/underskrift/",
        view=views.sign,
        name="sign_report",
        methods=BOTH,
        action=Action.ATTACH_STATE_SIGNATURE,
        example=KEY,
    ),
    Route(
        path="tidsredovisning/<str:key>/ko/",
        view=views.put_in_queue,
        name="queue_report",
        methods=BOTH,
        action=Action.QUEUE_STATE_REPORT,
        example=KEY,
    ),
    Route(
        path="tidsredovisning/<str:key>/besked/",
        view=views.settle,
        name="settle_report",
        methods=BOTH,
        action=Action.SETTLE_STATE_REPORT,
        example=KEY,
    ),
    Route(
        path="tidsredovisning/<str:key>/fil/",
        view=views.file,
        name="report_file",
        action=Action.LOOK_AT_STATE_REPORTS,
        example=KEY,
    ),
)
