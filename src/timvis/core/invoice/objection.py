"""What is held against an invoice: like a finding, it proposes and a person disposes."""

from dataclasses import dataclass

from timvis.core.review.rule import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One objection. `line` is the number of the invoice line it concerns, empty when it is about the whole.

    No text repeats a personal number.
    """

    code: str
    severity: Severity
    message: str
    line: str = ""
    cites: tuple[str, ...] = ()


def stops(code: str, message: str, *, line: str = "", cites: tuple[str, ...] = ()) -> Objection:
    """Return an objection that keeps the invoice from being paid until it is mended or set aside."""
    return Objection(code=code, severity=Severity.STOPS, message=message, line=line, cites=cites)


def asks(code: str, message: str, *, line: str = "", cites: tuple[str, ...] = ()) -> Objection:
    """Return an objection that a person has to look at."""
    return Objection(code=code, severity=Severity.ASKS, message=message, line=line, cites=cites)


def informs(code: str, message: str, *, line: str = "", cites: tuple[str, ...] = ()) -> Objection:
    """Return what is worth knowing; no word is needed."""
    return Objection(code=code, severity=Severity.INFORMS, message=message, line=line, cites=cites)


def kronor(ore: int) -> str:
    """Return whole öre as kronor with a decimal comma, as people read them.

    >>> kronor(-712505)
    '-7125,05'
    """
    return f"{'-' if ore < 0 else ''}{abs(ore) // 100},{abs(ore) % 100:02d}"
