"""The text of a letter: a subject and sentences with places where the case's own words go.

Which letters a routine sends stands in the routine; the texts stand in `data/letters`. A place that has no word
is a mistake of ours and is never sent as a gap.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

PLACES: Mapping[str, str] = {
    "recipient": "brukarens namn, eller ärendets beteckning där namnet inte får stå",
    "provider": "utförarens namn",
    "municipality": "kommunens namn",
    "case_number": "ärendets nummer",
    "period": "den tid det gäller",
    "amount": "beloppet i kronor",
    "granted": "det som är beviljat",
    "claimed": "det som är begärt, redovisat eller fakturerat",
    "paid": "det som ersätts",
    "reason": "skälen, med lagrum",
    "decided_on": "beslutets dag",
    "reference": "referensnumret",
    "invoice_number": "fakturans nummer",
    "documents": "de handlingar det gäller",
    "due_on": "sista dag",
    "services": "de insatser det gäller",
    "officer": "handläggarens namn",
    "contact": "vart man vänder sig",
}
"""Every place a letter can have, and what is put there."""

_PLACE = re.compile(r"\{([a-z_]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText:
    """One letter's words, with its places unfilled."""

    code: str
    label: str
    subject: str
    text: str

    @property
    def places(self) -> frozenset[str]:
        """The places of subject and text."""
        return frozenset(_PLACE.findall(f"{self.subject}\n{self.text}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLetter:
    """A letter with every place filled."""

    code: str
    subject: str
    text: str


def write_letter(letter: LetterText, words: Mapping[str, str]) -> WrittenLetter:
    """Return a letter with its places filled. Raises `KeyError` for a place nobody has a word for."""
    return WrittenLetter(
        code=letter.code,
        subject=_PLACE.sub(lambda found: words[found[1]], letter.subject),
        text=_PLACE.sub(lambda found: words[found[1]], letter.text),
    )
