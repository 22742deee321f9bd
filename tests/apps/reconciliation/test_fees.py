"""Performed time goes to the fee officer by one rule for everybody, and what was charged comes back as a quantity."""

import csv
from dataclasses import replace
from io import StringIO

from tests.apps.reconciliation.march import MARCH, NOW, Month, a_visit, came_in
from tests.cast import ALMA_NUMBER, EKOT_NUMBER, ok
from timvis.apps.reconciliation import fees
from timvis.apps.reconciliation.models import ChargedTime, FeeHandover
from timvis.core.access import Actor, Role
from timvis.core.faults import Refusal
from timvis.core.home_care.paid import LineWordKind
from timvis.core.home_care.reconciliation import DifferenceKind
from timvis.core.home_care.visits import VisitState
from timvis.formats.fee_basis.write import FeeRow, write_csv


def officer(month: Month) -> Actor:
    """The fee officer."""
    return replace(month.cecilia, roles=frozenset({Role.FEE_OFFICER}))


def told(month: Month, minutes: str, *, number: str = ALMA_NUMBER) -> bytes:
    return (
        "personnummer;insats;utforare;manad;debiterade_minuter\r\n"
        f"{number};home_care;{EKOT_NUMBER};2026-03;{minutes}\r\n"
    ).encode()


def test_performed_time_is_handed_over_with_its_deviations(month: Month) -> None:
    cancelled = a_visit(28, 20, state=VisitState.CANCELLED)
    came_in(
        month, cancelled, replace(cancelled, key="x", start_at=cancelled.start_at - 300, noticed_at=cancelled.start_at)
    )
    month.says(LineWordKind.APPROVED)

    made = fees.hand_over(officer(month), MARCH, now=NOW)

    assert isinstance(made, FeeHandover)
    [row] = made.rows
    assert row["recipient"] == ALMA_NUMBER
    # 30 hours a month from the second: 1 741,9 minutes of them in March.
    assert (row["ordered_minutes"], row["performed_minutes"], row["difference_minutes"]) == (1742, 1800, 58)
    assert (row["missed_visits"], row["cancelled_visits"], row["word"]) == (1, 1, "approved")
    assert fees.hand_over(officer(month), MARCH, now=NOW) == made


def test_the_export_is_a_table_that_a_spreadsheet_reads(month: Month) -> None:
    made = ok(fees.hand_over(officer(month), MARCH, now=NOW))

    text = write_csv(FeeRow(**row) for row in made.rows).decode("utf-8-sig")

    [row] = csv.DictReader(StringIO(text), delimiter=";")
    assert (row["personnummer"], row["utforda_minuter"], row["manad"]) == (ALMA_NUMBER, "1800", "2026-03")


def test_what_was_charged_comes_back_as_the_fourth_quantity(month: Month) -> None:
    ok(fees.hand_over(officer(month), MARCH, now=NOW))

    outcome = fees.tell_charged_time(
        officer(month), MARCH, told(month, "1740"), "debiterat.csv", now=NOW, today=NOW.date()
    )

    assert outcome == 1
    line = month.alma().line
    assert line.charged == 1740
    assert DifferenceKind.PERFORMED_BUT_NOT_CHARGED in {one.kind for one in line.differences}
    again = fees.tell_charged_time(
        officer(month), MARCH, told(month, "1800"), "debiterat.csv", now=NOW, today=NOW.date()
    )
    assert again == 1
    assert month.alma().line.charged == 1800


def test_minutes_as_hours_and_somebody_unknown_are_faults_and_nothing_is_kept(month: Month) -> None:
    ok(fees.hand_over(officer(month), MARCH, now=NOW))

    for content, code in (
        (told(month, "29,5"), "minutes_are_not_whole"),
        (told(month, "10", number="195005050975"), "not_handed_over"),
        (told(month, "10").replace(b"2026-03", b"2026-02"), "another_month"),
        (told(month, "10") + told(month, "10").splitlines()[1], "charged_twice"),
    ):
        outcome = fees.tell_charged_time(officer(month), MARCH, content, "d.csv", now=NOW, today=NOW.date())
        assert isinstance(outcome, tuple), code
        assert [fault.code for fault in outcome] == [code]
        assert all(ALMA_NUMBER not in fault.message for fault in outcome)
    assert not ChargedTime.objects.exists()


def test_nothing_is_charged_before_anything_was_handed_over(month: Month) -> None:
    outcome = fees.tell_charged_time(officer(month), MARCH, told(month, "1"), "d.csv", now=NOW, today=NOW.date())

    assert outcome is Refusal.NOT_THE_NEXT_STEP


def test_the_provider_has_no_part_in_the_fees(month: Month) -> None:
    assert fees.hand_over(month.elsa, MARCH, now=NOW) in (Refusal.ROLE_DOES_NOT_ALLOW, Refusal.NO_RELATION)
