"""The bill's question whether the recipient stayed outside the EEA with an assistant hired there, and what follows.

The law limits what is paid for an assistant who lives outside the EEA, and the bill asks for an explanation and proof.
No source that we have says how long a stay may be, so no length is judged, and the officer is told so.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from timvis.core.calendar.months import date_text
from timvis.core.green_month.objections import asks, informs
from timvis.core.green_month.records import Bill, StateMonth
from timvis.core.review.finding import Finding

LIMITED = ("SFB 51:16 andra stycket", "SFB 51:11 tredje stycket")
_FORM = ("FKFS 2016:4",)
_LIMIT = (
    "Assistans av någon som är bosatt utanför EES ersätts bara vid särskilda skäl, och med skäligt belopp i stället "
    "för timbeloppet."
)
_DOUBT = "Hur länge vistelsen får vara står inte i de källor Timvis bygger på: fråga Försäkringskassan."


def abroad(month: StateMonth) -> Iterator[Finding]:
    """Yield what is asked about a stay outside the EEA, in the order it is mended; nothing without a bill."""
    bill = month.bill
    if bill is None or bill.outside_eea is False:
        return
    if bill.outside_eea is None:
        message = "Räkningen svarar inte på om brukaren vistades utanför EES och anlitade assistent där."
        yield asks("stay_abroad_was_not_answered", message, _FORM)
        return
    if bill.abroad_is_explained:
        message = f"Brukaren vistades utanför EES{_days(bill)} och anlitade assistent där. {_LIMIT} {_DOUBT}"
        yield informs("assistance_abroad_needs_special_reasons", message, LIMITED)
    else:
        message = (
            f"Brukaren vistades utanför EES{_days(bill)} och anlitade assistent där, men förklaring och underlag är "
            f"inte bifogade. {_LIMIT} {_DOUBT}"
        )
        found = asks("stay_abroad_was_not_explained", message, LIMITED)
        yield replace(found, minutes=_minutes_in_question(month, bill))
    if not any(one.lives_outside_eea for one in month.case.assistants):
        message = (
            "Räkningen säger att assistent anlitades utanför EES, men ingen av månadens assistenter står som bosatt "
            "där. Är det fel, rätta bosättningen och anmäl den, eller rätta räkningen."
        )
        yield asks("no_assistant_was_known_to_live_outside_the_eea", message, ("SFB 51:24 1",))
    if not bill.has_account:
        message = "Den som anlitar assistans utanför EES redovisar kostnaderna tillsammans med räkningen; de saknas."
        yield asks("costs_abroad_were_not_accounted_for", message, _FORM)


def _minutes_in_question(month: StateMonth, bill: Bill) -> int:
    """Return the time reported during the stay, or in the month when its days are not told.

    Time of an assistant who lives outside the EEA, or nobody knows where, is asked about shift by shift already.
    """
    within = {one.number for one in month.case.assistants if one.lives_outside_eea is False}
    return sum(
        row.span.actual_minutes
        for report in month.case.reports
        if report.assistant_number in within
        for row in report.rows
        if (bill.abroad_from is None or bill.abroad_from <= row.span.work_on)
        and (bill.abroad_to is None or row.span.work_on < bill.abroad_to)
    )


def _days(bill: Bill) -> str:
    if bill.abroad_from is None or bill.abroad_to is None:
        return ""
    return f" {date_text(bill.abroad_from)} – {date_text(bill.abroad_to - timedelta(days=1))}"
