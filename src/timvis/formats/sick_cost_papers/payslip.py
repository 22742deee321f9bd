"""Rows of a payslip to the `payslip` table of the written case: what is known is used, the rest is told."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from timvis.core.quantities import MINUTES_PER_HOUR
from timvis.formats import cell_numbers
from timvis.formats.calculation_case.sick_cost_form import WrittenPayslip
from timvis.formats.handed_in import Wrong, shown
from timvis.formats.sick_cost_papers import values
from timvis.formats.sick_cost_papers.columns import PaperColumn
from timvis.formats.sick_cost_papers.opened import Opened
from timvis.formats.sick_cost_papers.pay_kinds import load_pay_kinds
from timvis.formats.sick_cost_papers.records import PayKind, PayLine, ReadPayslip, Table
from timvis.formats.time_report_table import cells
from timvis.formats.time_report_table.columns import plain
from timvis.formats.time_report_table.rows import Taken

_HOURS = frozenset({"tim", "timmar", "timme", "h"})
_OWED = (PayKind.SICK_PAY, PayKind.HOLIDAY_COMPENSATION, PayKind.SUPPLEMENT, PayKind.SICK_PAY_SUPPLEMENT)
"""What an employer pays; a payslip on which their sum is below zero is not about what was paid."""


def payslip(paper: Opened) -> ReadPayslip:
    """Return what a payslip says of a sick-pay period."""
    lines = [line for line in (_line(paper, row) for row in paper.rows()) if line is not None]
    used = tuple(line for line in lines if line.kind is not PayKind.NOT_A_COST)
    _negative_sums(paper, used)
    if not used and not paper.faults:
        wrong = Wrong(
            "no_pay_rows",
            "Ingen rad är en löneart som Timvis känner.",
            "Kontrollera att filen är ett lönebesked; lönearternas namn står i handboken.",
        )
        paper.faults.append(wrong.at(None, None))
    table = _table(paper, used)
    if paper.faults:
        return ReadPayslip(payslip={}, faults=paper.told(paper.faults), remarks=paper.told(paper.remarks))
    supplements = tuple(_supplements(used))
    return ReadPayslip(payslip=table, lines=used, supplements=supplements, remarks=paper.told(paper.remarks))


# --- a row -----------------------------------------------------------------------------------------------


def _line(paper: Opened, row: Taken) -> PayLine | None:
    """Return a row whose kind is known, with what it says; None, and told, when it is not."""
    label = row.get(PaperColumn.PAY_KIND, cells.text) or row.get(PaperColumn.PAY_CODE, cells.text)
    if label is None:
        why = "Raden säger inte vilken löneart den är och används inte."
        paper.remark(row.line, PaperColumn.PAY_KIND, Wrong("row_is_not_used", why, "Skriv löneartens namn."))
        return None
    kind = load_pay_kinds().kind_of(label)
    if kind is None:
        why = f"Lönearten ”{shown(label)}” är okänd och används inte."
        remedy = "Hör den till sjuklönen: skriv dess värde för hand."
        paper.remark(row.line, PaperColumn.PAY_KIND, Wrong("row_is_not_used", why, remedy))
        return None
    if kind is PayKind.NOT_A_COST:
        return PayLine(line=row.line, kind=kind, label=label)
    first_on, last_on = _period(row)
    line = PayLine(
        line=row.line,
        kind=kind,
        label=label,
        minutes=_minutes(paper, row),
        rate_kronor=_rate(row),
        amount_ore=row.get(PaperColumn.AMOUNT, cell_numbers.ore),
        first_on=first_on,
        last_on=last_on,
    )
    _product(paper, line)
    return line


def _minutes(paper: Opened, row: Taken) -> int | None:
    """Return the hours of a row as minutes; a number whose unit nobody says is not taken for hours."""
    unit = row.get(PaperColumn.UNIT, cells.text)
    if unit is not None and plain(unit) not in _HOURS:
        return None
    if row.has(PaperColumn.HOURS):
        return row.get(PaperColumn.HOURS, cell_numbers.minutes)
    if not row.has(PaperColumn.QUANTITY):
        return None
    quantity = row.get(PaperColumn.QUANTITY, cell_numbers.minutes)
    says_hours = unit is not None or cell_numbers.says_hours(row.peek(PaperColumn.QUANTITY, cells.text) or "")
    if quantity is None or says_hours:
        return quantity
    wrong = Wrong(
        "quantity_has_no_unit",
        "Antalet har ingen enhet och läses inte som timmar.",
        "Döp om kolumnen till timmar, eller lägg till kolumnen enhet.",
    )
    paper.remark(row.line, PaperColumn.QUANTITY, wrong)
    return None


def _rate(row: Taken) -> Decimal | None:
    rate = row.get(PaperColumn.RATE, cell_numbers.number)
    if rate is not None and rate < 0:
        wrong = Wrong("amount_is_below_zero", "À-priset är mindre än noll.", "Rätta à-priset; minus skrivs i antalet.")
        row.object(PaperColumn.RATE, wrong)
        return None
    return rate


def _period(row: Taken) -> tuple[date | None, date | None]:
    first, last = row.get(PaperColumn.PERIOD_FROM, cells.iso_day), row.get(PaperColumn.PERIOD_TO, cells.iso_day)
    if first is not None and last is not None and last < first:
        wrong = Wrong("ends_before_it_begins", f"Perioden slutar {last}, före den börjar.", "Rätta dagarna.")
        row.object(PaperColumn.PERIOD_TO, wrong)
        return None, None
    if first is not None or last is not None:
        return first, last
    return row.get(PaperColumn.PERIOD, values.days) or (None, None)


def _product(paper: Opened, line: PayLine) -> None:
    """Remark on a row whose hours and price do not make its amount, the rounding of each of them allowed for."""
    if line.minutes is None or line.rate_kronor is None or line.amount_ore is None:
        return
    hours = Decimal(abs(line.minutes)) / MINUTES_PER_HOUR
    product = hours * line.rate_kronor * 100
    rounding = hours / 2 + line.rate_kronor * Decimal("0.5") + 1
    if abs(product - abs(line.amount_ore)) > rounding:
        wrong = Wrong(
            "product_differs",
            "Timmarna gånger à-priset blir inte beloppet på raden.",
            "Fråga arbetsgivaren; beloppet läses så som det står.",
        )
        paper.remark(line.line, PaperColumn.AMOUNT, wrong)


# --- the rows together -----------------------------------------------------------------------------------


def _negative_sums(paper: Opened, lines: Sequence[PayLine]) -> None:
    for kind in _OWED:
        own = [line for line in lines if line.kind is kind]
        if sum(line.amount_ore or 0 for line in own) < 0:
            label = load_pay_kinds().labels[kind]
            wrong = Wrong("amount_is_below_zero", f"{label} blir mindre än noll.", "Rätta tecknet på beloppet.")
            paper.faults.append(wrong.at(own[0].line, PaperColumn.AMOUNT))


def _table(paper: Opened, lines: Sequence[PayLine]) -> Table:
    """Return the `payslip` table of what the rows say, without what they do not say or say in two ways."""
    said: dict[str, Any] = {
        "sick_hours": _sick_hours(lines),
        "hourly_ore": _only_rate(paper, lines, PayKind.HOURLY_PAY),
        "deduction_ore": _deduction(lines),
        "daily_pay_ore": _only_rate(paper, lines, PayKind.DAILY_PAY),
    }
    table = {key: value for key, value in said.items() if value is not None}
    return WrittenPayslip.model_validate(table).model_dump(mode="json", exclude_unset=True)


def _sick_hours(lines: Sequence[PayLine]) -> str | None:
    """Return the sick time: of the absence where it has rows of its own, else of the sick pay."""
    for kind in (PayKind.SICK_ABSENCE, PayKind.SICK_PAY):
        told = [line.minutes for line in lines if line.kind is kind and line.minutes is not None]
        if told:
            return cell_numbers.hours_text(abs(sum(told)))
    return None


def _deduction(lines: Sequence[PayLine]) -> int | None:
    """Return the qualifying deduction, which payslips write with minus or without."""
    told = [line.amount_ore for line in lines if line.kind is PayKind.QUALIFYING_DEDUCTION]
    amounts = [amount for amount in told if amount is not None]
    return abs(sum(amounts)) if amounts else None


def _only_rate(paper: Opened, lines: Sequence[PayLine], kind: PayKind) -> int | None:
    """Return the one price of a kind in öre; two prices are told, and neither is taken."""
    rates: Mapping[Decimal, PayLine] = {
        line.rate_kronor: line for line in reversed(lines) if line.kind is kind and line.rate_kronor
    }
    if len(rates) > 1:
        label, line = load_pay_kinds().labels[kind], max(one.line for one in rates.values())
        wrong = Wrong("several_rates", f"{label} har flera à-pris; inget används.", "Skriv det rätta för hand.")
        paper.remark(line, PaperColumn.RATE, wrong)
        return None
    for rate, one in rates.items():
        ore = cell_numbers.whole_ore(rate)
        if isinstance(ore, int):
            return ore
        paper.faults.append(ore.at(one.line, PaperColumn.RATE))
    return None


def _supplements(lines: Sequence[PayLine]) -> Iterator[Table]:
    """Yield each supplement paid by name with its amount per hour, once."""
    seen: set[tuple[str, int]] = set()
    for line in lines:
        ore = None if line.rate_kronor is None else cell_numbers.whole_ore(line.rate_kronor)
        if line.kind is PayKind.SUPPLEMENT and isinstance(ore, int) and ore > 0 and (line.label, ore) not in seen:
            seen.add((line.label, ore))
            yield {"name": line.label, "ore_per_hour": ore}
