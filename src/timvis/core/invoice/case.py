"""An invoice that money is asked for on: what it is judged on, what is found, and the statement it comes to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from timvis.core.calculation.hourly import exact_text, kronor_text
from timvis.core.calendar.months import month_after
from timvis.core.invoice import by_summary, checks, matching, personal_data
from timvis.core.invoice.allocation import Share
from timvis.core.invoice.by_summary import BySummary
from timvis.core.invoice.first_hours import Verification
from timvis.core.invoice.headings import HEADINGS
from timvis.core.invoice.known import Known
from timvis.core.invoice.matching import DecidedCost, Match, PersonMonth, hours_text
from timvis.core.invoice.objection import Objection
from timvis.core.invoice.personal_data import HIDES_NUMBERS, Privacy
from timvis.core.invoice.records import Invoice
from timvis.core.quantities import MINUTES_PER_HOUR, Ore
from timvis.core.review.finding import Finding, Word, WordKind
from timvis.core.review.rule import Grain, Severity
from timvis.core.routine.records import ClaimKind
from timvis.core.statement import Line, Statement, digest_of

KIND = "invoiced"

MATCHED_KINDS = frozenset({ClaimKind.ASSISTANCE, ClaimKind.FIRST_TWENTY_HOURS, ClaimKind.HOME_CARE})
"""The kinds whose hours are compared with what was granted; sick hours are what nobody was granted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """An invoice or credit note with its allocation."""

    invoice: Invoice
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCase:
    """Everything an invoice is judged on.

    `credits` are the credit notes that are settled against it. `decided` is what the decision it follows says,
    None when it follows none. `first_hours` is the verdict on every line of the state's invoice for them. `privacy`
    is what it may show of a recipient, `summaries` what its supplier was told to bill; None where the routine has no
    such rule.
    """

    kind: ClaimKind
    billed: Billed
    registers: Known
    months: tuple[PersonMonth, ...] = ()
    credits: tuple[Billed, ...] = ()
    decided: tuple[DecidedCost, ...] | None = None
    is_secret: bool = False
    first_hours: Verification | None = None
    privacy: Privacy | None = None
    summaries: BySummary | None = None

    @property
    def matches(self) -> tuple[Match, ...]:
        """Every recipient's month with what is billed, granted and performed; none where hours are not matched."""
        return matching.matches(self.billed.shares, self.months) if self.kind in MATCHED_KINDS else ()


def review(case: InvoiceCase) -> tuple[Finding, ...]:
    """Return everything held against an invoice as findings, the heaviest first."""
    found = [
        *checks.objections(case.billed.invoice, case.registers),
        *matching.hours(case.matches),
        *(() if case.first_hours is None else case.first_hours.objections),
        *(() if case.decided is None else matching.costs(case.billed.shares, case.decided)),
        *(() if case.privacy is None else personal_data.objections(case.billed.invoice, case.privacy)),
        *(() if case.summaries is None else by_summary.objections(case.billed.invoice, case.summaries)),
    ]
    order = list(Severity)
    weighed = sorted((_weighed(each, case) for each in found), key=lambda each: order.index(each.severity))
    return tuple(_findings(weighed, case))


def stopping(findings: Sequence[Finding], words: Mapping[str, Word]) -> tuple[Finding, ...]:
    """Return the findings that send the invoice back: they stop it, and the officer has agreed that they do."""
    return tuple(
        finding
        for finding in findings
        if finding.severity in (Severity.STOPS, Severity.REFUSES)
        and finding.key in words
        and words[finding.key].kind is WordKind.ACCEPT
    )


def _weighed(found: Objection, case: InvoiceCase) -> Objection:
    """Return an objection with the weight it has here: where nobody may be named, a personal number stops."""
    is_hidden = case.is_secret or (case.privacy is not None and case.privacy.rule in HIDES_NUMBERS)
    if is_hidden and found.code == "personal_number_in_text":
        return replace(found, severity=Severity.STOPS)
    return found


def _findings(found: Sequence[Objection], case: InvoiceCase) -> Iterator[Finding]:
    seen: dict[tuple[str, str], int] = {}
    amounts = {line.number: line.amount_ore for line in case.billed.invoice.lines}
    amounts |= {match.place: match.billed_ore for match in case.matches}
    if case.first_hours is not None:
        amounts |= {line.place: line.amount_ore for line in case.first_hours.told}
    for each in found:
        times = seen[each.code, each.line] = seen.get((each.code, each.line), 0) + 1
        yield Finding(
            code=each.code,
            severity=each.severity,
            grain=Grain.CLAIM,
            label=HEADINGS[each.code],
            message=each.message,
            cites=each.cites,
            # The same objection may stand twice at one place, as two numbers in one text.
            place=each.line if times == 1 else f"{each.line} ({times})",
            money_at_risk_ore=_at_risk(each, amounts, case.billed.invoice),
        )


