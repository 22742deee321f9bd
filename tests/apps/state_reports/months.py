"""Reports to the state for Alma: written, frozen, signed by a made-up signing service, queued."""

import uuid
from datetime import UTC, date, datetime

from tests.cast import ALMA_NUMBER, BJORN_NUMBER, Cast, ok
from tests.formats.handed_in_months import elt_bytes
from timvis.apps.state_reports import actions
from timvis.apps.state_reports.models import FrozenReport, Signer

NOW = datetime(2025, 5, 2, 8, 0, tzinfo=UTC)
SIGNED_ON = date(2025, 4, 2)


def a_key(number: int) -> str:
    """Return the id of a made-up report."""
    return str(uuid.UUID(int=number + (1 << 100)))


def elt(number: int = 1, *, month: str = "2025-03") -> bytes:
    """Return Björn's month with Alma as ELT, under an id of its own."""
    text = elt_bytes().decode()
    text = text.replace("0b8a6f1e-77aa-4c1e-9a0e-5d2b6f3c1a90", a_key(number)).replace("2025-03<", f"{month}<")
    return text.replace("197901012380", ALMA_NUMBER).replace("197901012398", BJORN_NUMBER).encode()


def frozen(cast: Cast, content: bytes) -> str:
    """Return the id of a report that Greta has frozen."""
    key = ok(actions.freeze_report(cast.greta, content, now=NOW))
    assert isinstance(key, str), key
    return key


def signed(cast: Cast, content: bytes, *, signs: str = "") -> str:
    """Return the id of a report that both have signed; `signs` is what they signed, if not this report."""
    key = frozen(cast, content)
    text = signs or FrozenReport.objects.get(key=key).text_to_sign
    for signer in Signer:
        ok(
            actions.attach_signature(
                cast.greta,
                key,
                signer,
                signature=f"<sig>{text}</sig>".encode(),
                ocsp_response=b"ok",
                signed_on=SIGNED_ON,
                now=NOW,
            )
        )
    return key


def queued(cast: Cast, content: bytes, *, signs: str = "", although: str = "") -> str:
    """Return the id of a report that stands in the queue."""
    key = signed(cast, content, signs=signs)
    outcome = ok(actions.queue_report(cast.greta, key, now=NOW, although=although))
    assert isinstance(outcome, int), outcome
    return key
