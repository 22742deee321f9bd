"""What somebody tells about a party: the content of one version, as it is handed to an act."""

from dataclasses import dataclass, field
from datetime import date

from timvis.core.payment import AccountKind
from timvis.core.records import ProviderKind, WorkingTimeLaw


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientParticulars:
    """What is known of a recipient."""

    name: str
    died_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderParticulars:
    """What is known of a provider. Each `…_is_known` tells "no" from "nobody has told us".

    `contact_name` and `phone` are whom the state asks about its assistants' time, as its forms want them.
    """

    name: str
    kind: ProviderKind
    permit_is_known: bool = False
    permit_from: date | None = None
    permit_to: date | None = None
    told_of_end_on: date | None = None
    f_tax_is_known: bool = False
    f_tax_from: date | None = None
    f_tax_to: date | None = None
    employer_registered_from: date | None = None
    employer_registered_to: date | None = None
    working_time_law: WorkingTimeLaw | None = None
    agreement: str | None = None
    managers: list[str] = field(default_factory=list)
    contact_name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementParticulars:
    """What an agreement says from `valid_from` up to but not including `valid_to`."""

    about: str
    valid_from: date
    valid_to: date | None = None
    price_ore_per_hour: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantParticulars:
    """What the employer tells of an assistant. `lives_outside_eea` None: not told."""

    name: str
    born_on: date | None = None
    lives_outside_eea: bool | None = None
    registered_on: date | None = None
    hired_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerOfAttorneyParticulars:
    """What a power of attorney says; it holds from `valid_from` up to but not including `valid_to`."""

    agent_name: str
    valid_from: date
    valid_to: date | None = None
    may_apply: bool = False
    may_report: bool = False
    may_see: bool = False
    may_receive: bool = False
    original_received_on: date | None = None
    revoked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeeParticulars:
    """Which account receives the money from `valid_from` on."""

    payee_name: str
    account_kind: AccountKind
    account_number: str
    valid_from: date
    form_received_on: date | None = None
    proof_received_on: date | None = None
    payee_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestParticulars:
    """When an interest holds: from `valid_from` up to but not including `valid_to`, each None for always."""

    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
