"""Providers of home care: who they are, what they take, the sheet about them, and the turns they are given."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from timvis.apps.home_choices import agreement_acts, information, proof, queries, records, turn_acts
from timvis.apps.home_choices.models import TurnEntry
from timvis.apps.home_choices.proof import Proof
from timvis.apps.parties.models import Municipality, Provider
from timvis.apps.parties.queries import provider_in, relation_to_provider
from timvis.core.access import Action, Relation, may, opened
from timvis.core.faults import Refusal
from timvis.core.home_care.turn_order import Assigned
from timvis.core.law import LawGap
from timvis.core.letter import Head, Letter, fill
from timvis.core.routine.home_choices import TurnList, has_turn_list, no_choice_text, turn_list_of
from timvis.core.routine.records import Routine
from timvis.formats.letter.read import packaged_letter
from timvis.formats.letter.write import write_html, write_pdf
from timvis.web.office.home_choices.forms import AgreementForm, CeilingForm, JoinForm, agreement_initial
from timvis.web.office.home_choices.page import (
    CANNOT_WORDS,
    labels,
    load_text,
    price_rows,
    providers_shown,
    sees_figures,
    shown,
)
from timvis.web.shared.asking import Ask, refused
from timvis.web.shared.files import attachment
from timvis.web.shared.forms import Form, form_page
from timvis.web.shared.history import history
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import newest, provider_name

PROVIDERS, TURNS, SHEET = "/hemtjanst/utforare/", "/hemtjanst/turordning/", "/hemtjanst/informationsblad/"
PER_PAGE = 50


def home_providers(ask: Ask) -> HttpResponse:
    """Show everybody one can choose between, and how much room each has."""
    found, routine = providers_shown(ask)
    told = [shown(ask, one, routine) for one in found]
    ours = {one.id for one in found}
    others = Provider.objects.filter(municipality__slug=ask.actor.municipality).exclude(pk__in=ours)
    may_here = opened(ask.actor, Relation.OWN_MUNICIPALITY)
    return render(
        ask,
        "home_choices/providers.html",
        {
            "standing": [one for one in told if one.provider.terms.holds_on(ask.today)],
            "resting": [one for one in told if not one.provider.terms.holds_on(ask.today)],
            "figures": any(one.load for one in told),
            "others": others.prefetch_related("versions") if Action.REGISTER_HOME_AGREEMENT in may_here else (),
            "routine": routine,
            "may": may_here,
        },
    )


def home_provider(ask: Ask, provider_id: str) -> HttpResponse:
    """Show one provider's agreement: what it does, its prices, its ceiling, and every version of it."""
    provider = _provider(ask, provider_id, Action.LOOK_AT_HOME_PROVIDERS)
    routine = queries.routine_on(ask.actor.municipality, ask.today)
    found = queries.providers(
        ask.actor.municipality, known_at=ask.now, on=ask.today, routine=routine, only=[provider.pk]
    )
    agreement = queries.agreement_of(provider)
    in_town = Action.CHOOSE_HOME_PROVIDER in opened(ask.actor, Relation.OWN_MUNICIPALITY)
    lists = proof.of_every_list(ask.actor.municipality)
    return render(
        ask,
        "home_choices/provider.html",
        {
            "provider": provider,
            "name": provider_name(provider),
            "one": shown(ask, found[0], routine) if found else None,
            "version": found[0].version if found else None,
            "prices": price_rows(found[0], routine, ask) if found and routine else (),
            "versions": history(agreement.versions.select_related("known_by")) if agreement else (),
            "stranded": queries.ordered_after(found[0]) if found and in_town else (),
            "got": sum(one.counts.get(str(provider.pk), 0) for one in lists),
            "may": _may(ask, provider),
        },
    )


