"""Whether an invoice adds up, to the öre: lines, sums and VAT, each against what it follows from.

The official rules let VAT be a krona off per category and a line two hundredths; nobody pays by such a rule.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from timvis.core.invoice.objection import Objection, kronor, stops
from timvis.core.invoice.records import Invoice, Line

_Group = tuple[str, Decimal]


def objections(invoice: Invoice) -> Iterator[Objection]:
    """Yield where the figures do not follow from each other, in the order of the invoice."""
    for line in invoice.lines:
        yield from _line(line)
    yield from _sums(invoice)
    yield from _vat(invoice)


def _line(line: Line) -> Iterator[Objection]:
    """Yield when a line's amount is not its quantity times its price, with its own deductions and additions."""
    if line.base_quantity <= 0:
        yield stops("base_quantity_is_wrong", f"Rad {line.number}: priset gäller inget antal.", line=line.number)
        return
    full = 100 * Fraction(line.quantity) * Fraction(line.price) / Fraction(line.base_quantity)
    exact = full + line.added_ore - line.deducted_ore
    if not _is_nearest(line.amount_ore, exact):
        yield stops(
            "line_amount_is_wrong",
            f"Rad {line.number}: beloppet är {kronor(line.amount_ore)}, men antal gånger pris blir "
            f"{kronor(round(exact))}.",
            line=line.number,
        )


def _sums(invoice: Invoice) -> Iterator[Objection]:
    """Yield the stated sums that do not follow from what stands above them."""
    totals = invoice.totals
    deducted = sum(each.amount_ore for each in invoice.adjustments if each.is_deduction)
    added = sum(each.amount_ore for each in invoice.adjustments if not each.is_deduction)
    for code, what, stated, expected in (
        ("line_sum_is_wrong", "radernas summa", totals.lines_ore, sum(each.amount_ore for each in invoice.lines)),
        ("deduction_sum_is_wrong", "avdragens summa", totals.deducted_ore, deducted),
        ("addition_sum_is_wrong", "tilläggens summa", totals.added_ore, added),
        (
            "sum_without_vat_is_wrong",
            "summan utan moms",
            totals.without_vat_ore,
            totals.lines_ore - totals.deducted_ore + totals.added_ore,
        ),
        ("vat_sum_is_wrong", "momsens summa", totals.vat_ore, sum(each.vat_ore for each in invoice.vat_totals)),
        ("sum_with_vat_is_wrong", "summan med moms", totals.with_vat_ore, totals.without_vat_ore + totals.vat_ore),
        (
            "payable_is_wrong",
            "beloppet att betala",
            totals.payable_ore,
            totals.with_vat_ore - totals.prepaid_ore + totals.rounding_ore,
        ),
    ):
        if stated != expected:
            message = f"Fakturan går inte ihop: {what} är {kronor(stated)}, men blir {kronor(expected)}."
            yield stops(code, message)


def _vat(invoice: Invoice) -> Iterator[Objection]:
    """Yield where VAT is not counted on what the lines hold, or not with its percentage."""
    counted = _taxable_by_group(invoice)
    for total in invoice.vat_totals:
        group = (total.code, total.percent or Decimal(0))
        name = f"{total.code} {group[1].normalize():f} %"
        expected = counted.pop(group, 0)
        if total.taxable_ore != expected:
            yield stops(
                "taxable_sum_is_wrong",
                f"Moms {name} räknas på {kronor(total.taxable_ore)}, men raderna blir {kronor(expected)}.",
            )
        exact = total.taxable_ore * Fraction(group[1]) / 100
        if not _is_nearest(total.vat_ore, exact):
            yield stops(
                "vat_amount_is_wrong",
                f"Moms {name} på {kronor(total.taxable_ore)} är {kronor(total.vat_ore)}, men blir "
                f"{kronor(round(exact))}.",
            )
    for (code, percent), amount in counted.items():
        if amount:
            name = f"{code} {percent.normalize():f} %"
            yield stops("vat_total_is_missing", f"Rader för {kronor(amount)} har moms {name}, som inte är summerad.")


def _taxable_by_group(invoice: Invoice) -> dict[_Group, int]:
    """Return what the lines, deductions and additions come to, by category and percentage."""
    counted: dict[_Group, int] = defaultdict(int)
    for line in invoice.lines:
        counted[line.vat_code, line.vat_percent or Decimal(0)] += line.amount_ore
    for each in invoice.adjustments:
        counted[each.vat_code, each.vat_percent or Decimal(0)] += each.change_ore
    return counted


def _is_nearest(stated: int, exact: Fraction) -> bool:
    """Return whether whole öre are the nearest to an exact amount; at a half, either side is right."""
    return abs(stated - exact) * 2 <= 1
