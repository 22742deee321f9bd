"""What is known of the municipality as provider, for one recipient: assignments, assistants, municipal decisions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NoticeWay(StrEnum):
    """How the state was told of something."""

    E_SERVICE = "e_service"
    E_IOA = "e_ioa"
    PAPER = "paper"


class Employer(StrEnum):
    """Who employs an assistant that works for the municipality."""

    PROVIDER = "provider"
    ANOTHER = "another"
    SELF_EMPLOYED = "self_employed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantNotice:
    """What the state was told of an assistant with one recipient, and when; None as `received_on`: nobody knows.

    `changed_from` is the first day of a change, None for the first notice.
    """

    sent_on: date
    received_on: date | None
    hired_on: date | None
    is_close: bool
    lives_outside_eea: bool
    employer: Employer = Employer.PROVIDER
    changed_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantNow:
    """What the employer knows of an assistant today; `known_on` is when it last learned something new."""

    number: str
    name: str
    hired_on: date | None
    lives_outside_eea: bool | None
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """That an assistant works with a recipient, from the first shift up to but not including `ends_on`."""

    key: str
    assistant: AssistantNow
    first_shift_on: date
    ends_on: date | None = None
    notices: tuple[AssistantNotice, ...] = ()

    @property
    def registered_on(self) -> date | None:
        """The day the state had the assistant's data, None while it has none: no earlier time is paid."""
        return min((each.received_on for each in self.notices if each.received_on is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """That the municipality provides a recipient's assistance, from `begins_on` up to but not including `ends_on`.

    `decided_on` is the day the state granted assistance, None while it has not; `applied_on` the day of the
    application to the state, `application_known_on` the day the municipality learned of it. `replaces_another` is
    whether another provider or payee came before.
    """

    key: str
    begins_on: date
    ends_on: date | None = None
    agreement_signed_on: date | None = None
    replaces_another: bool = False
    applied_on: date | None = None
    application_known_on: date | None = None
    decided_on: date | None = None
    placements: tuple[Placement, ...] = ()

    @property
    def began_before_the_decision(self) -> bool:
        """Whether assistance begins before the state has decided."""
        return self.decided_on is None or self.begins_on < self.decided_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One version of a municipal decision on support: granted anew, or changed."""

    key: str
    decision: str
    reference: str
    legal_basis: str
    decided_on: date
    is_change: bool
    minutes_per_week: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """A recipient with everything that a duty to the state can come of.

    `granted_on` is the first day on which the state decided on her assistance. `supports` are in order of their days.
    """

    key: str
    assignments: tuple[Assignment, ...] = ()
    supports: tuple[Support, ...] = ()
    granted_on: date | None = None

    @property
    def told_of_since(self) -> date | None:
        """From when the state is told of her other support: she has its assistance or has applied; None: it is not."""
        days = [self.granted_on]
        for one in self.assignments:
            days += [one.application_known_on or one.applied_on, one.decided_on]
        return min((day for day in days if day is not None), default=None)
