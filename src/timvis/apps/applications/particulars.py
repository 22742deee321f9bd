"""What somebody applies for, as it is handed to the acts: read whole, judged whole, or not used at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pydantic import ValidationError

from timvis.apps.applications.models import REPRESENTS_LABELS, AppliedBy, Represents
from timvis.core.calculation.sick_cost.checks import check
from timvis.core.calculation.sick_cost.records import SickCase
from timvis.core.faults import Fault
from timvis.core.identity import birth_date, luhn_is_right
from timvis.core.law import LawBook, LawReader
from timvis.formats.agreement_packs.read import load_agreements
from timvis.formats.calculation_case.sick_cost import absence_of
from timvis.formats.calculation_case.sick_cost_form import WrittenAbsence
from timvis.formats.pydantic_faults import faults_of

_CHOICES = "settings"

PartForm = Mapping[str, object]
"""One assistant's absence as it was written: the keys of a `sick_cost` calculation case, without `settings`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """Everything one application says. `uses_registered_account`: the money goes where it is already known to go."""

    applied_by: AppliedBy
    applicant_number: str
    applicant_name: str
    parts: tuple[PartForm, ...]
    covers: str
    represents: Represents = Represents.NOBODY
    contact: str = ""
    signed_on: date | None = None
    uses_registered_account: bool = True
    payee_wish: str = ""
    invoice_reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFile:
    """A file as it came: the picture of the paper, or what somebody uploaded."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadApplication:
    """An application that was read without a fault: its parts, and the half-open days it is about."""

    parts: tuple[WrittenAbsence, ...]
    applied_from: date
    applied_to: date


def read(
    applied: Applied, law: LawBook, *, today: date, words: Mapping[str, str]
) -> ReadApplication | tuple[Fault, ...]:
    """Return an application read, or every fault of every part of it.

    `words` are what one application may cover by the routine, each with its Swedish reading. A fault of a part has
    a column like `part[1].spell[2].last_on`.
    """
    faults = [*_about_who(applied, today), *_about_the_whole(applied, words)]
    parts: list[WrittenAbsence] = []
    cases: list[SickCase] = []
    for number, form in enumerate(applied.parts, start=1):
        found = read_part(form, law)
        if isinstance(found, tuple):
            faults += [replace(fault, column=f"part[{number}].{fault.column or ''}".rstrip(".")) for fault in found]
        else:
            parts.append(found)
            case = _case_of(found)
            assert isinstance(case, SickCase)
            cases.append(case)
    if faults:
        return tuple(faults)
    faults += _twice(parts)
    if faults:
        return tuple(faults)
    return ReadApplication(
        parts=tuple(parts),
        applied_from=min(case.claim_from for case in cases),
        applied_to=max(case.claim_to for case in cases),
    )


def read_part(form: PartForm, law: LawBook) -> WrittenAbsence | tuple[Fault, ...]:
    """Return one assistant's absence, or every fault in it: what cannot be read, and what cannot be so."""
    try:
        written = WrittenAbsence.model_validate({"kind": "sick_cost", **form})
    except ValidationError as error:
        return faults_of(error)
    case = _case_of(written)
    if isinstance(case, tuple):
        return case
    faults = check(case, load_agreements(), LawReader(law))
    # What is chosen is the routine's to say, and is asked for when the amount is worked out.
    return tuple(fault for fault in faults if not str(fault.column).startswith(_CHOICES)) or written


def _case_of(written: WrittenAbsence) -> SickCase | tuple[Fault, ...]:
    return absence_of(written, ())


def _about_who(applied: Applied, today: date) -> Iterator[Fault]:
    number = applied.applicant_number
    is_somebody = birth_date(number) is not None or len(number) == _ORGANISATION_DIGITS
    if not number.isdecimal() or not is_somebody or not luhn_is_right(number[-_ORGANISATION_DIGITS:]):
        yield _fault(
            "applicant_is_unknown",
            "Den som ansöker har inget giltigt person- eller organisationsnummer.",
            "Skriv personnumret med tolv siffror, eller organisationsnumret med tio.",
            "applicant_number",
        )
    if not applied.applicant_name.strip():
        yield _fault("missing", "Namnet på den som ansöker saknas.", "Skriv hela namnet.", "applicant_name")
    represents = applied.applied_by is AppliedBy.REPRESENTATIVE
    if represents and applied.represents is Represents.NOBODY:
        ways = ", ".join(label for label in REPRESENTS_LABELS.values() if label)
        yield _fault(
            "missing",
            "Det står inte som vad ställföreträdaren handlar.",
            f"Välj ett av: {ways}.",
            "represents",
        )
    if not represents and applied.represents is not Represents.NOBODY:
        yield _fault(
            "represents_nobody",
            "Bara en legal ställföreträdare är vårdnadshavare, god man eller förvaltare.",
            "Ändra vem som ansöker, eller lämna fältet tomt.",
            "represents",
        )
    if applied.signed_on is not None and applied.signed_on > today:
        yield _fault(
            "signed_in_the_future",
            f"Ansökan sägs vara underskriven {applied.signed_on}, som inte har varit än.",
            "Rätta datumet.",
            "signed_on",
        )


_ORGANISATION_DIGITS = 10


def _about_the_whole(applied: Applied, words: Mapping[str, str]) -> Iterator[Fault]:
    if applied.covers not in words:
        yield _fault(
            "covers_is_not_allowed",
            "Rutinen tar inte emot en ansökan för så lång tid." if applied.covers else "Vad ansökan omfattar saknas.",
            f"Välj något av: {', '.join(words.values())}.",
            "covers",
        )
    if not applied.parts:
        yield _fault("missing", "Ingen assistent är angiven.", "Lägg till den som var sjuk.", "part")


def _twice(parts: list[WrittenAbsence]) -> Iterator[Fault]:
    """Yield a fault for each assistant who stands in two parts: her absences are judged together."""
    seen: dict[str, int] = {}
    for number, part in enumerate(parts, start=1):
        person = part.assistant.number
        if person and person in seen:
            yield _fault(
                "assistant_stands_twice",
                f"Samma assistent står både som nummer {seen[person]} och {number}.",
                "Lägg hennes sjukperioder under en assistent.",
                f"part[{number}].assistant.number",
            )
        seen.setdefault(person, number)


def _fault(code: str, message: str, remedy: str, column: str) -> Fault:
    return Fault(code=code, message=message, remedy=remedy, column=column)
