"""The newest names of people and providers, from versions that were fetched with them."""

from typing import Any

from django.utils.translation import gettext as _

from timvis.apps.parties.models import Provider, Recipient


def newest(thing: Any) -> Any:
    """Return the newest version of a thing whose versions are prefetched, None when it has none."""
    return max(thing.versions.all(), key=lambda version: version.number, default=None)


def recipient_name(recipient: Recipient | None) -> str:
    """Return a recipient's name as it is known now; None stands for several, as an invoice's."""
    if recipient is None:
        return _("Flera brukare")
    version = newest(recipient)
    return version.name if version else ""


def provider_name(provider: Provider) -> str:
    """Return a provider's name as it is known now."""
    version = newest(provider)
    return version.name if version else ""
