"""Downloads: what the state is told of an assistant, as the neutral record and as a paper for the archive."""

import json

from django.http import Http404, HttpResponse

from timvis.apps.parties.queries import relation_to_recipient
from timvis.apps.state_registers import queries, told
from timvis.apps.state_registers.models import Placement
from timvis.core.access import Action
from timvis.core.state_exchange import AssistantTold
from timvis.formats import frozen
from timvis.formats.letter.write import write_pdf
from timvis.gateways.state_services.disabled import E_IOA
from timvis.web.shared.asking import Ask, look
from timvis.web.shared.files import attachment
from timvis.web.shared.ids import number_in


def record(ask: Ask, placement_id: str) -> HttpResponse:
    """Give what the state is told of an assistant as the neutral record, with what it lacks."""
    placement = _placement(ask, placement_id)
    found = told.record_of(placement, known_at=ask.now)
    says = {
        "assistant": frozen.freeze(AssistantTold, found),
        "lacks": list(found.lacking()),
        "changed_since": list(told.changed_since(placement, known_at=ask.now)),
        "service": E_IOA.hand_over(found).message,
    }
    content = json.dumps(says, ensure_ascii=False, indent=2).encode()
    return attachment(content, f"assistent_{placement.pk}.json")


def paper(ask: Ask, placement_id: str) -> HttpResponse:
    """Give what the state is told of an assistant on paper, for archive and checking."""
    placement = _placement(ask, placement_id)
    return attachment(write_pdf(told.paper_of(placement, known_at=ask.now)), f"assistent_{placement.pk}.pdf")


def _placement(ask: Ask, placement_id: str) -> Placement:
    row = queries.placement_in(ask.actor.municipality, number_in(placement_id))
    if row is None:
        raise Http404
    recipient = row.assignment.recipient
    relation = relation_to_recipient(ask.actor, recipient, now=ask.now)
    look(ask, Action.LOOK_AT_STATE_REGISTERS, "placement", row.pk, relation=relation, recipient_id=recipient.pk)
    return row
