"""What comes with the package for a routine to lean on when it is proved: holidays, charts of accounts, letters."""

from functools import cache

from timvis.core.routine.shelf import FIRST_YEAR, LAST_YEAR, ChartInShort, Shelf
from timvis.formats.holiday_calendar.read import holidays_of
from timvis.formats.letter.read import packaged_letter_codes
from timvis.formats.packaged import PackagedDataIsFaulty, packaged_texts
from timvis.formats.routine.chart import read_chart

YEARS_AROUND = 12
"""How far from its month or event the longest due rule that can be written falls."""


@cache
def packaged_shelf() -> Shelf:
    """Return what the package holds. Raises `PackagedDataIsFaulty` when a chart can't be read."""
    return Shelf(
        holidays=holidays_of(FIRST_YEAR - YEARS_AROUND, LAST_YEAR + YEARS_AROUND),
        letters=packaged_letter_codes(),
        charts=tuple(_chart(name, text) for name, text in packaged_texts("charts")),
    )


def _chart(name: str, text: str) -> ChartInShort:
    chart = read_chart(text, source=name)
    if isinstance(chart, tuple):
        raise PackagedDataIsFaulty(chart)
    return ChartInShort(
        slug=chart.slug,
        parts=frozenset(part.code for part in chart.parts),
        provider_kinds=frozenset(kind for account in chart.accounts for kind in account.provider_kinds),
    )
