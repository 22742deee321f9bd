"""Whose turn a waiting signature is, as the page of a claim or of an invoice tells it."""

from collections.abc import Collection

from django.utils.functional import Promise

from timvis.apps.attestation.queries import refusal_to_sign
from timvis.apps.claims.models import Claim
from timvis.config.law_book import law_book
from timvis.core.faults import Refusal
from timvis.core.routine.records import Step
from timvis.web.shared.asking import Ask
from timvis.web.shared.words import WHY_NOT

TOLD_BEFOREHAND = (
    Refusal.DISQUALIFIED,
    Refusal.NO_ATTEST_RIGHT,
    Refusal.IS_OFF_DUTY,
    Refusal.ORDINARY_IS_ON_DUTY,
    Refusal.ABOVE_AMOUNT_LIMIT,
)
"""Refusals of a signature that are told where the button would stand."""


def turn(
    ask: Ask, claim: Claim, step: Step | None, open_to_her: Collection[str]
) -> tuple[bool, tuple[str | Promise, str | Promise] | None]:
    """Return whether the waiting signature is hers to give, and why not where somebody might think it is."""
    if step is None or step.signature is None or step.signature.value not in open_to_her:
        return False, None
    refusal = refusal_to_sign(claim, ask.actor, step, law=law_book(), now=ask.now)
    if refusal in TOLD_BEFOREHAND:
        return False, WHY_NOT[refusal]
    return refusal is not Refusal.ROLE_DOES_NOT_ALLOW, None
