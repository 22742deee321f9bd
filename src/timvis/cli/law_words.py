"""What `timvis law` says, in Swedish and in English."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from timvis.core.law import AgeIsNeeded, Confidence, LawBook, LawGap, LawRow, LawValue, Value, text_of
from timvis.core.law_terms import KINDS, SELECT_BY, UNITS, Word

NARROW_SPACE = "\u202f"

CONFIDENCE = {
    Confidence.VERIFIED: Word("bekräftad", "verified"),
    Confidence.SINGLE_SOURCE: Word("en källa", "single source"),
    Confidence.FROM_MEMORY: Word("ur minnet", "from memory"),
}
CONFIDENCE_AT_LENGTH = {
    Confidence.VERIFIED: Word(
        "bekräftad: läst i författningen eller i två källor som stämmer överens",
        "verified: read in the statute or in two sources that agree",
    ),
    Confidence.SINGLE_SOURCE: Word(
        "en källa: läst på ett ställe eller härlett ur lästa tal",
        "single source: read in one place, or derived from numbers that were read",
    ),
    Confidence.FROM_MEMORY: Word(
        "ur minnet: ingen källa funnen, betalar ingenting förrän den är bekräftad",
        "from memory: no source found, pays nothing until it has been confirmed",
    ),
}

_ONE = {
    "dagar": "dag",
    "kalenderdagar": "kalenderdag",
    "arbetsdagar": "arbetsdag",
    "veckor": "vecka",
    "månader": "månad",
    "timmar": "timme",
    "days": "day",
    "calendar days": "calendar day",
    "working days": "working day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "hours": "hour",
}
"""Units that change when there is one of them."""


@dataclass(frozen=True, slots=True)
class Speech:
    """One of the two languages, with the words of tables and the sentences of answers."""

    is_english: bool

    def of(self, word: Word) -> str:
        """Return a word's reading."""
        return word.en if self.is_english else word.sv

    def say(self, sv: str, en: str) -> str:
        """Return the text of this language."""
        return en if self.is_english else sv

    def label(self, number: LawValue) -> str:
        """Return a number's name, beginning with a capital."""
        label = self.say(number.label, number.label_en)
        return label[:1].upper() + label[1:]

    def value(self, value: Value) -> str:
        """Return a value as people write it: 1 500,50 or 1,500.50, ja or yes."""
        if isinstance(value, bool):
            return self.say("ja", "yes") if value else self.say("nej", "no")
        if isinstance(value, Decimal | int):
            written = f"{value:,}"
            return written if self.is_english else written.replace(",", NARROW_SPACE).replace(".", ",")
        return text_of(value)

    def quantity(self, number: LawValue, row: LawRow) -> str:
        """Return a row's value with its unit."""
        unit = UNITS[number.unit_of(row)]
        word = self.say(unit.sv, unit.en)
        return f"{self.value(row.value)} {_ONE.get(word, word) if row.value == 1 else word}".strip()

    def ages(self, row: LawRow) -> str:
        """Return whom a row is for, empty when it is for everybody."""
        if row.min_age is not None and row.max_age is not None:
            return self.say(f"{row.min_age}–{row.max_age} år", f"aged {row.min_age}–{row.max_age}")
        if row.min_age is not None:
            return self.say(f"från {row.min_age} år", f"from age {row.min_age}")
        if row.max_age is not None:
            return self.say(f"till och med {row.max_age} år", f"up to age {row.max_age}")
        return ""

    def kind(self, number: LawValue) -> str:
        """Return what sort of source a number has."""
        return self.of(KINDS[number.kind])

    def select_by(self, number: LawValue) -> str:
        """Return which day of a case picks the row."""
        return self.of(SELECT_BY[number.select_by])

    def gap(self, gap: LawGap, book: LawBook) -> str:
        """Return what a gap says, and where somebody may look."""
        message = _gap_in_english(gap) if self.is_english else gap.message
        missing = [
            self.say(
                f"Inte funnet: {row.what}. Leta i: {row.look_in}.",
                f"Not found (in Swedish): {row.what}. Look in: {row.look_in}.",
            )
            for row in book.where_to_look(gap.code, gap.on)
        ]
        return " ".join([message, *missing])

    def needs_age(self, needed: AgeIsNeeded, number: LawValue) -> tuple[str, str]:
        """Return message and remedy when several rows are in force for different ages."""
        rows = "; ".join(f"{self.ages(row)}: {self.quantity(number, row)}" for row in needed.rows)
        return (
            self.say(
                f"{needed.code} har flera värden som gäller {needed.on}: {rows}.",
                f"{needed.code} has several values in force on {needed.on}: {rows}.",
            ),
            self.say("Ange åldern vid årets ingång med --age.", "Give the age at the start of the year with --age."),
        )

    def span(self, row: LawRow, reaches_to: date) -> str:
        """Return from which day to which a row holds."""
        if row.to_on is not None:
            return self.say(f"{row.from_on} till och med {row.to_on}", f"{row.from_on} to {row.to_on}")
        return self.say(
            f"{row.from_on} och tills vidare, kontrollerat till och med {reaches_to}",
            f"{row.from_on} until further notice, checked to {reaches_to}",
        )


def _gap_in_english(gap: LawGap) -> str:
    near = ""
    if gap.before and gap.after:
        near = f"; the nearest one before ends {gap.before}, the nearest one after begins {gap.after}"
    elif gap.before:
        near = f"; the last one has been checked to {gap.before}"
    elif gap.after:
        near = f"; the first one begins {gap.after}"
    return f"{gap.code} has no value in force, or known, on {gap.on}{near}."
