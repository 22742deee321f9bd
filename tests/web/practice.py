"""What the tests speak of in the practice data that ship: by number, and by the words that stand there."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "examples" / "ekkoping" / "practice"


def told(subject: str) -> dict[str, Any]:
    """Return what the practice data tell of a subject."""
    return tomllib.loads((FOLDER / f"{subject}.toml").read_text(encoding="utf-8"))


DORIS, EDVIN, GUN, EKOT = "198004042381", "199502282396", "199705072388", "5599000014"
MIRA, NILS = "198501122397", "198412202395"
RECIPIENT_ID = 7
"""Doris."""

# --- her case file, and the applications ---------------------------------------------------------------------------

CASE: str = told("case_file")["case"]
CALLED, VISITED, CORRECTED = (str(note["text"]) for note in told("case_file")["note"])
OTHERWISE: str = told("case_file")["note"][0]["objection"]["text"]
DOCUMENT = (FOLDER / told("case_file")["document"]["file"]).read_bytes()

APPLICATION, DECIDED = "ekkoping-2026-0007", "ekkoping-2026-0008"
"""The one that waits to be judged, and the one that is decided and appealed."""

REPORT = "0b8a6f1e-77aa-4c1e-9a0e-5d2b6f3c1a90"
"""The time report that is ready to sign."""

# --- substitutes ------------------------------------------------------------------------------------------------------

CHARGED_ID, TONIGHT_ID, COMES_ID = 1, 2, 3


def told_by_the_bank(number: str, kronor: str = "1000.00", reference: str = "BG-1") -> bytes:
    """Return what the bank tells of two payments: a part of a fee, and one that names nothing of ours."""
    text = (FOLDER / told("substitutes")["night"]["bank_file"]).read_text(encoding="utf-8")
    for before, after in {"FAKTURANUMMER": number, "1000.00": kronor, "BG-1": reference}.items():
        text = text.replace(before, after)
    return text.encode()


# --- home care --------------------------------------------------------------------------------------------------------

DECIDED_ID = 1
GOES_ON_ID, LATE_ID, ENDED_ID, CHANGED_ID, IN_TURN_ID, CHANGE_ID, SKIPPING_ID = 1, 2, 3, 4, 5, 6, 7
"""Doris's order at Ekot; Ivar's that nobody has confirmed; what Gren did for Ivar before; Edvin's at Ekot, which ends;
Gun's at the one whose turn it was; Edvin's at Gren, which comes after; and Gun's that skips Ekot."""

QUESTION_ID, SUMMARY_ID = 1, 1
"""What Ekot is asked about Doris; Gren's summary of October."""

VISIT_COLUMNS = (FOLDER / "besok-ekot.csv").read_text(encoding="utf-8").partition("\n")[0]
