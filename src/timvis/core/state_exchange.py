"""What goes to the state besides time reports, as neutral records: a recipient's bill, and an assistant's particulars.

They hold what the state's forms ask for and nothing of how an electronic service wants it written: that is not publicly
known. A field that nobody has told is None or empty, and `lacking` names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from timvis.core.quantities import Ore
from timvis.core.records import Instant
from timvis.core.state_bill import Activity, CostAccount, SignerRole
from timvis.core.state_duties.records import Employer


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalStay:
    """A stay in hospital, from one instant to another."""

    start_at: Instant
    end_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signed the bill, when, and as what."""

    signed_on: date
    number: str
    role: SignerRole = SignerRole.RECIPIENT
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateBill:
    """A recipient's bill for a month: all performed assistance, as time that really passed, per kind.

    `in_activity` is whether any of it was given in childcare, school or daily activity, `activities` in which of them.
    `left_of_last_payment_ore` is what was not used of the payment of the month before, 0 when all of it was. `account`
    is told by those who account for their costs.
    """

    month_on: date
    recipient_name: str
    recipient_number: str
    active_minutes: int
    waiting_minutes: int
    standby_minutes: int
    in_activity: bool | None = None
    activities: tuple[Activity, ...] = ()
    stays: tuple[HospitalStay, ...] = ()
    outside_eea: bool | None = None
    abroad_is_explained: bool = False
    left_of_last_payment_ore: Ore | None = None
    signing: Signing | None = None
    account: CostAccount | None = None

    def lacking(self) -> Iterator[str]:
        """Yield what nobody has told yet and the form asks for."""
        if not self.recipient_name:
            yield "namn på den som har assistans"
        if self.in_activity is None or (self.in_activity and not self.activities):
            yield "om assistans gavs i barnomsorg, skola eller daglig verksamhet"
        if self.outside_eea is None:
            yield "om personen vistades utanför EES"
        elif self.outside_eea and not self.abroad_is_explained:
            yield "förklaring och underlag om vistelsen utanför EES"
        if self.outside_eea and self.account is None:
            yield "kostnadsredovisning för assistans utanför EES"
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
    employed_by: Employer = Employer.PROVIDER
    employer_name: str = ""
    employer_number: str = ""

    def lacking(self) -> Iterator[str]:
        """Yield what nobody has told yet and the forms ask for; a telephone number is asked for once, by the form."""
        if not self.name:
            yield "anordnarens namn"
        if not self.contact:
            yield "anordnarens kontaktperson"
        if self.employed_by is Employer.ANOTHER and not self.employer_name:
            yield "den andra arbetsgivarens namn"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantTold:
    """What the state is told of an assistant with one recipient before the first shift, and when it changes.

    `provider` is None when the recipient employs her herself. `changed_from` is the first day of a change, `phone` that
    of whoever answers for the notice.
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
        yield from self._lacking_of_assistant()
        if self.provider is not None:
            yield from self.provider.lacking()
        if self.signed_on is None:
            yield "underskrift"
        if not self.phone:
            yield "anordnarens telefonnummer"

    def _lacking_of_assistant(self) -> Iterator[str]:
        if self.hired_on is None:
            yield "anställningsdatum"
        if self.is_close is None:
            yield "om assistenten är närstående eller bor i hushållet"
        if self.lives_outside_eea is None:
            yield "om assistenten bor utanför EES"
        elif self.lives_outside_eea and not self.address_abroad:
            yield "assistentens adress utomlands"
