"""Acts on what follows a decision, and the list of appeals with what waits."""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timvis.apps.appeals import actions, delays
from timvis.apps.appeals.actions import Written
from timvis.apps.appeals.cases import Case, case_of, decided_of, in_town, relation_to
from timvis.apps.appeals.models import Appeal, CourtPackage, ServiceWay
from timvis.apps.appeals.queries import appeal_in, standing_of
from timvis.apps.claims.models import Claim
from timvis.config.law_book import law_book
from timvis.core.access import Action
from timvis.core.procedure.appeal import TIME_WORDS, Change, CourtAnswer, TimeFinding
from timvis.web.office.deciding.views import after, again, day_of_field
from timvis.web.office.substitutes.decided import after_decided, decided
from timvis.web.office.substitutes.views import DESK
from timvis.web.shared.asking import Ask, look
from timvis.web.shared.files import attachment
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import recipient_name

NOT_A_DAY = gettext_lazy("Skriv dagen som ÅÅÅÅ-MM-DD.")


def listed(ask: Ask) -> HttpResponse:
    """Show every appeal of the town, those that wait for the authority first."""
    rows = Appeal.objects.filter(in_town(ask.actor.municipality))
    for case in ("decision__claim", "substitute_decision__booking"):
        # What is her own, or her company's, is not hers to see as an official.
        mine = Q(**{f"{case}__recipient__personal_number": ask.actor.personal_number})
        rows = rows.exclude(mine | Q(**{f"{case}__provider_id__in": ask.actor.provider_ids}))
        rows = rows.select_related(f"{case}__recipient", f"{case}__municipality")
        rows = rows.prefetch_related(f"{case}__recipient__versions")
    found = [standing_of(one, law_book()) for one in rows.order_by("came_on", "id")]
    found.sort(key=lambda one: (not one.waits_for_us, not one.is_open, one.appeal.came_on))
    cases = [(one, case_of(decided_of(one.appeal))) for one in found]
    told = [(one, case.number, recipient_name(case.recipient), page_of(case)) for one, case in cases]
    return render(ask, "deciding/appeals.html", {"rows": told})


def service(ask: Ask, number: str) -> HttpResponse:
    """Register when somebody was served."""
    served_on, way = day_of_field(ask, "served_on"), ask.POST.get("way", "")
    if served_on is None or way not in list(ServiceWay):
        return again(ask, number, str(NOT_A_DAY))
    made = actions.register_service(
        ask.actor, number, name=ask.POST.get("name", ""), served_on=served_on, way=ServiceWay(way), now=ask.now
    )
    return after(ask, number, made, _("Delgivningen är registrerad."))


def register(ask: Ask, number: str) -> HttpResponse:
    """Register an appeal as it came."""
    came_on = day_of_field(ask, "came_on")
    if came_on is None:
        return again(ask, number, str(NOT_A_DAY))
    made = actions.register_appeal(
        ask.actor,
        number,
        Written(came_on=came_on, text=ask.POST.get("text", "")),
        name=ask.POST.get("name", ""),
        by_post=ask.POST.get("by_post", "") == "1",
        now=ask.now,
    )
    return after(ask, number, made, _("Överklagandet är registrerat. Pröva nu om det kom in i tid."))


def judge(ask: Ask, appeal_id: str) -> HttpResponse:
    """Check whether an appeal came in time."""
    appeal = _appeal(ask, appeal_id)
    made = actions.judge_time(
        ask.actor,
        appeal.pk,
        law=law_book(),
        now=ask.now,
        notice_was_right=ask.POST.get("notice_was_wrong", "") != "1",
        because=ask.POST.get("because", ""),
    )
    return _after(ask, appeal, made, TIME_WORDS[made] if isinstance(made, TimeFinding) else "")


def reconsider(ask: Ask, appeal_id: str) -> HttpResponse:
    """Say what looking at the decision again came to."""
    appeal, change = _appeal(ask, appeal_id), ask.POST.get("change", "")
    if change not in list(Change):
        return _again(ask, appeal, _("Välj vad omprövningen ledde till."))
    because = ask.POST.get("because", "")
    made = actions.reconsider(ask.actor, appeal.pk, Change(change), because=because, now=ask.now)
    return _after(ask, appeal, made, _("Omprövningen är registrerad. Lämna nu över överklagandet."))


