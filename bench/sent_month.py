"""A month of 150 000 inhabitants sent to the simulated receiver, interrupted twice: what was lost, what was doubled.

The runs die where it hurts most: with a report sent and its receipt not noted. Then a person asks the receiver, as the
page tells her to, and the queue goes on.
"""

import random
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from bench.at_size import TOWN, officer
from bench.elt_reports import EMPLOYERS
from bench.told import Row, Table, ms, spaced, timed
from timvis.apps.parties.models import Municipality, Recipient
from timvis.apps.state_reports import actions, queries
from timvis.apps.state_reports.models import Signer
from timvis.apps.state_reports.sending import SendPoint, SendRun, send_queue
from timvis.config.clock import now
from timvis.core.access import Actor, Role
from timvis.core.calendar.local_time import clock_text, span
from timvis.core.records import ClockSpan, ReportRow, TimeKind, TimeReport
from timvis.core.state_report import Standing
from timvis.formats.elt.write import write
from timvis.formats.test_persons.read import official_numbers
from timvis.gateways.elt.channel import Pace
from timvis.gateways.elt.simulator import SimulatedElt

RECIPIENTS, ASSISTANTS_EACH, ROWS_EACH = 190, 5, 15
"""12.7 recipients of the state's assistance per 10 000 inhabitants, 5.2 assistants each, 65–90 rows a month."""

MONTH_ON = date(2025, 3, 1)
DEATHS = ((SendPoint.MESSAGE_IS_SENT, 300), (SendPoint.ATTEMPT_IS_NOTED, 400))
"""Where the two runs die, and at which report of theirs."""

Clock = Callable[[], datetime]


class Died(Exception):
    """The run was killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a queue came to: runs it took, reports a person had to ask about, and the count at either end."""

    runs: int
    asked: int
    queued: int
    receipts: int
    taken: int
    taken_twice: int

    @property
    def lost(self) -> int:
        """Reports that the receiver does not have."""
        return self.queued - (self.taken - self.taken_twice)


def sent_through(
    actor: Actor, channel: SimulatedElt, *, clock: Clock, deaths: Sequence[tuple[SendPoint, int]] = DEATHS
) -> Sent:
    """Return what became of everything that is queued in the actor's town when the runs die as told."""
    pace = Pace(clock=lambda: 0.0, sleep=lambda _seconds: None)
    queued, runs, asked = len(queries.to_send(actor.municipality)), 0, 0
    for point, time in deaths:
        runs += 1
        with suppress(Died):
            send_queue(actor, channel, clock=clock, pace=pace, reached=_dies_at(point, time))
    while True:
        asked += _asked(actor, channel, clock)
        runs += 1
        told = send_queue(actor, channel, clock=clock, pace=pace)
        if not isinstance(told, SendRun):
            raise RuntimeError(told)
        if not told.waiting and not told.unknown:
            break
    keys = [key for key, _receipt in channel.taken()]
    return Sent(
        runs=runs,
        asked=asked,
        queued=queued,
        receipts=len(queries.with_standing(actor.municipality, Standing.RECEIVED)),
        taken=len(keys),
        taken_twice=len(keys) - len(set(keys)),
    )


def tables() -> tuple[Table, ...]:
    """Return what came of a month, in the database that has been seeded."""
    actor = replace(officer(), roles=frozenset({Role.ADMINISTRATIVE_ASSISTANT}))
    made, count = timed(lambda: _queued(actor))
    with tempfile.TemporaryDirectory(prefix="timvis-elt-") as folder:
        seconds, told = timed(lambda: sent_through(actor, SimulatedElt(Path(folder), mode="test"), clock=now))
    return (
        Table(
            title="A month of 150 000 inhabitants sent to the simulated receiver, interrupted twice",
            rows=(
                Row(what="one report frozen, signed twice and queued", took=ms(made / count)),
                Row(
                    what="one report sent, its receipt noted",
                    took=ms(seconds / count),
                    times=seconds / made,
                    note=f"without the second between calls; {told.runs} runs, {told.asked} asked about by a person",
                ),
                Row(
                    what="receipts",
                    took=f"{spaced(told.receipts)} of {spaced(told.queued)}",
                    times=told.receipts / told.queued,
                ),
                Row(what="lost", took=str(told.lost), times=told.lost / told.queued),
                Row(what="sent twice", took=str(told.taken_twice), times=told.taken_twice / told.queued),
            ),
        ),
    )


def _dies_at(point: SendPoint, time: int) -> Callable[[SendPoint], None]:
    left = [time]

    def reached(at: SendPoint) -> None:
        if at is point:
            left[0] -= 1
            if left[0] == 0:
                raise Died

    return reached


def _asked(actor: Actor, channel: SimulatedElt, clock: Clock) -> int:
    """Return how many reports a person asked the receiver about, who told her whether it has them."""
    unknown = queries.with_standing(actor.municipality, Standing.UNKNOWN)
    has = dict(channel.taken())
    for report in unknown:
        actions.settle_unknown(
            actor,
            report.key,
            was_received=report.key in has,
            transaction_id=has.get(report.key, ""),
            reason="Frågat mottagaren.",
            now=clock(),
        )
    return len(unknown)


def _queued(actor: Actor) -> int:
    """Return how many reports of the town's recipients now stand in the queue, signed by both."""
    dice = random.Random(1)
    town = Municipality.objects.get(slug=TOWN)
    # Nobody sends her own report: the officer's number is no recipient's.
    numbers = [number for number in official_numbers().personal if number != actor.personal_number]
    recipients, assistants = numbers[:RECIPIENTS], numbers[RECIPIENTS:]
    count = 0
    for recipient in recipients:
        Recipient.objects.get_or_create(municipality=town, personal_number=recipient)
        for assistant in dice.sample(assistants, ASSISTANTS_EACH):
            _queue(actor, _report(recipient, assistant, dice))
            count += 1
    return count


def _queue(actor: Actor, report: TimeReport) -> None:
    content = write(report)
    key = actions.freeze_report(actor, content, now=now()) if isinstance(content, bytes) else content
    if not isinstance(key, str):
        raise RuntimeError(key)
    text = actions.texts_to_sign(actor, [key])
    for signer in Signer:
        actions.attach_signature(
            actor, key, signer, signature=text.encode(), ocsp_response=b"ok", signed_on=date(2025, 4, 2), now=now()
        )
    made = actions.queue_report(actor, key, now=now())
    if not isinstance(made, int):
        raise RuntimeError(made)


def _report(recipient: str, assistant: str, dice: random.Random) -> TimeReport:
    days = dice.sample(range(1, 29), ROWS_EACH)
    return TimeReport(
        key=str(UUID(int=dice.getrandbits(128))),
        month_on=MONTH_ON,
        recipient_number=recipient,
        recipient_name="Brukare Brukarsson",
        assistant_number=assistant,
        assistant_name="Assistent Assistentsson",
        rows=tuple(
            ReportRow(line=line, kind=TimeKind.ACTIVE, span=_shift(day, dice)) for line, day in enumerate(days, start=1)
        ),
        employer_number=dice.choice(EMPLOYERS),
        is_own_employer=False,
        has_agreement=True,
    )


def _shift(day: int, dice: random.Random) -> ClockSpan:
    begins = dice.randrange(0, 14 * 60)
    found = span(MONTH_ON.replace(day=day), clock_text(begins), clock_text(begins + dice.randrange(120, 600)))
    if not isinstance(found, ClockSpan):
        raise TypeError(found)
    return found
