"""`timvis state-reports`: the queue of time reports to the state, sent when somebody starts it."""

from dataclasses import asdict

import typer
from django.conf import settings

from timvis.apps.audit.persons import machine
from timvis.apps.parties.models import Municipality
from timvis.apps.state_reports.sending import SendPoint, SendRun, send_queue
from timvis.cli.answer import AS_JSON, give, messages, refuse_input, say
from timvis.cli.fault_points import dies_at
from timvis.config.clock import now
from timvis.core.faults import Fault, Refusal
from timvis.gateways.elt.channel import EltChannel
from timvis.gateways.elt.chosen import ADDRESS, CERTIFICATE, elt_channel

app = typer.Typer(no_args_is_help=True)

FAULT = typer.Option(None, "--fault", help="Dö vid en namngiven punkt (bara i testläge).", metavar="POINT")
MOST = typer.Option(None, "--most", help="Skicka högst så många.", min=1)


@app.callback()
def state_reports() -> None:
    """Tidsredovisningar till Försäkringskassan. Inget skickas av sig självt."""


@app.command()
def send(most: int | None = MOST, fault: str | None = FAULT, as_json: bool = AS_JSON) -> None:
    """Skickar det som personer har lagt i kön, en i sekunden. Avbryts den går nästa körning vidare."""
    reached, channel = dies_at(fault, SendPoint, as_json=as_json), _channel(as_json=as_json)
    total, refusals = SendRun(), list[str]()
    for slug in Municipality.objects.order_by("slug").values_list("slug", flat=True):
        told = send_queue(machine(slug, now()), channel, clock=now, reached=reached, most=most)
        if isinstance(told, Refusal):
            refusals.append(told.value)
            continue
        total.received += told.received
        total.refused += told.refused
        total.unknown += told.unknown
        total.faults += told.faults
        total.waiting += told.waiting
    document = {**asdict(total), "refusals": refusals}
    say(total.faults)
    says = (
        f"{len(total.received)} mottagna, {len(total.refused)} avvisade, {total.waiting} kvar i kön, "
        f"{len(total.unknown)} som ingen vet om de kom fram."
    )
    objects = bool(total.refused or total.unknown or total.faults or refusals)
    give(document, as_json=as_json, show=lambda: messages.print(says, markup=False), objects=objects)


def _channel(*, as_json: bool) -> EltChannel:
    channel = elt_channel(settings.HOME, settings.MODE)
    if channel is None:
        refuse_input([_is_off()], as_json=as_json)
    return channel


def _is_off() -> Fault:
    return Fault(
        code="sending_is_off",
        message="Sändning till Försäkringskassan är avstängd: ingen adress och inget certifikat är inställt.",
        remedy=f"Ställ in {ADDRESS} och {CERTIFICATE}, som följer med anslutningsavtalet. Inget skickades.",
    )
