"""What each objection to an application is called, and what it rests on."""

from collections.abc import Mapping
from types import MappingProxyType

HEADINGS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "calculation_lacks_something": ("Beräkningen saknar en uppgift", ("FL 20 §",)),
        "paper_is_missing": ("Ett underlag saknas", ("FL 20 §",)),
        "shift_is_claimed_already": ("Passet är redan begärt", ("LSS 9 § 2",)),
        "cost_is_invoiced_too": ("Kostnaden finns också på en faktura", ("LSS 9 § 2",)),
        "earlier_absence_is_known": ("En tidigare frånvaro är känd", ("sjuklönelagen 7 §",)),
        "earlier_deduction_is_known": ("Ett tidigare karensavdrag är känt", ("sjuklönelagen 6 § fjärde stycket",)),
        "power_of_attorney_is_missing": ("Fullmakt saknas", ("FL 14 §", "FL 15 §")),
        "receiver_has_no_power": ("Kontot tillhör någon utan fullmakt att ta emot", ("FL 15 §",)),
        "application_is_late": ("Ansökan kom sent", ("FL 20 §",)),
        "assistant_is_not_named": ("Assistenten är inte namngiven", ("FL 20 §",)),
    }
)
