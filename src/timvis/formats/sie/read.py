"""SIE of types 1 to 4 as records: tolerant of order, spacing, encoding and unknown labels, not of amounts."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from timvis.core.faults import Fault
from timvis.core.quantities import Ore
from timvis.formats.sie.letters import encoding_of
from timvis.formats.sie.records import SieFile, SieHead, Voucher, VoucherRow
from timvis.formats.sie.tokens import Field, Unclosed, fields_of

MAX_BYTES = 64 * 1024 * 1024

_IS_NUMBER = re.compile(r"[0-9]{1,9}").fullmatch
_AMOUNT = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,2})0*)?")


def read(content: bytes) -> SieFile | tuple[Fault, ...]:
    """Return the file, or every line that cannot be read; unknown labels are passed over."""
    if len(content) > MAX_BYTES:
        return (_fault("file_is_too_large", None, f"Filen är större än {MAX_BYTES // (1024 * 1024)} MB."),)
    encoding = encoding_of(content)
    reading = _Reading()
    for number, line in enumerate(_lines(content, encoding), start=1):
        reading.take(number, line)
    read_file = reading.end(encoding)
    return tuple(reading.faults) or read_file


def ore_from(text: str) -> Ore | None:
    """Return kronor with at most two decimals that count in öre, None when it is no amount."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    sign, kronor, decimals = found.groups()
    amount = int(kronor) * 100 + int((decimals or "0").ljust(2, "0"))
    return Ore(-amount if sign else amount)


