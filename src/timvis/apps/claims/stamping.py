"""The account strings of a claim: what the routine's rules suggest, and what somebody has stamped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from timvis.apps.claims.models import Claim, Stamp, StampedPart
from timvis.apps.invoices import records as invoices
from timvis.apps.invoices.models import Share
from timvis.apps.parties import records as parties
from timvis.apps.routines import records as routines
from timvis.core.coding import AccountString, CodingCase, Suggestion, suggested
from timvis.core.ledger import Chart
from timvis.core.quantities import Ore
from timvis.core.records import Provider
from timvis.core.routine.records import ClaimKind
from timvis.core.routine.terms import DecisionBasis
from timvis.formats.routine.chart import packaged_chart

_BASES = {
    ClaimKind.ASSISTANCE: DecisionBasis.LSS_9_2,
    ClaimKind.SICK_COST: DecisionBasis.LSS_9_2_SICKNESS,
    ClaimKind.FIRST_TWENTY_HOURS: DecisionBasis.SFB_51,
    ClaimKind.HOME_CARE: DecisionBasis.SOL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCode:
    """One amount that has an account string of its own: a share of an invoice, or a whole month by reports.

    `amount_ore` is None while nothing is calculated; what a credit note takes back is less than zero.
    """

    share: Share | None
    month_on: date
    amount_ore: Ore | None

    @property
    def key(self) -> str:
        """How a form names it."""
        return "" if self.share is None else str(self.share.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """An amount with its account string; not `is_stamped` while it is only what the rules suggest."""

    amount: ToCode
    string: AccountString
    because: str
    reason: str = ""
    is_stamped: bool = False


def chart_of(claim: Claim) -> Chart:
    """Return the chart of accounts that a claim is coded in."""
    return packaged_chart(routines.routine(claim.routine_version).coding.chart)


def amounts(claim: Claim) -> tuple[ToCode, ...]:
    """Return what is to be coded: each share of the invoice and its credit notes, or the month as one."""
    if claim.invoice is None:
        stated = claim.statements.order_by("-number").first()
        return (ToCode(share=None, month_on=claim.month_on, amount_ore=Ore(stated.total_ore) if stated else None),)
    rows = [(share, 1) for share in invoices.share_rows(claim.invoice)]
    for note in claim.invoice.credit_notes.order_by("id"):
        rows += [(share, -1) for share in invoices.share_rows(note)]
    return tuple(
        ToCode(share=share, month_on=share.month_on, amount_ore=Ore(sign * share.amount_ore)) for share, sign in rows
    )


def suggestion(claim: Claim, month_on: date, provider: Provider) -> Suggestion:
    """Return the account string that the routine's rules give a month's amount of a claim."""
    kind = ClaimKind(claim.kind)
    case = CodingCase(
        kind=kind,
        on=month_on,
        provider_kind=provider.kind,
        provider_number=provider.number,
        decision=_BASES.get(kind),
    )
    return suggested(routines.routine(claim.routine_version).coding, chart_of(claim), case)


def newest_stamp(claim: Claim) -> Stamp | None:
    """Return the stamp that counts: the last one set, if it covers what is to be coded now."""
    newest = claim.stamps.order_by("-number").first()
    if newest is None:
        return None
    stamped = {part.share_id for part in newest.stamped.all()}
    wanted = {amount.share.pk if amount.share else None for amount in amounts(claim)}
    return newest if stamped == wanted else None


def coded(claim: Claim, *, known_at: datetime) -> tuple[Coded, ...]:
    """Return every amount of a claim with the account string that counts: the stamp's, else what is suggested."""
    return tuple(_coded(claim, known_at))


def _coded(claim: Claim, known_at: datetime) -> Iterator[Coded]:
    stamp = newest_stamp(claim)
    stamped = {part.share_id: part for part in stamp.stamped.all()} if stamp else {}
    provider = parties.provider(claim.provider_id, known_at=known_at)
    for amount in amounts(claim):
        part = stamped.get(amount.share.pk if amount.share else None)
        if part is not None:
            yield Coded(
                amount=amount, string=string_of(part), because=part.because, reason=part.reason, is_stamped=True
            )
        else:
            proposal = suggestion(claim, amount.month_on, provider)
            yield Coded(amount=amount, string=proposal.string, because=proposal.because)


def string_of(part: StampedPart) -> AccountString:
    """Return the account string that was stamped."""
    return AccountString(account=part.account, parts=tuple((code, value) for code, value in part.parts))
