"""A small routine written as TOML, to put one thing at a time into."""

from timvis.core.routine.records import Routine
from timvis.formats.routine.read import read

CHANNEL = """
[[channel]]
provider_kinds = ["company"]
way = "e_service"
text = "E-tjänst"
"""
CODING = """
[coding]
chart = "kommun_bas"
"""
STEP = """
[[step]]
name = "hand_in"
label = "Redovisning"
role = "provider_admin"
acts = ["hand_in"]
"""


def written(kind: str = "assistance", *, top: str = "", setting: str = "", tables: str = "") -> str:
    """Return a routine's text; a channel and a step stand there unless `tables` brings its own."""
    regime = "" if kind == "home_care" else 'regime = "lss"\n'
    rate = 'rate = "local.ekstad.amount"\n' if kind == "assistance" else ""
    invoices = "true" if "\ninvoice = " in tables else "false"
    return (
        'slug = "ekstad/routine"\n'
        'municipality = "ekstad"\n'
        'name = "Rutin"\n'
        'source = "påhittad"\n'
        f'claim_kinds = ["{kind}"]\n'
        f"{regime}{rate}"
        "valid_from = 2020-01-01\n"
        f"accepts_invoices = {invoices}\n"
        f"{top}\n"
        f"[setting]\n{setting}\n"
        f"{'' if '[coding]' in tables else CODING}"
        f"{'' if '[[channel]]' in tables else CHANNEL}"
        f"{'' if '[[step]]' in tables else STEP}"
        f"{tables}"
    )


def routine_of(text: str) -> Routine:
    """Return the routine a text holds, and let the test fail with its faults when it holds none."""
    found = read(text.encode(), source="rutin.toml")
    assert isinstance(found, Routine), found
    return found
