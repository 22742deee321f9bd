"""Sending the queue: a person starts it, some reports at a time, and what became of each is told."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from timvis.apps.state_reports.sending import SendRun, send_queue
from timvis.config import clock
from timvis.core.faults import Refusal
from timvis.gateways.elt.chosen import elt_channel
from timvis.web.shared.asking import Ask, refused

AT_A_TIME = 20
"""How many are sent in one go: one a second, and nobody should wait longer than that for a page."""

BACK = "/tidsredovisning/"


def send(ask: Ask) -> HttpResponse:
    """Send what is queued, if this installation has a way to send; tell what became of it."""
    channel = elt_channel(settings.HOME, settings.MODE)
    if channel is None:
        messages.error(ask, _("Sändning är avstängd: ingen adress och inget certifikat är inställt. Inget skickades."))
        return HttpResponseRedirect(BACK)
    outcome = send_queue(ask.actor, channel, clock=clock.now, most=AT_A_TIME)
    if isinstance(outcome, Refusal):
        return refused(ask, outcome, back=BACK)
    messages.success(ask, _told(outcome))
    return HttpResponseRedirect(BACK)


def _told(run: SendRun) -> str:
    told = _("%(received)d mottagna, %(refused)d avvisade, %(waiting)d kvar i kön.") % {
        "received": len(run.received),
        "refused": len(run.refused),
        "waiting": run.waiting,
    }
    if run.unknown:
        told += " " + _("För %(n)d är det okänt om de kom fram: fråga Försäkringskassan.") % {"n": len(run.unknown)}
    return " ".join([told, *(fault.message for fault in run.faults)])
