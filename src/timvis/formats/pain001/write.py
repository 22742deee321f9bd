"""A payment batch as pain.001.001.03: the same bytes for the same batch and profile, always."""

from typing import Any

from lxml import etree

from timvis.core.faults import Fault
from timvis.core.payment import AccountKind, CreditTransfer, PayeeAccount, PaymentBatch, bank_text, faults_of
from timvis.formats.iso20022 import amount_text, namespace_of
from timvis.formats.pain001.profile import BankProfile

_ISO_SCHEMES = frozenset({"BBAN"})


def write(batch: PaymentBatch, profile: BankProfile) -> bytes | tuple[Fault, ...]:
    """Return the file as UTF-8 XML, or every fault that keeps the batch from being sent."""
    faults = (*faults_of(batch), *_message_faults(batch, profile))
    if faults:
        return faults
    namespace = namespace_of(profile.writes)
    default_namespace: dict[Any, str] = {None: namespace}
    root = etree.Element(f"{{{namespace}}}Document", nsmap=default_namespace)
    initiation = _add(root, "CstmrCdtTrfInitn")
    _add_header(initiation, batch, profile)
    _add_batch(initiation, batch, profile)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _message_faults(batch: PaymentBatch, profile: BankProfile) -> tuple[Fault, ...]:
    """Return the messages that are longer than this bank carries."""
    return tuple(
        Fault(
            code="text_does_not_fit",
            message=f"Betalning {transfer.end_to_end_id}: meddelandet är längre än banken tar emot "
            f"({profile.message_max_length} tecken).",
            remedy="Korta meddelandet; ärendets nummer räcker.",
            column="message",
        )
        for transfer in batch.transfers
        if len(bank_text(transfer.message)) > profile.message_max_length
    )


def _add_header(initiation: etree._Element, batch: PaymentBatch, profile: BankProfile) -> None:
    """Add the group header: who sends how many payments of what sum, and when it was made."""
    header = _add(initiation, "GrpHdr")
    _add(header, "MsgId", batch.message_id)
    _add(header, "CreDtTm", batch.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add_totals(header, batch)
    party = _add(header, "InitgPty")
    _add(party, "Nm", bank_text(batch.debtor_name))
    _add_organisation(party, batch, profile)


def _add_batch(initiation: etree._Element, batch: PaymentBatch, profile: BankProfile) -> None:
    """Add the one payment information block: a day, a debtor account, the payments in their order."""
    block = _add(initiation, "PmtInf")
    _add(block, "PmtInfId", batch.batch_id)
    _add(block, "PmtMtd", "TRF")
    _add(block, "BtchBookg", "true")
    _add_totals(block, batch)
    _add_payment_type(block, profile)
    _add(block, "ReqdExctnDt", batch.execute_on.isoformat())
    debtor = _add(block, "Dbtr")
    _add(debtor, "Nm", bank_text(batch.debtor_name))
    _add(_add(debtor, "PstlAdr"), "Ctry", profile.country)
    _add_organisation(debtor, batch, profile)
    account = _add(block, "DbtrAcct")
    _add_account_id(account, batch.debtor_account, profile)
    _add(account, "Ccy", profile.currency)
    _add_debtor_agent(block, batch, profile)
    _add(block, "ChrgBr", profile.charge_bearers[0])
    for transfer in batch.transfers:
        _add_transfer(block, transfer, profile)


def _add_payment_type(block: etree._Element, profile: BankProfile) -> None:
    """Add service level and purpose, as far as the profile writes them."""
    level, purpose = profile.service_levels[0], profile.writes_category_purpose
    if not (level or purpose):
        return
    kind = _add(block, "PmtTpInf")
    if level:
        _add(_add(kind, "SvcLvl"), "Cd", level)
    if purpose:
        _add(_add(kind, "CtgyPurp"), "Cd", purpose)


def _add_debtor_agent(block: etree._Element, batch: PaymentBatch, profile: BankProfile) -> None:
    """Add the debtor's bank, which the schema demands even when the bank itself does not."""
    institution = _add(_add(block, "DbtrAgt"), "FinInstnId")
    if batch.debtor_bic:
        _add(institution, "BIC", batch.debtor_bic)
    else:
        _add(_add(institution, "Othr"), "Id", profile.agent_without_bic)


def _add_transfer(block: etree._Element, transfer: CreditTransfer, profile: BankProfile) -> None:
    """Add one payment."""
    payment = _add(block, "CdtTrfTxInf")
    _add(_add(payment, "PmtId"), "EndToEndId", transfer.end_to_end_id)
    amount = _add(_add(payment, "Amt"), "InstdAmt", amount_text(transfer.amount_ore))
    amount.set("Ccy", profile.currency)
    _add_creditor_agent(payment, transfer.account, profile)
    creditor = _add(payment, "Cdtr")
    _add(creditor, "Nm", bank_text(transfer.payee_name))
    _add(_add(creditor, "PstlAdr"), "Ctry", profile.country)
    _add_account_id(_add(payment, "CdtrAcct"), transfer.account, profile)
    remittance = _add(payment, "RmtInf")
    if transfer.message:
        _add(remittance, "Ustrd", bank_text(transfer.message))
        return
    reference = _add(_add(remittance, "Strd"), "CdtrRefInf")
    _add(_add(_add(reference, "Tp"), "CdOrPrtry"), "Cd", profile.reference_type)
    _add(reference, "Ref", transfer.reference)


def _add_creditor_agent(payment: etree._Element, account: PayeeAccount, profile: BankProfile) -> None:
    """Add the payee's clearing member; an IBAN tells its bank itself."""
    if account.kind is AccountKind.IBAN:
        return
    member = profile.form_of(account.kind).member or account.number[: profile.clearing_digits]
    clearing = _add(_add(_add(payment, "CdtrAgt"), "FinInstnId"), "ClrSysMmbId")
    _add(_add(clearing, "ClrSysId"), "Cd", profile.clearing_system)
    _add(clearing, "MmbId", member)


def _add_account_id(parent: etree._Element, account: PayeeAccount, profile: BankProfile) -> None:
    """Add an account number in the form of its kind; a bank account without what the member already says.

    A fifth clearing digit therefore stands first in the account number, as Swedbank's 8xxx-x wants it.
    """
    identity = _add(parent, "Id")
    if account.kind is AccountKind.IBAN:
        _add(identity, "IBAN", account.number)
        return
    form = profile.form_of(account.kind)
    other = _add(identity, "Othr")
    _add(other, "Id", account.number if form.member else account.number[profile.clearing_digits :])
    scheme = form.schemes[0]
    _add(_add(other, "SchmeNm"), "Cd" if scheme in _ISO_SCHEMES else "Prtry", scheme)


def _add_organisation(party: etree._Element, batch: PaymentBatch, profile: BankProfile) -> None:
    """Add the debtor's organisation number."""
    other = _add(_add(_add(party, "Id"), "OrgId"), "Othr")
    _add(other, "Id", batch.debtor_organisation_number)
    _add(_add(other, "SchmeNm"), "Prtry", profile.organisation_number_scheme)


def _add_totals(element: etree._Element, batch: PaymentBatch) -> None:
    """Add how many payments there are and their sum, over the amounts as they are written."""
    _add(element, "NbOfTxs", str(len(batch.transfers)))
    _add(element, "CtrlSum", amount_text(batch.sum_ore))


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    """Add an element in the parent's namespace and return it."""
    element = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    element.text = text
    return element
