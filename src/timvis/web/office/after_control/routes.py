"""What a controller reads each month, and what she found."""

from timvis.core.access import Action
from timvis.web.office.after_control import views
from timvis.web.shared.asking import Route

ROUTES = (
    Route(
        path="efterkontroll/",
        view=views.after_control,
        name="after_control",
        action=Action.LOOK_AT_AFTER_CONTROL,
    ),
    Route(
        path="efterkontroll/prov/",
        view=views.tick,
        name="control_afterwards",
        methods=("POST",),
        action=Action.CONTROL_AFTERWARDS,
    ),
)
