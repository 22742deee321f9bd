"""`timvis work`: what the clock does by itself.

It reminds of documents and of home care that somebody waits for, hands on needs nobody has met, keeps the turn order
of those who choose nobody, and seals the log.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Annotated

import typer

from timvis.apps.audit import actions as audit
from timvis.apps.audit.persons import machine
from timvis.apps.claims.completion import letters_to_remind_of, remind
from timvis.apps.home_choices.turn_acts import keep_turn_order
from timvis.apps.home_orders.reminding import orders_to_remind_of
from timvis.apps.home_orders.reminding import remind as remind_of_order
from timvis.apps.orders.escalating import bookings_to_escalate, escalate
from timvis.apps.parties.models import Municipality
from timvis.cli.answer import AS_JSON, give, messages, say
from timvis.config.clock import now
from timvis.core.faults import Fault, Refusal

app = typer.Typer()

EVERY = typer.Option("--every", min=1, help="Fortsätt med så här många sekunder emellan, tills någon stoppar det.")


@dataclass(slots=True)
class _Done:
    """What the passes came to."""

    passes: int = 0
    reminders: int = 0
    escalations: int = 0
    order_reminders: int = 0
    turn_rows: int = 0
    sealed: int = 0
    refusals: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@app.command()
def work(every: Annotated[int | None, EVERY] = None, as_json: bool = AS_JSON) -> None:
    """Gör det som klockan gör: ett varv, eller varv på varv med --every. Samma varv igen gör ingenting dubbelt."""
    done = _Done()
    with _stop_signal() as stopped:
        _one_pass(done)
        while every is not None and not stopped.wait(every):
            _one_pass(done)
    say(done.faults)
    says = (
        f"{done.reminders} påminnelser är skickade, {done.order_reminders} om hemtjänst, "
        f"{done.escalations} behov av vikarie är lämnade vidare och {done.sealed} rader i loggen förseglade."
    )
    give(
        asdict(done),
        as_json=as_json,
        show=lambda: messages.print(says, markup=False),
        objects=bool(done.faults or done.refusals),
    )


def _one_pass(done: _Done) -> None:
    """Do what is due now. Each act stands alone; the log is sealed also when one of them goes wrong."""
    at = now()
    done.passes += 1
    try:
        _hand_on(done, at)
        _remind_of_orders(done, at)
        _keep_turns(done, at)
        for slug in Municipality.objects.order_by("slug").values_list("slug", flat=True):
            for letter_id in letters_to_remind_of(slug, now=at):
                outcome = remind(machine(slug, at), letter_id, now=at)
                if outcome is Refusal.SOMEONE_ELSE_WAS_FIRST:
                    continue  # another pass beside this one has sent it
                if isinstance(outcome, Refusal):
                    done.refusals.append(outcome.value)
                elif isinstance(outcome, tuple):
                    done.faults += outcome
                elif outcome is not None:
                    done.reminders += 1
    finally:
        made = audit.seal(now())
        done.sealed += made.entries if made else 0


def _hand_on(done: _Done, at: datetime) -> None:
    for slug in Municipality.objects.order_by("slug").values_list("slug", flat=True):
        for booking_id in bookings_to_escalate(slug, now=at):
            outcome = escalate(machine(slug, at), booking_id, now=at)
            if isinstance(outcome, Refusal):
                # Somebody confirmed it a moment ago: there is nothing left to hand on.
                if outcome is not Refusal.WRONG_STATE:
                    done.refusals.append(outcome.value)
            else:
                done.escalations += outcome


def _remind_of_orders(done: _Done, at: datetime) -> None:
    for slug in Municipality.objects.order_by("slug").values_list("slug", flat=True):
        for order_id in orders_to_remind_of(slug, now=at):
            outcome = remind_of_order(machine(slug, at), order_id, now=at)
            if isinstance(outcome, int):
                done.order_reminders += outcome
            elif outcome is not Refusal.SOMEONE_ELSE_WAS_FIRST:
                done.refusals.append(outcome.value)


def _keep_turns(done: _Done, at: datetime) -> None:
    for slug in Municipality.objects.order_by("slug").values_list("slug", flat=True):
        outcome = keep_turn_order(machine(slug, at), now=at)
        if isinstance(outcome, int):
            done.turn_rows += outcome
        elif outcome is not Refusal.SOMEONE_ELSE_WAS_FIRST:
            done.refusals.append(outcome.value)


@contextmanager
def _stop_signal() -> Iterator[threading.Event]:
    """Give an event that the signals to stop set, so that a pass under way is always finished."""
    stopped = threading.Event()
    before = {one: signal.signal(one, lambda *_: stopped.set()) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopped
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
