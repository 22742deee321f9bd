"""Asking for what is missing in a claim, telling beforehand what is needed, and reminding when nobody answered."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from timvis.apps.audit.attempts import Attempt
from timvis.apps.audit.versions import current
from timvis.apps.claims.models import Claim
from timvis.apps.claims.papers import checklist_of
from timvis.apps.claims.queries import attempt_on, claim_in
from timvis.apps.documents import sending
from timvis.apps.documents.actions import send_letter
from timvis.apps.documents.models import SentLetter
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import PowerOfAttorney
from timvis.apps.parties.queries import recipient_in
from timvis.apps.routines import records as routines
from timvis.core.access import Action, Actor, ClaimStatus
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import month_text
from timvis.core.faults import Fault, Refusal
from timvis.core.letter import Head, Value
from timvis.core.records import ProviderKind
from timvis.core.routine.checklist import ALWAYS, concerning
from timvis.core.routine.completion import (
    ASK,
    REMIND,
    Asking,
    answer_day,
    may_refuse_for_missing,
    reminder_is_due,
    reminders_at_most,
    still_wanted,
)
from timvis.core.routine.records import ClaimKind, Requirement, Routine
from timvis.core.routine.terms import LetterWhen

OPEN = (ClaimStatus.RECEIVED, ClaimStatus.IN_REVIEW, ClaimStatus.WAITING_FOR_PROVIDER)
"""The states in which a claim may still be completed; a decision ends them too."""

INFORM = "information_on_evidence"
"""The letter that tells what is needed before anything is asked for."""

Sent = int | Refusal | tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Whom a letter goes to, by the name that stands on it."""

    name: str
    to: sending.To


def is_open(claim: Claim) -> bool:
    """Return whether a claim is neither decided nor withdrawn, so that it can be completed."""
    return claim.status in OPEN and not claim.decisions.exists()


def asking_letters(claim: Claim) -> tuple[SentLetter, ...]:
    """Return every letter that asked for documents in a claim, or reminded of it, as they were sent."""
    rows = SentLetter.objects.filter(municipality=claim.municipality.slug, about=claim.number, code__in=(ASK, REMIND))
    return tuple(rows.defer("pdf", "html").select_related("sent_by").order_by("sent_at", "id"))


def askings(claim: Claim) -> tuple[Asking, ...]:
    """Return what has been asked for in a claim, each letter with the reminders that followed it."""
    return tuple(_asking(chain) for chain in _chains(asking_letters(claim)))


def why_not_refuse_for_missing(claim: Claim, *, now: datetime) -> Refusal | None:
    """Return None when a claim may be refused because a document is missing, else why not (FL 20 §)."""
    return may_refuse_for_missing(checklist_of(claim, now=now), askings(claim), on=day_of(now))


@transaction.atomic
def ask_for_documents(
    actor: Actor, claim_number: str, documents: Collection[str], *, now: datetime, answer_by: date | None = None
) -> tuple[int, ...] | Refusal | tuple[Fault, ...]:
    """Return the ids of the letters that ask for documents of the checklist, one to each whom the routine names.

    `documents` are codes of the routine's checklist. `answer_by` is asked for when the routine sets no number of
    days. What is wrong with the asking comes back as faults, all of them, and nothing is sent.
    """
    claim = claim_in(actor, claim_number)
    if claim is None:
        return Attempt(actor, Action.SEND_LETTER, "letter", claim_number, now).refuse(Refusal.NOT_FOUND)
    if not is_open(claim):
        return attempt_on(actor, Action.SEND_LETTER, claim, now).refuse(Refusal.WRONG_STATE)
    routine = routines.routine(claim.routine_version)
    last_day = answer_by or answer_day(routine, day_of(now))
    wanted = [row.requirement for row in checklist_of(claim, now=now) if row.requirement.code in documents]
    if faults := tuple(_faults_of_asking(wanted, documents, last_day, now)):
        return faults
    assert last_day is not None, "without a day there is a fault"
    values = _values(claim, wanted, last_day, _contact(actor.name, claim.number))
    sent: list[int] = []
    for receiver in _receivers(claim, routine, now):
        one = send_letter(
            actor,
            ASK,
            _head(claim, receiver.name, now),
            values,
            now=now,
            recipient_id=receiver.to.recipient_id,
            provider_id=receiver.to.provider_id,
            answer_by=last_day,
            asks_for=[row.code for row in wanted],
        )
        if not isinstance(one, int):
            return one
        sent.append(one)
    return tuple(sent)


