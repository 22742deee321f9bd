"""Vouchers as SIE 4I: code page 437, CRLF, the same bytes for the same records."""

import re
from collections.abc import Iterable, Iterator

from timvis.core.faults import Fault
from timvis.core.quantities import Ore
from timvis.formats.sie.letters import in_sie_letters, letters_lacking
from timvis.formats.sie.records import SieFile, SieHead, Voucher, VoucherRow

_ACCOUNT = re.compile(r"[0-9]{1,10}")


def write(file: SieFile) -> bytes | tuple[Fault, ...]:
    """Return the file of type 4I, or every fault that keeps it from being booked."""
    faults = (*_head_faults(file.head), *_voucher_faults(file))
    if faults:
        return faults
    lines = [
        *_head_lines(file.head),
        *(line for voucher in file.vouchers for line in _voucher_lines(voucher)),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("cp437")


def amount_text(amount: Ore) -> str:
    """Return öre as SIE writes kronor: point, two decimals, minus first.

    >>> amount_text(-5)
    '-0.05'
    """
    kronor, ore = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{kronor}.{ore:02d}"


def _head_lines(head: SieHead) -> Iterator[str]:
    """Yield the head in the order the format sets."""
    yield "#FLAGGA 0"
    yield f"#PROGRAM {_quoted(head.program)} {_quoted(head.program_version)}"
    yield "#FORMAT PC8"
    yield f"#GEN {head.generated_on:%Y%m%d}"
    yield "#SIETYP 4"
    if head.organisation_number:
        yield f"#ORGNR {head.organisation_number[:6]}-{head.organisation_number[6:]}"
    yield f"#FNAMN {_quoted(head.company)}"
    for dimension, name in head.dimensions:
        yield f"#DIM {dimension} {_quoted(name)}"
    for dimension, code, name in head.objects:
        yield f"#OBJEKT {dimension} {_quoted(code)} {_quoted(name)}"
    for account, name in head.accounts:
        yield f"#KONTO {account} {_quoted(name)}"


def _voucher_lines(voucher: Voucher) -> Iterator[str]:
    """Yield one voucher with its rows between braces."""
    day = f"{voucher.on:%Y%m%d}"
    yield f"#VER {_quoted(voucher.series)} {_quoted(voucher.number)} {day} {_quoted(voucher.text)}"
    yield "{"
    for row in voucher.rows:
        objects = " ".join(f"{dimension} {_quoted(code)}" for dimension, code in row.objects)
        text = f" {day} {_quoted(row.text)}" if row.text else ""
        yield f"#TRANS {row.account} {{{objects}}} {amount_text(row.amount_ore)}{text}"
    yield "}"


def _quoted(text: str) -> str:
    """Return a text between quotation marks, in SIE's letters."""
    return '"' + in_sie_letters(text).replace('"', '\\"') + '"'


def _head_faults(head: SieHead) -> Iterator[Fault]:
    """Yield what is wrong with the head."""
    if head.generated_on is None or not head.program or not head.company:
        yield _fault("head_is_incomplete", "Filhuvudet saknar program, dag eller kommunens namn.")
    if head.organisation_number and not re.fullmatch(r"[0-9]{10}", head.organisation_number):
        yield _fault("head_is_incomplete", "Organisationsnumret ska ha tio siffror utan bindestreck.")
    named = [name for _, name in head.dimensions] + [text for _, *texts in head.objects for text in texts]
    named += [name for _, name in head.accounts]
    yield from _letter_faults("Filhuvudet", (head.program, head.program_version, head.company, *named))
    for account, _ in head.accounts:
        yield from _account_faults("Filhuvudet", account)


def _voucher_faults(file: SieFile) -> Iterator[Fault]:
    """Yield what is wrong with the vouchers, voucher by voucher."""
    declared = {dimension for dimension, _ in file.head.dimensions}
    for place, voucher in enumerate(file.vouchers, start=1):
        where = f"Verifikat {voucher.series}{voucher.number}" if voucher.number else f"Verifikat {place} i filen"
        if not voucher.rows:
            yield _fault("voucher_is_empty", f"{where} har inga rader.")
        if voucher.balance_ore != 0:
            yield _fault("voucher_does_not_balance", f"{where} går inte ihop: {amount_text(voucher.balance_ore)} kr.")
        yield from _letter_faults(where, (voucher.series, voucher.number, voucher.text))
        for row in voucher.rows:
            yield from _row_faults(where, row, declared)


def _row_faults(where: str, row: VoucherRow, declared: set[int]) -> Iterator[Fault]:
    """Yield what is wrong with one row."""
    yield from _account_faults(where, row.account)
    yield from _letter_faults(where, (row.text, *(code for _, code in row.objects)))
    for dimension, code in row.objects:
        if dimension not in declared:
            yield _fault("dimension_is_undeclared", f"{where}: dimension {dimension} är inte angiven.")
        if not code:
            yield _fault("object_is_empty", f"{where} har dimension {dimension} utan kod.")


def _account_faults(where: str, account: str) -> Iterator[Fault]:
    """Yield a fault when an account is not written in digits."""
    if not _ACCOUNT.fullmatch(account):
        yield _fault("account_is_wrong", f"{where}: kontot {account or '(saknas)'} ska skrivas med siffror.")


def _letter_faults(where: str, texts: Iterable[str]) -> Iterator[Fault]:
    """Yield a fault naming the letters that SIE has no way to write."""
    lacking = sorted({letter for text in texts for letter in letters_lacking(text)})
    if lacking:
        letters = " ".join(repr(letter) for letter in lacking)
        yield _fault("letter_is_not_in_cp437", f"{where}: SIE kan inte skriva {letters}.")


_REMEDIES = {
    "voucher_does_not_balance": "Filen skrivs inte; kontrollera bokföringen med timvis ledger check.",
    "letter_is_not_in_cp437": "Skriv om texten med svenska bokstäver.",
    "dimension_is_undeclared": "Ange dimensionen i kommunens kodplan.",
}


def _fault(code: str, message: str) -> Fault:
    """Return a fault with its remedy."""
    return Fault(code=code, message=message, remedy=_REMEDIES.get(code, "Rätta i kommunens kontering."))
