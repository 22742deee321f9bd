"""What goes to the state besides time reports, as neutral records: a recipient's bill, and an assistant's particulars.

They hold what the state's forms ask for and nothing of how an electronic service wants it written: that is not publicly
known. A field that nobody has told is None or empty, and `lacking` names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.quantities import Ore
from timvis.core.records import Instant


class Representative(StrEnum):
    """Who signs for a recipient that does not sign herself."""

    GUARDIAN = "guardian"  # vårdnadshavare
    TRUSTEE = "trustee"  # god man
    ADMINISTRATOR = "administrator"  # förvaltare


class CostKind(StrEnum):
    """The six kinds of cost that a cost account tells apart."""

    WAGES = "wages"
    UNSOCIAL_HOURS = "unsocial_hours"
    ASSISTANCE_EXPENSES = "assistance_expenses"
    TRAINING = "training"
    WORK_ENVIRONMENT = "work_environment"
    ADMINISTRATION = "administration"


class Repayment(StrEnum):
    """How money that is left of an advance goes back."""

    DEDUCT = "deduct"
    EXAMINE = "examine"


class EmployedBy(StrEnum):
    """How a provider has an assistant."""

    PROVIDER = "provider"
    ANOTHER = "another"
    SELF_EMPLOYED = "self_employed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalStay:
    """A stay in hospital, from one instant to another."""

    start_at: Instant
    end_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One kind of cost, per hour and for the period."""

    kind: CostKind
    per_hour_ore: Ore
    period_ore: Ore


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """What is told at the end of a period that was paid in advance."""

    period_from: date
    period_to: date
    left_ore: Ore
    repayment: Repayment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signed the bill, when, and as whose representative; None: the recipient herself."""

    signed_on: date
    number: str
    name: str = ""
    phone: str = ""
    representative: Representative | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateBill:
    """A recipient's bill for a month: all performed assistance, as time that really passed, per kind.

    `left_of_last_payment_ore` is what was not used of the payment of the month before, 0 when all of it was. `costs`
    and `hours_of_costs` are told by those who account for their costs.
    """

    month_on: date
    recipient_name: str
    recipient_number: str
    active_minutes: int
    waiting_minutes: int
    standby_minutes: int
    in_childcare: bool | None = None
    in_school: bool | None = None
    in_daily_activity: bool | None = None
    stays: tuple[HospitalStay, ...] = ()
    outside_eea: bool | None = None
    left_of_last_payment_ore: Ore | None = None
    signing: Signing | None = None
    costs: tuple[Cost, ...] = ()
    hours_of_costs: int | None = None
    advance: Advance | None = None

    def lacking(self) -> Iterator[str]:
        """Yield what nobody has told yet and the form asks for."""
        if not self.recipient_name:
            yield "namn på den som har assistans"
        if self.in_childcare is None or self.in_school is None or self.in_daily_activity is None:
            yield "om assistans gavs i barnomsorg, skola eller daglig verksamhet"
        if self.outside_eea is None:
            yield "om personen vistades utanför EES"
        if self.signing is None:
            yield "underskrift"
        elif not self.signing.phone:
            yield "undertecknarens telefonnummer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderTold:
    """The provider as the forms ask for it; `employer_…` name another employer, where there is one."""

    name: str
    number: str
    contact: str = ""
    phone: str = ""
    employed_by: EmployedBy = EmployedBy.PROVIDER
    employer_name: str = ""
    employer_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantTold:
    """What the state is told of an assistant with one recipient before the first shift, and when it changes.

    `provider` is None when the recipient employs her herself. `changed_from` is the first day of a change.
    """

    recipient_name: str
    recipient_number: str
    assistant_name: str
    assistant_number: str
    hired_on: date | None
    is_close: bool | None
    lives_outside_eea: bool | None
    address_abroad: str = ""
    changed_from: date | None = None
    provider: ProviderTold | None = None
    signed_on: date | None = None
    phone: str = ""

    def lacking(self) -> Iterator[str]:
        """Yield what nobody has told yet and the form asks for."""
        if not self.recipient_name or not self.assistant_name:
            yield "namn på båda personerna"
        if self.hired_on is None:
            yield "anställningsdatum"
        if self.is_close is None:
            yield "om assistenten är närstående eller bor i hushållet"
        if self.lives_outside_eea is None:
            yield "om assistenten bor utanför EES"
        elif self.lives_outside_eea and not self.address_abroad:
            yield "assistentens adress utomlands"
        if self.signed_on is None:
            yield "underskrift"
        if not self.phone:
            yield "anordnarens telefonnummer"
