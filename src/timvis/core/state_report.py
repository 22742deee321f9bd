"""Where a time report to the state stands on its way out."""

from collections.abc import Mapping
from enum import StrEnum


class Standing(StrEnum):
    """The stations of a report that is sent to the state."""

    TO_SIGN = "to_sign"
    SIGNED = "signed"
    QUEUED = "queued"
    UNKNOWN = "unknown"
    """Nobody here knows how an attempt ended: a person asks the receiver, and the machine never resends."""
    RECEIVED = "received"
    REFUSED = "refused"


STANDING_LABELS: Mapping[Standing, str] = {
    Standing.TO_SIGN: "väntar på underskrift",
    Standing.SIGNED: "undertecknad, inte i kön",
    Standing.QUEUED: "i kön",
    Standing.UNKNOWN: "okänt om den kom fram",
    Standing.RECEIVED: "mottagen",
    Standing.REFUSED: "avvisad",
}
