"""A month of home care reconciled: one provider's is summed and handed to the fees, another is asked about its."""

from timvis.apps.invoices.actions import InvoiceFile, Registered, register_invoice
from timvis.apps.parties.models import Provider
from timvis.apps.reconciliation import actions, fees, summing
from timvis.apps.reconciliation.actions import OneLine
from timvis.apps.reconciliation.models import AskedOf, Summary
from timvis.apps.reconciliation.queries import DeskLine, ProviderMonth, provider_month
from timvis.cli.demonstration.cast import done, wanted
from timvis.cli.demonstration.practice.desk import Desk, Table
from timvis.cli.demonstration.practice.home_care import hand_in
from timvis.core.access import Role
from timvis.core.home_care.paid import LineWordKind

SUMMARY_REFERENCE = b"SAMMANSTALLNING"
"""Stands in the provider's invoice where the reference of the summary is to stand."""


def lay_up(desk: Desk, told: Table) -> None:
    """Type in one provider's month, sum it, hand it to the fees and take its invoice in; ask another about its."""
    for delivery in told["visits"]:
        hand_in(desk, delivery, desk.officer(Role.CASE_OFFICER), desk.now)
    _sum(desk, told)
    _ask(desk, told)
    handed = fees.hand_over(desk.officer(Role.FEE_OFFICER), told["month"], now=desk.now)
    done(handed, "underlaget för avgifter")
    _invoice(desk, told["summed"])


def _sum(desk: Desk, told: Table) -> None:
    """Approve every line, sign the month and send its summary to the provider."""
    officer, summed = desk.officer(Role.CASE_OFFICER), told["summed"]
    provider_id, month_on = desk.provider_id(summed["provider"]), told["month"]
    month = _month(desk, provider_id, told)
    for one in month.lines:
        said = actions.give_word(officer, _of(month, one), LineWordKind.APPROVED, seen=one.seen, now=desk.now)
        done(said, "raden")
    digest = _month(desk, provider_id, told).digest
    signed = actions.sign_month(officer, provider_id, month_on, seen=digest, comment=summed["comment"], now=desk.now)
    done(signed, "månaden")
    digest = _month(desk, provider_id, told).digest
    head = desk.officer(Role.AUTHORITY_HEAD)
    sent = summing.send_summary(head, provider_id, month_on, seen=digest, law=desk.law, now=desk.now)
    done(sent, "sammanställningen")


def _invoice(desk: Desk, summed: Table) -> None:
    """Take in what the provider bills for the month, under the reference of its summary."""
    name = summed["invoice"]
    summary = Summary.objects.get(provider_id=desk.provider_id(summed["provider"]))
    content = desk.content(name).replace(SUMMARY_REFERENCE, summary.reference.encode())
    taken = register_invoice(
        desk.officer(Role.ADMINISTRATIVE_ASSISTANT), InvoiceFile(name=name, content=content), now=desk.now
    )
    wanted(Registered, taken, name)


def _ask(desk: Desk, told: Table) -> None:
    """Ask a provider about the first line of its month."""
    asked = told["asked"]
    month = _month(desk, desk.provider_id(asked["provider"]), told)
    one = month.lines[0]
    officer = desk.officer(Role.CASE_OFFICER)
    question = actions.ask(officer, _of(month, one), AskedOf.PROVIDER, text=asked["text"], seen=one.seen, now=desk.now)
    done(question, "frågan")


def _of(month: ProviderMonth, one: DeskLine) -> OneLine:
    return OneLine(
        provider_id=month.provider.pk,
        month_on=month.month_on,
        recipient_id=one.key.recipient_id,
        service=one.key.service,
    )


def _month(desk: Desk, provider_id: int, told: Table) -> ProviderMonth:
    provider = Provider.objects.select_related("municipality").get(pk=provider_id)
    return wanted(ProviderMonth, provider_month(provider, told["month"], now=desk.now), provider.organisation_number)