def forward(ask: Ask, appeal_id: str) -> HttpResponse:
    """Hand an appeal over to the court."""
    appeal = _appeal(ask, appeal_id)
    made = actions.forward(ask.actor, appeal.pk, now=ask.now)
    return _after(ask, appeal, made, _("Överlämnat. Hämta handlingarna och skicka dem till förvaltningsrätten."))


def court_answer(ask: Ask, appeal_id: str) -> HttpResponse:
    """Register what the court came to."""
    appeal, answer = _appeal(ask, appeal_id), ask.POST.get("answer", "")
    decided_on, came_on = day_of_field(ask, "decided_on"), day_of_field(ask, "came_on")
    if decided_on is None or came_on is None or answer not in list(CourtAnswer):
        return _again(ask, appeal, _("Välj hur det gick och skriv dagarna som ÅÅÅÅ-MM-DD."))
    written = Written(came_on=came_on, text=ask.POST.get("text", ""))
    made = actions.register_court_answer(
        ask.actor, appeal.pk, CourtAnswer(answer), written, decided_on=decided_on, now=ask.now
    )
    return _after(ask, appeal, made, _("Domen är registrerad."))


def withdraw(ask: Ask, appeal_id: str) -> HttpResponse:
    """Register that an appeal was taken back."""
    appeal = _appeal(ask, appeal_id)
    made = actions.withdraw(ask.actor, appeal.pk, because=ask.POST.get("because", ""), now=ask.now)
    return _after(ask, appeal, made, _("Återkallelsen är registrerad."))


def package(ask: Ask, appeal_id: str) -> HttpResponse:
    """Give the papers that were handed over, as they were."""
    appeal = _appeal(ask, appeal_id)
    case = case_of(decided_of(appeal))
    look(
        ask,
        Action.LOOK_AT_APPEALS,
        "appeal",
        appeal.pk,
        relation=relation_to(ask.actor, case, now=ask.now),
        state=case.status,
        recipient_id=case.recipient_id,
    )
    kept = CourtPackage.objects.filter(step__appeal=appeal).first()
    if kept is None:
        raise Http404
    return attachment(bytes(kept.content), kept.file_name)


def delay(ask: Ask, number: str) -> HttpResponse:
    """Tell the party that her case is delayed."""
    expected_by = day_of_field(ask, "expected_by")
    if expected_by is None:
        return again(ask, number, str(NOT_A_DAY))
    reason = ask.POST.get("reason", "")
    made = delays.announce_delay(ask.actor, number, reason=reason, expected_by=expected_by, now=ask.now)
    return after(ask, number, made, _("Beskedet om förseningen är skickat."))


def demand(ask: Ask, number: str) -> HttpResponse:
    """Register a demand that the case is decided."""
    came_on = day_of_field(ask, "came_on")
    if came_on is None:
        return again(ask, number, str(NOT_A_DAY))
    written = Written(came_on=came_on, text=ask.POST.get("text", ""))
    made = delays.register_demand(ask.actor, number, written, now=ask.now)
    return after(ask, number, made, _("Begäran är registrerad. Svara inom fyra veckor."))


def answer_demand(ask: Ask, number: str) -> HttpResponse:
    """Answer the demand that waits."""
    expected_by = day_of_field(ask, "expected_by")
    if expected_by is None:
        return again(ask, number, str(NOT_A_DAY))
    made = delays.answer_demand(
        ask.actor, number, because=ask.POST.get("because", ""), expected_by=expected_by, law=law_book(), now=ask.now
    )
    return after(ask, number, made, _("Begäran är besvarad."))


def _appeal(ask: Ask, appeal_id: str) -> Appeal:
    found = appeal_in(ask.actor, number_in(appeal_id))
    if found is None:
        raise Http404
    return found


def page_of(case: Case) -> str:
    """Return the address of the page that a case's appeals are handled on."""
    return f"/ansprak/{case.number}/" if isinstance(case, Claim) else f"{DESK}{case.pk}/beslutat/"


def _after(ask: Ask, appeal: Appeal, outcome: object, sentence: str) -> HttpResponse:
    """Return to the case with a sentence, or show it again with everything that was wrong."""
    case = case_of(decided_of(appeal))
    if isinstance(case, Claim):
        return after(ask, case.number, outcome, sentence)
    return after_decided(ask, case, outcome, sentence)


def _again(ask: Ask, appeal: Appeal, problem: str) -> HttpResponse:
    case = case_of(decided_of(appeal))
    return again(ask, case.number, problem) if isinstance(case, Claim) else decided(ask, str(case.pk), problem=problem)
