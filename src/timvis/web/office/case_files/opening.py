"""Opening a case file: whose it is, how near the actor stands to it, and the look in the log."""

from dataclasses import dataclass

from django.http import Http404

from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import claim_in, recipients_of, relation_to_claim
from timvis.apps.parties.models import Recipient
from timvis.apps.parties.queries import recipient_in, relation_to_recipient
from timvis.core.access import Action, Relation, opened
from timvis.web.shared.asking import Ask, look
from timvis.web.shared.ids import number_in


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """A file somebody has opened. `about` is the number of its case, empty for a person's file with every case."""

    about: str
    claims: tuple[Claim, ...]
    recipients: tuple[Recipient, ...]
    relation: Relation
    base: str
    may: frozenset[Action]

    @property
    def claim(self) -> Claim | None:
        """The case of a case's file, None in a person's."""
        return self.claims[0] if self.about else None

    @property
    def recipient(self) -> Recipient | None:
        """The one person whose file it is, None where an invoice concerns several."""
        return self.recipients[0] if len(self.recipients) == 1 else None

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of the cases in the file."""
        return tuple(claim.number for claim in self.claims)


def open_file(ask: Ask, *, number: str = "", recipient_id: str = "") -> OpenFile:
    """Return the file of a case, or of a person, with the look in the log.

    Raises `Http404` for what is not there and for what is not the actor's to see: which of them is not told.
    """
    claims: tuple[Claim, ...]
    recipients: tuple[Recipient, ...]
    if number:
        claim = claim_in(ask.actor, number)
        if claim is None:
            raise Http404
        claims, recipients = (claim,), recipients_of(claim)
        relation = relation_to_claim(ask.actor, claim, now=ask.now)
        base = f"/akt/{claim.number}/"
    else:
        recipient = recipient_in(ask.actor, number_in(recipient_id))
        if recipient is None:
            raise Http404
        found = Claim.objects.filter(recipient=recipient, municipality__slug=ask.actor.municipality)
        claims, recipients = tuple(found.order_by("received_at", "id")), (recipient,)
        relation = relation_to_recipient(ask.actor, recipient, now=ask.now)
        base = f"/personer/{recipient.pk}/akt/"
    if relation is not Relation.OWN_MUNICIPALITY and len(recipients) != 1:
        # An invoice of several persons is nobody's own file.
        raise Http404
    ids = [one.pk for one in recipients]
    look(ask, Action.LOOK_AT_FILE, "file", number or ids[0], relation=relation, recipient_ids=ids)
    return OpenFile(
        about=number,
        claims=claims,
        recipients=recipients,
        relation=relation,
        base=base,
        may=opened(ask.actor, relation),
    )
