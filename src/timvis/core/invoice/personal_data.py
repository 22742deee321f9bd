"""What an invoice says of a recipient that its routine does not let it say: a name, or what gives her away.

An invoice for home care travels through people and systems that have nothing to do with who gets help. What is
found is never repeated: an objection tells where it stands, not whom it names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from timvis.core.invoice.objection import Objection, stops
from timvis.core.invoice.records import Invoice
from timvis.core.routine.terms import PersonalData

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_INITIALS_AND_DIGITS = re.compile(r"(?<![^\W\d_])((?:[^\W\d_]\.?[ -]?){2,3})[ :,/-]*(?<!\d)(\d{4})(?!\d)")
_SECRECY = ("OSL 26:1",)

NAMES_NOBODY = frozenset({PersonalData.NONE, PersonalData.INITIALS_AND_FOUR_DIGITS})
"""The rules under which nobody's name may stand on an invoice."""
HIDES_NUMBERS = frozenset({*NAMES_NOBODY, PersonalData.NAME})
"""The rules under which no personal number may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody whom an invoice must not give away: her name as people write it, and her number in twelve digits."""

    name: str
    personal_number: str

    @property
    def words(self) -> frozenset[str]:
        """The words of her name, letters' case aside."""
        return _words(self.name)

    @property
    def initials_and_digits(self) -> tuple[str, str]:
        """Her initials, in the order of her name, and the last four digits of her number."""
        return "".join(word[0] for word in _WORD.findall(self.name)).casefold(), self.personal_number[-4:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """How much of a recipient an invoice may show; `recipients` are those it could be about."""

    rule: PersonalData
    recipients: tuple[Named, ...] = ()


def objections(invoice: Invoice, privacy: Privacy) -> Iterator[Objection]:
    """Yield the free texts that name a recipient, or show her by initials and digits, against the routine's rule.

    A name is there when every word of it stands in one text, in whatever order: a given name alone is nobody's.
    """
    if privacy.rule not in NAMES_NOBODY:
        return
    names = frozenset(one.words for one in privacy.recipients if len(one.words) > 1)
    shown = frozenset(one.initials_and_digits for one in privacy.recipients)
    for where, text in invoice.free_texts():
        if not text:
            continue
        said = _words(text)
        if any(name <= said for name in names):
            yield stops(
                "recipient_is_named",
                f"{where} nämner en brukare vid namn. Rutinen låter ingen faktura göra det; be säljaren om en ny.",
                line=_line_of(where),
                cites=_SECRECY,
            )
        elif privacy.rule is PersonalData.NONE and shown & _marks(text):
            yield stops(
                "recipient_is_recognisable",
                f"{where} pekar ut en brukare med initialer och fyra siffror. Rutinen låter inga personuppgifter "
                "stå på fakturan; be säljaren om en ny.",
                line=_line_of(where),
                cites=_SECRECY,
            )


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _marks(text: str) -> frozenset[tuple[str, str]]:
    """Return what in a text is written as initials and four digits: "A.A. 1234", "AA1234", "aa-1234"."""
    return frozenset(
        ("".join(_WORD.findall(letters.replace(".", " "))).casefold(), digits)
        for letters, digits in _INITIALS_AND_DIGITS.findall(text)
    )


def _line_of(where: str) -> str:
    """Return the number of the invoice line that a text stands in, empty when it stands elsewhere."""
    return where.removeprefix("Rad ").partition(",")[0] if where.startswith("Rad ") else ""
