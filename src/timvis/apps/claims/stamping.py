"""The account strings of a claim: what the routine's rules suggest, and what somebody has stamped."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from timvis.apps.claims.models import Claim, Stamp, StampedPart, Statement
from timvis.apps.claims.queries import newest_statements
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
    return amounts_of_each([claim], newest_statements([claim]))[claim.pk]


def amounts_of_each(claims: Collection[Claim], stated: Mapping[int, Statement]) -> dict[int, tuple[ToCode, ...]]:
    """Return what is to be coded of each of some claims, whose statements that count are `stated`, by their ids.

    As many queries for many as for one; so it is with everything here that is asked of each.
    """
    shares: defaultdict[int, list[Share]] = defaultdict(list)
    for invoice_id, share in invoices.shares_of_each({one.invoice_id for one in claims if one.invoice_id is not None}):
        shares[invoice_id].append(share)
    return {
        claim.pk: tuple(_amount_of(share) for share in sorted(shares[claim.invoice_id], key=_in_order))
        if claim.invoice_id is not None
        else (_month(claim, stated.get(claim.pk)),)
        for claim in claims
    }


def _month(claim: Claim, stated: Statement | None) -> ToCode:
    return ToCode(share=None, month_on=claim.month_on, amount_ore=Ore(stated.total_ore) if stated else None)


def _amount_of(share: Share) -> ToCode:
    sign = 1 if share.allocation.invoice.settles_with_id is None else -1
    return ToCode(share=share, month_on=share.month_on, amount_ore=Ore(sign * share.amount_ore))


def _in_order(share: Share) -> tuple[bool, int, int]:
    """Return where a share stands: the invoice's own first, then those of each credit note as they came."""
    invoice = share.allocation.invoice
    return invoice.settles_with_id is not None, invoice.pk, share.number


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
    return newest_stamps([claim]).get(claim.pk)


def newest_stamps(claims: Collection[Claim]) -> dict[int, Stamp]:
    """Return the stamp that counts of each of some claims that has one, by the claim's id."""
    newest = _last_set(claims)
    to_code = amounts_of_each([claim for claim in claims if claim.pk in newest], {})
    return {claim_id: stamp for claim_id, stamp in newest.items() if _covers(stamp, to_code[claim_id])}


def _last_set(claims: Collection[Claim]) -> dict[int, Stamp]:
    stamps = Stamp.objects.filter(claim_id__in={claim.pk for claim in claims}).order_by("number")
    return {stamp.claim_id: stamp for stamp in stamps.prefetch_related("stamped")}


def _covers(stamp: Stamp, to_code: Iterable[ToCode]) -> bool:
    wanted = {amount.share.pk if amount.share else None for amount in to_code}
    return {part.share_id for part in stamp.stamped.all()} == wanted


def coded(claim: Claim, *, known_at: datetime) -> tuple[Coded, ...]:
    """Return every amount of a claim with the account string that counts: the stamp's, else what is suggested."""
    providers = parties.providers({claim.provider_id}, known_at=known_at)
    return coded_of_each([claim], newest_statements([claim]), providers)[claim.pk]


def coded_of_each(
    claims: Collection[Claim], stated: Mapping[int, Statement], providers: Mapping[int, Provider]
) -> dict[int, tuple[Coded, ...]]:
    """Return every amount of each of some claims with the account string that counts, by the claim's id."""
    to_code, newest = amounts_of_each(claims, stated), _last_set(claims)
    return {
        claim.pk: tuple(_coded(claim, to_code[claim.pk], newest.get(claim.pk), providers[claim.provider_id]))
        for claim in claims
    }


def _coded(claim: Claim, to_code: Collection[ToCode], stamp: Stamp | None, provider: Provider) -> Iterator[Coded]:
    stamped = {part.share_id: part for part in stamp.stamped.all()} if stamp and _covers(stamp, to_code) else {}
    for amount in to_code:
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
