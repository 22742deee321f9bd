"""A choice that a routine makes: its name in a case file, and which way of differing among municipalities it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One choice of a kind of calculation.

    `variation` is the number of the variation point (V1–V54), empty where no published routine differs. `says` is
    a Swedish sentence for the one who chooses.
    """

    name: str
    variation: str
    says: str
