"""The newest name of a recipient or provider whose versions were fetched with it."""

from typing import Any

from django import template

from timvis.web.shared.names import newest, recipient_name

register = template.Library()


@register.filter
def name(thing: Any) -> str:
    """Return the newest name of a versioned thing; of a claim without one recipient, that there are several."""
    if thing is None:
        return recipient_name(None)
    version = newest(thing)
    return version.name if version else ""
