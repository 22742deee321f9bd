"""Opening a claim: its number, its routine, the day it was due; and what a month handed in does to one."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from timvis.apps.audit.attempts import Attempt
from timvis.apps.claims import rows
from timvis.apps.claims.handing_in import HandedFile, HandedIn, Month, ReadFile, new_to, version_in
from timvis.apps.claims.models import Claim, NumberSeries
from timvis.apps.documents.actions import keep_original
from timvis.apps.parties import records as parties
from timvis.apps.parties.models import Municipality, Provider, Recipient
from timvis.apps.parties.queries import relation_to_hours
from timvis.apps.routines import queries as routines
from timvis.apps.routines import records as routine_records
from timvis.apps.routines.models import RoutineVersion
from timvis.core.access import NEW, Action, ClaimStatus, Relation, may
from timvis.core.calendar.deadlines import counts_from_event, due
from timvis.core.calendar.local_time import day_of
from timvis.core.faults import Refusal
from timvis.core.routine.records import Act, ClaimKind, Routine
from timvis.formats.holiday_calendar.read import holidays_around


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """A month on its way in: from whom, for whom, and the claim there may already be for it."""

    attempt: Attempt
    month: Month
    recipient: Recipient
    provider: Provider
    latest: Claim | None
    received_at: datetime
    by_provider: bool

    @property
    def relation(self) -> Relation:
        """How near the one who hands in stands to the hours."""
        attempt = self.attempt
        return relation_to_hours(attempt.actor, self.recipient, self.provider, now=attempt.now)

    @property
    def state(self) -> str:
        """The state of the claim that the month would go into; a month that refers to another opens a new one."""
        return NEW if self.latest is None or self.month.refers_to else self.latest.status

    def refusal(self) -> Refusal | None:
        """Return why the month can't be taken in, or None; a refusal is then in the log."""
        if refusal := self.attempt.refused(self.relation, self.state):
            return refusal
        if self.month.refers_to and not self._may_be_referred_to():
            return self.attempt.refuse(Refusal.WRONG_STATE)
        return None

    def is_known(self, files: tuple[ReadFile, ...]) -> bool:
        """Whether everything that is handed in is in the claim already, and the actor is one who may be told so."""
        if self.latest is None or may(self.attempt.actor, Action.HAND_IN, relation=self.relation):
            return False
        if self.month.refers_to:
            earlier = self.latest.refers_to
            return earlier is not None and earlier.number == self.month.refers_to
        return not new_to(self.latest, files)

    def _may_be_referred_to(self) -> bool:
        """Whether the claim referred to is the one before, sent back with nothing paid for it."""
        latest = self.latest
        return (
            latest is not None
            and latest.number == self.month.refers_to
            and latest.status == ClaimStatus.RETURNED
            and not latest.statements.exists()
        )

    def take_in(self, files: tuple[ReadFile, ...]) -> HandedIn | Refusal:
        """Return the claim the month went into, new or open, with the reports that were new to it."""
        actor = self.attempt.actor
        begins_under = routines.for_month(
            actor.municipality,
            self.month.regime,
            self.month.month_on,
            provider_kind=parties.provider(self.provider.pk, known_at=self.attempt.now).kind,
        )
        if begins_under is None:
            return self.attempt.refuse(Refusal.ROUTINE_IS_NOT_PUBLISHED)
        claim = self._claim(*begins_under)
        if isinstance(claim, Refusal):
            return claim
        new = new_to(claim, files)
        for file in new:
            if refusal := self._keep(claim, file):
                return refusal
        count = sum(len(file.reports) for file in new)
        replace(self.attempt, object_id=claim.pk).done(
            detail={"claim": claim.number, "reports": count, "originals": [file.digest for file in new]}
        )
        return HandedIn(claim_number=claim.number, new_reports=count)

    def _claim(self, kind: ClaimKind, version: RoutineVersion) -> Claim | Refusal:
        if self.latest is None or self.month.refers_to:
            try:
                with transaction.atomic():
                    return self._open(kind, version)
            except IntegrityError:
                return self.attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
        if not move(self.latest, to=ClaimStatus.RECEIVED):
            return self.attempt.refuse(Refusal.SOMEONE_ELSE_WAS_FIRST)
        return self.latest

    def _open(self, kind: ClaimKind, version: RoutineVersion) -> Claim:
        actor = self.attempt.actor
        return Claim.objects.create(
            number=next_number(self.recipient.municipality, day_of(self.received_at).year),
            municipality=self.recipient.municipality,
            recipient=self.recipient,
            provider=self.provider,
            kind=kind,
            regime=self.month.regime,
            month_on=self.month.month_on,
            routine_version=version,
            received_at=self.received_at,
            due_on=due_on(routine_records.routine(version), self.month.month_on),
            submitted_by_id=actor.person_id if self.by_provider else None,
            registered_by_id=actor.person_id,
            submitted_by_provider=self.by_provider,
            refers_to=self.latest,
            note=self.month.note,
        )

    def _keep(self, claim: Claim, file: ReadFile) -> Refusal | None:
        """Keep an original and write its reports; the originals of a claim that was sent back are kept already."""
        original_id = self._original(file.file)
        scan_id = None if file.file.scan is None else self._original(file.file.scan)
        if isinstance(original_id, Refusal):
            return original_id
        if isinstance(scan_id, Refusal):
            return scan_id
        for report in file.reports:
            key, number = version_in(claim, report, corrects=self.month.corrects)
            rows.write_report(claim, report, original_id=original_id, scan_id=scan_id, key=key, number=number)
        return None

    def _original(self, file: HandedFile) -> int | Refusal:
        return keep_original(
            self.attempt.actor,
            content=file.content,
            media_type=file.media_type,
            file_name=file.name,
            relation=self.relation,
            now=self.attempt.now,
        )


def next_number(municipality: Municipality, year: int) -> str:
    """Return the next case number of a municipality's year: its slug, the year and a running number.

    The update holds the row until the transaction ends, so a number is never given twice, and never lost.
    """
    series, _ = NumberSeries.objects.get_or_create(municipality=municipality, year=year, defaults={"last": 0})
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
    series.refresh_from_db()
    return f"{municipality.slug}-{year}-{series.last:04d}"


def due_on(routine: Routine, month_on: date) -> date | None:
    """Return the last day to hand in a month, or to report it to the state; None when the routine sets none."""
    for act in (Act.HAND_IN, Act.SEND_REPORT):
        step = next((step for step in routine.steps if act in step.acts), None)
        if step is not None and step.due is not None and not counts_from_event(step.due):
            return due(step.due, month_on, holidays_around(month_on)).on
    return None


def move(claim: Claim, *, to: ClaimStatus, new_round: bool = False) -> bool:
    """Move a claim on if nobody else has touched it since it was read; return whether it moved."""
    changed = Claim.objects.filter(pk=claim.pk, version=claim.version, status=claim.status).update(
        status=to, version=F("version") + 1, round=F("round") + int(new_round)
    )
    if changed == 1:
        claim.refresh_from_db()
    return changed == 1


def move_past_signatures(claim: Claim) -> bool:
    """Move a claim so that what may have been signed of it has to be signed anew; return whether it moved."""
    if claim.status in (ClaimStatus.CALCULATED, ClaimStatus.ATTESTED):
        return move(claim, to=ClaimStatus.CALCULATED, new_round=True)
    return move(claim, to=ClaimStatus(claim.status))
