"""Near-duplicates planted at random are stopped or asked about, every one; nothing else is stopped.

The full ten thousand are judged by `make bench`, which tells how often an ordinary invoice is asked about for nothing.
"""

from bench.near_duplicates import PLANTED, judged_invoices, judged_months

INVOICES, MONTHS_OF_TIME = 768, 120
FEW = 33
"""At most one in as many is asked about for nothing, where every fifth month is billed in whole tens of hours."""


def test_every_planted_invoice_is_stopped_and_one_that_only_looks_alike_is_asked_about() -> None:
    told = judged_invoices(INVOICES)

    assert told.keys() == {"ordinary", *PLANTED}
    for name in PLANTED:
        assert told[name].let_through == 0, name
        assert told[name].stopped == (0 if name == "amount and due day" else told[name].count), name


def test_no_ordinary_invoice_is_stopped_and_few_are_asked_about() -> None:
    ordinary = judged_invoices(INVOICES)["ordinary"]

    assert ordinary.stopped == 0
    assert ordinary.asked * FEW < ordinary.count


def test_time_that_overlaps_is_refused_and_time_that_only_touches_is_not() -> None:
    told = judged_months(MONTHS_OF_TIME)

    assert told.keys() == {"ordinary", "the same recipient's shift", "another recipient's shift"}
    for name, one in told.items():
        assert one.stopped == (0 if name == "ordinary" else one.count), name
        assert one.asked == 0
