"""Deviation forms, what looks odd and what was said of it, and the keys of providers' systems."""

from datetime import date, timedelta
from functools import partial

from tests.apps.home_orders.town import at
from tests.apps.visits.march import APRIL_FIRST, MARCH, Visited, handed_in, row
from tests.cast import ALMA_NUMBER
from timvis.apps.audit.models import LogEntry
from timvis.apps.home_orders.models import HomeEvent
from timvis.apps.parties.models import Provider
from timvis.apps.visits import actions, queries, records
from timvis.apps.visits.models import SignalNote
from timvis.core.access import Action
from timvis.core.calendar.local_time import day_of, instant
from timvis.core.faults import Refusal
from timvis.core.home_care.deviation import Deviation, DeviationForm, DeviationKind
from timvis.core.home_care.events import EventKind
from timvis.core.home_care.visit_signals import Answer, Signal, SignalKind
from timvis.core.quantities import Minutes

FORM = DeviationForm(
    month_on=MARCH,
    rows=(
        Deviation(
            recipient=ALMA_NUMBER,
            service="home_care",
            on=date(2026, 3, 3),
            kind=DeviationKind.LESS_TIME,
            planned_minutes=Minutes(60),
            performed_minutes=Minutes(45),
            text="Ville vila",
        ),
    ),
    manager_name="Maj Ek",
    signed_on=date(2026, 4, 1),
)


# --- deviations -------------------------------------------------------------------------------------------------


def test_a_signed_form_is_kept_and_a_later_one_counts(visited: Visited) -> None:
    send = partial(actions.hand_in_deviations, visited.elsa, visited.ekot_id, now=APRIL_FIRST)
    assert send(FORM, seen=0) == 1
    assert send(FORM, seen=0) is Refusal.SOMEONE_ELSE_WAS_FIRST
    nothing = DeviationForm(month_on=MARCH, rows=(), manager_name="Maj Ek", signed_on=date(2026, 4, 1))
    assert send(nothing, seen=1) == 2

    counts = queries.deviation_form(visited.ekot_id, MARCH)
    assert counts is not None
    assert records.form(counts) == nothing
    logged = LogEntry.objects.filter(action=Action.HAND_IN_DEVIATIONS, outcome="done").order_by("id").first()
    assert logged is not None
    assert logged.recipient_id == visited.town.cast.recipient_id


def test_a_form_that_is_wrong_is_not_kept(visited: Visited) -> None:
    wrong = DeviationForm(month_on=MARCH, rows=FORM.rows, manager_name="", signed_on=FORM.signed_on)
    outcome = actions.hand_in_deviations(visited.elsa, visited.ekot_id, wrong, seen=0, now=APRIL_FIRST)

    assert isinstance(outcome, tuple)
    assert [fault.code for fault in outcome] == ["manager_is_missing"]
    assert queries.deviation_form(visited.ekot_id, MARCH) is None


# --- signals ----------------------------------------------------------------------------------------------------


def two_at_once(visited: Visited) -> str:
    """Let P7 be in two places at once, and return what the signal is about."""
    handed_in(visited, row(1), row(2, start="2026-03-03 08:30", slut="2026-03-03 09:10"))
    [signal] = signals(visited)
    assert signal.kind is SignalKind.OVERLAP
    return queries.digest_of_signal(signal)


def signals(visited: Visited) -> tuple[Signal, ...]:
    provider = Provider.objects.get(pk=visited.ekot_id)
    return queries.signals_of_month(provider, MARCH, now=APRIL_FIRST).found


def test_what_somebody_found_out_is_written_beside_the_signal_which_stays(visited: Visited) -> None:
    about = two_at_once(visited)
    cecilia = at(visited.town.cast.cecilia, APRIL_FIRST)
    note = partial(actions.note_signal, cecilia, visited.ekot_id, month_on=MARCH, now=APRIL_FIRST)

    assert note(about, Answer.ASKED, " ") is Refusal.REASON_IS_MISSING
    assert note("0" * 64, Answer.ASKED, "Frågat") is Refusal.SHOWN_IS_NOT_CURRENT
    assert note(about, Answer.EXPLAINED, "Fel telefon i fickan") == SignalNote.objects.get().pk
    assert len(signals(visited)) == 1
    [written] = queries.notes_of_month(visited.ekot_id, MARCH)[about]
    assert (written.answer, written.text, written.written_by_id) == (
        Answer.EXPLAINED,
        "Fel telefon i fickan",
        cecilia.person_id,
    )


def test_the_provider_writes_nothing_about_its_own_signals(visited: Visited) -> None:
    about = two_at_once(visited)
    outcome = actions.note_signal(
        visited.elsa, visited.ekot_id, about, Answer.EXPLAINED, "Inget", month_on=MARCH, now=APRIL_FIRST
    )

    assert outcome is Refusal.ROLE_DOES_NOT_ALLOW


def test_a_visit_during_a_stay_in_hospital_is_told_by_the_orders_own_events(visited: Visited) -> None:
    HomeEvent.objects.create(
        recipient_id=visited.town.cast.recipient_id,
        kind=EventKind.HOSPITAL,
        at=instant(date(2026, 3, 3), 0),
        by_role="provider_admin",
        known_at=APRIL_FIRST - timedelta(days=1),
        known_by_id=visited.elsa.person_id,
    )
    handed_in(visited, row(1))

    assert [one.kind for one in signals(visited)] == [SignalKind.IN_HOSPITAL]


# --- keys -------------------------------------------------------------------------------------------------------


def test_a_key_opens_until_it_is_withdrawn_and_its_secret_is_not_kept(visited: Visited) -> None:
    secret = actions.give_system_key(visited.elsa, visited.ekot_id, "Mobil", now=APRIL_FIRST)
    assert isinstance(secret, str)
    key = queries.key_of(secret)
    assert key is not None
    assert (key.provider_id, secret in str(LogEntry.objects.values_list("detail", flat=True))) == (
        visited.ekot_id,
        False,
    )

    assert actions.withdraw_system_key(visited.elsa, key.pk, now=APRIL_FIRST) == key.pk
    assert queries.key_of(secret) is None
    assert queries.key_of("nyckel") is None


def test_somebody_of_another_provider_gives_and_withdraws_no_key_of_this_one(visited: Visited) -> None:
    fatima = at(visited.town.cast.fatima, APRIL_FIRST)
    secret = actions.give_system_key(visited.elsa, visited.ekot_id, "Mobil", now=APRIL_FIRST)
    assert isinstance(secret, str)
    key = queries.key_of(secret)
    assert key is not None

    assert actions.give_system_key(fatima, visited.ekot_id, "Mobil", now=APRIL_FIRST) is Refusal.NO_RELATION
    assert actions.withdraw_system_key(fatima, key.pk, now=APRIL_FIRST) is Refusal.NO_RELATION
    assert day_of(key.given_at) == APRIL_FIRST.date()
