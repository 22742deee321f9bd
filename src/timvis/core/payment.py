"""A payment file's content and the bank's answers, as immutable records, and what a batch may not hold.

A batch leaves one debtor account on one day. It is checked here, before any bank's dialect: amounts, check
digits, letters, and that no personal number travels in a text that banks and payees read.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from timvis.core.account_numbers import bankgiro, ocr_number, plusgiro
from timvis.core.faults import Fault
from timvis.core.identity import organisation_number, personal_numbers_in
from timvis.core.quantities import Ore


class AccountKind(StrEnum):
    """How an account number is to be read: always digits only, except an IBAN."""

    BANKGIRO = "bankgiro"
    PLUSGIRO = "plusgiro"
    BANK_ACCOUNT = "bank_account"  # clearing number (4 or 5 digits) followed by the account number
    IBAN = "iban"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeeAccount:
    """Where money goes, or for the debtor comes from."""

    kind: AccountKind
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditTransfer:
    """One payment. Exactly one of `reference` (an OCR number) and `message` (free text) is filled in."""

    end_to_end_id: str
    amount_ore: Ore
    payee_name: str
    account: PayeeAccount
    reference: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentBatch:
    """All payments of one day from one account.

    `message_id` is what the bank finds a file sent twice by; `created_at` is an instant in UTC. `debtor_bic`
    is the bank of the debtor account, empty when the bank wants none.
    """

    message_id: str
    batch_id: str
    created_at: datetime
    execute_on: date
    debtor_name: str
    debtor_organisation_number: str
    debtor_account: PayeeAccount
    transfers: tuple[CreditTransfer, ...]
    debtor_bic: str = ""

    @property
    def sum_ore(self) -> Ore:
        """The sum of the payments."""
        return Ore(sum(transfer.amount_ore for transfer in self.transfers))


class AnswerStatus(StrEnum):
    """What the bank says has become of a payment."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAnswer:
    """The bank's word on a file, on a batch in it, or on one payment: the ids that are not None say which.

    Where several concern the same payment, the narrowest holds.
    """

    message_id: str
    batch_id: str | None
    end_to_end_id: str | None
    status: AnswerStatus
    reason_code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedPayment:
    """A debit the bank has booked; `end_to_end_id` None when it booked a whole batch as one sum."""

    batch_id: str | None
    end_to_end_id: str | None
    amount_ore: Ore
    booked_on: date
    bank_reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedPayment:
    """A credit the bank has booked: what the payer wrote, as references and as words, and who she is to the bank."""

    told: tuple[str, ...]
    amount_ore: Ore
    booked_on: date
    bank_reference: str = ""
    payer_name: str = ""

    def names(self, number: str) -> bool:
        """Return whether the payer wrote a number, in whatever case and among whatever words."""
        wanted = number.casefold()
        return any(word.strip(".,;:()") == wanted for text in self.told for word in text.casefold().split())


ID_MAX_LENGTH = 35
NAME_MAX_LENGTH = 140
MESSAGE_MAX_LENGTH = 140
AMOUNT_MAX_ORE = 9_999_999_999_999
"""Eleven digits of kronor: far above any payment of ours, inside the eighteen digits of the schema."""

_ALLOWED = re.compile(r"[A-Za-z0-9/\-?:().,'+ åäöÅÄÖ]*")
_ID = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]+")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")


