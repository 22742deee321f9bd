"""What is done with home care: deciding, ordering, answering, beginning, changing, pausing, ending, telling."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from timvis.apps.decisions.actions import (
    HomeCareParticulars,
    change_home_care_decision,
    register_home_care_decision,
)
from timvis.apps.decisions.models import HomeCareDecision
from timvis.apps.decisions.queries import home_care_decision_in, home_care_grant
from timvis.apps.documents.actions import keep_original
from timvis.apps.home_choices.actions import order_directly
from timvis.apps.home_orders import actions, event_acts, paper_acts, queries, records
from timvis.apps.home_orders.actions import WantedOrder
from timvis.apps.home_orders.event_acts import Happened
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.home_orders.paper_acts import PaperTold
from timvis.apps.parties.models import Provider
from timvis.apps.routines import records as routine_records
from timvis.config.law_book import law_book
from timvis.core.calendar.local_time import instant
from timvis.core.faults import Refusal
from timvis.core.home_care.events import REPORTED_BY, EventKind
from timvis.core.home_care.papers import PaperKind
from timvis.core.records import Instant
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import rows_of, states
from timvis.web.office.home_orders.forms import (
    ChangeForm,
    EndForm,
    EventForm,
    HomeCareDecisionForm,
    NewHomeCareDecisionForm,
    OrderForm,
    PaperForm,
    PauseForm,
    ReasonForm,
    ResumeForm,
    StartForm,
    hours_initial,
)
from timvis.web.office.home_orders.views import BOARD, found_order, found_recipient
from timvis.web.shared.asking import Ask, done, refused
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import newest, provider_name, recipient_name

# --- what is decided ------------------------------------------------------------------------------------------


def new_decision(ask: Ask, recipient_id: str) -> HttpResponse:
    """Register a decision on home care."""
    recipient = found_recipient(ask, recipient_id)

    def act(form: Form) -> object:
        return register_home_care_decision(
            ask.actor,
            recipient_id=recipient.pk,
            reference=form.cleaned_data["reference"],
            particulars=_particulars(form.cleaned_data),
            law=law_book(),
            now=ask.now,
        )

    return form_page(
        ask,
        NewHomeCareDecisionForm(
            ask.POST or None,
            services=_names(_routine(ask), "service"),
            initial={"decided_on": ask.today, "valid_from": ask.today, "decided_by": ask.actor.name},
        ),
        act,
        title=_("Nytt beslut om hemtjänst för %(name)s") % {"name": recipient_name(recipient)},
        lead=_("Skriv timmar för de insatser som beslutas, och lämna de andra tomma."),
        button=_("Registrera beslutet"),
        sentence=_("Beslutet är registrerat."),
        back=_to_person(recipient.pk),
    )


def change_decision(ask: Ask, decision_id: str) -> HttpResponse:
    """Restate a decision on home care as a new version; orders stay as they are until they are changed."""
    found = _decision(ask, decision_id)
    grant = home_care_grant(found, known_at=ask.now)
    assert grant is not None

    def act(form: Form) -> object:
        return change_home_care_decision(
            ask.actor,
            decision_id=found.pk,
            particulars=_particulars(form.cleaned_data),
            seen=form.seen_number,
            law=law_book(),
            now=ask.now,
        )

    before = hours_initial(grant.services) | {
        "needs_assessed": "yes" if grant.needs_assessed else "no",
        "decided_on": grant.decided_on,
        "decided_by": grant.decided_by,
        "valid_from": grant.granted_from,
        "valid_to": grant.granted_to,
        "seen": newest(found).number,
    }
    return form_page(
        ask,
        HomeCareDecisionForm(ask.POST or None, services=_names(_routine(ask), "service"), initial=before),
        act,
        title=_("Ny version av beslut %(reference)s") % {"reference": found.reference},
        lead=_("Beställningar som redan är lagda ändras inte av sig själva; ändra dem efteråt."),
        button=_("Spara ny version"),
        sentence=_("Beslutet har en ny version."),
        back=_to_person(found.recipient_id),
    )


def _particulars(told: dict[str, Any]) -> HomeCareParticulars:
    names = ("decided_on", "decided_by", "valid_from", "valid_to", "needs_assessed", "services")
    return HomeCareParticulars(**{name: told[name] for name in names})


# --- the order ------------------------------------------------------------------------------------------------


def place(ask: Ask, decision_id: str) -> HttpResponse:
    """Order what was decided from a provider."""
    found = _decision(ask, decision_id)
    grant = home_care_grant(found, known_at=ask.now)
    assert grant is not None
    routine = _routine(ask)

    def act(form: Form) -> object:
        told = form.cleaned_data
        return order_directly(
            ask.actor,
            WantedOrder(
                recipient_id=found.recipient_id,
                provider_id=number_in(told["provider"]),
                decision_id=found.pk,
                services=told["services"],
                from_on=told["from_on"],
                area=told["area"],
                zone=told.get("zone", ""),
                is_acute=told["is_acute"],
                reason=told["reason"],
            ),
            now=ask.now,
        )

    return form_page(
        ask,
        OrderForm(
            ask.POST or None,
            services=[one.service for one in grant.services],
            providers=_providers(ask),
            zones=_names(routine, "zone"),
            initial=hours_initial(grant.services) | {"from_on": ask.today},
        ),
        act,
        title=_("Beställ hemtjänst för %(name)s") % {"name": recipient_name(found.recipient)},
        lead=_(
            "Utföraren får beställningen genast och ska bekräfta den i tid. Beställ det som är beslutat, eller en del."
        ),
        button=_("Beställ"),
        sentence=_("Beställningen är lagd, och utföraren har fått den."),
        back=_to_person(found.recipient_id),
    )


def confirm(ask: Ask, order_id: str) -> HttpResponse:
    """Say yes to an order, or to a change of it."""
    found = found_order(ask, order_id)
    outcome = actions.confirm_order(ask.actor, found.pk, now=ask.now, seen=ask.POST.get("seen"))
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=_to(found))
    return done(ask, _("Beställningen är bekräftad."), _to(found))


def decline(ask: Ask, order_id: str) -> HttpResponse:
    """Say that an order cannot be taken."""
    found = found_order(ask, order_id)

    def act(form: Form) -> object:
        return actions.decline_order(ask.actor, found.pk, reason=form.cleaned_data["reason"], now=ask.now)

    return form_page(
        ask,
        ReasonForm(ask.POST or None),
        act,
        title=_("Kan inte ta beställningen"),
        lead=_("Handläggaren får veta det genast och beställer hos någon annan."),
        button=_("Tacka nej"),
        sentence=_("Handläggaren har fått veta att beställningen inte kan tas."),
        back=_to(found),
    )


def start(ask: Ask, order_id: str) -> HttpResponse:
    """Tell when the first help was given."""
    found = found_order(ask, order_id)

    def act(form: Form) -> object:
        return actions.start_service(ask.actor, found.pk, started_at=_at(form), now=ask.now)

    return form_page(
        ask,
        StartForm(ask.POST or None, initial={"on": ask.today}),
        act,
        title=_("Hjälpen har börjat"),
        button=_("Hjälpen har börjat"),
        sentence=_("Det står nu att hjälpen har börjat, och handläggaren ser det."),
        back=_to(found),
    )


def change(ask: Ask, order_id: str) -> HttpResponse:
    """Ask for something else from a day on."""
    found = found_order(ask, order_id)
    grant = home_care_grant(found.decision, known_at=ask.now)
    said = records.contents(found.services.all())
    services = [one.service for one in grant.services] if grant else []

    def act(form: Form) -> object:
        told = form.cleaned_data
        return actions.change_order(
            ask.actor,
            found.pk,
            services=told["services"],
            from_on=told["from_on"],
            reason=told["reason"],
            is_acute=told["is_acute"],
            now=ask.now,
        )

    return form_page(
        ask,
        ChangeForm(
            ask.POST or None,
            services=services,
            initial=hours_initial(said[-1].services if said else ()) | {"from_on": ask.today},
        ),
        act,
        title=_("Ändra beställningen"),
        lead=_(
            "Hjälpen fortsätter som förut tills utföraren har bekräftat. Det du skriver ersätter hela beställningen."
        ),
        button=_("Ändra"),
        sentence=_("Ändringen är skickad till utföraren."),
        back=_to(found),
    )


def pause(ask: Ask, order_id: str) -> HttpResponse:
    """Let nobody come from a moment on."""
    found = found_order(ask, order_id)

    def act(form: Form) -> object:
        return actions.pause_order(
            ask.actor, found.pk, from_at=_at(form), reason=form.cleaned_data["reason"], now=ask.now
        )

    return form_page(
        ask,
        PauseForm(ask.POST or None, initial={"on": ask.today}),
        act,
        title=_("Uppehåll i hjälpen"),
        lead=_("För sjukhus, skriv i stället vad som har hänt: då stannar alla beställningar på en gång."),
        button=_("Gör uppehåll"),
        sentence=_("Hjälpen gör uppehåll, och utföraren har fått veta det."),
        back=_to(found),
    )


def resume(ask: Ask, order_id: str) -> HttpResponse:
    """Let somebody come again from a moment on."""
    found = found_order(ask, order_id)

    def act(form: Form) -> object:
        return actions.resume_order(
            ask.actor, found.pk, from_at=_at(form), reason=form.cleaned_data["reason"], now=ask.now
        )

    return form_page(
        ask,
        ResumeForm(ask.POST or None, initial={"on": ask.today}),
        act,
        title=_("Hjälpen börjar igen"),
        button=_("Börja igen"),
        sentence=_("Utföraren har fått veta när hjälpen börjar igen."),
        back=_to(found),
    )


def end(ask: Ask, order_id: str) -> HttpResponse:
    """End an order after a last day, which may lie ahead."""
    found = found_order(ask, order_id)

    def act(form: Form) -> object:
        told = form.cleaned_data
        return actions.end_order(
            ask.actor, found.pk, from_at=instant(told["ends_on"], 0), reason=told["reason"], now=ask.now
        )

    return form_page(
        ask,
        EndForm(ask.POST or None),
        act,
        title=_("Avsluta beställningen"),
        lead=_(
            "Utföraren får veta det och skickar dokumentationen i datumföljd. "
            "Ett slut kan tidigareläggas, inte skjutas upp."
        ),
        button=_("Avsluta"),
        sentence=_("Beställningen avslutas, och utföraren har fått veta det."),
        back=_to(found),
    )


# --- what happens, and what comes in --------------------------------------------------------------------------


def event(ask: Ask, order_id: str) -> HttpResponse:
    """Tell what has happened to the recipient: it is done to her orders at once, and told to those concerned."""
    found = found_order(ask, order_id)
    by = event_acts.TOLD_AS[queries.relation_to_order(ask.actor, found, now=ask.now)]

    def act(form: Form) -> object:
        told = form.cleaned_data
        return event_acts.report_event(
            ask.actor, found.pk, Happened(kind=EventKind(told["kind"]), at=_at(form), note=told["note"]), now=ask.now
        )

    return form_page(
        ask,
        EventForm(
            ask.POST or None,
            kinds=[one for one in EventKind if one in REPORTED_BY[by]],
            initial={"on": ask.today},
        ),
        act,
        title=_("Vad har hänt?"),
        lead=_(
            "Sjukhus, hemgång, dödsfall och flytt gäller alla den enskildes beställningar. "
            "De som ska veta får veta genast."
        ),
        button=_("Berätta"),
        sentence=_("Det är skrivet, beställningarna är ändrade efter det, och de som ska veta har fått veta."),
        back=_to(found),
    )


def settle(ask: Ask, notice_id: str) -> HttpResponse:
    """Say that what one was told is read or done."""
    outcome = event_acts.settle_notice(ask.actor, number_in(notice_id), note=ask.POST.get("note", ""), now=ask.now)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=BOARD)
    return done(ask, _("Det är avbockat."), BOARD)


def paper(ask: Ask, order_id: str) -> HttpResponse:
    """Register a paper of an order, with its file where there is one."""
    found = found_order(ask, order_id)

    def act(form: Form) -> object:
        told = form.cleaned_data
        original_id = _kept(ask, found, told["scan"]) if told["scan"] else None
        if isinstance(original_id, Refusal):
            return original_id
        return paper_acts.register_paper(
            ask.actor,
            found.pk,
            PaperTold(
                kind=PaperKind(told["kind"]),
                about_on=told["about_on"],
                received_on=told["received_on"],
                has_consent=told["has_consent"],
                is_in_date_order=told["is_in_date_order"],
                original_id=original_id,
                note=told["note"],
            ),
            now=ask.now,
        )

    return form_page(
        ask,
        PaperForm(ask.POST or None, ask.FILES or None, initial={"received_on": ask.today}),
        act,
        title=_("Handling om hemtjänsten"),
        button=_("Registrera"),
        sentence=_("Handlingen är registrerad."),
        back=_to(found),
    )


def _kept(ask: Ask, found: HomeOrder, scan: Any) -> int | Refusal:
    return keep_original(
        ask.actor,
        content=scan.read(),
        media_type=scan.content_type or "application/octet-stream",
        file_name=scan.name,
        relation=queries.relation_to_order(ask.actor, found, now=ask.now),
        now=ask.now,
    )


# --- what the acts share --------------------------------------------------------------------------------------


def _decision(ask: Ask, decision_id: str) -> HomeCareDecision:
    found = home_care_decision_in(ask.actor, number_in(decision_id))
    if found is None:
        raise Http404
    found_recipient(ask, str(found.recipient_id))
    return found


def _routine(ask: Ask) -> Routine | None:
    """Return the routine that home care goes under today, None while none is adopted."""
    version = queries.routine_for_order(ask.actor.municipality, ask.today)
    return routine_records.routine(version) if version else None


def _names(routine: Routine | None, code: str) -> list[str]:
    """Return the names that a routine gives its services or its zones."""
    return [str(row["name"]) for row in rows_of(routine, code)] if routine and states(routine, code) else []


def _providers(ask: Ask) -> list[tuple[str, str]]:
    here = Provider.objects.filter(municipality__slug=ask.actor.municipality).prefetch_related("versions")
    return sorted(((str(one.pk), provider_name(one)) for one in here), key=lambda one: one[1].casefold())


def _at(form: Form) -> Instant:
    return Instant(form.cleaned_data["at"])


def _to(found: HomeOrder) -> str:
    return f"{BOARD}bestallningar/{found.pk}/"


def _to_person(recipient_id: int) -> str:
    return f"{BOARD}personer/{recipient_id}/"
