"""Rows around an application → the case a claim on it is judged on: its parts, and what the registers know of them."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from timvis.apps.applications import records as applications
from timvis.apps.applications.actions import is_own_employer, power_lacks
from timvis.apps.applications.models import Application, ApplicationVersion, AppliedBy
from timvis.apps.claims import papers
from timvis.apps.claims.models import MAY_BE_PAID, Claim, Statement
from timvis.apps.invoices import records as invoices
from timvis.apps.parties import records as parties
from timvis.apps.parties.queries import power_held_by
from timvis.apps.routines import queries as routines
from timvis.apps.routines import records as routine_records
from timvis.core.application.case import last_sick_day, worked_out
from timvis.core.application.records import ApplicationCase, ClaimedBefore, KnownSpell, MissingPaper, Part
from timvis.core.calculation.agreements import AgreementPack, Agreements
from timvis.core.calculation.sick_cost.records import SickShift
from timvis.core.calculation.sick_cost.settings import SickCostSettings
from timvis.core.calendar.local_time import day_of
from timvis.core.calendar.months import month_on, same_day_after
from timvis.core.law import LawBook
from timvis.core.routine.records import ClaimKind, Routine
from timvis.core.routine.settings import states, whole_of
from timvis.core.routine.sick_cost import settings_of
from timvis.formats.calculation_case.sick_cost import absence_of
from timvis.formats.calculation_case.sick_cost_form import WrittenAbsence
from timvis.formats.frozen import thaw

LIMIT_MONTHS = "claim_limit_months"
_BACK = timedelta(days=400)
"""How long ago another application may lie and still say something of this one: the year that karens counts."""


def case(claim: Claim, routine: Routine, law: LawBook, *, known_at: datetime) -> ApplicationCase:
    """Return everything a claim on an application is judged on, as it was known at a moment."""
    application = claim.application
    assert application is not None
    version = applications.newest_version(application)
    written = applications.parts_of(version)
    parts = tuple(_parts(written, _settings(claim, routine)))
    bare = ApplicationCase(parts=parts, received_on=day_of(application.received_at))
    others = _others(claim)
    return ApplicationCase(
        parts=parts,
        received_on=bare.received_on,
        latest_on=_latest_on(routine, last_sick_day(bare)),
        missing=tuple(_missing(claim, routine, known_at)),
        claimed_before=tuple(_claimed_before(claim, parts, others)),
        known_spells=tuple(_known_spells(parts, others, law)),
        invoiced=tuple(_invoiced(claim, version)),
        agent_lacks=_agent_lacks(application, version, known_at),
        receiver_lacks=_receiver_lacks(claim, application, known_at),
    )


def _missing(claim: Claim, routine: Routine, known_at: datetime) -> Iterator[MissingPaper]:
    for row in papers.checklist_of(claim, now=known_at, routine=routine):
        if row.is_missing and row.requirement.code != papers.POWER:
            wanted = row.requirement
            yield MissingPaper(code=wanted.code, text=wanted.text, if_missing=wanted.if_missing)


def parts_now(claim: Claim, version: ApplicationVersion) -> tuple[Part, ...]:
    """Return the parts of a version with the choices of the claim's routine, as a page shows them."""
    routine = routine_records.routine(claim.routine_version)
    return tuple(_parts(applications.parts_of(version), _settings(claim, routine)))


def _settings(claim: Claim, routine: Routine) -> tuple[SickCostSettings, ...]:
    """Return the choices of the routine and of its versions before: an old sick period goes by what held then."""
    before = routines.adopted(claim.routine_version.slug).filter(valid_from__lt=routine.valid_from)
    newest = {version.valid_from: routine_records.routine(version) for version in before.order_by("number")}
    return settings_of(*newest.values(), routine)


def _parts(written: Collection[WrittenAbsence], settings: tuple[SickCostSettings, ...]) -> Iterator[Part]:
    for number, one in enumerate(written, start=1):
        found = absence_of(one, settings)
        assert not isinstance(found, tuple), "a version is read without a fault before it is kept"
        yield Part(number=number, assistant_number=one.assistant.number, assistant_name=one.assistant.name, case=found)


def _latest_on(routine: Routine, last_sick_on: date) -> date | None:
    return same_day_after(last_sick_on, whole_of(routine, LIMIT_MONTHS)) if states(routine, LIMIT_MONTHS) else None


# --- other applications -------------------------------------------------------------------------------------


def _others(claim: Claim) -> tuple[tuple[Claim, tuple[WrittenAbsence, ...]], ...]:
    """Return the other applications in the municipality that may tell of the same assistants, with their parts."""
    assert claim.application is not None
    rows = Claim.objects.filter(
        application__isnull=False,
        municipality_id=claim.municipality_id,
        provider_id=claim.provider_id,
        status__in=MAY_BE_PAID,
        month_on__gte=claim.month_on - _BACK,
        month_on__lte=claim.month_on + _BACK,
    ).exclude(pk=claim.pk)
    found = []
    for other in rows.select_related("application").order_by("id"):
        assert other.application is not None
        found.append((other, applications.parts_of(applications.newest_version(other.application))))
    return tuple(found)


def _is_same(part: Part, other: WrittenAbsence) -> bool:
    if part.assistant_number and other.assistant.number:
        return part.assistant_number == other.assistant.number
    return bool(part.assistant_name) and part.assistant_name.casefold() == other.assistant.name.casefold()


