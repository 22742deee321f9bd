"""What a person has in front of her when she signs, and the digest that her signature is over."""

from dataclasses import dataclass
from typing import Any

from timvis.core.statement import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Everything that a change of voids the signatures: amount and reasons, payee, account, coding.

    The statement's digest stands for hours, rates, findings and law. `payee` is name, kind of account and
    number; empty while none is registered. `coding` names each account string's parts, of an invoice for each of
    its shares. `decision` is the officer's, period, amount and number; empty before the step where she makes it.
    """

    claim_number: str
    round: int
    statement_digest: str
    total_ore: int
    payee: tuple[str, ...]
    coding: tuple[tuple[str, str], ...]
    decision: tuple[str, ...] = ()

    @property
    def content(self) -> dict[str, Any]:
        """What is shown, in the form it is digested and kept beside a signature.

        The decision is left out where there is none, so that what was signed before there were any is signed still.
        """
        decision = {"decision": list(self.decision)} if self.decision else {}
        return {
            "claim": self.claim_number,
            "round": self.round,
            "statement": self.statement_digest,
            "total_ore": self.total_ore,
            "payee": list(self.payee),
            "coding": [list(part) for part in self.coding],
            **decision,
        }

    @property
    def digest(self) -> str:
        """SHA-256 over all of it."""
        return digest_of(self.content)
