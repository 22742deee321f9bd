"""People and what is registered about them."""

from timvis.core.access import Action
from timvis.web.office.people import views
from timvis.web.shared.asking import Route

ONE = (("recipient_id", "7"),)
BOTH = ("GET", "POST")

ROUTES = (
    Route(path="personer/", view=views.people, name="people", action=Action.LOOK_AT_PERSON),
    Route(
        path="personer/ny/", view=views.new_person, name="new_person", methods=BOTH, action=Action.REGISTER_RECIPIENT
    ),
    Route(
        path="personer/<str:recipient_id>/", view=views.person, name="person", action=Action.LOOK_AT_PERSON, example=ONE
    ),
    Route(
        path="personer/<str:recipient_id>/andra/",
        view=views.change_person,
        name="change_person",
        methods=BOTH,
        action=Action.CHANGE_RECIPIENT,
        example=ONE,
    ),
    Route(
        path="personer/<str:recipient_id>/ansvar/",
        view=views.responsibility,
        name="responsibility",
        methods=BOTH,
        action=Action.TELL_RESPONSIBILITY,
        example=ONE,
    ),
    Route(
        path="personer/<str:recipient_id>/fullmakt/",
        view=views.new_power,
        name="new_power",
        methods=BOTH,
        action=Action.REGISTER_POWER_OF_ATTORNEY,
        example=ONE,
    ),
    Route(
        path="personer/<str:recipient_id>/fullmakt/<str:power_id>/aterkalla/",
        view=views.revoke_power,
        name="revoke_power",
        methods=BOTH,
        action=Action.REVOKE_POWER_OF_ATTORNEY,
        example=(*ONE, ("power_id", "6")),
    ),
    Route(
        path="personer/<str:recipient_id>/mottagare/<str:provider_id>/",
        view=views.payee,
        name="payee",
        methods=BOTH,
        action=Action.CHANGE_PAYEE,
        needs_fresh_login=True,
        example=(*ONE, ("provider_id", "4")),
    ),
    Route(
        path="personer/<str:recipient_id>/vistelse/",
        view=views.new_absence,
        name="new_absence",
        methods=BOTH,
        action=Action.REGISTER_ABSENCE,
        example=ONE,
    ),
)