_IN_BANK_LETTERS = str.maketrans(
    {"&": "+", "ø": "ö", "Ø": "Ö", "æ": "ä", "Æ": "Ä", "ß": "ss", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
    | {
        "–": "-",
        "—": "-",
        "_": "-",
        "’": "'",
        "`": "'",
        '"': "'",
        "”": "'",
        "“": "'",
        ";": ",",
        "\u00a0": " ",
    }
)


def bank_text(text: str) -> str:
    """Return a text in the letters banks carry, as far as they have a near one: é becomes e, & becomes +.

    >>> bank_text("Renée & Söner")
    'Renee + Söner'
    """
    near = unicodedata.normalize("NFC", text).translate(_IN_BANK_LETTERS)
    return "".join(letter if _ALLOWED.fullmatch(letter) else _without_accent(letter) for letter in near)


def _without_accent(letter: str) -> str:
    """Return the bare letter of an accented one, or the letter itself where it has none."""
    bare = unicodedata.normalize("NFD", letter)[0]
    return bare if _ALLOWED.fullmatch(bare) else letter


def faults_of(batch: PaymentBatch) -> tuple[Fault, ...]:
    """Return everything that keeps a batch from being sent, the batch's own faults before its payments'."""
    return (
        *_batch_faults(batch),
        *duplicate_faults(batch.transfers),
        *(fault for transfer in batch.transfers for fault in transfer_faults(transfer)),
    )


def account_faults(account: PayeeAccount, *, where: str) -> tuple[Fault, ...]:
    """Return what is wrong with an account number; a bank account's own check digit is not judged.

    Old bank accounts exist whose check digit is wrong, so only the shape and a giro's check digit stop.
    """
    number = account.number
    match account.kind:
        case AccountKind.BANKGIRO:
            right = bankgiro(number) == number
        case AccountKind.PLUSGIRO:
            right = plusgiro(number) == number
        case AccountKind.BANK_ACCOUNT:
            right = _is_digits(number) and 6 <= len(number) <= 16
        case AccountKind.IBAN:
            right = iban_is_right(number)
    if right:
        return ()
    return (
        Fault(
            code="account_number_is_wrong",
            message=f"{where}: {number or '(inget nummer)'} är inget giltigt {_KIND_NAMES[account.kind]}.",
            remedy="Rätta numret efter kontobeviset; skriv bara siffror, utan bindestreck och mellanrum.",
            column="account",
        ),
    )


def iban_is_right(number: str) -> bool:
    """Return whether a Swedish IBAN has its 24 characters and the right check digits (ISO 13616, mod 97)."""
    return re.fullmatch(r"SE[0-9]{22}", number) is not None and int(number[4:] + "2814" + number[2:4]) % 97 == 1


_SE_AS_DIGITS = "2814"
"""S and E as the check counts letters: A is 10."""

_KIND_NAMES = {
    AccountKind.BANKGIRO: "bankgironummer",
    AccountKind.PLUSGIRO: "plusgironummer",
    AccountKind.BANK_ACCOUNT: "bankkonto (clearing- och kontonummer)",
    AccountKind.IBAN: "svenskt IBAN",
}


def _batch_faults(batch: PaymentBatch) -> Iterator[Fault]:
    """Yield what is wrong with the batch as a whole."""
    where = f"Betalfilen {batch.message_id}"
    yield from _id_faults(batch.message_id, where="Betalfilens id", column="message_id")
    yield from _id_faults(batch.batch_id, where="Buntens id", column="batch_id")
    yield from _name_faults(batch.debtor_name, where=where, column="debtor_name")
    yield from account_faults(batch.debtor_account, where=f"{where}, betalarens konto")
    if batch.debtor_account.kind not in {AccountKind.BANKGIRO, AccountKind.IBAN}:
        yield Fault(
            code="debtor_account_kind_is_wrong",
            message=f"{where}: betalarens konto ska vara ett bankgiro eller ett IBAN.",
            remedy="Ange kommunens eget bankgiro eller IBAN i inställningarna för betalningar.",
            column="debtor_account",
        )
    if organisation_number(batch.debtor_organisation_number) != batch.debtor_organisation_number:
        yield Fault(
            code="organisation_number_is_wrong",
            message=f"{where}: betalarens organisationsnummer är fel.",
            remedy="Ange organisationsnumret med tio siffror utan bindestreck.",
            column="debtor_organisation_number",
        )
    if batch.debtor_bic and not _BIC.fullmatch(batch.debtor_bic):
        yield Fault(
            code="bic_is_wrong",
            message=f"{where}: {batch.debtor_bic} är ingen BIC.",
            remedy="Ange bankens BIC med 8 eller 11 stora bokstäver och siffror, eller lämna den tom.",
            column="debtor_bic",
        )
    if batch.created_at.utcoffset() != timedelta(0):
        yield Fault(
            code="instant_is_not_in_utc",
            message=f"{where}: tidpunkten då filen skapades saknar tidszon eller är inte i UTC.",
            remedy="Ange tidpunkten i UTC.",
            column="created_at",
        )
    if not batch.transfers:
        yield Fault(
            code="batch_is_empty",
            message=f"{where} innehåller inga betalningar.",
            remedy="Skicka ingen fil när det inte finns något att betala.",
            column="transfers",
        )


def duplicate_faults(transfers: Iterable[CreditTransfer]) -> Iterator[Fault]:
    """Yield one fault per payment id that occurs more than once."""
    counted = Counter(transfer.end_to_end_id for transfer in transfers)
    for end_to_end_id, times in counted.items():
        if times > 1:
            yield Fault(
                code="payment_id_is_repeated",
                message=f"Betalningens id {end_to_end_id} förekommer {times} gånger i samma fil.",
                remedy="Varje betalning ska ha ett eget id, annars kan den betalas två gånger.",
                column="end_to_end_id",
            )


def transfer_faults(transfer: CreditTransfer) -> Iterator[Fault]:
    """Yield what is wrong with one payment."""
    where = f"Betalning {transfer.end_to_end_id}"
    yield from _id_faults(transfer.end_to_end_id, where="Betalningens id", column="end_to_end_id")
    yield from _name_faults(transfer.payee_name, where=where, column="payee_name")
    yield from account_faults(transfer.account, where=where)
    if transfer.amount_ore <= 0 or transfer.amount_ore > AMOUNT_MAX_ORE:
        yield Fault(
            code="amount_is_out_of_range",
            message=f"{where}: beloppet {transfer.amount_ore} öre kan inte betalas.",
            remedy="Beloppet ska vara större än noll; pengar som ska tillbaka är ett återkrav.",
            column="amount_ore",
        )
    if bool(transfer.reference) == bool(transfer.message):
        yield Fault(
            code="reference_or_message",
            message=f"{where}: det ska stå antingen ett OCR-nummer eller ett meddelande.",
            remedy="Använd OCR-numret om betalningsmottagaren har ett, annars ärendets nummer.",
            column="message",
        )
    if transfer.reference and ocr_number(transfer.reference) != transfer.reference:
        yield Fault(
            code="ocr_is_wrong",
            message=f"{where}: {transfer.reference} är inget giltigt OCR-nummer.",
            remedy="Läs av OCR-numret på nytt.",
            column="reference",
        )
    yield from message_faults(transfer.message, where=where)


def message_faults(message: str, *, where: str) -> Iterator[Fault]:
    """Yield what a free text may not hold; the text itself is not repeated, since it may be the secret."""
    if len(bank_text(message)) > MESSAGE_MAX_LENGTH or message != message.strip():
        yield Fault(
            code="text_does_not_fit",
            message=f"{where}: meddelandet är {len(message)} tecken (högst {MESSAGE_MAX_LENGTH} får plats) "
            "eller har mellanrum i kanten.",
            remedy="Korta meddelandet; ärendets nummer räcker.",
            column="message",
        )
    yield from _letter_faults(message, where=where, column="message")
    yield from _personal_number_faults(message, where=where, column="message")


def _name_faults(name: str, *, where: str, column: str) -> Iterator[Fault]:
    """Yield what is wrong with a name; banks reject a payment without one."""
    if not name.strip() or name != name.strip() or len(bank_text(name)) > NAME_MAX_LENGTH:
        yield Fault(
            code="name_is_wrong",
            message=f"{where}: namnet saknas, har mellanrum i kanten eller är över {NAME_MAX_LENGTH} tecken.",
            remedy="Ange namnet som det står på kontobeviset.",
            column=column,
        )
    yield from _letter_faults(name, where=where, column=column)


def _id_faults(text: str, *, where: str, column: str) -> Iterator[Fault]:
    """Yield what is wrong with an id that the bank sends back; it is read by machines, so no åäö."""
    if not _ID.fullmatch(text) or text != text.strip() or "//" in text or len(text) > ID_MAX_LENGTH:
        yield Fault(
            code="id_is_wrong",
            message=f"{where}: {text or '(saknas)'} kan inte användas som id.",
            remedy=f"Använd 1–{ID_MAX_LENGTH} tecken: A–Z, siffror och bindestreck.",
            column=column,
        )
    yield from _personal_number_faults(text, where=where, column=column)


def _letter_faults(text: str, *, where: str, column: str) -> Iterator[Fault]:
    """Yield a fault naming the letters that Swedish banks do not carry."""
    foreign = sorted({letter for letter in bank_text(text) if not _ALLOWED.fullmatch(letter)})
    if foreign:
        yield Fault(
            code="letter_is_not_allowed",
            message=f"{where}: bankerna tar inte emot {' '.join(repr(letter) for letter in foreign)}.",
            remedy="Skriv om texten med a–ö, siffror och / - ? : ( ) . , ' +.",
            column=column,
        )


def _personal_number_faults(text: str, *, where: str, column: str) -> Iterator[Fault]:
    """Yield a fault when a text holds a personal number; the number is not repeated."""
    if personal_numbers_in(text):
        yield Fault(
            code="personal_number_in_text",
            message=f"{where}: texten innehåller ett personnummer, som banken och mottagaren skulle läsa.",
            remedy="Ta bort personnumret; använd ärendets nummer.",
            column=column,
        )


def _is_digits(text: str) -> bool:
    """Return whether a text is plain digits; `str.isdigit` would also take other scripts' digits."""
    return text.isascii() and text.isdigit()