def day_from(text: str) -> date | None:
    """Return a day written yyyymmdd, None when it is no day."""
    if not re.fullmatch(r"[0-9]{8}", text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def _lines(content: bytes, encoding: str) -> list[str]:
    """Return the lines; only carriage return and line feed end one, whatever other signs the letters hold."""
    text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\x1a").split("\n")


class _Reading:
    """One reading: what the labels said so far, and the voucher that is open."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._texts: dict[str, tuple[Field, ...]] = {}
        self._tags: dict[str, None] = {}
        self._dimensions: list[tuple[int, str]] = []
        self._objects: list[tuple[int, str, str]] = []
        self._accounts: list[tuple[str, str]] = []
        self._vouchers: list[Voucher] = []
        self._open: Voucher | None = None
        self._is_inside = False
        self._rows: list[VoucherRow] = []
        self._takes: dict[str, Callable[[int, tuple[Field, ...]], None]] = {
            "#VER": self._voucher,
            "#TRANS": self._row,
            "#DIM": self._dimension,
            "#OBJEKT": self._object,
            "#KONTO": self._account,
        }

    def take(self, number: int, line: str) -> None:
        """Take one line."""
        stripped = line.strip()
        if stripped in {"{", "}"}:
            self._brace(number, stripped)
        elif stripped:
            fields = fields_of(stripped)
            if isinstance(fields, Unclosed):
                self._miss("field_is_not_closed", number, "En klammer stängs aldrig.", fields.column)
                return
            tag = str(fields[0]).upper()
            if not tag.startswith("#"):
                self._miss("line_is_no_label", number, "Raden börjar inte med # och en etikett.", 1)
                return
            self._tags.setdefault(tag)
            self._texts.setdefault(tag, fields)
            self._takes.get(tag, _pass_over)(number, fields)

    def end(self, encoding: str) -> SieFile:
        """Return the file; a voucher that is still open, or a file that is no SIE, is a fault."""
        if self._open is not None:
            self._miss("voucher_is_not_closed", self._open.line, "Verifikatet avslutas aldrig med }.")
        if "#FLAGGA" not in self._tags and "#SIETYP" not in self._tags:
            self._miss("not_a_sie_file", 1, "Filen har varken #FLAGGA eller #SIETYP: den är ingen SIE-fil.")
        return SieFile(
            sie_type=self._type(),
            head=SieHead(
                program=self._text("#PROGRAM", 1),
                program_version=self._text("#PROGRAM", 2),
                generated_on=day_from(self._text("#GEN", 1)),
                company=self._text("#FNAMN", 1),
                organisation_number=self._text("#ORGNR", 1).replace("-", ""),
                dimensions=tuple(self._dimensions),
                objects=tuple(self._objects),
                accounts=tuple(self._accounts),
            ),
            vouchers=tuple(self._vouchers),
            encoding=encoding,
            tags=tuple(self._tags),
        )

    def _type(self) -> int:
        """Return the type; the format says that a file without one is of type 1."""
        text = self._text("#SIETYP", 1) or "1"
        if text not in {"1", "2", "3", "4"}:
            self._miss("type_is_unknown", None, f"#SIETYP är {text}; det ska vara 1, 2, 3 eller 4.")
            return 1
        return int(text)

    def _brace(self, number: int, brace: str) -> None:
        """Take the start or the end of a voucher's rows."""
        if brace == "{" and self._open is not None and not self._is_inside:
            self._is_inside = True
        elif brace == "}" and self._open is not None and self._is_inside:
            self._vouchers.append(replace(self._open, rows=tuple(self._rows)))
            self._open, self._is_inside = None, False
            self._rows.clear()
        else:
            self._miss("brace_is_misplaced", number, f"{brace} hör inte till något verifikat.", 1)

    def _voucher(self, number: int, fields: tuple[Field, ...]) -> None:
        """Take the head of a voucher: series, number, day, text."""
        if self._open is not None:
            self._miss("voucher_is_not_closed", self._open.line, "Verifikatet avslutas aldrig med }.")
        on = day_from(_at(fields, 3))
        if on is None:
            self._miss("day_is_wrong", number, f"{_at(fields, 3)!r} är inget datum (ååååmmdd).", 4)
        self._open = Voucher(
            on=on or date.min,
            rows=(),
            series=_at(fields, 1),
            number=_at(fields, 2),
            text=_at(fields, 4),
            line=number,
        )
        self._is_inside = False
        self._rows.clear()

    def _row(self, number: int, fields: tuple[Field, ...]) -> None:
        """Take a row: account, objects, amount, day, text."""
        if self._open is None or not self._is_inside:
            self._miss("row_is_outside_voucher", number, "#TRANS står utanför ett verifikat.", 1)
            return
        objects = self._objects_of(number, fields)
        amount = ore_from(_at(fields, 3))
        if amount is None:
            self._miss("amount_is_wrong", number, f"{_at(fields, 3)!r} är inget belopp i kronor.", 4)
        row = VoucherRow(account=_at(fields, 1), amount_ore=amount or Ore(0), objects=objects, text=_at(fields, 5))
        self._rows.append(row)

    def _objects_of(self, number: int, fields: tuple[Field, ...]) -> tuple[tuple[int, str], ...]:
        """Return a row's objects, pairs of a dimension's number and a code."""
        listed = fields[2] if len(fields) > 2 else ""
        is_right = isinstance(listed, tuple) and len(listed) % 2 == 0 and all(map(_IS_NUMBER, listed[::2]))
        if not isinstance(listed, tuple) or not is_right:
            self._miss("objects_are_wrong", number, "Objektlistan ska stå i klamrar: {dimension kod …}.", 3)
            return ()
        return tuple((int(dimension), code) for dimension, code in zip(listed[::2], listed[1::2], strict=True))

    def _dimension(self, number: int, fields: tuple[Field, ...]) -> None:
        """Take a dimension's name."""
        if self._is_number(number, fields):
            self._dimensions.append((int(_at(fields, 1)), _at(fields, 2)))

    def _object(self, number: int, fields: tuple[Field, ...]) -> None:
        """Take an object's name."""
        if self._is_number(number, fields):
            self._objects.append((int(_at(fields, 1)), _at(fields, 2), _at(fields, 3)))

    def _account(self, number: int, fields: tuple[Field, ...]) -> None:
        """Take an account's name."""
        self._accounts.append((_at(fields, 1), _at(fields, 2)))

    def _is_number(self, number: int, fields: tuple[Field, ...]) -> bool:
        """Return whether a label's first field is a dimension's number; gather a fault when not."""
        if _IS_NUMBER(_at(fields, 1)):
            return True
        self._miss("dimension_is_wrong", number, f"Dimensionen {_at(fields, 1)!r} är inget nummer.", 2)
        return False

    def _text(self, tag: str, place: int) -> str:
        """Return a field of the first line with a label, empty when there is none."""
        return _at(self._texts.get(tag, ()), place)

    def _miss(self, code: str, line: int | None, message: str, column: int | None = None) -> None:
        """Gather a fault at a line; `column` counts letters or, inside a label's line, its fields."""
        self.faults.append(_fault(code, line, message, column))


def _at(fields: tuple[Field, ...], place: int) -> str:
    """Return the text of a field, empty where the line is shorter or has a list there."""
    field = fields[place] if place < len(fields) else ""
    return field if isinstance(field, str) else ""


def _pass_over(number: int, fields: tuple[Field, ...]) -> None:
    """Leave a label alone that says nothing about vouchers."""


def _fault(code: str, line: int | None, message: str, column: int | None = None) -> Fault:
    """Return a fault at a line of the file."""
    return Fault(
        code=code,
        message=message,
        remedy="Ta ut SIE-filen på nytt ur systemet som skrev den.",
        line=line,
        column=column,
    )
