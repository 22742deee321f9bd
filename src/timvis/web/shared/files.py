"""A file given to somebody: as an attachment under its own name, or a picture to look at, never to be run."""

from urllib.parse import quote

from django.http import HttpResponse


def attachment(content: bytes, name: str) -> HttpResponse:
    """Return bytes to keep."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


PICTURES = ("image/png", "image/jpeg")
DOCUMENT = "application/pdf"


def shown_here(content: bytes, name: str, media_type: str) -> HttpResponse | None:
    """Return bytes to look at in one of our own pages, None for what no browser shows without running it."""
    if media_type not in (*PICTURES, DOCUMENT):
        return None
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    # A document stands in a frame, of our own pages only, and nothing in it reaches anything.
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    response.headers["Content-Security-Policy"] = policy
    return response
