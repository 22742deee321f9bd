"""The addresses of schedules."""

from timvis.core.access import Action
from timvis.web.office.schedules import views
from timvis.web.shared.asking import Route

BOTH = ("GET", "POST")
ASSIGNMENT = (("assignment_id", "1"),)

ROUTES = (
    Route(
        path="forsakringskassan/uppdrag/<str:assignment_id>/pass/",
        view=views.schedule,
        name="schedule",
        action=Action.LOOK_AT_STATE_REGISTERS,
        example=ASSIGNMENT,
    ),
    Route(
        path="forsakringskassan/uppdrag/<str:assignment_id>/pass/nytt/",
        view=views.plan,
        name="plan_shift",
        methods=BOTH,
        action=Action.PLAN_SHIFTS,
        example=ASSIGNMENT,
    ),
    Route(
        path="forsakringskassan/uppdrag/<str:assignment_id>/pass/fil/",
        view=views.from_files,
        name="schedule_from_files",
        methods=BOTH,
        action=Action.PLAN_SHIFTS,
        example=ASSIGNMENT,
    ),
    Route(
        path="forsakringskassan/pass/<str:shift_id>/stryk/",
        view=views.strike,
        name="strike_shift",
        methods=BOTH,
        action=Action.STRIKE_SHIFTS,
        example=(("shift_id", "1"),),
    ),
)
