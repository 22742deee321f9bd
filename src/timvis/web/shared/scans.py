"""The picture of a paper that somebody types from: kept as soon as it is sent, and beside the form until it is done.

A form that comes back with faults, or with a row more, would else have lost the file: a browser never fills a file
field in again. What stands in the form is a ticket that only the one who sent the picture can use.
"""

from dataclasses import dataclass

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from timvis.apps.documents.actions import keep_original
from timvis.apps.documents.records import kept_file
from timvis.core.access import Action, Actor, Relation, opened
from timvis.core.faults import Refusal
from timvis.web.shared.asking import Ask
from timvis.web.shared.files import attachment, shown_here

FIELD, TICKET = "scan", "scan_ticket"
DO, SHOW = "do", "show"
"""The button that shows the picture and sends nothing else, for a browser without scripts."""

_SALT = "timvis.scan"
_A_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A picture that is kept: its bytes as they came, and the ticket by which its form knows it."""

    ticket: str
    name: str
    media_type: str
    content: bytes

    @property
    def is_image(self) -> bool:
        """Whether it is an image; else it is shown as a document."""
        return self.media_type.startswith("image/")


def scan_in(ask: Ask) -> Scan | None:
    """Return the picture that came with a form now or the last time it was sent; None without one."""
    file = ask.FILES.get(FIELD)
    if file is None:
        return _kept(ask.actor, ask.POST.get(TICKET, ""))
    relation = _relation(ask.actor)
    kept = relation and keep_original(
        ask.actor,
        content=file.read(),
        media_type=file.content_type or "application/octet-stream",
        file_name=file.name or FIELD,
        relation=relation,
        now=ask.now,
    )
    if kept is None or isinstance(kept, Refusal):
        return None
    return _kept(ask.actor, signing.dumps([kept, ask.actor.person_id], salt=_SALT))


def shows_only(ask: Ask) -> bool:
    """Whether somebody only wants to see the picture, and has not finished typing."""
    return ask.method == "POST" and ask.POST.get(DO) == SHOW


def picture(ask: Ask) -> HttpResponse:
    """Give the picture to whoever sent it: beside her form where a browser can show it, else to keep."""
    if TICKET not in ask.GET:
        return redirect("paper")
    scan = _kept(ask.actor, ask.GET[TICKET])
    if scan is None:
        raise Http404
    return shown_here(scan.content, scan.name, scan.media_type) or attachment(scan.content, scan.name)


def _kept(actor: Actor, ticket: str) -> Scan | None:
    try:
        original_id, person_id = signing.loads(ticket, salt=_SALT, max_age=_A_DAY)
    except signing.BadSignature:
        return None
    if person_id != actor.person_id:
        return None
    file = kept_file(original_id)
    return Scan(ticket=ticket, name=file.file_name, media_type=file.media_type, content=file.content)


def _relation(actor: Actor) -> Relation | None:
    """Return the nearest relation in which somebody may hand papers in: whose the paper is, is still being typed."""
    return next((one for one in Relation if Action.KEEP_ORIGINAL in opened(actor, one)), None)
