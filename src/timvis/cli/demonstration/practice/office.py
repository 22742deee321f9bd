"""What the office has done besides the month: an address, an agreement, a draft, a batch to sign and a letter."""

from timvis.apps.accounting.attest_batches import freeze_batch
from timvis.apps.documents.actions import send_letter
from timvis.apps.parties import actions as parties
from timvis.apps.parties.particulars import AgreementParticulars
from timvis.cli.demonstration.cast import done
from timvis.cli.demonstration.practice.desk import Desk, Table
from timvis.core.access import Role
from timvis.core.letter import Head
from timvis.core.routine.records import Act
from timvis.formats.letter.read import example_values, packaged_letter


def lay_up(desk: Desk, told: Table) -> None:
    """Do what the office has done."""
    clerk = desk.officer(Role.ADMINISTRATIVE_ASSISTANT)
    done(parties.change_contact(clerk, told["contact"], now=desk.now), "adressen")
    _agreement(desk, told["agreement"])
    for routine in told["routine"]:
        desk.take_routine(routine)
    decider = desk.officer(Role.HEAD_OF_SOCIAL_SERVICES)
    done(freeze_batch(decider, Act.DECISION_ATTEST, law=desk.law, now=desk.now), "attestbunten")
    _letter(desk, told["letter"])


def _agreement(desk: Desk, agreement: Table) -> None:
    particulars = AgreementParticulars(
        about=agreement["about"], valid_from=agreement["from"], price_ore_per_hour=agreement["price_ore_per_hour"]
    )
    registered = parties.register_agreement(
        desk.officer(Role.CASE_OFFICER),
        provider_id=desk.provider_id(agreement["provider"]),
        reference=agreement["reference"],
        particulars=particulars,
        now=desk.now,
    )
    done(registered, agreement["reference"])


def _letter(desk: Desk, letter: Table) -> None:
    head = Head(
        sender=letter["sender"],
        receiver=(letter["receiver"],),
        reference=letter["reference"],
        written_on=desk.now.date(),
    )
    template = letter["template"]
    sent = send_letter(
        desk.officer(Role.CASE_OFFICER),
        template,
        head,
        example_values(packaged_letter(template)),
        recipient_id=desk.recipient_id(letter["recipient"]),
        now=desk.now,
    )
    done(sent, template)
