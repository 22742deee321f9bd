"""Account coding (kontering): which account string an amount gets by the routine's dated rules, and why.

A rule proposes; whoever sets the stamp may choose otherwise, with a reason. What is chosen is checked against the
chart of accounts either way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from timvis.core.faults import Fault
from timvis.core.ledger import AccountUse, Chart
from timvis.core.records import ProviderKind
from timvis.core.routine.records import AccountCoding, ClaimKind, CodingRule
from timvis.core.routine.terms import DecisionBasis, PostingKind

RESPONSIBILITY = "ansvar"
"""The code part that rules may tell apart by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountString:
    """An account with its code parts, in the order of their codes."""

    account: str
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The string as people write it.

        >>> AccountString(account="4631", parts=(("ansvar", "7420"), ("verksamhet", "513"))).text
        '4631 ansvar 7420 verksamhet 513'
        """
        return " ".join((self.account, *(f"{code} {value}" for code, value in self.parts)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingCase:
    """What an account string depends on; `on` is the day the rule must hold: the first of the month of work."""

    kind: ClaimKind
    on: date
    provider_kind: ProviderKind
    provider_number: str
    decision: DecisionBasis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A proposed account string with its reason; `rule` None when it is what the routine gives everything."""

    string: AccountString
    because: str
    rule: CodingRule | None = None


def suggested(coding: AccountCoding, chart: Chart, case: CodingCase) -> Suggestion:
    """Return the string of the narrowest rule that holds, else the routine's own for the kind of provider."""
    holding = [rule for rule in coding.rules if _holds(rule, coding, case)]
    if holding:
        rule = max(holding, key=_narrowness)
        return Suggestion(string=_string(coding, rule.account, rule.parts), because=rule.reason, rule=rule)
    account = next((one.number for one in chart.accounts if case.provider_kind in one.provider_kinds), "")
    because = "Rutinens kontering för den sortens utförare." if account else "Ingen regel och inget konto passar."
    return Suggestion(string=_string(coding, account), because=because)


def faults_of(string: AccountString, coding: AccountCoding, chart: Chart) -> tuple[Fault, ...]:
    """Return everything the chart of accounts and the routine have against a string for a running cost."""
    return (*_wrong_account(string, chart), *_wrong_parts(string, coding, chart))


def _holds(rule: CodingRule, coding: AccountCoding, case: CodingCase) -> bool:
    return (
        rule.claim_kind is case.kind
        and rule.valid_from <= case.on
        and (rule.valid_to is None or case.on < rule.valid_to)
        and rule.decision in (None, case.decision)
        and rule.provider in (None, case.provider_kind.value, case.provider_number)
        and rule.responsibility in (None, dict(coding.parts).get(RESPONSIBILITY))
    )


def _narrowness(rule: CodingRule) -> tuple[bool, bool, bool, bool, date]:
    """Return how much a rule demands: one supplier before a kind of them, then what began last."""
    names_supplier = rule.provider is not None and rule.provider not in {kind.value for kind in ProviderKind}
    demands = (rule.provider is not None, rule.decision is not None, rule.responsibility is not None)
    return (names_supplier, *demands, rule.valid_from)


def _string(coding: AccountCoding, account: str, parts: tuple[tuple[str, str], ...] = ()) -> AccountString:
    return AccountString(account=account, parts=tuple(sorted({**dict(coding.parts), **dict(parts)}.items())))


def _wrong_account(string: AccountString, chart: Chart) -> Iterator[Fault]:
    account = next((one for one in chart.accounts if one.number == string.account), None)
    if account is None:
        yield Fault(
            code="account_is_unknown",
            message=f"Kontot {string.account or '(inget)'} finns inte i kontoplanen {chart.name}.",
            remedy="Välj ett konto som finns, eller lägg till det i kontoplanen.",
            column="account",
        )
    elif account.use is not AccountUse.COST:
        yield Fault(
            code="account_is_no_cost",
            message=f"Kontot {account.number} ({account.label}) är inget kostnadskonto.",
            remedy="Välj ett kostnadskonto.",
            column="account",
        )


def _wrong_parts(string: AccountString, coding: AccountCoding, chart: Chart) -> Iterator[Fault]:
    given = dict(string.parts)
    known = {part.code: part.label for part in chart.parts}
    for code in sorted(set(given) - set(known)):
        yield Fault(
            code="part_is_unknown",
            message=f"Koddelen {code} finns inte i kontoplanen {chart.name}.",
            remedy=f"Välj bland: {', '.join(known)}.",
            column=code,
        )
    wanted = {code for kind, codes in coding.required if kind in _RUNNING for code in codes}
    for code in sorted(wanted):
        if not given.get(code, "").strip():
            yield Fault(
                code="part_is_missing",
                message=f"{known.get(code, code)} saknas; den ska alltid finnas på en driftkostnad.",
                remedy="Fyll i koddelen.",
                column=code,
            )


_RUNNING = (PostingKind.ALWAYS, PostingKind.RUNNING_COST)
