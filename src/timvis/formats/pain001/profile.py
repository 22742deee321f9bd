"""A bank's dialect of pain.001, as data in `data/bank_profiles/`."""

import tomllib
from datetime import date
from importlib import resources

from pydantic import BaseModel, ConfigDict

from timvis.core.payment import AccountKind


class _Data(BaseModel):
    """A table of the profile: unknown keys are mistakes, and nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AccountForm(_Data):
    """How one kind of account is written; the first of each list is ours, the others are read as right."""

    schemes: tuple[str, ...]
    member: str = ""
    bics: tuple[str, ...] = ()


class BankProfile(_Data):
    """Codes and limits of one bank, or of what the banks have in common."""

    name: str
    label: str
    messages: tuple[str, ...]
    writes: str
    currency: str
    country: str
    source: str
    confidence: str
    checked_on: date
    service_levels: tuple[str, ...]
    charge_bearers: tuple[str, ...]
    category_purposes: tuple[str, ...]
    writes_category_purpose: str
    organisation_number_scheme: str
    reference_type: str
    message_max_length: int
    agent_without_bic: str
    clearing_system: str
    clearing_digits: int
    bankgiro: AccountForm
    plusgiro: AccountForm
    bank_account: AccountForm

    def form_of(self, kind: AccountKind) -> AccountForm:
        """Return how a kind of account is written; an IBAN is written the same everywhere."""
        return {
            AccountKind.BANKGIRO: self.bankgiro,
            AccountKind.PLUSGIRO: self.plusgiro,
            AccountKind.BANK_ACCOUNT: self.bank_account,
        }[kind]


def read(content: bytes) -> BankProfile:
    """Return a profile from TOML; raises `ValueError` when the data, which is ours, is wrong."""
    return BankProfile.model_validate(tomllib.loads(content.decode("utf-8")))


def shipped(name: str = "common") -> BankProfile:
    """Return a profile of the package by name."""
    return read((resources.files("timvis") / "data" / "bank_profiles" / f"{name}.toml").read_bytes())
