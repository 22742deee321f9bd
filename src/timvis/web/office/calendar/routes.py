"""The calendar and its feed."""

from timvis.core.access import Action
from timvis.web.office.calendar import views
from timvis.web.shared.asking import Route

ROUTES = (
    Route(path="kalender/", view=views.calendar, name="calendar", action=Action.LOOK_AT_CLAIM),
    Route(
        path="kalender/<str:address>/timvis.ics",
        view=views.feed,
        name="calendar_feed",
        public=True,
        example=(("address", "none"),),
    ),
)
