"""Granted, reported and paid per month, for a recipient, a provider or a whole municipality."""

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from timvis.apps.claims.models import Claim, Review, Statement
from timvis.core.access import ClaimStatus
from timvis.core.calendar.months import month_after
from timvis.core.quantities import PARTS_PER_MINUTE
from timvis.web.shared.pictures import Hours, Picture, picture
from timvis.web.shared.quantities import hours_in_minutes

MONTHS = 12
SHORT = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def twelve_months(claims: QuerySet[Claim], last_on: date) -> Picture:
    """Return the picture of the twelve months up to and with a month; three queries whatever the number of claims."""
    months = [month_after(last_on, back - MONTHS + 1) for back in range(MONTHS)]
    newest_review = Review.objects.filter(claim=OuterRef("pk")).order_by("-number").values("id")[:1]
    newest_statement = Statement.objects.filter(claim=OuterRef("pk")).order_by("-number").values("id")[:1]
    found = list(
        claims.filter(month_on__gte=months[0], month_on__lte=months[-1])
        .exclude(status__in=[ClaimStatus.REJECTED, ClaimStatus.RETURNED])
        .annotate(review_id=Subquery(newest_review), statement_id=Subquery(newest_statement))
        .values_list("month_on", "review_id", "statement_id")
    )
    sums = dict(Review.objects.filter(id__in=[one[1] for one in found if one[1]]).values_list("id", "sums"))
    made = Statement.objects.filter(id__in=[one[2] for one in found if one[2]]).values_list("id", "body")
    paid = {
        pk: sum(hours_in_minutes(line["quantity"]) for line in body["lines"] if line["amount_ore"]) for pk, body in made
    }
    totals = {month: [0, 0, 0] for month in months}
    for month_on, review_id, statement_id in found:
        told = sums.get(review_id, {})
        totals[month_on][0] += told.get("granted_28ths", 0) // PARTS_PER_MINUTE
        totals[month_on][1] += told.get("payable_28ths", 0) // PARTS_PER_MINUTE
        totals[month_on][2] += paid.get(statement_id, 0)
    return picture(
        [
            Hours(label=SHORT[month.month - 1], granted=granted, reported=reported, paid=of)
            for month, (granted, reported, of) in totals.items()
        ]
    )
