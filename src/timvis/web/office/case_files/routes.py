"""The case file of a case and of a person, its notes, its documents and its letters."""

from timvis.core.access import Action
from timvis.web.office.case_files import views
from timvis.web.shared.asking import Route

CASE = (("number", "ekkoping-2026-0001"),)
PERSON = (("recipient_id", "7"),)
BOTH = ("GET", "POST")

ROUTES = (
    Route(path="akt/<str:number>/", view=views.read, name="case_file", action=Action.LOOK_AT_FILE, example=CASE),
    Route(path="akt/<str:number>/pdf/", view=views.pdf, name="case_file_pdf", action=Action.LOOK_AT_FILE, example=CASE),
    Route(
        path="akt/<str:number>/anteckning/",
        view=views.note,
        name="new_note",
        methods=BOTH,
        action=Action.WRITE_NOTE,
        example=CASE,
    ),
    Route(
        path="akt/<str:number>/anteckning/<str:note_id>/uppfattning/",
        view=views.objection,
        name="object_to_note",
        methods=BOTH,
        action=Action.OBJECT_TO_NOTE,
        example=(*CASE, ("note_id", "1")),
    ),
    Route(
        path="akt/<str:number>/handling/",
        view=views.document,
        name="case_evidence",
        methods=BOTH,
        action=Action.REGISTER_EVIDENCE,
        example=CASE,
    ),
    Route(
        path="akt/<str:number>/handling/<str:evidence_id>/",
        view=views.original,
        name="case_original",
        action=Action.LOOK_AT_FILE,
        example=(*CASE, ("evidence_id", "13")),
    ),
    Route(
        path="akt/<str:number>/komplettering/",
        view=views.complete,
        name="completion",
        methods=BOTH,
        action=Action.SEND_LETTER,
        example=CASE,
    ),
    Route(
        path="akt/<str:number>/information/",
        view=views.inform,
        name="inform_on_evidence",
        methods=("POST",),
        action=Action.SEND_LETTER,
        example=CASE,
    ),
    Route(
        path="akt/<str:number>/brev/<str:letter_id>/",
        view=views.letter,
        name="case_letter",
        action=Action.LOOK_AT_FILE,
        example=(*CASE, ("letter_id", "1")),
    ),
    Route(
        path="personer/<str:recipient_id>/akt/",
        view=views.read,
        name="person_file",
        action=Action.LOOK_AT_FILE,
        example=PERSON,
    ),
    Route(
        path="personer/<str:recipient_id>/akt/pdf/",
        view=views.pdf,
        name="person_file_pdf",
        action=Action.LOOK_AT_FILE,
        example=PERSON,
    ),
    Route(
        path="personer/<str:recipient_id>/akt/anteckning/",
        view=views.note,
        name="new_note_of_person",
        methods=BOTH,
        action=Action.WRITE_NOTE,
        example=PERSON,
    ),
    Route(
        path="personer/<str:recipient_id>/akt/anteckning/<str:note_id>/uppfattning/",
        view=views.objection,
        name="object_to_note_of_person",
        methods=BOTH,
        action=Action.OBJECT_TO_NOTE,
        example=(*PERSON, ("note_id", "1")),
    ),
    Route(
        path="personer/<str:recipient_id>/akt/information/",
        view=views.inform_beforehand,
        name="inform_beforehand",
        methods=BOTH,
        action=Action.SEND_LETTER,
        example=PERSON,
    ),
    Route(
        path="personer/<str:recipient_id>/akt/handling/<str:evidence_id>/",
        view=views.original,
        name="original_of_person",
        action=Action.LOOK_AT_FILE,
        example=(*PERSON, ("evidence_id", "13")),
    ),
    Route(
        path="personer/<str:recipient_id>/akt/brev/<str:letter_id>/",
        view=views.letter,
        name="letter_of_person",
        action=Action.LOOK_AT_FILE,
        example=(*PERSON, ("letter_id", "1")),
    ),
)
