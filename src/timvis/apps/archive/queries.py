"""What is asked about the archive: what lies there, and what may go when."""

from datetime import date

from django.db.models import Q, QuerySet

from timvis.apps.archive.models import Package
from timvis.apps.claims.models import Claim


def newest_package(claim: Claim) -> Package | None:
    """Return the package that counts for a claim, None before it is archived."""
    return claim.packages.order_by("-number").first()


def client_files_due(on: date) -> QuerySet[Package]:
    """Return the packages whose client file may be deleted on a day, the most pressing first."""
    due = Q(keep_client_file_for_ever=False, keep_client_file_until__lte=on)
    return Package.objects.filter(due).order_by("client_file_gone_by", "id")
