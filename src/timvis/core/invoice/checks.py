"""Everything we hold against an invoice, heaviest first: by itself always, by our registers where they were asked."""

from collections.abc import Iterable
from dataclasses import replace

from timvis.core.identity import shown_text
from timvis.core.invoice import arithmetic, known, numbers, terms
from timvis.core.invoice.known import Known
from timvis.core.invoice.objection import Objection
from timvis.core.invoice.records import Invoice
from timvis.core.review.rule import Severity

_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}


def objections(invoice: Invoice, registers: Known | None = None) -> tuple[Objection, ...]:
    """Return the objections, the heaviest first and otherwise in the order of the invoice.

    `registers` None is the same as no register having been asked.
    """
    return _heaviest_first(
        (
            *arithmetic.objections(invoice),
            *numbers.objections(invoice),
            *terms.objections(invoice),
            *known.objections(invoice, registers or Known()),
        )
    )


def may_be_paid(found: Iterable[Objection]) -> bool:
    """Return whether nothing among the objections stops the payment."""
    return all(each.severity is not Severity.STOPS for each in found)


def _heaviest_first(found: Iterable[Objection]) -> tuple[Objection, ...]:
    """Return the objections in order, without the personal numbers that an invoice's own texts brought in."""
    shown = (replace(each, message=shown_text(each.message), line=shown_text(each.line)) for each in found)
    return tuple(sorted(shown, key=lambda each: _WEIGHT[each.severity]))
