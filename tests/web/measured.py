"""What is measured of a page: what it objects to, and how many questions it asks the database."""

from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web import demo
from tests.web.pages import Page
from timvis.apps.claims.models import Claim, Finding, Review


def objection(shown: Page, field: str) -> str:
    """Return what a page objects to in a field; it must stand beside the field and in a summary that takes the focus.

    The summary links to the field, and the field says to a screen reader that it is wrong and why.
    """
    assert shown.status == 422, f"{shown.path}: {shown.status}"
    beside: str = shown.tree.get_element_by_id(f"id_{field}_error").text_content().strip()
    (summary,) = shown.tree.xpath("//div[@id='errors' and @role='alert' and @tabindex='-1' and @data-focus]")
    (link,) = summary.xpath(f".//a[@href='#id_{field}']")
    assert link.text_content().endswith(beside)
    entry = shown.tree.get_element_by_id(f"id_{field}")
    assert entry.get("aria-invalid") == "true"
    assert f"id_{field}_error" in entry.get("aria-describedby", "").split()
    return beside


def queries(client: Client, path: str) -> int:
    """Return how many queries a page takes once everything that is read only the first time has been read."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
    assert response.status_code == 200, f"{path}: {response.status_code}"
    return len(asked)


def more_claims(number: int) -> None:
    """Lay copies of a reviewed month on the desk, findings and all."""
    pattern = Claim.objects.get(number="ekkoping-2026-0003")
    review = pattern.reviews.latest("number")
    findings = list(review.findings.all())
    for one in range(number):
        claim = Claim.objects.get(pk=pattern.pk)
        claim.pk, claim.number = None, f"{demo.TOWN}-2026-{9000 + one}"
        claim.month_on = date(2025 - one // 12, one % 12 + 1, 1)
        claim.save(force_insert=True)
        again = Review.objects.get(pk=review.pk)
        again.pk, again.claim = None, claim
        again.save(force_insert=True)
        for finding in findings:
            copy = Finding.objects.get(pk=finding.pk)
            copy.pk, copy.review = None, again
            copy.save(force_insert=True)
