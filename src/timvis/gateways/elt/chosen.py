"""Which way this installation has to Försäkringskassan: none, until somebody has configured one."""

import os
from collections.abc import Mapping
from pathlib import Path

from timvis.gateways.elt.channel import EltChannel
from timvis.gateways.elt.https import HttpsElt
from timvis.gateways.elt.simulator import PRODUCTION, SimulatedElt

ADDRESS, CERTIFICATE, SIMULATED = "TIMVIS_ELT_ADDRESS", "TIMVIS_ELT_CERTIFICATE", "TIMVIS_ELT"


def elt_channel(home: Path, mode: str, env: Mapping[str, str] = os.environ) -> EltChannel | None:
    """Return the channel that is configured, None when sending is off: there is no address to guess.

    `TIMVIS_ELT_ADDRESS` and `TIMVIS_ELT_CERTIFICATE` together turn it on; both come with the agreement. Outside
    production `TIMVIS_ELT=simulator` sends to a receiver that is made up.
    """
    folder = home / "elt"
    address, certificate = env.get(ADDRESS, ""), env.get(CERTIFICATE, "")
    if address and certificate:
        return HttpsElt(address, Path(certificate), folder)
    if env.get(SIMULATED) == "simulator" and mode != PRODUCTION:
        return SimulatedElt(folder, mode=mode)
    return None