def home_agreement(ask: Ask, provider_id: str) -> HttpResponse:
    """Approve a provider, or say what its agreement says from a day on."""
    provider = _provider(ask, provider_id, Action.CHANGE_HOME_AGREEMENT)
    routine = queries.routine_on(ask.actor.municipality, ask.today)
    if routine is None:
        return refused(ask, Refusal.ROUTINE_IS_NOT_PUBLISHED, back=PROVIDERS)
    agreement = queries.agreement_of(provider)
    version = newest(agreement) if agreement else None
    before = {"begins_on": ask.today, "valid_from": ask.today, "seen": version.number if version else 0}
    if version is not None:
        before |= agreement_initial(records.particulars(version))

    def act(form: Form) -> object:
        assert isinstance(form, AgreementForm)
        told = form.particulars()
        if agreement is None:
            return agreement_acts.register_home_agreement(ask.actor, provider.pk, told, now=ask.now)
        return agreement_acts.change_home_agreement(ask.actor, provider.pk, told, seen=form.seen_number, now=ask.now)

    form = AgreementForm(
        ask.POST or None,
        initial=before,
        services=labels(routine, "service"),
        areas=labels(routine, "choice_area"),
    )
    return form_page(
        ask,
        form,
        act,
        title=_("Avtal om hemtjänst med %(name)s") % {"name": provider_name(provider)},
        lead=_("Priserna står i rutinen, desamma för alla i samma regi; avtalet har inga egna."),
        button=_("Spara avtalet"),
        sentence=_("Avtalet är sparat."),
        back=f"{PROVIDERS}{provider.pk}/",
    )


def ceiling(ask: Ask, provider_id: str) -> HttpResponse:
    """Let a provider set how much it takes."""
    provider = _provider(ask, provider_id, Action.CHANGE_CEILING)
    agreement = queries.agreement_of(provider)
    if agreement is None:
        raise Http404
    version = newest(agreement)

    def act(form: Form) -> object:
        told = form.cleaned_data
        return agreement_acts.change_ceiling(
            ask.actor, provider.pk, told["ceiling"], from_on=told["from_on"], seen=form.seen_number, now=ask.now
        )

    before = {"ceiling": version.ceiling_minutes, "from_on": ask.today, "seen": version.number}
    return form_page(
        ask,
        CeilingForm(ask.POST or None, initial=before),
        act,
        title=_("Kapacitetstak för %(name)s") % {"name": provider_name(provider)},
        lead=_("Den hjälp som redan är beställd påverkas inte. När taket är nått får ni inga nya kunder."),
        button=_("Spara taket"),
        sentence=_("Taket är ändrat."),
        back=f"{PROVIDERS}{provider.pk}/",
    )


def sheet(ask: Ask) -> HttpResponse:
    """Show the information sheet as a recipient would be given it today."""
    letter, why = _sheet(ask)
    html = mark_safe(write_html(letter)) if letter else ""  # our own writer escapes every text
    return render(ask, "home_choices/sheet.html", {"html": html, "why": why})


def sheet_pdf(ask: Ask) -> HttpResponse:
    """Give the information sheet as a PDF to print and lay in the bag."""
    letter, _why = _sheet(ask)
    if letter is None:
        return HttpResponseRedirect(SHEET)
    return attachment(write_pdf(letter), "informationsblad.pdf")


# --- the turn order -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown:
    """A row of the log as a page shows it."""

    row: TurnEntry
    name: str
    skipped: tuple[str, ...]
    problems: tuple[str, ...]


def turn_order(ask: Ask) -> HttpResponse:
    """Show whose turn it is, and the log that proves every turn before it."""
    routine = queries.routine_on(ask.actor.municipality, ask.today)
    lists = proof.of_every_list(ask.actor.municipality)
    wanted = ask.GET.get("omrade", "")
    chosen = next((one for one in lists if one.area == wanted), lists[0] if lists else None)
    names = queries.names({int(key) for one in lists for key in one.counts})
    rows = _rows(ask, chosen, names) if chosen else []
    page = Paginator(rows, PER_PAGE).get_page(ask.GET.get("sida"))
    areas = labels(routine, "choice_area")
    may_here = opened(ask.actor, Relation.OWN_MUNICIPALITY)
    return render(
        ask,
        "home_choices/turns.html",
        {
            "lists": [(one.area, areas.get(one.area, one.area)) for one in lists],
            "chosen": chosen,
            "area": areas.get(chosen.area, chosen.area) if chosen else "",
            "standing": _standing(chosen, names) if chosen else (),
            "page": page,
            "rule": no_choice_text(turn_list_of(routine)) if routine and has_turn_list(routine) else "",
            "past_choice": queries.orders_without_choice(ask.actor.municipality),
            "sees_orders": Action.LOOK_AT_ORDER in may_here,
            "may_draw": Action.KEEP_TURN_ORDER in may_here and _is_drawn(routine),
        },
    )


