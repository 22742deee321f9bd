"""Which bank this installation talks to: a made-up one that answers by itself, or real folders."""

import os

from django.conf import settings

from timvis.config.environment import Mode
from timvis.formats.pain001.profile import shipped
from timvis.gateways.bank.fake import FakeBank
from timvis.gateways.bank.folder import FolderBank


def bank() -> FolderBank:
    """Return the channel to the bank: folders below the home folder, real in production.

    TIMVIS_BANK=folder chooses real folders in the other modes too.
    """
    root = settings.HOME / "bank"
    if settings.MODE is Mode.PRODUCTION or os.environ.get("TIMVIS_BANK") == "folder":
        return FolderBank(root)
    return FakeBank(root, mode=settings.MODE, profile=shipped())
