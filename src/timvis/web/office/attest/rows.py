"""What the inbox and a batch show of each claim, and what has changed of one since it was shown."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from timvis.apps.accounting.attest_batches import Inbox, NotAsShown
from timvis.apps.attestation.waiting import Waiting
from timvis.core.calculation.hourly import kronor_text
from timvis.core.faults import Refusal
from timvis.core.routine.batch import Line
from timvis.core.routine.shown import Shown
from timvis.formats.frozen import freeze, thaw
from timvis.web.shared.lines import Row, names_of
from timvis.web.shared.words import DEVIATION_WORDS, WHY_NOT

Entry = tuple[Waiting, Line | None]
"""A claim that waits, with its line when she may sign it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow(Row):
    """A claim that can be signed, or is refused, there and then."""

    wait: Waiting

    @property
    def why_not(self) -> tuple[str | Promise, str | Promise] | None:
        """Why she may not sign it and what to do, None when she may."""
        return WHY_NOT[self.wait.refusal] if self.wait.refusal else None

    @property
    def decided(self) -> str:
        """The officer's decision that the signature covers, "" at a step that comes before one."""
        return _decided(self.wait.grounds.shown.decision)

    @property
    def seen(self) -> str:
        """What is shown to sign, to the letter: sent back with the signature to tell what has changed meanwhile."""
        return json.dumps(freeze(Shown, self.wait.grounds.shown))


def entries(inbox: Inbox) -> list[Entry]:
    """Return everything of an inbox in its order: the lines, and then what she may not sign."""
    return [
        *((inbox.waits[line.claim_number], line) for line in inbox.lines),
        *((wait, None) for wait in inbox.refused),
    ]


def waiting_rows(found: Collection[Entry]) -> list[WaitingRow]:
    """Return some entries of an inbox as they are shown."""
    names = names_of([wait.claim.number for wait, _ in found])
    return [
        WaitingRow(
            number=wait.claim.number,
            names=names[wait.claim.number],
            month_on=wait.claim.month_on,
            line=line,
            wait=wait,
        )
        for wait, line in found
    ]


# --- what has changed since ---------------------------------------------------------------------------------


def was_shown(text: str, digest: str) -> Shown | None:
    """Return what a form says was shown, None unless it is what the digest is over."""
    try:
        shown = thaw(Shown, json.loads(text))
    except (ValueError, RecursionError):
        return None
    return shown if shown.digest == digest else None


def changed(was: Shown, now: Shown) -> Iterator[str]:
    """Yield a sentence for each thing that is not as it was shown."""
    if was.total_ore != now.total_ore:
        yield _amount_changed(was.total_ore, now.total_ore)
    if was.payee != now.payee:
        yield _payee_changed(was.payee, now.payee)
    if was.coding != now.coding:
        yield _("Konteringen är en annan.")
    if was.decision != now.decision:
        yield _("Beslutet var %(was)s och är nu %(now)s.") % {
            "was": _decided(was.decision) or _("inget"),
            "now": _decided(now.decision) or _("inget"),
        }
    if was.statement_digest != now.statement_digest and was.total_ore == now.total_ore:
        yield _("Beräkningen är gjord på nytt och kom till samma belopp.")
    if was.round != now.round:
        yield _("En ny runda har börjat: de som hade signerat behöver signera på nytt.")


def line_changed(one: NotAsShown) -> Iterator[str]:
    """Yield a sentence for each reason that a line of a batch can't be signed as it was shown."""
    if one.now is None:
        yield gone(one.refusal)
        return
    if one.was.amount_ore != one.now.amount_ore:
        yield _amount_changed(one.was.amount_ore, one.now.amount_ore)
    if one.was.payee != one.now.payee:
        yield _payee_changed(one.was.payee, one.now.payee)
    elif one.was.amount_ore == one.now.amount_ore and one.was.shown_digest != one.now.shown_digest:
        yield _("Beräkningen eller konteringen är gjord på nytt och kom till samma belopp.")
    for deviation in one.now.deviations:
        if deviation not in one.was.deviations:
            yield _("Nytt: %(what)s.") % {"what": DEVIATION_WORDS[deviation][1]}
    if one.now.change_ore != one.was.change_ore or one.now.usual_ore != one.was.usual_ore:
        yield _("Månaderna som beloppet jämförs med har ändrats.")


def gone(refusal: Refusal) -> str:
    """Return why a claim no longer waits for her, in a sentence."""
    if refusal is Refusal.NOT_THE_NEXT_STEP:
        return _("Det väntar inte längre på din underskrift: någon har redan signerat det, eller beräknat det på nytt.")
    return str(WHY_NOT[refusal][0])


def _decided(decision: tuple[str, ...]) -> str:
    if not decision:
        return ""
    number, first, end, amount_ore = decision
    return _("nummer %(number)s, %(first)s – %(last)s, %(kronor)s") % {
        "number": number,
        "first": first,
        "last": date.fromisoformat(end) - timedelta(days=1),
        "kronor": kronor_text(int(amount_ore)),
    }


def _amount_changed(was_ore: int, now_ore: int) -> str:
    return _("Beloppet var %(was)s och är nu %(now)s.") % {"was": kronor_text(was_ore), "now": kronor_text(now_ore)}


def _payee_changed(was: Iterable[str], now: Iterable[str]) -> str:
    nobody = _("ingen")
    return _("Pengarna skulle till %(was)s och går nu till %(now)s.") % {
        "was": " ".join(was) or nobody,
        "now": " ".join(now) or nobody,
    }
