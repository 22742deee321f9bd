"""The archive: sealed packages, how long they are kept, and whether they are still whole."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from timvis.apps.archive.models import Package
from timvis.apps.claims.queries import recipients_of, relation_to_claim
from timvis.core.access import Action
from timvis.formats.archive_package.check import check
from timvis.web.office.queue.rows import visible
from timvis.web.shared.asking import Ask, look
from timvis.web.shared.files import attachment
from timvis.web.shared.ids import number_in
from timvis.web.shared.names import recipient_name

PER_PAGE = 50


def archive(ask: Ask) -> HttpResponse:
    """Show the sealed packages, newest first."""
    found = Package.objects.filter(claim__in=visible(ask.actor, ask.now)).defer("content", "manifest")
    found = found.select_related("claim__recipient").prefetch_related("claim__recipient__versions").order_by("-id")
    page = Paginator(found, PER_PAGE).get_page(ask.GET.get("sida"))
    return render(
        ask,
        "archive/archive.html",
        {"page": page, "rows": [(one, recipient_name(one.claim.recipient)) for one in page]},
    )


def package(ask: Ask, package_id: str) -> HttpResponse:
    """Show a package, checked now against its seal."""
    found = _package(ask, package_id)
    verdict = check(bytes(found.content), digest=found.digest)
    return render(
        ask,
        "archive/package.html",
        {
            "package": found,
            "name": recipient_name(found.claim.recipient),
            "is_whole": not isinstance(verdict, tuple) and not verdict.faults,
            "files": _files(found.manifest),
        },
    )


def package_file(ask: Ask, package_id: str) -> HttpResponse:
    """Give the sealed package."""
    found = _package(ask, package_id)
    return attachment(bytes(found.content), found.file_name)


def _files(manifest: Any) -> list[dict[str, Any]]:
    rows = manifest.get("files", manifest) if isinstance(manifest, dict) else manifest
    return [row for row in rows if isinstance(row, dict)]


def _package(ask: Ask, package_id: str) -> Package:
    found = (
        Package.objects.select_related("claim__recipient", "claim__provider")
        .filter(claim__municipality__slug=ask.actor.municipality, pk=number_in(package_id))
        .first()
    )
    if found is None:
        raise Http404
    claim = found.claim
    relation = relation_to_claim(ask.actor, claim, now=ask.now)
    look(
        ask,
        Action.LOOK_AT_CLAIM,
        "package",
        found.pk,
        relation=relation,
        state=claim.status,
        recipient_ids=[one.pk for one in recipients_of(claim)],
    )
    return found
