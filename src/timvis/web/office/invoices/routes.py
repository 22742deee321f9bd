"""Invoices: the list, taking them in, the page of one with its acts, and the binder of those that are paid."""

from timvis.core.access import Action
from timvis.web.office.invoices import acts, first_hours, views
from timvis.web.shared.asking import Route, View

BOTH = ("GET", "POST")
ONE = (("invoice_id", "7"),)


def _act(word: str, view: View, name: str, action: Action) -> Route:
    return Route(
        path=f"fakturor/<str:invoice_id>/{word}/", view=view, name=name, methods=("POST",), action=action, example=ONE
    )


ROUTES = (
    Route(path="fakturor/", view=views.invoices, name="invoices", action=Action.LOOK_AT_INVOICE),
    Route(
        path="fakturor/ta-emot/",
        view=views.receive,
        name="receive_invoice",
        methods=BOTH,
        action=Action.REGISTER_INVOICE,
    ),
    Route(
        path="fakturor/skriv-in/", view=views.type_in, name="type_invoice", methods=BOTH, action=Action.REGISTER_INVOICE
    ),
    Route(path="fakturor/parm/", view=views.binder, name="binder", methods=BOTH, action=Action.LOOK_AT_INVOICE),
    Route(
        path="fakturor/forsta-timmarna/",
        view=first_hours.forecast,
        name="first_hours_forecast",
        action=Action.LOOK_AT_FIRST_HOURS,
    ),
    Route(
        path="fakturor/<str:invoice_id>/",
        view=views.invoice,
        name="invoice",
        action=Action.LOOK_AT_INVOICE,
        example=ONE,
    ),
    Route(
        path="fakturor/<str:invoice_id>/original/",
        view=views.original,
        name="invoice_original",
        action=Action.LOOK_AT_INVOICE,
        example=ONE,
    ),
    _act("fordela", acts.allocate, "allocate", Action.ALLOCATE),
    _act("efter-sammanstallning", acts.allocate_by_summary, "allocate_by_summary", Action.ALLOCATE),
    _act("oppna", acts.open_claim, "open_invoice_claim", Action.OPEN_INVOICE_CLAIM),
    _act("kontera", acts.stamp, "account_stamp", Action.ACCOUNT_STAMP),
    _act("prova", acts.check, "check_invoice", Action.CHECK_INVOICE),
    _act("faststall", acts.state, "state_invoice", Action.STATE_INVOICE),
    _act("besluta", acts.decide, "decide", Action.DECIDE),
    _act("atersand", acts.send_back, "return_invoice", Action.RETURN_INVOICE),
    _act("spara", acts.keep, "keep_as_document", Action.KEEP_AS_DOCUMENT),
    _act("sekretess", acts.mark_secret, "mark_secret", Action.MARK_SECRET),
    _act("modell", acts.confirm_model, "confirm_counting_model", Action.CONFIRM_COUNTING_MODEL),
    _act("dra-av", acts.settle, "settle_credit", Action.SETTLE_CREDIT),
)