def _at_risk(found: Objection, amounts: Mapping[str, int], invoice: Invoice) -> Ore | None:
    """Return what it may cost to overlook an objection: its line or month, else the whole invoice."""
    if found.severity is Severity.INFORMS:
        return Ore(0)
    return Ore(max(amounts.get(found.line, invoice.totals.payable_ore), 0))


# --- the statement ----------------------------------------------------------------------------------------

_LINES = {
    ClaimKind.ASSISTANCE: ("invoiced_assistance", "Fakturerad assistans", ("LSS 9 § 2",)),
    ClaimKind.SICK_COST: ("invoiced_sick_cost", "Fakturerad merkostnad vid sjukdom", ("LSS 9 § 2",)),
    ClaimKind.FIRST_TWENTY_HOURS: ("invoiced_first_hours", "Fakturerade första timmar", ("SFB 51:22",)),
}
_NEW_ACT_FROM = date(2025, 7, 1)
_CREDITED = "credited_on_note"


def statement(case: InvoiceCase, words: Mapping[str, Word]) -> Statement:
    """Return what an invoice comes to: a line for each of its shares, and one less for each that is credited.

    The total is the invoice's payable amount less the notes settled against it, by the allocations' own rule.
    """
    return Statement(
        kind=KIND,
        lines=(
            *(_line(share, case.kind, case.billed.invoice) for share in case.billed.shares),
            *(_credit(share, each.invoice) for each in case.credits for share in each.shares),
        ),
        law_rows=(),
        settings=(("kind", case.kind.value),),
        inputs_digest=digest_of([_made_from(case.billed), [_made_from(each) for each in case.credits], dict(words)]),
    )


def stated_from(case: InvoiceCase) -> InvoiceCase:
    """Return the part of a case that its amount is made from: what registers say changes no öre."""
    return replace(case, registers=Known(), months=(), decided=None, first_hours=None, privacy=None, summaries=None)


def _made_from(billed: Billed) -> list[object]:
    """Return what a digest holds of an invoice, value by value: a field that is added later changes no old digest."""
    invoice = billed.invoice
    return [
        invoice.number,
        invoice.content_digest,
        invoice.to_pay_ore,
        [[one.recipient, str(one.month_on), one.amount_ore, one.minutes, one.line] for one in billed.shares],
    ]


def _line(share: Share, kind: ClaimKind, invoice: Invoice) -> Line:
    code, label, cites = _LINES.get(kind) or _care(share.month_on)
    quantity, unit, rate, told = _priced(share)
    return Line(
        code=code,
        label=f"{label}, {share.recipient}",
        quantity=quantity,
        unit=unit,
        rate=rate,
        amount_ore=share.amount_ore,
        cites=cites,
        because=f"{told} enligt faktura {invoice.number} från {invoice.issued_on}{_row(share)}.",
        period_from=share.month_on,
        period_to=month_after(share.month_on),
    )


def _care(month_on: date) -> tuple[str, str, tuple[str, ...]]:
    """Return how a line of home care is told, by the act that held for the month."""
    cite = "SoL (2001:453) 4 kap. 1 §" if month_on < _NEW_ACT_FROM else "SoL (2025:400) 11 kap. 1 §"
    return "invoiced_home_care", "Fakturerad hemtjänst", (cite,)


def _credit(share: Share, note: Invoice) -> Line:
    return Line(
        code=_CREDITED,
        label=f"Krediterat, {share.recipient}",
        quantity="1",
        unit="item",
        rate=str(-share.amount_ore),
        amount_ore=Ore(-share.amount_ore),
        because=f"{kronor_text(share.amount_ore)} tillbaka enligt kreditfaktura {note.number} från {note.issued_on}.",
        period_from=share.month_on,
        period_to=month_after(share.month_on),
    )


def _priced(share: Share) -> tuple[str, str, str, str]:
    """Return quantity, unit and rate of a share, and how it is said in words."""
    if share.minutes is None:
        return "1", "item", str(share.amount_ore), kronor_text(share.amount_ore)
    hours = Fraction(share.minutes, MINUTES_PER_HOUR)
    rate = Fraction(share.amount_ore) / hours
    return exact_text(hours), "hour", exact_text(rate), f"{hours_text(share.minutes)} timmar"


def _row(share: Share) -> str:
    return f", rad {share.line}" if share.line else ""


def months_of(shares: Sequence[Share]) -> tuple[date, ...]:
    """Return the months of work that an allocation covers, in order."""
    return tuple(sorted({share.month_on for share in shares}))
