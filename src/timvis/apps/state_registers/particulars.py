"""What somebody tells of an assignment, a placement or a notice: the content of one version."""

from dataclasses import dataclass
from datetime import date

from timvis.core.state_duties.records import Employer, NoticeWay


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentParticulars:
    """What is known of an assignment; `ends_on` is the first day it no longer runs."""

    ends_on: date | None = None
    agreement_signed_on: date | None = None
    agreement_reference: str = ""
    replaces_another: bool = False
    applied_on: date | None = None
    application_known_on: date | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementParticulars:
    """When an assistant works in an assignment, and for how long a week she is planned."""

    first_shift_on: date
    ends_on: date | None = None
    planned_minutes_per_week: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeParticulars:
    """What the state is told of an assistant with one recipient, as its form asks for it."""

    way: NoticeWay
    sent_on: date
    hired_on: date | None
    is_close: bool
    lives_outside_eea: bool
    address_abroad: str = ""
    employer: Employer = Employer.PROVIDER
    employer_number: str = ""
    changed_from: date | None = None
