"""pain.001 (.03 and .09) as payment batches, one per payment information block."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from lxml import etree

from timvis.core.faults import Fault
from timvis.core.payment import AccountKind, CreditTransfer, PayeeAccount, PaymentBatch
from timvis.core.quantities import Ore
from timvis.formats import safe_xml
from timvis.formats.iso20022 import (
    all_at,
    at,
    day_from,
    instant_from,
    line_of,
    message_of,
    ore_from,
    text_at,
)
from timvis.formats.pain001.profile import BankProfile

_NEVER = date.min
_NO_INSTANT = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFile:
    """A payment file: which message it is, and its batches in order."""

    message: str
    batches: tuple[PaymentBatch, ...]

    @property
    def transfers(self) -> tuple[CreditTransfer, ...]:
        """All payments of the file."""
        return tuple(transfer for batch in self.batches for transfer in batch.transfers)

    @property
    def sum_ore(self) -> Ore:
        """The sum of all payments."""
        return Ore(sum(batch.sum_ore for batch in self.batches))


def document(content: bytes, profile: BankProfile) -> etree._Element | Fault:
    """Return the root of a payment file in a message the profile knows, or why it is none."""
    root = safe_xml.parse(content)
    if isinstance(root, Fault):
        return root
    message = message_of(root)
    if message in profile.messages:
        return root
    found = message or etree.QName(root).localname
    return Fault(
        code="not_a_payment_file",
        message=f"Filen är {found}, inte en betalfil som vi läser ({', '.join(profile.messages)}).",
        remedy="Välj betalfilen som skickades till banken; bankens svar läses för sig.",
        line=1,
    )


def read(content: bytes, profile: BankProfile) -> PaymentFile | tuple[Fault, ...]:
    """Return the payments of a file, or every place where one cannot be read."""
    root = document(content, profile)
    if isinstance(root, Fault):
        return (root,)
    reading = Reading(profile)
    read_file = reading.file(root)
    return tuple(reading.faults) or read_file


class Reading:
    """One reading of a file: what it could not read gathers in `faults`."""

    def __init__(self, profile: BankProfile) -> None:
        self._profile = profile
        self.faults: list[Fault] = []

    def file(self, root: etree._Element) -> PaymentFile:
        """Return the file; where a fault was gathered a stand-in value stands in its place."""
        blocks = list(all_at(root, "CstmrCdtTrfInitn/PmtInf"))
        if not blocks:
            self._miss(root, "PmtInf", "Filen innehåller inga betalningar.")
        return PaymentFile(message=message_of(root), batches=tuple(self._batch(root, block) for block in blocks))

    def _batch(self, root: etree._Element, block: etree._Element) -> PaymentBatch:
        """Return one payment information block with the header's facts."""
        header = at(root, "CstmrCdtTrfInitn/GrpHdr")
        header = root if header is None else header
        account = at(block, "DbtrAcct")
        agent = at(block, "DbtrAgt/FinInstnId")
        return PaymentBatch(
            message_id=self._text(header, "MsgId"),
            batch_id=self._text(block, "PmtInfId"),
            created_at=self._instant(header),
            execute_on=self._day(block),
            debtor_name=self._text(block, "Dbtr/Nm"),
            debtor_organisation_number=text_at(block, "Dbtr/Id/OrgId/Othr/Id")
            or text_at(header, "InitgPty/Id/OrgId/Othr/Id"),
            debtor_account=self._account(block, account, None),
            transfers=tuple(self._transfer(payment) for payment in all_at(block, "CdtTrfTxInf")),
            debtor_bic="" if agent is None else text_at(agent, "BIC", "BICFI"),
        )

    def _transfer(self, payment: etree._Element) -> CreditTransfer:
        """Return one payment."""
        agent = at(payment, "CdtrAgt/FinInstnId")
        return CreditTransfer(
            end_to_end_id=self._text(payment, "PmtId/EndToEndId"),
            amount_ore=self._amount(payment),
            payee_name=self._text(payment, "Cdtr/Nm"),
            account=self._account(payment, at(payment, "CdtrAcct"), agent),
            reference=text_at(payment, "RmtInf/Strd/CdtrRefInf/Ref"),
            message=text_at(payment, "RmtInf/Ustrd"),
        )

    def _account(
        self, parent: etree._Element, account: etree._Element | None, agent: etree._Element | None
    ) -> PayeeAccount:
        """Return an account, told by its scheme and, for ISO's own scheme, by the clearing member."""
        if account is None:
            self._miss(parent, "Acct", "Kontot saknas.")
            return PayeeAccount(kind=AccountKind.IBAN, number="")
        iban = text_at(account, "Id/IBAN")
        if iban:
            return PayeeAccount(kind=AccountKind.IBAN, number=iban)
        number = text_at(account, "Id/Othr/Id")
        scheme = text_at(account, "Id/Othr/SchmeNm/Prtry", "Id/Othr/SchmeNm/Cd")
        member = "" if agent is None else text_at(agent, "ClrSysMmbId/MmbId")
        kind = self._kind(scheme, member)
        if kind is None:
            self._miss(account, "SchmeNm", f"Kontots typ ({scheme or 'ingen angiven'}) är okänd.")
            return PayeeAccount(kind=AccountKind.BANK_ACCOUNT, number=number)
        return PayeeAccount(kind=kind, number=member + number if kind is AccountKind.BANK_ACCOUNT else number)

    def _kind(self, scheme: str, member: str) -> AccountKind | None:
        """Return the kind of account that a scheme, with a clearing member, stands for in this profile."""
        for kind in (AccountKind.BANKGIRO, AccountKind.PLUSGIRO):
            form = self._profile.form_of(kind)
            if scheme == form.schemes[0] or (scheme in form.schemes and member == form.member):
                return kind
        return AccountKind.BANK_ACCOUNT if scheme in self._profile.bank_account.schemes else None

    def _amount(self, payment: etree._Element) -> Ore:
        """Return the instructed amount, which must be in the profile's currency and in whole öre."""
        element = at(payment, "Amt/InstdAmt")
        amount = None if element is None else ore_from((element.text or "").strip())
        if element is None or amount is None:
            self._miss(payment, "InstdAmt", "Beloppet saknas eller är inte ett belopp i hela ören.")
            return Ore(0)
        if element.get("Ccy") != self._profile.currency:
            self._miss(element, "InstdAmt", f"Valutan ska vara {self._profile.currency}.")
        return amount

    def _day(self, block: etree._Element) -> date:
        """Return the day of payment: plain in .03, one level down in .09."""
        day = day_from(text_at(block, "ReqdExctnDt/Dt", "ReqdExctnDt/DtTm", "ReqdExctnDt"))
        if day is None:
            self._miss(block, "ReqdExctnDt", "Betalningsdagen saknas eller är inget datum.")
        return day or _NEVER

    def _instant(self, header: etree._Element) -> datetime:
        """Return when the file was made."""
        instant = instant_from(text_at(header, "CreDtTm"))
        if instant is None:
            self._miss(header, "CreDtTm", "Tidpunkten då filen skapades saknas eller är ingen tidpunkt.")
        return instant or _NO_INSTANT

    def _text(self, element: etree._Element, path: str) -> str:
        """Return a text that must be there."""
        text = text_at(element, path)
        if not text:
            self._miss(element, path.rpartition("/")[2], f"{path} saknas.")
        return text

    def _miss(self, element: etree._Element, name: str, message: str) -> None:
        """Gather a fault at an element."""
        self.faults.append(
            Fault(
                code="payment_file_is_incomplete",
                message=message,
                remedy="Ta ut betalfilen på nytt ur systemet som skrev den.",
                line=line_of(element),
                column=name,
            )
        )
