"""What a controller reads each month, and what she found."""

from timvis.core.access import Action
from timvis.web.office.after_control import views
from timvis.web.shared.asking import Route

ROUTES = (
    Route(
        path="efterkontroll/",
        view=views.after_control,
        name="after_control",
        methods=("GET", "POST"),
        action=Action.LOOK_AT_AFTER_CONTROL,
    ),
)