def join_turn_order(ask: Ask) -> HttpResponse:
    """Write down who was drawn next."""
    found, routine = providers_shown(ask)
    choices = [(str(one.id), one.name) for one in found if one.terms.holds_on(ask.today)]

    def act(form: Form) -> object:
        told = form.cleaned_data
        return turn_acts.join_turn_order(ask.actor, number_in(told["provider"]), reason=told["reason"], now=ask.now)

    return form_page(
        ask,
        JoinForm(ask.POST or None, providers=choices),
        act,
        title=_("Nästa i den lottade turordningen"),
        lead=_("Lottningen görs utanför, inför dem den gäller. Skriv in dem i den ordning de drogs.")
        if _is_drawn(routine)
        else _("Kommunens rutin lottar ingen turordning. Utförarna kommer med när avtalen börjar."),
        button=_("Skriv in"),
        sentence=_("Utföraren står sist i turordningen."),
        back=TURNS,
    )


def _is_drawn(routine: Routine | None) -> bool:
    return routine is not None and has_turn_list(routine) and turn_list_of(routine) is TurnList.DRAWN


def _standing(chosen: Proof, names: dict[int, str]) -> list[tuple[str, int, bool]]:
    """Return those in the list in the order they are asked next: name, how many they got, whether remembered."""
    return [(names[int(key)], chosen.counts[key], key in chosen.remembered) for key in chosen.turns]


def _rows(ask: Ask, chosen: Proof, names: dict[int, str]) -> Sequence[RowShown]:
    """Return the log as it is shown, the newest row first."""
    wrong: dict[int, list[str]] = {}
    for problem in chosen.problems:
        wrong.setdefault(problem.number, []).append(problem.text)
    return [
        RowShown(
            row=row,
            name=names[row.provider_id],
            skipped=tuple(_skipped(ask, entry, names)) if isinstance(entry, Assigned) else (),
            problems=tuple(wrong.get(row.number, ())),
        )
        for row, entry in zip(reversed(chosen.rows), reversed(chosen.log), strict=True)
    ]


def _skipped(ask: Ask, entry: Assigned, names: dict[int, str]) -> list[str]:
    """Return who stood before and why each was skipped; the figures only for those who may see them."""
    told = []
    for one in entry.skipped:
        text = f"{names[int(one.provider)]}: {CANNOT_WORDS[one.because]}"
        figures = sees_figures(ask, int(one.provider)) and one.capacity.ceiling_minutes is not None
        told.append(f"{text} ({load_text(one.capacity)})" if figures else text)
    return told


# --- what the views share -------------------------------------------------------------------------------------


def _provider(ask: Ask, provider_id: str, action: Action) -> Provider:
    """Return a provider that the actor may do this with, or answer that there is none."""
    found = provider_in(ask.actor, number_in(provider_id))
    if found is None or may(ask.actor, action, relation=relation_to_provider(ask.actor, found)) is not None:
        raise Http404
    return found


def _may(ask: Ask, provider: Provider) -> frozenset[Action]:
    return opened(ask.actor, relation_to_provider(ask.actor, provider))


def _sheet(ask: Ask) -> tuple[Letter | None, str]:
    """Return the sheet as it would be sent today, or why it cannot be."""
    town = Municipality.objects.get(slug=ask.actor.municipality)
    routine = queries.routine_on(town.slug, ask.today)
    if routine is None:
        return None, _("Kommunen har ingen antagen rutin för hemtjänst.")
    try:
        values = information.sheet_values(town, routine, officer=_("Handläggaren"), now=ask.now)
    except LawGap as gap:
        return None, gap.message
    head = Head(sender=town.name, receiver=(_("Till dig som ska få hemtjänst"),), reference="", written_on=ask.today)
    letter = fill(packaged_letter(information.SHEET), head, values)
    return (letter, "") if isinstance(letter, Letter) else (None, " ".join(fault.message for fault in letter))
