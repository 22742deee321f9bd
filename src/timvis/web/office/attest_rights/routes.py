"""Who may attest, who could on a day, who is away, and who stands too near."""

from timvis.core.access import Action
from timvis.web.office.attest_rights import interests, views
from timvis.web.shared.asking import Route

FORM = ("GET", "POST")

ROUTES = (
    Route(path="attestratter/", view=views.who_could, name="attest_rights", action=Action.LOOK_AT_ATTEST_RIGHTS),
    Route(
        path="attestratter/ny/",
        view=views.draft,
        name="draft_attest_list",
        methods=FORM,
        action=Action.DRAFT_ATTEST_LIST,
    ),
    Route(
        path="attestratter/lista/<str:number>/",
        view=views.attest_list,
        name="attest_list",
        action=Action.LOOK_AT_ATTEST_RIGHTS,
        example=(("number", "1"),),
    ),
    Route(
        path="attestratter/lista/<str:number>/anta/",
        view=views.adopt,
        name="adopt_attest_list",
        methods=FORM,
        action=Action.ADOPT_ATTEST_LIST,
        needs_fresh_login=True,
        example=(("number", "1"),),
    ),
    Route(
        path="attestratter/befattning/",
        view=views.new_position,
        name="register_position",
        methods=FORM,
        action=Action.REGISTER_POSITION,
    ),
    Route(
        path="attestratter/befattning/<str:version_id>/",
        view=views.confirm,
        name="confirm_position",
        methods=("POST",),
        action=Action.CONFIRM_POSITION,
        needs_fresh_login=True,
        example=(("version_id", "1"),),
    ),
    Route(
        path="attestratter/franvaro/",
        view=views.new_off_duty,
        name="register_off_duty",
        methods=FORM,
        action=Action.REGISTER_OFF_DUTY,
    ),
    Route(
        path="attestratter/franvaro/<str:off_duty_id>/",
        view=views.change_spell,
        name="change_off_duty",
        methods=FORM,
        action=Action.REGISTER_OFF_DUTY,
        example=(("off_duty_id", "1"),),
    ),
    Route(path="jav/", view=interests.interests, name="interests", action=Action.LOOK_AT_INTERESTS),
    Route(
        path="jav/nytt/",
        view=interests.new_interest,
        name="register_interest",
        methods=FORM,
        action=Action.REGISTER_INTEREST,
    ),
    Route(
        path="jav/<str:interest_id>/",
        view=interests.change,
        name="change_interest",
        methods=FORM,
        action=Action.CHANGE_INTEREST,
        example=(("interest_id", "1"),),
    ),
)