@transaction.atomic
def inform_on_evidence(
    actor: Actor,
    recipient_id: int,
    routine: Routine,
    *,
    provider_kind: ProviderKind,
    claim_kind: ClaimKind,
    now: datetime,
    about: str = "",
) -> Sent:
    """Return the id of the letter that tells a recipient which documents a routine asks for, and when.

    `about` is the number of the case, empty when there is none yet: the letter comes before the application.
    """
    recipient = recipient_in(actor, recipient_id)
    if recipient is None:
        return Attempt(actor, Action.SEND_LETTER, "letter", about, now).refuse(Refusal.NOT_FOUND)
    wanted = concerning(routine, provider_kind, claim_kind)
    always = tuple(row.text for row in wanted if row.needed in ALWAYS)
    name = parties.recipient(recipient_id, known_at=now).name
    municipality = recipient.municipality.name
    head = Head(sender=municipality, receiver=(name,), reference=about, written_on=day_of(now))
    values: Mapping[str, Value] = {
        "services": routine.name[:1].lower() + routine.name[1:],
        "documents": always,
        "documents_at_times": tuple(_at_times(row) for row in wanted if row.text not in always),
        "contact": _contact(actor.name, about),
        "municipality": municipality,
    }
    return send_letter(actor, INFORM, head, values, now=now, recipient_id=recipient_id)


@transaction.atomic
def remind(actor: Actor, letter_id: int, *, now: datetime) -> Sent | None:
    """Return the id of the reminder of a letter, None when none is due any more. Once is enough, whoever asks.

    It is judged here again what is still missing, so that what came in a moment ago is not asked for.
    """
    letters = SentLetter.objects.filter(municipality=actor.municipality, id=letter_id, code__in=(ASK, REMIND))
    letter = letters.defer("pdf", "html").first()
    claim = claim_in(actor, letter.about) if letter else None
    if letter is None or claim is None:
        return Attempt(actor, Action.REMIND_OF_DOCUMENTS, "letter", letter_id, now).refuse(Refusal.NOT_FOUND)
    chain = next(one for one in _chains(asking_letters(claim)) if letter.pk in {each.pk for each in one})
    routine = routines.routine(claim.routine_version)
    rows, on, asking = checklist_of(claim, now=now), day_of(now), _asking(chain)
    at_most = reminders_at_most(routine)
    if chain[-1].pk != letter.pk or not reminder_is_due(asking, rows, on=on, at_most=at_most, is_open=is_open(claim)):
        return None
    first, wanted = chain[0], [row.requirement for row in still_wanted(asking, rows)]
    # As long to answer as the first letter gave.
    last_day = on + ((first.answer_by or on) - day_of(first.sent_at))
    values = _values(claim, wanted, last_day, _contact(first.sent_by.name, claim.number))
    return sending.send(
        attempt_on(actor, Action.REMIND_OF_DOCUMENTS, claim, now),
        sending.Wanted(
            code=REMIND,
            head=_head(claim, first.receiver, now),
            values={**values, "asked_on": day_of(first.sent_at).isoformat()},
            to=sending.To(recipient_id=letter.recipient_id, provider_id=letter.provider_id),
            answer_by=last_day,
            asks_for=[row.code for row in wanted],
            reminds_of=letter.pk,
        ),
    )


def letters_to_remind_of(municipality: str, *, now: datetime) -> tuple[int, ...]:
    """Return the ids of the letters whose day to answer has passed and that nobody has reminded of, oldest first.

    Whether a reminder is due is judged by `remind`, letter by letter.
    """
    waiting = SentLetter.objects.filter(
        municipality=municipality, code__in=(ASK, REMIND), answer_by__lt=day_of(now), reminder__isnull=True
    )
    still_open = Claim.objects.filter(
        municipality__slug=municipality, status__in=OPEN, decisions__isnull=True, number__in=waiting.values("about")
    )
    found = waiting.filter(about__in=still_open.values("number")).order_by("answer_by", "id")
    return tuple(found.values_list("id", flat=True))


# --- the letters ------------------------------------------------------------------------------------------


def _chains(letters: Collection[SentLetter]) -> list[list[SentLetter]]:
    """Return each first letter followed by its reminders, in the order they went."""
    followers = {one.reminds_of_id: one for one in letters if one.reminds_of_id is not None}
    chains = []
    for first in (one for one in letters if one.reminds_of_id is None):
        chain = [first]
        while (after := followers.get(chain[-1].pk)) is not None:
            chain.append(after)
        chains.append(chain)
    return chains


