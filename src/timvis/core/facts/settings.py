"""What a routine may choose about a review; every choice is dated by the routine's version."""

from dataclasses import dataclass, field

from timvis.core.quantities import OrePerHour


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSettings:
    """The choices of a review.

    - `switched_off`, `severities`: rules a municipality has switched off, or weighs otherwise, by code;
    - `counts_by_month`: whether overtime is counted per calendar month instead of per four weeks (ATL 8 § gives
      the employer the choice);
    - `alike_days`: how many alike days are worth a remark (ours: no authority has published a number);
    - `rate`: what an hour is worth when kronor at risk are told; None when nobody has decided a rate.
    """

    switched_off: frozenset[str] = frozenset()
    severities: dict[str, str] = field(default_factory=dict)
    counts_by_month: bool = False
    alike_days: int = 14
    rate: OrePerHour | None = None
