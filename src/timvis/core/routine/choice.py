"""Which of a municipality's routines a claim goes under: the one that says most about claims like it."""

from collections.abc import Iterable

from timvis.core.records import ProviderKind, Regime
from timvis.core.routine.records import ClaimKind, Routine
from timvis.core.routine.terms import DecisionBasis


def routine_for(
    routines: Iterable[Routine],
    kind: ClaimKind,
    regime: Regime | None,
    *,
    provider_kind: ProviderKind | None = None,
    basis: DecisionBasis | None = None,
) -> Routine | None:
    """Return the routine for a kind of claim, None when none covers it.

    A routine that names bases of decision is only for those. Of several, the one for the basis goes first,
    then the one for the fewest kinds of provider; where nobody says which kind, the one for the most.
    """
    fitting = [
        routine
        for routine in routines
        if kind in routine.claim_kinds
        and routine.regime in (None, regime)
        and (provider_kind is None or provider_kind in provider_kinds(routine))
        and (not routine.decision_bases or basis in routine.decision_bases)
    ]
    sign = -1 if provider_kind is None else 1
    return min(
        fitting,
        key=lambda one: (not one.decision_bases, sign * len(provider_kinds(one)), one.slug),
        default=None,
    )


def provider_kinds(routine: Routine) -> frozenset[ProviderKind]:
    """Return the kinds of provider a routine has a way in for."""
    return frozenset(kind for channel in routine.channels for kind in channel.provider_kinds)
