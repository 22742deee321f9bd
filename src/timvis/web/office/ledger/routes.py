"""The ledger and its files."""

from timvis.core.access import Action
from timvis.web.office.ledger import views
from timvis.web.shared.asking import Route

ROUTES = (
    Route(path="bokforing/", view=views.ledger, name="ledger", action=Action.LOOK_AT_LEDGER),
    Route(path="bokforing/sie/", view=views.export, name="export_sie", methods=("POST",), action=Action.BOOK),
    Route(
        path="bokforing/sie/<str:export_id>/",
        view=views.export_file,
        name="sie_file",
        action=Action.EXPORT_LEDGER,
        example=(("export_id", "1"),),
    ),
    Route(
        path="bokforing/<str:number>/",
        view=views.voucher,
        name="voucher",
        action=Action.LOOK_AT_LEDGER,
        example=(("number", "1"),),
    ),
)
