"""The services that routines name by a code, in the words that stand on a letter or an invoice."""

from collections.abc import Mapping

SERVICE_NAMES: Mapping[str, str] = {
    "home_care": "hemtjänst",
    "care": "omvårdnad",
    "cleaning": "städning",
    "laundry": "tvätt",
    "shopping": "inköp",
    "pharmacy": "apoteksärenden",
    "waste": "sophämtning",
    "meals": "måltider",
    "walk": "promenad",
    "escort": "ledsagning",
    "relief": "avlösning",
    "service": "service",
}
"""A service that is not here is called what its routine calls it."""

_BEFORE = ": "


def named_label(label: str) -> str:
    """Return a statement's label with its service in words.

    >>> named_label("Utförd tid: care, centralort")
    'Utförd tid: omvårdnad, centralort'
    """
    what, before, rest = label.partition(_BEFORE)
    service, comma, where = rest.partition(",")
    return f"{what}{before}{SERVICE_NAMES.get(service, service)}{comma}{where}"
