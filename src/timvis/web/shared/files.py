"""A file given to somebody: always as an attachment, under its own name, never opened in the page."""

from urllib.parse import quote

from django.http import HttpResponse


def attachment(content: bytes, name: str) -> HttpResponse:
    """Return bytes to keep."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
