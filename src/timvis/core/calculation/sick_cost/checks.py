"""What cannot be so: overlapping spells, a shift nobody was ill for, a wage below nothing. Every fault at once."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from timvis.core.calculation.agreements import Agreements
from timvis.core.calculation.sick_cost.claimed import SAID
from timvis.core.calculation.sick_cost.records import SHOWN_ITEMS, CostItem, EarlierSpell, SickCase, SickShift, Spell
from timvis.core.calculation.sick_cost.settings import Cause
from timvis.core.calendar.local_time import day_minutes
from timvis.core.faults import Fault
from timvis.core.law import LawByDay
from timvis.core.law_terms import ORE_PER_HOUR_UNITS, PERCENT_UNITS


def check(case: SickCase, agreements: Agreements, law: LawByDay) -> tuple[Fault, ...]:
    """Return every fault in what was written down, in the order in which it stands."""
    return (
        *_agreement(case, agreements),
        *_days(case),
        *_spells(case),
        *_shifts(case),
        *_pay(case),
        *_codes(case, law),
        *_claimed(case),
        *_shown(case),
        *_only_one_holds(case),
    )


def _fault(code: str, key: str, message: str, remedy: str) -> Fault:
    return Fault(code=code, message=message, remedy=remedy, column=key)


def _agreement(case: SickCase, agreements: Agreements) -> Iterator[Fault]:
    if case.agreement and case.agreement not in agreements:
        yield _fault(
            "unknown_agreement",
            "agreement",
            f"Timvis känner inget kollektivavtal som heter ”{case.agreement}”.",
            f"Välj något av {', '.join(sorted(agreements))}, eller lämna tomt om arbetsgivaren inte har något.",
        )


def _days(case: SickCase) -> Iterator[Fault]:
    if case.claim_to <= case.claim_from:
        yield _fault(
            "ends_before_it_begins",
            "claim_to",
            f"Ansökan gäller {case.claim_from} till {case.claim_to}, och det är ingen dag.",
            "Skriv claim_to som den första dagen efter den sista.",
        )
    if not any(spell.first_on < case.claim_to and case.claim_from <= spell.last_on for spell in case.spells):
        yield _fault(
            "claim_outside_the_absence",
            "claim_from",
            f"Ingen frånvaro ligger i den tid ansökan gäller, {case.claim_from} till {case.claim_to}.",
            "Rätta tiden, eller första och sista sjukdagen.",
        )
    born = case.assistant.born_year
    if born is not None and born >= case.paid_on.year:
        yield _fault(
            "born_after_pay_out",
            "assistant.born_year",
            f"Assistenten är född {born} men lönen betalas ut {case.paid_on}.",
            "Rätta året som är fel; skriv fyra siffror.",
        )
    for key, what, first, after in _periods(case):
        if first is not None and after is not None and after <= first:
            _, _, name = key.rpartition(".")
            yield _fault(
                "ends_before_it_begins",
                key,
                f"{what}, {first} till {after}, är ingen dag.",
                f"Skriv {name} som den första dagen efter den sista.",
            )


def _periods(case: SickCase) -> Iterator[tuple[str, str, date | None, date | None]]:
    """Yield every half-open period: the key of its end, a Swedish name, its first day and the first one after it."""
    yield "week.worked_to", "Tiden bakåt", case.week.worked_from, case.week.worked_to
    for number, job in enumerate(case.assistant.employments, start=1):
        yield f"assistant.employment[{number}].to", "Anställningen", job.agreed_from, job.agreed_to
    for told in case.compensations:
        yield f"state_compensation[{told.row}].to", "Statens ersättning", told.paid_from, told.paid_to
    for number, settings in enumerate(case.settings, start=1):
        yield f"settings[{number}].valid_to", "Rutinens val", settings.valid_from, settings.valid_to


# --- absences --------------------------------------------------------------------------------------------


def _key(spell: Spell | EarlierSpell) -> str:
    return f"{'spell' if isinstance(spell, Spell) else 'earlier'}[{spell.row}]"


def _spells(case: SickCase) -> Iterator[Fault]:
    spells: list[Spell | EarlierSpell] = [*case.earlier, *case.spells]
    last_claimed_on = max(spell.last_on for spell in case.spells)
    for earlier in case.earlier:
        if earlier.first_on > last_claimed_on:
            yield _fault(
                "earlier_is_later",
                f"earlier[{earlier.row}].first_on",
                f"Den tidigare frånvaron börjar {earlier.first_on}, efter den som ansökan gäller.",
                "Skriv bara frånvaro före ansökans, eller flytta den till [[spell]].",
            )
    for spell in spells:
        if spell.last_on < spell.first_on:
            yield _fault(
                "ends_before_it_begins",
                f"{_key(spell)}.last_on",
                f"Den sista sjukdagen, {spell.last_on}, ligger före den första, {spell.first_on}.",
                "Skriv den sista dagen som assistenten var sjuk; den räknas med.",
            )
        back_on = spell.first_day_back_on
        if back_on is not None and back_on <= spell.last_on:
            yield _fault(
                "back_before_well",
                f"{_key(spell)}.first_day_back_on",
                f"Första arbetsdagen tillbaka, {back_on}, ligger inte efter den sista sjukdagen, {spell.last_on}.",
                "Rätta den dag som är fel.",
            )
    for before, after in pairwise(sorted(spells, key=lambda one: (one.first_on, one.last_on))):
        if after.first_on <= before.last_on:
            yield _fault(
                "overlapping_spells",
                f"{_key(after)}.first_on",
                f"Frånvaron från {after.first_on} börjar innan den från {before.first_on} är slut ({before.last_on}).",
                "Skriv ihop dem till en, eller rätta dagarna.",
            )


# --- time ------------------------------------------------------------------------------------------------


def _shifts(case: SickCase) -> Iterator[Fault]:
    if case.asks_for_real_costs and not case.shifts:
        yield _fault(
            "missing",
            "shift",
            "Inga pass är uppgivna, så det går inte att se vilken tid som gick förlorad.",
            "Skriv passen som assistenten skulle ha arbetat.",
        )
    for shift in case.shifts:
        if not any(spell.first_on <= shift.work_on <= spell.last_on for spell in case.spells):
            yield _fault(
                "shift_outside_the_absence",
                f"shift[{shift.row}]",
                f"Passet {shift.work_on} ligger inte inom någon uppgiven frånvaro.",
                "Rätta passets dag, eller första och sista sjukdagen.",
            )
        for one in shift.supplements:
            if one.start_at is not None and not shift.is_by_clock:
                yield _fault(
                    "supplement_needs_a_clock",
                    f"shift[{shift.row}].supplement",
                    f"Tillägget {one.name} gäller vissa klockslag, men passet {shift.work_on} har bara ett timantal.",
                    "Skriv passets klockslag.",
                )
        if not shift.is_by_clock and shift.is_covered is None:
            yield _fault(
                "missing",
                f"shift[{shift.row}].substitute",
                f"Det står inte om en vikarie arbetade passet {shift.work_on}.",
                "Skriv substitute = true eller false, eller klockslag för både passet och vikarien.",
            )
    yield from _unknown_order(case.shifts)
    yield from _overlaps([shift for shift in case.shifts if shift.is_by_clock])
    yield from _long_days(case.shifts)


def _unknown_order(shifts: Sequence[SickShift]) -> Iterator[Fault]:
    """Object to days on which nobody can tell which hours came first, and it may decide what they give."""
    for day in dict.fromkeys(shift.work_on for shift in shifts if not shift.is_by_clock):
        kinds = {
            (one.is_by_clock, one.kind, one.supplements, one.is_covered, one.is_elsewhere)
            for one in shifts
            if one.work_on == day
        }
        if len(kinds) > 1:
            yield _fault(
                "order_is_not_known",
                "shift",
                f"Den {day} finns tid av olika slag utan klockslag, så det går inte att se vad som kom först.",
                "Skriv klockslag på alla pass den dagen.",
            )


def _overlaps(shifts: Sequence[SickShift]) -> Iterator[Fault]:
    for before, after in pairwise(sorted(shifts, key=lambda one: (one.start_at, one.row))):
        if after.start_at < before.end_at:
            yield _fault(
                "overlapping_shifts",
                f"shift[{after.row}]",
                f"Passet {after.work_on} börjar innan pass {before.row} är slut.",
                "En assistent har ett pass i taget; rätta klockslagen.",
            )


def _long_days(shifts: Iterable[SickShift]) -> Iterator[Fault]:
    minutes: dict[date, int] = {}
    for shift in shifts:
        minutes[shift.work_on] = minutes.get(shift.work_on, 0) + shift.minutes
    for day, total in minutes.items():
        if total > day_minutes(day):
            yield _fault(
                "more_than_a_day",
                "shift",
                f"Passen {day} är tillsammans fler timmar än dygnet har.",
                "Rätta timmarna, eller skriv passen på sina dagar.",
            )


# --- money -----------------------------------------------------------------------------------------------


def _pay(case: SickCase) -> Iterator[Fault]:
    for number, pay in enumerate(case.pay, start=1):
        if (pay.hourly_ore is None) == (pay.monthly_ore is None):
            yield _fault(
                "one_of_two",
                f"pay[{number}]",
                "Lönen ska vara antingen per timme eller per månad.",
                "Skriv hourly_ore eller monthly_ore.",
            )


def _claimed(case: SickCase) -> Iterator[Fault]:
    several = len(case.spells) > 1
    for one in case.claimed:
        if several and one.occasion is None and one.spell is None:
            yield _fault(
                "missing",
                f"claimed[{one.row}].occasion",
                "Ansökan gäller flera frånvaroperioder, och det står inte vilken kostnaden hör till.",
                "Skriv occasion = 1 för den första sjuklöneperioden, 2 för den andra och så vidare; för annan frånvaro "
                "än sjukdom spell, frånvarons nummer.",
            )
        if one.spell is not None:
            yield from _of_another_absence(case, one.spell, f"claimed[{one.row}].spell")
        if one.item is CostItem.STATE_COMPENSATION:
            yield _fault(
                "told_elsewhere",
                f"claimed[{one.row}].item",
                "Ersättning från staten är ingen kostnad som begärs.",
                "Skriv den under [[state_compensation]], med tiden och grunden.",
            )
        elif (one.ore > 0) if one.item is CostItem.QUALIFYING_DEDUCTION else (one.ore < 0):
            yield _fault(
                "wrong_sign",
                f"claimed[{one.row}].ore",
                "Ett karensavdrag skrivs med minus, och alla andra kostnader utan.",
                "Rätta tecknet.",
            )
    for told in case.compensations:
        if several and told.ore and told.of_cost_ore is None:
            yield _fault(
                "missing",
                f"state_compensation[{told.row}].of_cost_ore",
                "Ersättningen från staten ska delas på flera frånvaroperioder, men hela sjuklönekostnaden saknas.",
                "Skriv of_cost_ore, den kostnad som ersättningen gällde.",
            )


def _shown(case: SickCase) -> Iterator[Fault]:
    for one in case.shown:
        key = f"shown[{one.row}]"
        if one.spell is not None:
            yield from _of_another_absence(case, one.spell, f"{key}.spell")
        elif len(case.spells) > 1:
            yield _fault(
                "missing",
                f"{key}.spell",
                "Ansökan gäller flera frånvaroperioder, och det står inte vilken den visade kostnaden hör till.",
                "Skriv spell, frånvarons nummer i ordning.",
            )
        else:
            yield from _of_another_absence(case, case.spells[0].row, f"{key}.spell")
        if one.item not in SHOWN_ITEMS:
            yield _fault(
                "told_elsewhere",
                f"{key}.item",
                f"{SAID[one.item]} är ingen kostnad som kan visas för annan frånvaro än sjukdom.",
                f"Skriv något av: {', '.join(sorted(item.value for item in SHOWN_ITEMS))}.",
            )
        if one.ore < 0:
            yield _fault("wrong_sign", f"{key}.ore", "En visad kostnad är inte mindre än noll.", "Rätta tecknet.")


def _of_another_absence(case: SickCase, row: int, key: str) -> Iterator[Fault]:
    spell = next((spell for spell in case.spells if spell.row == row), None)
    if spell is None:
        yield _fault(
            "no_such_absence",
            key,
            f"Ansökan har {len(case.spells)} frånvaroperioder, och kostnaden sägs höra till nummer {row}.",
            "Rätta numret; den första som står är 1.",
        )
    elif spell.cause is Cause.SICKNESS:
        yield _fault(
            "told_elsewhere",
            key,
            f"Frånvaron från {spell.first_on} är sjukdom, och dess kostnad räknas.",
            "Skriv occasion (sjuklöneperiodens nummer) i [[claimed]]; [[shown]] är för annan frånvaro.",
        )


def _codes(case: SickCase, law: LawByDay) -> Iterator[Fault]:
    for shift in case.shifts:
        for supplement in shift.supplements:
            if supplement.code is not None:
                yield from _code(supplement.code, ORE_PER_HOUR_UNITS, f"shift[{shift.row}].supplement.code", law)
    for number, cost in enumerate(case.agreement_costs, start=1):
        if cost.code is not None:
            yield from _code(cost.code, PERCENT_UNITS, f"agreement_cost[{number}].code", law)


def _code(code: str, units: frozenset[str], key: str, law: LawByDay) -> Iterator[Fault]:
    try:
        unit = law.number(code).unit
    except KeyError:
        yield _fault("unknown_code", key, f"Inget tal heter ”{code}”.", "timvis law list visar alla.")
        return
    if unit not in units:
        yield _fault(
            "wrong_unit",
            key,
            f"{code} är ett tal i {unit}, och här behövs ett i {' eller '.join(sorted(units))}.",
            "timvis law list visar alla.",
        )


# --- several that cannot hold at once ----------------------------------------------------------------------


def _only_one_holds(case: SickCase) -> Iterator[Fault]:
    """Object where two rows answer the same question, so that the order of the rows would decide an amount."""
    for early, late in pairwise(sorted(case.settings, key=lambda one: one.valid_from)):
        if early.valid_to is None or late.valid_from < early.valid_to:
            key = f"settings[{len(case.settings) - case.settings[::-1].index(late)}].valid_from"
            yield _twice(key, f"Två uppsättningar val gäller från {late.valid_from}.")
    compensations = sorted(case.compensations, key=lambda one: (one.kind, one.paid_from))
    for before, after in pairwise(compensations):
        if before.kind is after.kind and after.paid_from < before.paid_to:
            key = f"state_compensation[{after.row}].from"
            yield _twice(key, f"Två rader om {after.kind} gäller {after.paid_from}.")
    for key, days in (
        ("pay", [pay.paid_from for pay in case.pay]),
        ("pay_out", [one.month_on for one in case.pay_outs]),
    ):
        for number, day in enumerate(days, start=1):
            if day in days[: number - 1]:
                yield _twice(f"{key}[{number}]", f"Två rader gäller från {day}.")


def _twice(key: str, message: str) -> Fault:
    return _fault("two_at_once", key, message, "Behåll en, eller rätta dagarna så att de inte överlappar.")
