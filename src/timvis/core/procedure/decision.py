"""What a decision in a case holds, and everything that keeps it from being made (FL 31–32 §§).

`outcome_of` says what the amounts make of it; `faults_of` holds the officer's own word against that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.faults import Fault
from timvis.core.quantities import Ore
from timvis.core.statutes import Paragraph


class Outcome(StrEnum):
    """What the one who asked is given: bifall, delavslag, avslag."""

    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    REFUSED = "refused"


OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.GRANTED: "bifall",
    Outcome.PARTLY_GRANTED: "delavslag",
    Outcome.REFUSED: "avslag",
}

NOT_WHOLLY_FAVOURABLE = frozenset({Outcome.PARTLY_GRANTED, Outcome.REFUSED})
"""Outcomes that go against somebody in some part: heard before, and given reasons and provisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody who had a part in a decision, with her name and title as they stood that day."""

    person_id: int
    name: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissent:
    """Another opinion (avvikande mening) than the decision's, of somebody who took part (FL 30 §)."""

    by: Participant
    opinion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """A decision as it is to be made. Amounts are whole öre; the period ends before `period_to`.

    `claimed_ore` is None when no amount was asked for, only what is owed. `reasons` tell the circumstances that
    decided, `provisions` are codes of `data/statutes`. `presenters` presented the case (föredragande),
    `others` took part in its final handling without deciding. `delegation` says by which row the decider
    decides, as people find it; it is empty when the board itself decides.
    """

    on: date
    outcome: Outcome
    claimed_ore: Ore | None
    granted_ore: Ore
    period_from: date
    period_to: date
    reasons: str
    provisions: tuple[str, ...]
    decider: Participant | None
    presenters: tuple[Participant, ...] = ()
    others: tuple[Participant, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    delegation: str = ""
    is_automated: bool = False


def outcomes_of(claimed_ore: int | None, granted_ore: int) -> frozenset[Outcome]:
    """Return the outcomes that the amounts can be: one, unless no amount was claimed."""
    if granted_ore <= 0:
        return frozenset({Outcome.REFUSED})
    if claimed_ore is None:
        return frozenset({Outcome.GRANTED, Outcome.PARTLY_GRANTED})
    return frozenset({Outcome.GRANTED if granted_ore >= claimed_ore else Outcome.PARTLY_GRANTED})


def amount_at_stake(claimed_ore: int | None, granted_ore: int) -> Ore:
    """Return what a decision is about, in öre: the larger of what was asked for and what is given.

    A limit of a delegation is held against this, so that a small amount granted does not make a large refusal small.
    """
    return Ore(max(claimed_ore or 0, granted_ore))


def faults_of(record: DecisionRecord, statutes: Mapping[str, Paragraph]) -> tuple[Fault, ...]:
    """Return everything that keeps a decision from being made; `column` names the field."""
    return (
        *_faults_of_amounts(record),
        *_faults_of_reasons(record, statutes),
        *_faults_of_those_who_took_part(record),
    )


def _faults_of_amounts(record: DecisionRecord) -> Iterator[Fault]:
    if record.period_to <= record.period_from:
        yield _fault(
            "period_has_no_day",
            "period_to",
            f"Perioden slutar {record.period_to}, inte efter sin första dag {record.period_from}.",
            "Skriv den period som beslutet gäller.",
        )
    if record.claimed_ore is not None and record.claimed_ore <= 0:
        yield _fault(
            "claimed_is_no_amount",
            "claimed_ore",
            "Det sökta beloppet är inte större än noll.",
            "Skriv beloppet i ansökan, eller lämna rutan tom när inget belopp har begärts.",
        )
    if record.granted_ore < 0:
        yield _fault(
            "granted_is_negative",
            "granted_ore",
            "Det beviljade beloppet är mindre än noll.",
            "Skriv noll vid avslag. Pengar som ska tillbaka är ett eget ärende.",
        )
    elif record.outcome not in (possible := outcomes_of(record.claimed_ore, record.granted_ore)):
        words = " eller ".join(OUTCOME_WORDS[one] for one in Outcome if one in possible)
        yield _fault(
            "outcome_is_not_what_the_amounts_say",
            "outcome",
            f"Utgången är {OUTCOME_WORDS[record.outcome]}, men det som söks och det som beviljas är {words}.",
            "Rätta utgången eller beloppet.",
        )


def _faults_of_reasons(record: DecisionRecord, statutes: Mapping[str, Paragraph]) -> Iterator[Fault]:
    is_favourable = record.outcome not in NOT_WHOLLY_FAVOURABLE
    if not (is_favourable or _tells_circumstances(record)):
        yield _fault(
            "reasons_are_missing",
            "reasons",
            "Skälen säger inte vilka omständigheter som har avgjort saken (FL 32 §).",
            "Skriv vad som har kommit fram i ärendet och varför det leder till beslutet.",
        )
    if not (is_favourable or record.provisions):
        yield _fault(
            "provisions_are_missing",
            "provisions",
            "Inget lagrum är angivet (FL 32 §).",
            "Välj minst en bestämmelse som beslutet vilar på.",
        )
    for code in record.provisions:
        paragraph = statutes.get(code)
        if paragraph is None:
            yield _fault(
                "provision_is_unknown",
                "provisions",
                f"{code} finns inte bland de bestämmelser som Timvis känner.",
                "Välj en bestämmelse ur listan.",
            )
        elif record.on < paragraph.in_force_from:
            yield _fault(
                "provision_is_not_yet_in_force",
                "provisions",
                f"{code} gäller från och med {paragraph.in_force_from}, efter beslutsdagen {record.on}.",
                "Välj den bestämmelse som gällde.",
            )


def _tells_circumstances(record: DecisionRecord) -> bool:
    """Whether the reasons say anything beside the names of the provisions."""
    rest = record.reasons
    for code in record.provisions:
        rest = rest.replace(code, "")
    return any(letter.isalpha() for letter in rest)


def _faults_of_those_who_took_part(record: DecisionRecord) -> Iterator[Fault]:
    if record.decider is None and not record.is_automated:
        yield _fault(
            "decider_is_missing", "decider", "Det framgår inte vem som beslutar (FL 31 §).", "Ange vem som beslutar."
        )
    if record.is_automated and record.outcome in NOT_WHOLLY_FAVOURABLE:
        yield _fault(
            "automated_decision_goes_against_somebody",
            "outcome",
            "Ett beslut som går någon emot kan inte fattas automatiserat.",
            "Låt en handläggare pröva ärendet.",
        )
    deciding = () if record.decider is None else (record.decider,)
    counted = [one.person_id for one in (*deciding, *record.presenters, *record.others)]
    for person_id in sorted({one for one in counted if counted.count(one) > 1}):
        name = next(one.name for one in (*deciding, *record.presenters, *record.others) if one.person_id == person_id)
        yield _fault(
            "person_has_two_parts",
            "others",
            f"{name} står i beslutet mer än en gång.",
            "Ange varje person en gång: som beslutsfattare, föredragande eller annan som har deltagit.",
        )
    for dissent in record.dissents:
        yield from _faults_of_dissent(dissent, taking_part=frozenset(counted))


def _faults_of_dissent(dissent: Dissent, *, taking_part: frozenset[int]) -> Iterator[Fault]:
    if dissent.by.person_id not in taking_part:
        yield _fault(
            "dissent_of_an_outsider",
            "dissents",
            f"{dissent.by.name} har en avvikande mening men står inte bland dem som har deltagit.",
            "Ange personen som föredragande eller annan som har deltagit (FL 30 §).",
        )
    if not dissent.opinion.strip():
        yield _fault(
            "dissent_is_empty",
            "dissents",
            f"Den avvikande meningen av {dissent.by.name} är tom.",
            "Skriv vad meningen går ut på, eller ta bort den.",
        )


def _fault(code: str, column: str, message: str, remedy: str) -> Fault:
    return Fault(code=code, message=message, remedy=remedy, column=column)
