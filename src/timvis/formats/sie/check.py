"""Whether a SIE file is what the format asks for, and whether every voucher balances."""

from collections.abc import Iterator
from dataclasses import dataclass

from timvis.core.faults import Fault
from timvis.formats.sie.read import read
from timvis.formats.sie.records import SieFile
from timvis.formats.sie.write import amount_text

_MUST_HAVE = ("#FLAGGA", "#PROGRAM", "#FORMAT", "#GEN", "#SIETYP", "#FNAMN")
_DESTROYED = "\ufffd"


@dataclass(frozen=True, slots=True, kw_only=True)
class SieCheck:
    """The verdict on a readable file: how many vouchers, and what objects."""

    sie_type: int
    encoding: str
    vouchers: int
    rows: int
    is_balanced: bool
    faults: tuple[Fault, ...]

    @property
    def is_valid(self) -> bool:
        """Whether nothing objects."""
        return not self.faults


def check(content: bytes) -> SieCheck | tuple[Fault, ...]:
    """Return the verdict, or the faults that keep the file from being read."""
    file = read(content)
    if isinstance(file, tuple):
        return file
    unbalanced = tuple(_unbalanced(file))
    return SieCheck(
        sie_type=file.sie_type,
        encoding=file.encoding,
        vouchers=len(file.vouchers),
        rows=sum(len(voucher.rows) for voucher in file.vouchers),
        is_balanced=not unbalanced,
        faults=(*_form_faults(file), *unbalanced),
    )


def _form_faults(file: SieFile) -> Iterator[Fault]:
    """Yield where the file departs from the format's form though it can be read."""
    for tag in _MUST_HAVE:
        if tag not in file.tags:
            yield Fault(
                code="label_is_missing",
                message=f"{tag} saknas i filens huvud.",
                remedy="Ta ut filen på nytt; ekonomisystemet kan vägra den.",
                column=tag,
            )
    if file.encoding != "cp437":
        yield Fault(
            code="encoding_is_wrong",
            message=f"Filens bokstäver är i {file.encoding}, men SIE tillåter bara teckentabell 437 (PC8).",
            remedy="Spara om filen i PC8, annars blir å, ä och ö fel i ekonomisystemet.",
        )
    for voucher in file.vouchers:
        texts = (voucher.text, *(row.text for row in voucher.rows))
        if any(_DESTROYED in text for text in texts):
            yield Fault(
                code="letters_are_destroyed",
                message="Verifikatets text har bokstäver som gått förlorade i en tidigare omvandling.",
                remedy="Ta ut filen på nytt ur systemet som skrev den.",
                line=voucher.line,
            )


def _unbalanced(file: SieFile) -> Iterator[Fault]:
    """Yield the vouchers whose rows do not sum to zero."""
    for voucher in file.vouchers:
        if voucher.balance_ore != 0:
            yield Fault(
                code="voucher_does_not_balance",
                message=f"Verifikat {voucher.series} {voucher.number} går inte ihop: "
                f"{amount_text(voucher.balance_ore)} kr blir över.",
                remedy="Rätta verifikatet i systemet som skrev det; det kan inte bokföras så.",
                line=voucher.line,
            )
