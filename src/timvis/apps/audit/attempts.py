"""One attempt at one act: judged by the access table, and written in the log however it ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from timvis.apps.audit import actions
from timvis.core.access import NEW, Action, Actor, may
from timvis.core.faults import Refusal


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who tries what on which object. Every way out of an act goes through `refused`, `refuse` or `done`.

    What concerns several persons leaves a row in the log for each of them: `recipient_id` and `others`.
    """

    actor: Actor
    action: Action
    object_kind: str
    object_id: object
    now: datetime
    recipient_id: int | None = None
    others: tuple[int, ...] = ()

    def about(self, recipient_ids: Sequence[int]) -> "Attempt":
        """Return the same attempt as one that concerns these recipients."""
        first = recipient_ids[0] if recipient_ids else None
        return replace(self, recipient_id=first, others=tuple(recipient_ids[1:]))

    def refused(self, relation: str, state: str = NEW) -> Refusal | None:
        """Return None when the access table lets the actor do it, else the refusal, which is then logged."""
        refusal = may(self.actor, self.action, relation=relation, state=state, now=self.now)
        return self.refuse(refusal) if refusal else None

    def refuse(self, refusal: Refusal) -> Refusal:
        """Return the refusal, after writing it in the log."""
        self._record(refusal.value, "", None)
        return refusal

    def done(self, *, reason: str = "", detail: dict[str, Any] | None = None) -> None:
        """Write in the log that the act was done."""
        self._record(actions.DONE, reason, detail)

    def _record(self, outcome: str, reason: str, detail: dict[str, Any] | None) -> None:
        actions.record_each(
            self.actor,
            self.action,
            object_kind=self.object_kind,
            object_id=self.object_id,
            recipient_ids=(self.recipient_id, *self.others),
            reason=reason,
            outcome=outcome,
            detail=detail,
            at=self.now,
        )
