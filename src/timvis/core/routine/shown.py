"""What a person has in front of her when she signs, and the digest that her signature is over."""

from dataclasses import dataclass

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
    def digest(self) -> str:
        """SHA-256 over all of it."""
        seen: dict[str, object] = {
            "claim": self.claim_number,
            "round": self.round,
            "statement": self.statement_digest,
            "total_ore": self.total_ore,
            "payee": self.payee,
            "coding": self.coding,
        }
        # Left out where there is none, so that what was signed before there were decisions is signed still.
        return digest_of({**seen, "decision": self.decision} if self.decision else seen)
