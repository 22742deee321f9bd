"""The municipality's registers towards the state: forms and their days, assignments, assistants."""

from timvis.core.access import Action
from timvis.web.office.state_registers import assignments, assistants, told, views
from timvis.web.shared.asking import Route

BOTH = ("GET", "POST")
ASSIGNMENT = (("assignment_id", "1"),)
PLACEMENT = (("placement_id", "1"),)

ROUTES = (
    Route(path="forsakringskassan/", view=views.duties, name="state_duties", action=Action.LOOK_AT_STATE_REGISTERS),
    Route(
        path="forsakringskassan/blanketter/",
        view=views.forms,
        name="state_forms",
        action=Action.LOOK_AT_STATE_REGISTERS,
    ),
    Route(
        path="forsakringskassan/ivo/",
        view=views.provider_notice,
        name="provider_notice",
        methods=BOTH,
        action=Action.REGISTER_PROVIDER_NOTICE,
    ),
    Route(
        path="forsakringskassan/personer/<str:recipient_id>/<str:key>/",
        view=views.tell,
        name="tell_duty",
        methods=BOTH,
        action=Action.TELL_DUTY,
        example=(("recipient_id", "7"), ("key", "payee_and_provider:1")),
    ),
    Route(
        path="forsakringskassan/uppdrag/nytt/",
        view=assignments.new,
        name="new_assignment",
        methods=BOTH,
        action=Action.REGISTER_ASSIGNMENT,
    ),
    Route(
        path="forsakringskassan/uppdrag/<str:assignment_id>/",
        view=assignments.assignment,
        name="assignment",
        action=Action.LOOK_AT_STATE_REGISTERS,
        example=ASSIGNMENT,
    ),
    Route(
        path="forsakringskassan/uppdrag/<str:assignment_id>/andra/",
        view=assignments.change,
        name="change_assignment",
        methods=BOTH,
        action=Action.CHANGE_ASSIGNMENT,
        example=ASSIGNMENT,
    ),
    Route(
        path="forsakringskassan/uppdrag/<str:assignment_id>/slutavrakning/",
        view=assignments.settle,
        name="settle_period",
        methods=BOTH,
        action=Action.REGISTER_SETTLEMENT,
        example=ASSIGNMENT,
    ),
    Route(
        path="forsakringskassan/uppdrag/<str:assignment_id>/assistent/",
        view=assistants.place,
        name="new_placement",
        methods=BOTH,
        action=Action.REGISTER_PLACEMENT,
        example=ASSIGNMENT,
    ),
    Route(
        path="forsakringskassan/assistenter/",
        view=assistants.register,
        name="assistant_register",
        action=Action.LOOK_AT_STATE_REGISTERS,
    ),
    Route(
        path="forsakringskassan/assistenter/<str:placement_id>/andra/",
        view=assistants.change,
        name="change_placement",
        methods=BOTH,
        action=Action.CHANGE_PLACEMENT,
        example=PLACEMENT,
    ),
    Route(
        path="forsakringskassan/assistenter/<str:placement_id>/anmalan/",
        view=assistants.notify,
        name="notify_assistant",
        methods=BOTH,
        action=Action.NOTIFY_ASSISTANT,
        example=PLACEMENT,
    ),
    Route(
        path="forsakringskassan/assistenter/<str:placement_id>/mottagen/",
        view=assistants.received,
        name="notice_received",
        methods=BOTH,
        action=Action.NOTIFY_ASSISTANT,
        example=PLACEMENT,
    ),
    Route(
        path="forsakringskassan/assistenter/<str:placement_id>/post/",
        view=told.record,
        name="assistant_record",
        action=Action.LOOK_AT_STATE_REGISTERS,
        example=PLACEMENT,
    ),
    Route(
        path="forsakringskassan/assistenter/<str:placement_id>/papper/",
        view=told.paper,
        name="assistant_paper",
        action=Action.LOOK_AT_STATE_REGISTERS,
        example=PLACEMENT,
    ),
    Route(
        path="forsakringskassan/assistenter/<str:placement_id>/franvaro/",
        view=assistants.away,
        name="assistant_away",
        methods=BOTH,
        action=Action.REGISTER_AWAY,
        example=PLACEMENT,
    ),
    Route(
        path="forsakringskassan/assistenter/<str:placement_id>/tid/",
        view=assistants.note,
        name="note_time",
        methods=BOTH,
        action=Action.NOTE_TIME,
        example=PLACEMENT,
    ),
)