def _asking(chain: list[SentLetter]) -> Asking:
    first, last = chain[0], chain[-1]
    sent_on = day_of(first.sent_at)
    return Asking(
        documents=frozenset(first.asks_for),
        sent_on=sent_on,
        answer_by=last.answer_by or first.answer_by or sent_on,
        reminders=len(chain) - 1,
    )


def _faults_of_asking(
    wanted: Collection[Requirement], documents: Collection[str], last_day: date | None, now: datetime
) -> Iterator[Fault]:
    unknown = sorted(set(documents) - {row.code for row in wanted})
    if unknown:
        yield Fault(
            code="not_on_the_checklist",
            message=f"Rutinens checklista har ingen handling med koden {', '.join(unknown)}.",
            remedy="Välj bland checklistans handlingar.",
            column="documents",
        )
    if not documents:
        yield Fault(
            code="nothing_asked_for",
            message="Ingen handling är vald.",
            remedy="Välj minst en handling att begära in.",
            column="documents",
        )
    if last_day is None:
        yield Fault(
            code="no_day_to_answer",
            message="Rutinen säger inte hur lång tid det finns att komplettera.",
            remedy="Ange vilken dag handlingarna senast ska vara inne.",
            column="answer_by",
        )
    elif last_day <= day_of(now):
        yield Fault(
            code="day_to_answer_has_passed",
            message=f"Dagen att svara, {last_day}, är inte senare än i dag.",
            remedy="Ange en dag som ger tid att svara.",
            column="answer_by",
        )


def _values(claim: Claim, wanted: Collection[Requirement], last_day: date, contact: str) -> dict[str, Value]:
    return {
        "case_number": claim.number,
        "period": month_text(claim.month_on),
        "documents": tuple(row.text for row in wanted),
        "due_on": last_day.isoformat(),
        "contact": contact,
        "municipality": claim.municipality.name,
    }


def _head(claim: Claim, name: str, now: datetime) -> Head:
    sender = claim.municipality.name
    return Head(sender=sender, receiver=(name,), reference=claim.number, written_on=day_of(now))


def _contact(officer: str, about: str) -> str:
    number = f", och ange ärende {about}" if about else ""
    return f"Frågor? Fråga efter {officer}{number}."


def _at_times(row: Requirement) -> str:
    return f"{row.text} (från sjukdag {row.day})" if row.day is not None else f"{row.text} (om vi begär det)"


def _receivers(claim: Claim, routine: Routine, now: datetime) -> tuple[Receiver, ...]:
    """Return whom the routine sends such a letter to; the recipient, or the provider of many, where it names nobody."""
    named = [role for one in routine.letters if one.when is LetterWhen.DOCUMENT_IS_MISSING for role in one.to]
    found = dict.fromkeys(one for role in named or ["recipient"] for one in _of_role(role, claim, now))
    return tuple(found) or (_provider(claim, now),)


def _of_role(role: str, claim: Claim, now: datetime) -> Iterator[Receiver]:
    to = sending.To(recipient_id=claim.recipient_id)
    if role in ("provider_admin", "own_employer"):
        yield _provider(claim, now)
    elif role == "recipient" and claim.recipient_id is not None:
        yield Receiver(name=parties.recipient(claim.recipient_id, known_at=now).name, to=to)
    elif role == "agent" and claim.recipient_id is not None:
        for name in _agents(claim.recipient_id, now):
            yield Receiver(name=name, to=to)


def _provider(claim: Claim, now: datetime) -> Receiver:
    name = parties.provider(claim.provider_id, known_at=now).name
    return Receiver(name=name, to=sending.To(provider_id=claim.provider_id))


def _agents(recipient_id: int, now: datetime) -> Iterator[str]:
    """Yield the names of those who may apply for a recipient today, by a power of attorney whose original is in."""
    on = day_of(now)
    for power in PowerOfAttorney.objects.filter(recipient_id=recipient_id).prefetch_related("versions"):
        version = current(power.versions.all(), known_at=now, on=on)
        if version and version.may_apply and version.original_received_on and not _is_revoked(version.revoked_on, on):
            yield version.agent_name


def _is_revoked(revoked_on: date | None, on: date) -> bool:
    return revoked_on is not None and revoked_on <= on
