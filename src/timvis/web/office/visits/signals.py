"""Pages: what looks odd among a provider's visits, and what somebody found out about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from timvis.apps.audit import actions as audit
from timvis.apps.parties.models import Recipient
from timvis.apps.parties.queries import relation_to_provider
from timvis.apps.visits import queries
from timvis.apps.visits.actions import note_signal
from timvis.apps.visits.models import SignalNote
from timvis.apps.visits.queries import Came
from timvis.core.access import Action
from timvis.core.calendar.months import read_month
from timvis.core.faults import Refusal
from timvis.core.home_care.visit_signals import Answer, Signal
from timvis.web.office.visits.forms import NoteForm
from timvis.web.office.visits.page import (
    ANSWER_WORDS,
    SHOWN,
    SIGNAL_WORDS,
    ShownVisit,
    last_months,
    names_of,
    provider_or_404,
    providers_of,
    sees_all,
    shown,
)
from timvis.web.shared.asking import Ask, done, look, refused
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import provider_name

SIGNALS = "/hemtjanst/signaler/"
_VISITS_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNote:
    """A note of a signal, in words."""

    note: SignalNote
    answer: str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSignal:
    """A signal on the page, with some of its visits and everything that was written of it."""

    signal: Signal
    kind: str | Promise
    visits: Sequence[ShownVisit]
    more: int
    notes: Sequence[ShownNote]
    form: NoteForm


def overview(ask: Ask) -> HttpResponse:
    """Show whose month there is to look at, and how much of it was registered by hand."""
    months, providers = last_months(ask), providers_of(ask.actor, Action.LOOK_AT_SIGNALS)
    counts = queries.counts_of_month([one.pk for one in providers], months.here)
    notes = queries.note_counts([one.pk for one in providers], months.here)
    audit.record(ask.actor, Action.LOOK_AT_SIGNALS, object_kind="visits", object_id=f"{months.here:%Y-%m}", at=ask.now)
    rows = [(one, provider_name(one), counts.get(one.pk, Came()), notes.get(one.pk, 0)) for one in providers]
    return render(ask, "visits/signals.html", {"months": months, "rows": rows})


def of_provider(ask: Ask, provider_id: str) -> HttpResponse:
    """Show what looks odd in a provider's month, with what was found out about it."""
    provider, months = provider_or_404(ask, provider_id), last_months(ask)
    told_all = queries.signals_of_month(provider, months.here, now=ask.now)
    first = told_all.found[:SHOWN]
    people = names_of(
        ask.actor.municipality, [visit.recipient for one in first for visit in one.visits[:_VISITS_SHOWN]]
    )
    look(
        ask,
        Action.LOOK_AT_SIGNALS,
        "provider",
        provider.pk,
        relation=relation_to_provider(ask.actor, provider),
        recipient_ids=sorted(one.pk for one in people.values()),
    )
    notes = queries.notes_of_month(provider.pk, months.here)
    context = {
        "months": months,
        "provider": provider,
        "name": provider_name(provider),
        "found": [_shown(one, people, notes) for one in first],
        "in_all": len(told_all.found),
        "more": max(len(told_all.found) - SHOWN, 0),
        "bounds": told_all.bounds,
        "by_hand": told_all.by_hand_percent,
        "may_note": sees_all(ask.actor, Action.NOTE_SIGNAL),
    }
    return render(ask, "visits/provider_signals.html", context)


def note(ask: Ask, provider_id: str, month: str) -> HttpResponse:
    """Take what somebody found out about a signal of a provider's month."""
    month_on, form = read_month(month), NoteForm(ask.POST)
    if month_on is None:
        raise Http404
    back = f"{SIGNALS}{provider_id}/?manad={month_on:%Y-%m}"
    if not form.is_valid():
        return refused(ask, Refusal.REASON_IS_MISSING, back=back)
    told = form.cleaned_data
    outcome = note_signal(
        ask.actor,
        number_in(provider_id),
        told["about"],
        Answer(told["answer"]),
        told["text"],
        month_on=month_on,
        now=ask.now,
    )
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=back)
    return done(ask, _("Anteckningen är sparad. Signalen ligger kvar med den."), back)


def _shown(signal: Signal, people: dict[str, Recipient], notes: dict[str, list[SignalNote]]) -> ShownSignal:
    about = queries.digest_of_signal(signal)
    return ShownSignal(
        signal=signal,
        kind=SIGNAL_WORDS[signal.kind],
        visits=[shown(visit, people) for visit in signal.visits[:_VISITS_SHOWN]],
        more=max(len(signal.visits) - _VISITS_SHOWN, 0),
        notes=[ShownNote(note=one, answer=ANSWER_WORDS[one.answer]) for one in notes.get(about, [])],
        form=NoteForm(initial={"about": about}, auto_id=f"id_{about[:12]}_%s"),
    )