def _claimed_before(
    claim: Claim, parts: Collection[Part], others: Collection[tuple[Claim, tuple[WrittenAbsence, ...]]]
) -> Iterator[ClaimedBefore]:
    for other, absences in others:
        number = other.number if other.recipient_id == claim.recipient_id else ""
        for part in parts:
            for absence in absences:
                if not _is_same(part, absence):
                    continue
                theirs = absence_of(absence, ())
                assert not isinstance(theirs, tuple)
                claimed = [one for one in theirs.shifts if not one.is_elsewhere]
                yield from _same_shifts(part, claimed, number)


def _same_shifts(part: Part, theirs: Collection[SickShift], number: str) -> Iterator[ClaimedBefore]:
    for mine in part.case.shifts:
        if mine.is_elsewhere:
            continue
        same = next((one for one in theirs if _is_one_shift(mine, one)), None)
        if same is not None:
            yield ClaimedBefore(
                part=part.number,
                work_on=mine.work_on,
                start_at=mine.start_at,
                end_at=mine.end_at,
                case_number=number,
                is_by_clock=mine.is_by_clock and same.is_by_clock,
            )


def _is_one_shift(mine: SickShift, theirs: SickShift) -> bool:
    if mine.is_by_clock and theirs.is_by_clock:
        return mine.start_at < theirs.end_at and theirs.start_at < mine.end_at
    return mine.work_on == theirs.work_on


def _known_spells(
    parts: Collection[Part],
    others: Collection[tuple[Claim, tuple[WrittenAbsence, ...]]],
    law: LawBook,
) -> Iterator[KnownSpell]:
    """Yield the sick-pay periods of the same assistants that other applications have been worked out for."""
    for other, absences in others:
        if not any(_is_same(part, absence) for part in parts for absence in absences):
            continue
        statement = Statement.objects.filter(claim=other).order_by("-number").first()
        if statement is None:
            continue
        yield from _periods(parts, other.number, statement, law)


def _periods(parts: Collection[Part], number: str, statement: Statement, law: LawBook) -> Iterator[KnownSpell]:
    stated, packs = _stated(statement)
    made = worked_out(stated, packs, law)
    assert not isinstance(made, tuple), "what was stated lacks nothing"
    for theirs, worked in zip(stated, made.parts, strict=True):
        for part in parts:
            if not _is_same_part(part, theirs):
                continue
            for period in worked.cost.periods:
                yield KnownSpell(
                    part=part.number,
                    case_number=number,
                    first_on=period.start_on,
                    last_on=period.last_on,
                    deducted_ore=period.deducted_ore,
                    deducted_minutes=period.deducted_minutes,
                )


def _is_same_part(part: Part, other: Part) -> bool:
    if part.assistant_number and other.assistant_number:
        return part.assistant_number == other.assistant_number
    return bool(part.assistant_name) and part.assistant_name.casefold() == other.assistant_name.casefold()


def _stated(statement: Statement) -> tuple[tuple[Part, ...], Agreements]:
    """Return the parts and the agreements that an amount was made from."""
    parts = thaw(tuple[Part, ...], statement.case["parts"])
    packs = thaw(tuple[AgreementPack, ...], statement.case["packs"])
    return parts, {pack.code: pack for pack in packs}


def _invoiced(claim: Claim, version: ApplicationVersion) -> Iterator[str]:
    """Yield the invoices for the same person's months of sick cost that do not follow this very decision."""
    months = {month_on(version.applied_from), month_on(version.applied_to - timedelta(days=1))}
    rows = Claim.objects.filter(
        kind=ClaimKind.SICK_COST,
        municipality_id=claim.municipality_id,
        provider_id=claim.provider_id,
        invoice__isnull=False,
        refers_to__isnull=True,
        status__in=MAY_BE_PAID,
    ).select_related("invoice")
    for other in rows.order_by("id"):
        assert other.invoice is not None
        shares = invoices.share_rows(other.invoice)
        if any(share.recipient_id == claim.recipient_id and share.month_on in months for share in shares):
            yield other.invoice.number


# --- powers -------------------------------------------------------------------------------------------------


def _agent_lacks(application: Application, version: ApplicationVersion, known_at: datetime) -> str:
    """Return what keeps an agent from applying for the recipient, "" for who needs no power."""
    if version.applied_by != AppliedBy.AGENT:
        return ""
    if is_own_employer(version.applicant_number, application.provider, now=known_at):
        return ""
    return power_lacks(application.recipient, {version.applicant_number}, now=known_at)


def _receiver_lacks(claim: Claim, application: Application, known_at: datetime) -> str:
    """Return that the account is somebody else's who may not receive the money; the employer's own needs no power."""
    assert claim.recipient is not None
    form = parties.payee(claim.recipient.pk, claim.provider_id, known_at=known_at, on=day_of(known_at))
    own = {"", claim.recipient.personal_number, application.provider.organisation_number}
    if form is None or form.payee_number in own:
        return ""
    power = power_held_by(application.recipient, {form.payee_number}, now=known_at)
    if power is not None and power.may_receive:
        return ""
    return "Kontot tillhör varken den enskilde eller arbetsgivaren, och ägaren har ingen fullmakt att ta emot pengarna."
