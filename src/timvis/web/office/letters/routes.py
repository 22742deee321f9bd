"""The letters: every template as it will look, and a letter as it was sent."""

from timvis.core.access import Action
from timvis.web.office.letters import views
from timvis.web.shared.asking import Route

ONE = (("code", "decision_partly_granted"),)

ROUTES = (
    Route(path="brev/", view=views.templates, name="letters", action=Action.SEND_LETTER),
    Route(
        path="brev/adress/andra/",
        view=views.contact,
        name="change_contact",
        methods=("POST",),
        action=Action.CHANGE_CONTACT,
    ),
    Route(path="brev/<str:code>/", view=views.template, name="letter", action=Action.SEND_LETTER, example=ONE),
    Route(path="brev/<str:code>/pdf/", view=views.pdf, name="letter_pdf", action=Action.SEND_LETTER, example=ONE),
    Route(
        path="brev/<str:code>/sida/<str:page>/",
        view=views.picture,
        name="letter_picture",
        action=Action.SEND_LETTER,
        example=(*ONE, ("page", "1")),
    ),
    Route(
        path="brev/skickat/<str:letter_id>/",
        view=views.sent,
        name="sent_letter",
        action=Action.LOOK_AT_CLAIM,
        example=(("letter_id", "1"),),
    ),
    Route(
        path="brev/skickat/<str:letter_id>/original/",
        view=views.sent_pdf,
        name="sent_letter_pdf",
        action=Action.LOOK_AT_CLAIM,
        example=(("letter_id", "1"),),
    ),
)
