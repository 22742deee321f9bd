"""What a payment file holds, line by line, for whoever releases it: deviations first, and nothing left out."""

from datetime import date

from timvis.apps.accounting.before import before
from timvis.apps.accounting.models import Batch
from timvis.core.routine.batch import Bounds, Candidate, Line, lines


def file_lines(batch: Batch, *, today: date, bounds: Bounds) -> tuple[Line, ...]:
    """Return a line for every payment of a file, measured by what was decided and paid before for the same hours.

    What a line was signed over is the digest of its statement.
    """
    orders = list(batch.payment_orders.select_related("claim", "statement", "payee_version").order_by("id"))
    came_before = before([order.claim for order in orders])
    return lines(
        (
            Candidate(
                claim_number=order.claim.number,
                month_on=order.claim.month_on,
                due_on=None,
                amount_ore=order.amount_ore,
                shown_digest=order.statement.digest,
                payee=(
                    order.payee_version.payee_name,
                    order.payee_version.account_kind,
                    order.payee_version.account_number,
                ),
                paid_to=came_before[order.claim_id].paid_to,
                previous_ore=came_before[order.claim_id].previous_ore,
                earlier_ore=came_before[order.claim_id].earlier_ore,
            )
            for order in orders
        ),
        today,
        bounds,
    )
