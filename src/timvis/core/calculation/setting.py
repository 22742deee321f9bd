"""A choice that a routine makes: its name in a case file, which variation it is, and the words it may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One choice of a kind of calculation.

    `variation` is the number of the variation point among municipalities (V1–V54); empty where no published
    routine differs. `words` are the values it may take; empty for an amount, a share or a table. `says` is a
    Swedish sentence for the one who chooses.
    """

    name: str
    variation: str
    says: str
    words: tuple[str, ...] = ()
