"""What a claim that is already decided would have come to under another routine. Nothing of it is kept."""

from dataclasses import replace
from datetime import date

from timvis.apps.claims import judging
from timvis.apps.claims.models import Statement
from timvis.core.application.case import worked_out
from timvis.core.calculation import hourly
from timvis.core.law import LawBook, LawGap, LawReader
from timvis.core.review.review import review
from timvis.core.routine.records import Routine
from timvis.core.routine.settings import rate_code_of
from timvis.core.routine.sick_cost import settings_of
from timvis.core.routine.simulation import Restated

_TAKES_NO_INVOICES = "Rutinen tar inte emot fakturor, så den hade återsänts."


def restated(row: Statement, routine: Routine, law: LawBook) -> Restated:
    """Return what a statement would have come to under a routine's rate, rules and settings.

    The case, the officer's words and the law are those the statement was made from; only the rate of the routine is
    read as it is known now, where it is another one. What the routine's rules object to and nobody has answered is
    accepted when it refuses by itself, and counted otherwise.

    An invoice comes to what it says, by any routine that takes invoices: a routine chooses who handles it and what its
    price is held against, never its amount. What would be held against it by another price is not judged again.
    """
    given = judging.thawed(row.case)
    if isinstance(given, judging.InvoicedInputs):
        takes_it = routine.accepts_invoices
        return Restated(total_ore=row.total_ore) if takes_it else Restated(total_ore=None, gap=_TAKES_NO_INVOICES)
    if isinstance(given, judging.AppliedInputs):
        return _applied(given, routine, law)
    try:
        if _chooses_alike(given, routine):
            return Restated(total_ore=row.total_ore)
        known = judging.as_known(law, given.law_known_on)
        code = rate_code_of(routine)
        if code != given.rate.code and code in law.values:
            known = replace(known, values={**known.values, code: law.values[code]})
        if code not in known.values:
            return Restated(total_ore=None, gap=f"Beloppet {code} finns inte bland kommunens tal.")
        settings = judging.review_settings(routine, given.case.month_on, known)
        findings = review(given.case, LawReader(known), settings).findings
        words = {**hourly.proposed_words(findings), **given.words}
        again = replace(
            given,
            findings=findings,
            words=words,
            rate=judging.rate_rule(routine),
            review_settings=settings,
            settings=judging.hourly_settings(routine),
            law_known_on=judging.known_on(known),
        )
        made = judging.state(again, known)
    except LawGap as gap:
        return Restated(total_ore=None, gap=gap.message)
    return Restated(total_ore=made.total_ore, unanswered=len(hourly.unanswered(findings, words)))


def _applied(given: judging.AppliedInputs, routine: Routine, law: LawBook) -> Restated:
    """Return what an application comes to by a routine's choices, as if they had held for every sick period in it."""
    settings = tuple(replace(one, valid_from=date.min) for one in settings_of(routine))
    parts = [replace(part, case=replace(part.case, settings=settings)) for part in given.parts]
    packs = {pack.code: pack for pack in given.packs}
    try:
        made = worked_out(parts, packs, judging.as_known(law, given.law_known_on))
    except LawGap as gap:
        return Restated(total_ore=None, gap=gap.message)
    if isinstance(made, tuple):
        return Restated(total_ore=None, gap=made[0].message)
    return Restated(total_ore=made.statement.total_ore)


def _chooses_alike(given: judging.HourlyInputs, routine: Routine) -> bool:
    """Whether a routine makes the very choices that an amount was made by: then it comes out the same."""
    switched_off, severities = judging.rule_choices(routine)
    return (
        given.rate == judging.rate_rule(routine)
        and given.settings == judging.hourly_settings(routine)
        and given.review_settings.switched_off == switched_off
        and given.review_settings.severities == severities
    )
