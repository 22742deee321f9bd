"""The history of a versioned thing: what each version said, and what it changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OF_EVERY_VERSION = frozenset({"id", "thing", "number", "known_at", "known_by", "sort_key"})

FIELD_WORDS: dict[str, str | Promise] = {
    "name": _("Namn"),
    "died_on": _("Dödsdag"),
    "rate_ore_per_hour": _("Registrerat högre timbelopp, öre"),
    "ground": _("Grund"),
    "kind": _("Slag"),
    "permit_is_known": _("Tillståndet är känt"),
    "permit_from": _("IVO-tillstånd från"),
    "permit_to": _("IVO-tillstånd slutar"),
    "told_of_end_on": _("Brukaren fick besked"),
    "f_tax_is_known": _("F-skatten är känd"),
    "f_tax_from": _("F-skatt från"),
    "f_tax_to": _("F-skatt slutar"),
    "employer_registered_from": _("Arbetsgivare hos Skatteverket från"),
    "employer_registered_to": _("Arbetsgivare slutar"),
    "working_time_law": _("Arbetstidslag"),
    "agreement": _("Kollektivavtal"),
    "managers": _("Får skriva under"),
    "contact_name": _("Kontaktperson"),
    "phone": _("Telefon"),
    "born_on": _("Född"),
    "lives_outside_eea": _("Bor utanför EES"),
    "registered_on": _("Anmäld"),
    "hired_on": _("Anställd"),
    "agent_name": _("Ombud"),
    "may_apply": _("Får ansöka"),
    "may_report": _("Får redovisa"),
    "may_see": _("Får se beslut"),
    "may_receive": _("Får ta emot pengar"),
    "original_received_on": _("Original kom in"),
    "revoked_on": _("Återkallad"),
    "payee_name": _("Mottagare"),
    "account_kind": _("Kontoslag"),
    "account_number": _("Kontonummer"),
    "proof_received_on": _("Kontobevis kom in"),
    "form_received_on": _("Blankett kom in"),
    "valid_from": _("Gäller från"),
    "valid_to": _("Gäller före"),
    "about": _("Avser"),
    "price_ore_per_hour": _("Öre per timme"),
    "note": _("Anteckning"),
    "regime": _("Vems beslut"),
    "legal_basis": _("Lagrum"),
    "decided_on": _("Beslutat"),
    "decided_by": _("Beslutat av"),
    "granted_minutes": _("Beviljade minuter"),
    "per": _("Per"),
    "is_temporary": _("Tillfällig utökning"),
    "double_staffing": _("Dubbel assistans"),
}
"""What the fields of a version are called."""


@dataclass(frozen=True, slots=True)
class Told:
    """One version: who told it when, and what it changed from the one before."""

    number: int
    known_at: datetime
    known_by: str
    changes: tuple[tuple[str, str, str], ...]  # field, before, after


def history(versions: Iterable[Any]) -> list[Told]:
    """Return the versions of a thing, newest first, each with what it changed."""
    told: list[Told] = []
    before: dict[str, str] = {}
    for version in sorted(versions, key=lambda one: one.number):
        says = _says(version)
        changes = tuple(
            (str(FIELD_WORDS.get(name, name)), before.get(name, ""), text)
            for name, text in says.items()
            if text != before.get(name, "")
        )
        by = version.known_by.name if version.known_by else ""
        told.append(Told(version.number, version.known_at, by, changes))
        before = says
    return told[::-1]


def _says(version: Any) -> dict[str, str]:
    return {
        field.name: _text(getattr(version, field.attname))
        for field in version._meta.concrete_fields
        if field.name not in OF_EVERY_VERSION
    }


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(_("ja")) if value else str(_("nej"))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
