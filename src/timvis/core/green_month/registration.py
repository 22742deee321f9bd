"""Time that the state never pays: worked before it had the assistant's data. Told per assistant, with what it costs.

Other objections stop a month until they are mended. This time cannot be mended afterwards, so it is told apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from timvis.core.quantities import Ore
from timvis.core.records import Case
from timvis.core.review.finding import Finding

NOT_REGISTERED = "assistant_was_not_registered_before_the_shift"
"""The rule that objects to a shift before the state had the assistant's data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedTime:
    """An assistant's time in a month that is lost, in minutes that passed; None: nobody has decided a rate."""

    assistant_number: str
    assistant_name: str
    shifts: int
    minutes: int
    ore: Ore | None


def blocked_time(findings: Iterable[Finding], case: Case) -> tuple[BlockedTime, ...]:
    """Return the time before registration per assistant, in the order of their numbers."""
    lost: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.code == NOT_REGISTERED and finding.assistant_number is not None:
            lost.setdefault(finding.assistant_number, []).append(finding)
    names = {each.number: each.name for each in case.assistants}
    return tuple(_blocked(number, names.get(number, number), found) for number, found in sorted(lost.items()))


def _blocked(number: str, name: str, found: list[Finding]) -> BlockedTime:
    amounts = [one.money_at_risk_ore for one in found]
    known = [amount for amount in amounts if amount is not None]
    return BlockedTime(
        assistant_number=number,
        assistant_name=name,
        shifts=len(found),
        minutes=sum(one.minutes for one in found),
        ore=Ore(sum(known)) if len(known) == len(amounts) else None,
    )
