"""Kommunikation: before a decision goes against somebody she has seen what it rests on (FL 25 §)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.faults import Fault, Refusal
from timvis.core.procedure.decision import NOT_WHOLLY_FAVOURABLE, Outcome


class NoHearing(StrEnum):
    """Why somebody is not heard first. The ground that concerns employments has no case here."""

    OBVIOUSLY_UNNECESSARY = "obviously_unnecessary"
    HARDER_TO_CARRY_OUT = "harder_to_carry_out"
    CANNOT_WAIT = "cannot_wait"


NO_HEARING_WORDS: Mapping[NoHearing, str] = {
    NoHearing.OBVIOUSLY_UNNECESSARY: "Det är uppenbart obehövligt.",
    NoHearing.HARDER_TO_CARRY_OUT: "Det kan annars befaras bli avsevärt svårare att genomföra beslutet.",
    NoHearing.CANNOT_WAIT: "Ett väsentligt allmänt eller enskilt intresse kräver att beslutet meddelas omedelbart.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What a party was sent, and when and how; `digest` is over the material and the proposed decision.

    She has the whole of `answer_by`. `answered_on` is the day her answer came, None while there is none.
    """

    digest: str
    sent_on: date
    way: str
    answer_by: date
    answered_on: date | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotHeard:
    """That somebody was not heard: on which ground, in the officer's own words why, by whom and when."""

    ground: NoHearing
    reason: str
    by_person_id: int
    on: date


def why_not_yet(
    outcome: Outcome, heard: Hearing | NotHeard | None, *, digest: str, on: date, more_is_coming: bool = False
) -> Refusal | None:
    """Return None when a decision may be made on a day as far as hearing goes, else why it may not.

    `digest` is over what the decision rests on now: what has been added since the party saw it is heard anew.
    What is wholly favourable needs no hearing. An answer ends the waiting, unless she has written that
    `more_is_coming`: then she keeps the rest of her time.
    """
    if outcome not in NOT_WHOLLY_FAVOURABLE:
        return None
    if heard is None:
        return Refusal.PARTY_IS_NOT_HEARD
    if isinstance(heard, NotHeard):
        return None if heard.reason.strip() else Refusal.REASON_IS_MISSING
    if heard.digest != digest:
        return Refusal.SHOWN_IS_NOT_CURRENT
    if heard.answered_on is not None and heard.answered_on <= on and not more_is_coming:
        return None
    return None if heard.answer_by < on else Refusal.TIME_TO_ANSWER_IS_NOT_OVER


def hearing_faults(hearing: Hearing) -> tuple[Fault, ...]:
    """Return everything that is wrong with a hearing as somebody writes it down."""
    return tuple(_hearing_faults(hearing))


def _hearing_faults(hearing: Hearing) -> Iterator[Fault]:
    if hearing.answer_by <= hearing.sent_on:
        yield Fault(
            code="no_time_to_answer",
            message=f"Svarsdagen {hearing.answer_by} ligger inte efter dagen då förslaget skickades.",
            remedy="Ge en dag som lämnar skälig tid att läsa och svara.",
            column="answer_by",
        )
    if hearing.answered_on is not None and hearing.answered_on < hearing.sent_on:
        yield Fault(
            code="answered_before_it_was_sent",
            message=f"Svaret kom {hearing.answered_on}, före dagen då förslaget skickades.",
            remedy="Skriv den dag svaret kom in.",
            column="answered_on",
        )
    if not hearing.way.strip():
        yield Fault(
            code="way_is_missing",
            message="Det framgår inte hur parten fick del av materialet.",
            remedy="Skriv om det var brev, e-tjänst, telefon eller möte.",
            column="way",
        )
