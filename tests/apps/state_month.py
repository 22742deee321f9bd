"""Alma's January on the state's decision, reported by Ekot AB: two shifts of eight hours."""

from dataclasses import replace
from datetime import date

from tests.apps.claims.january import a_file, january_of
from tests.apps.signed_months import ROUTINE, let_elsa_report, publish
from tests.cast import NOW, Cast, ok
from timvis.apps.claims import actions as claims
from timvis.apps.claims.handing_in import HandedIn
from timvis.apps.decisions import actions as decisions
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, Regime

SIXTEEN_HOURS = 16 * 60


def the_state_grants(cast: Cast, *, reference: str = "SFB-1", **says: object) -> int:
    """Return the id of the state's decision: forty hours a week from January 2021, with something changed."""
    told = decisions.DecisionParticulars(
        regime=Regime.SFB,
        decided_on=date(2020, 12, 1),
        decided_by="Försäkringskassan",
        valid_from=date(2021, 1, 1),
        granted_minutes=Minutes(40 * 60),
        per=GrantUnit.WEEK,
    )
    return ok(
        decisions.register_decision(
            cast.cecilia,
            recipient_id=cast.recipient_id,
            reference=reference,
            particulars=replace(told, **says),  # type: ignore[arg-type]  # a test names what it changes
            now=NOW,
        )
    )


def report_january(cast: Cast) -> None:
    """Publish a routine for the state's months, and let Elsa hand January in."""
    let_elsa_report(cast)
    publish(cast, ROUTINE.replace(b'regime = "lss"', b'regime = "sfb"'))
    month = replace(january_of(cast, a_file(4, 5)), regime=Regime.SFB)
    handed = ok(claims.hand_in(cast.elsa, month, now=NOW))
    assert isinstance(handed, HandedIn), handed
