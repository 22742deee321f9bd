"""What is done with a decision on its claim's page, and the list of appeals."""

from timvis.core.access import Action
from timvis.web.office.deciding import appeals, views
from timvis.web.shared.asking import Route, View

CASE = (("number", "ekkoping-2026-0007"),)
APPEAL = (("appeal_id", "1"),)


def _on_case(word: str, view: View, name: str, action: Action) -> Route:
    path = f"ansprak/<str:number>/{word}/"
    return Route(path=path, view=view, name=name, methods=("POST",), action=action, example=CASE)


def _on_appeal(word: str, view: View, name: str, action: Action) -> Route:
    path = f"overklaganden/<str:appeal_id>/{word}/"
    return Route(path=path, view=view, name=name, methods=("POST",), action=action, example=APPEAL)


ROUTES = (
    _on_case("foresla", views.propose, "propose_decision", Action.PROPOSE_DECISION),
    _on_case("svar", views.answer, "register_hearing_answer", Action.REGISTER_HEARING_ANSWER),
    _on_case("besluta", views.decide, "decide_case", Action.DECIDE),
    _on_case("skicka-beslut", views.send, "send_decision", Action.SEND_DECISION),
    _on_case("andra-beslut", views.change, "change_case_decision", Action.CHANGE_CASE_DECISION),
    _on_case("prova-om", views.reopen, "reopen_case", Action.CHANGE_CASE_DECISION),
    _on_case("delgivning", appeals.service, "register_service", Action.REGISTER_SERVICE),
    _on_case("overklaga", appeals.register, "register_appeal", Action.REGISTER_APPEAL),
    _on_case("forsening", appeals.delay, "announce_delay", Action.ANNOUNCE_DELAY),
    _on_case("begaran", appeals.demand, "register_demand", Action.REGISTER_DEMAND),
    _on_case("svara-pa-begaran", appeals.answer_demand, "answer_demand", Action.ANSWER_DEMAND),
    Route(path="overklaganden/", view=appeals.listed, name="appeals", action=Action.LOOK_AT_APPEALS),
    _on_appeal("tid", appeals.judge, "judge_appeal", Action.JUDGE_APPEAL),
    _on_appeal("omprova", appeals.reconsider, "reconsider", Action.RECONSIDER),
    _on_appeal("lamna-over", appeals.forward, "forward_appeal", Action.FORWARD_APPEAL),
    _on_appeal("dom", appeals.court_answer, "register_court_answer", Action.REGISTER_COURT_ANSWER),
    _on_appeal("aterkalla", appeals.withdraw, "withdraw_appeal", Action.WITHDRAW_APPEAL),
    Route(
        path="overklaganden/<str:appeal_id>/handlingar/",
        view=appeals.package,
        name="court_package",
        action=Action.LOOK_AT_APPEALS,
        example=APPEAL,
    ),
)
