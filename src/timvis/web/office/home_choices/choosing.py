"""A recipient's choice of who performs her home care, written down at the visit."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from timvis.apps.decisions.models import HomeCareDecision
from timvis.apps.decisions.queries import home_care_grant
from timvis.apps.home_choices import actions, information, queries, turn_acts
from timvis.apps.home_choices.actions import Plan, Wish
from timvis.apps.home_choices.models import HomeChoice
from timvis.apps.home_choices.queries import HomeProvider
from timvis.apps.parties.models import Recipient
from timvis.apps.parties.queries import recipient_in, relation_to_recipient
from timvis.core.access import Action
from timvis.core.faults import Refusal
from timvis.core.home_care.capacity import Room
from timvis.core.home_care.change_of_provider import rule_text
from timvis.core.home_care.decided import HomeCareGrant
from timvis.core.home_care.providers import CannotTake
from timvis.core.home_care.turn_order import turns
from timvis.core.law import LawGap
from timvis.core.routine.home_choices import has_turn_list
from timvis.core.routine.home_orders import change_rule_of
from timvis.core.routine.records import Routine
from timvis.web.office.home_choices.forms import NOBODY, ChoiceForm, Choices
from timvis.web.office.home_choices.page import CANNOT_WORDS, ROOM_WORDS, labels, load_text
from timvis.web.shared.asking import Ask, done, look, refused
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import recipient_name

Decided = tuple[HomeCareDecision, HomeCareGrant]


def choice(ask: Ask, recipient_id: str) -> HttpResponse:
    """Show what she can choose between, and write down what she said."""
    recipient = _recipient(ask, recipient_id)
    routine = queries.routine_on(ask.actor.municipality, ask.today)
    if routine is None:
        return refused(ask, Refusal.ROUTINE_IS_NOT_PUBLISHED, back=f"/personer/{recipient.pk}/")
    every = _decided(ask, recipient)
    wanted = number_in(ask.GET.get("beslut", ""))
    decided = next((one for one in every if one[0].pk == wanted), every[0] if every else None)
    plan = _plan(ask, recipient, routine, decided) if decided else None
    form = _form(ask, routine, decided, plan) if decided else None
    if ask.method == "POST" and decided is not None and form is not None and form.is_valid():
        answer = _chosen(ask, recipient, decided, form)
        if answer is not None:
            return answer
    told = _around(ask, recipient, routine, plan)
    told |= {"form": form, "decided": decided, "decisions": every if len(every) > 1 else ()}
    return render(ask, "home_choices/choice.html", told, status=422 if form and form.errors else 200)


def send_sheet(ask: Ask, recipient_id: str) -> HttpResponse:
    """Send the information sheet to her."""
    recipient = _recipient(ask, recipient_id)
    back = f"/hemtjanst/val/{recipient.pk}/"
    try:
        outcome = information.send_sheet(ask.actor, recipient.pk, now=ask.now)
    except LawGap:
        return HttpResponseRedirect("/hemtjanst/informationsblad/")
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=back)
    return done(ask, _("Informationsbladet är skickat, och sparat som det var i dag."), back)


def _chosen(ask: Ask, recipient: Recipient, decided: Decided, form: ChoiceForm) -> HttpResponse | None:
    """Return where a choice that was written down leads; None when something stood against it, told in the form."""
    told = form.cleaned_data
    wish = Wish(
        recipient_id=recipient.pk,
        decision_id=decided[0].pk,
        services=frozenset(told["services"]),
        provider_id=None if told["provider"] == NOBODY else number_in(told["provider"]),
        told_on=told["told_on"],
        wished_on=told["wished_on"],
        agreed_on=told["agreed_on"],
        area=told.get("area", ""),
        zone=told.get("zone", ""),
        is_acute=told["is_acute"],
        note=told["note"],
    )
    back = f"/hemtjanst/val/{recipient.pk}/?beslut={decided[0].pk}"
    try:
        outcome = actions.choose(ask.actor, wish, now=ask.now)
    except LawGap as gap:
        form.add_error(None, gap.message)
        return None
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=back)
    if isinstance(outcome, tuple):
        for fault in outcome:
            form.add_error(None, f"{fault.message} {fault.remedy}")
        return None
    return done(ask, _sentence(ask, outcome), back)


def _sentence(ask: Ask, choice_id: int) -> str:
    """Return what a choice led to: who comes, from when, and whether its ceiling is near now."""
    made = HomeChoice.objects.select_related("order__municipality").get(pk=choice_id)
    routine = queries.routine_on(ask.actor.municipality, ask.today)
    [provider] = queries.providers(
        ask.actor.municipality, known_at=ask.now, on=made.first_on, routine=routine, only=[made.order.provider_id]
    )
    sentence = _("Valet är sparat. %(name)s har fått beställning %(number)s, med första dag %(day)s.") % {
        "name": provider.name,
        "number": made.order.number,
        "day": made.first_on.isoformat(),
    }
    if provider.room in (Room.NEAR, Room.FULL):
        sentence += " " + _("Kapacitetstaket är nära: %(load)s.") % {"load": load_text(provider.capacity)}
    return sentence


def _form(ask: Ask, routine: Routine, decided: Decided, plan: Plan | None) -> ChoiceForm:
    names = labels(routine, "service")
    services = list(dict.fromkeys(row.service for row in decided[1].services))
    return ChoiceForm(
        ask.POST or None,
        initial={"services": services, "told_on": ask.today},
        services=[(name, names.get(name, name)) for name in services],
        providers=_providers(ask, routine, plan),
        areas=list(labels(routine, "choice_area").items()),
        zones=[("", _("ingen")), *zones] if (zones := list(labels(routine, "zone").items())) else [],
    )


def _providers(ask: Ask, routine: Routine, plan: Plan | None) -> Choices:
    """Return everybody she can choose, each with its room or why it cannot; last that she chooses nobody."""
    found = actions.who_can(ask.actor, plan, now=ask.now) if plan else ()
    told: list[tuple[str, Any]] = [(str(one.id), _with_room(one, why)) for one, why in found]
    return [*told, (NOBODY, _("Ingen vald: den som står på tur"))] if has_turn_list(routine) else told


def _with_room(one: HomeProvider, why: CannotTake | None) -> str:
    # Where she lives is asked in the same form, so an area is not held against anybody before it is sent.
    if why is not None and why is not CannotTake.AREA_IS_NOT_SERVED:
        return f"{one.name}: {CANNOT_WORDS[why]}"
    if one.room is None or one.capacity.ceiling_minutes is None:
        return one.name
    return f"{one.name}: {ROOM_WORDS[one.room][1]}, {load_text(one.capacity)}"


def _plan(ask: Ask, recipient: Recipient, routine: Routine, decided: Decided) -> Plan | None:
    """Return what a choice of everything that was decided would lead to today, None where it cannot be told."""
    wish = Wish(
        recipient_id=recipient.pk,
        decision_id=decided[0].pk,
        services=frozenset(row.service for row in decided[1].services),
        provider_id=None,
        told_on=ask.today,
        area=next(iter(labels(routine, "choice_area")), ""),
    )
    try:
        found = actions.plan_of(ask.actor, wish, now=ask.now)
    except LawGap:
        return None
    return found if isinstance(found, Plan) else None


def _around(ask: Ask, recipient: Recipient, routine: Routine, plan: Plan | None) -> dict[str, Any]:
    """Return what stands beside the form: the sheet, what she chose before, the rules, and whose turn it is."""
    try:
        rule = rule_text(change_rule_of(routine))
    except LawGap as gap:
        rule = gap.message
    choices = HomeChoice.objects.filter(recipient=recipient).select_related("order__municipality", "made_by", "turn")
    made = list(choices.order_by("-pk"))
    names = queries.names({one.order.provider_id for one in made})
    return {
        "recipient": recipient,
        "name": recipient_name(recipient),
        "sheet": information.sheet_of(ask.actor.municipality, recipient.pk),
        "rule": rule,
        "first_on": plan.first_on if plan and plan.formers else None,
        "next": _next(ask, routine),
        "choices": [(one, names[one.order.provider_id]) for one in made],
    }


def _next(ask: Ask, routine: Routine) -> list[tuple[str, str]]:
    """Return who stands first in each turn order, by what its area is called."""
    if not has_turn_list(routine):
        return []
    areas = labels(routine, "choice_area")
    first = [
        (areas.get(area, area), next(iter(turns(queries.turn_log(ask.actor.municipality, area))), None))
        for area in turn_acts.lists_of(routine)
    ]
    names = queries.names({int(key) for _area, key in first if key})
    return [(area, names[int(key)]) for area, key in first if key]


def _decided(ask: Ask, recipient: Recipient) -> list[Decided]:
    """Return her decisions on home care that hold today or later, the newest first."""
    rows = HomeCareDecision.objects.filter(recipient=recipient).prefetch_related("versions").order_by("-pk")
    found = ((row, home_care_grant(row, known_at=ask.now)) for row in rows)
    return [
        (row, grant)
        for row, grant in found
        if grant is not None and (grant.granted_to is None or ask.today < grant.granted_to)
    ]


def _recipient(ask: Ask, recipient_id: str) -> Recipient:
    found = recipient_in(ask.actor, number_in(recipient_id))
    if found is None:
        raise Http404
    look(
        ask,
        Action.CHOOSE_HOME_PROVIDER,
        "recipient",
        found.pk,
        relation=relation_to_recipient(ask.actor, found, now=ask.now),
        recipient_id=found.pk,
    )
    return found
