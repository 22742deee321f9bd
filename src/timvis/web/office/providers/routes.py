"""Providers, their assistants and their documents."""

from timvis.core.access import Action
from timvis.web.office.providers import views
from timvis.web.shared.asking import Route

ONE = (("provider_id", "4"),)
BOTH = ("GET", "POST")

ROUTES = (
    Route(path="utforare/", view=views.providers, name="providers", action=Action.LOOK_AT_PERSON),
    Route(
        path="utforare/ny/", view=views.new_provider, name="new_provider", methods=BOTH, action=Action.REGISTER_PROVIDER
    ),
    Route(
        path="utforare/<str:provider_id>/",
        view=views.provider,
        name="provider",
        action=Action.LOOK_AT_PERSON,
        example=ONE,
    ),
    Route(
        path="utforare/<str:provider_id>/andra/",
        view=views.change_provider,
        name="change_provider",
        methods=BOTH,
        action=Action.CHANGE_PROVIDER,
        example=ONE,
    ),
    Route(
        path="utforare/<str:provider_id>/assistent/",
        view=views.new_assistant,
        name="new_assistant",
        methods=BOTH,
        action=Action.REGISTER_ASSISTANT,
        example=ONE,
    ),
    Route(
        path="utforare/<str:provider_id>/assistent/<str:assistant_id>/",
        view=views.change_assistant,
        name="change_assistant",
        methods=BOTH,
        action=Action.CHANGE_ASSISTANT,
        example=(*ONE, ("assistant_id", "13")),
    ),
    Route(
        path="utforare/<str:provider_id>/avtal/",
        view=views.new_agreement,
        name="new_agreement",
        methods=BOTH,
        action=Action.REGISTER_AGREEMENT,
        example=ONE,
    ),
    Route(
        path="utforare/<str:provider_id>/avtal/<str:agreement_id>/",
        view=views.change_agreement,
        name="change_agreement",
        methods=BOTH,
        action=Action.CHANGE_AGREEMENT,
        example=(*ONE, ("agreement_id", "2")),
    ),
    Route(
        path="utforare/<str:provider_id>/handling/",
        view=views.new_evidence,
        name="new_evidence",
        methods=BOTH,
        action=Action.REGISTER_EVIDENCE,
        example=ONE,
    ),
)
