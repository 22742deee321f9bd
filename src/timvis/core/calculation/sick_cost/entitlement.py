"""Whether the employer owed sick pay for a day at all: how long, notified, employed long enough, certified."""

from datetime import date, timedelta

from timvis.core.calculation.sick_cost.records import Employment, Spell
from timvis.core.calculation.sick_cost.settings import CertificateDays, WithoutCertificate
from timvis.core.calculation.sick_cost.spells import Occasion, Part
from timvis.core.calculation.sick_cost.work import Work
from timvis.core.calendar.months import same_day_after

PERIOD_DAYS = "sick_pay.period_days"
DAYS_COVERED = "lss.sick_cost.days_covered_to"
CERTIFICATE_FROM = "sick_pay.certificate_from_day"
SHORT_EMPLOYMENT = "sick_pay.short_employment_qualification"


def why_no_sick_pay(day: date, part: Part, occasion: Occasion, work: Work) -> str | None:
    """Return the code of why the employer owed no sick pay for a day, None when it did.

    Raises `LawGap` when a number it needs has no value that day.
    """
    spell = part.spell
    if not isinstance(spell, Spell):
        return None
    last_day = min(work.count(PERIOD_DAYS, occasion.start_on), work.count(DAYS_COVERED, occasion.start_on))
    if part.day(day) > last_day:
        return "day_was_after_the_sick_pay_period"
    if spell.notified_on is not None and day < spell.notified_on:
        return "day_was_before_the_sick_notice"
    if not _is_employed_long_enough(day, work):
        return "employment_gave_no_right_that_day"
    return _certificate(day, part, spell, occasion, work)


# --- employment ------------------------------------------------------------------------------------------


def _is_employed_long_enough(day: date, work: Work) -> bool:
    """Whether the employment of a day gives a right to sick pay that day; True when no employment is told."""
    if not work.case.assistant.employments:
        return True
    employments = sorted(work.case.assistant.employments, key=lambda one: one.agreed_from)
    held = [at for at, one in enumerate(employments) if _holds(one, day)]
    if not held:
        return False
    right_on = _right_on(employments, held[-1], work)
    if right_on > employments[held[-1]].agreed_from and day >= right_on:
        begun_before = [spell for spell in work.case.spells if spell.first_on < right_on <= day <= spell.last_on]
        for spell in begun_before:
            work.notes.find(
                "employment_came_to_give_right_during_the_spell",
                f"Rätten till sjuklön började {right_on}, under sjukdomen från {spell.first_on}. Sjuklöneperiodens "
                "dagar räknas här från sjukdomens första dag, och karensen tas från den första tiden med rätt.",
            )
    return day >= right_on


def _holds(employment: Employment, day: date) -> bool:
    return employment.agreed_from <= day and (employment.agreed_to is None or day < employment.agreed_to)


def _right_on(employments: list[Employment], at: int, work: Work) -> date:
    """Return the first day with a right to sick pay in an employment.

    One agreed for a month or more gives it at once. A shorter one only after a number of days, and an earlier one
    with the same employer counts when no more days than that lie between.
    """
    own = employments[at]
    if own.agreed_to is None or own.agreed_to >= same_day_after(own.agreed_from, 1):
        return own.agreed_from
    needed = work.count(SHORT_EMPLOYMENT, own.agreed_from)
    days, follows_on = 0, own.agreed_from
    for earlier in reversed(employments[:at]):
        if earlier.agreed_to is None or (follows_on - earlier.agreed_to).days > needed:
            break
        days += (min(earlier.agreed_to, follows_on) - earlier.agreed_from).days
        follows_on = earlier.agreed_from
    return own.agreed_from + timedelta(days=max(needed - days, 0))


# --- the doctor's certificate ----------------------------------------------------------------------------


def _certificate(day: date, part: Part, spell: Spell, occasion: Occasion, work: Work) -> str | None:
    """Return why a day without a certificate is not paid, None when it has one, needs none, or is only asked about."""
    if spell.certificate_from is not None and spell.certificate_from <= day:
        return None
    settings = work.settings_on(occasion.start_on)
    # A routine may ask for it later than the law; earlier the employer owes the sick pay without one all the same.
    needed_from = max(work.count(CERTIFICATE_FROM, day), settings.certificate_from_day or 0)
    counted_from = max(part.begins_on, spell.notified_on or part.begins_on)
    of_spell, of_period = (day - counted_from).days + 1, part.day(day)
    if of_period < needed_from:
        return None
    if of_spell < needed_from:
        counted = work.notes.choice(settings.certificate_days, "certificate_days", CertificateDays.EACH_SPELL)
        if counted is CertificateDays.EACH_SPELL:
            return None
    what = work.notes.choice(settings.without_certificate, "without_certificate", WithoutCertificate.ASK)
    if what in (WithoutCertificate.NOTHING_FROM_THAT_DAY, WithoutCertificate.REFUSE):
        return "certificate_was_missing"
    work.notes.find(
        "payment_waits_for_the_certificate"
        if what is WithoutCertificate.PAYMENT_WAITS
        else "certificate_should_be_asked_for",
        f"Läkarintyg krävs från dag {needed_from} i frånvaron från {part.begins_on}, och inget är uppgivet. Dagarna är "
        "räknade med; be om intyget.",
    )
    return None
