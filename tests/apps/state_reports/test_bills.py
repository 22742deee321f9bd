"""A recipient's bill in full: every version kept, its cost account whole, and its paper known when it comes back."""

from dataclasses import replace
from datetime import date

import pytest

from tests.apps.state_reports import months as at
from tests.cast import ALMA_NUMBER, NOW, Cast, in_another_town, ok
from timvis.apps.documents.models import Original
from timvis.apps.state_reports.bills import BillParticulars, newest_bill, register_bill, told_by
from timvis.apps.state_reports.models import FrozenReport, RecipientBill, ReturnedPaper
from timvis.apps.state_reports.papers import code_of, code_of_bill, paper_of, paper_of_bill, record_of_bill
from timvis.apps.state_reports.returned import take_back
from timvis.core.faults import Fault, Refusal
from timvis.core.quantities import Ore
from timvis.core.state_bill import Activity, Cost, CostAccount, CostKind, SignerRole

JANUARY = date(2021, 1, 1)
ACCOUNT = CostAccount(
    costs=(Cost(kind=CostKind.PAY, per_hour_ore=Ore(20_000), period_ore=Ore(320_000)),), minutes=16 * 60
)
BILL = BillParticulars(
    active_minutes=16 * 60,
    received_on=NOW.date(),
    signer_number=ALMA_NUMBER,
    signer_name="Alma Åkesson",
    activities=(Activity.SCHOOL,),
    stays=((26_825_000, 26_826_000),),
    left_ore=0,
)


def register(cast: Cast, told: BillParticulars, seen: int = 0) -> int | Refusal | tuple[Fault, ...]:
    return register_bill(
        cast.greta, recipient_id=cast.recipient_id, month_on=JANUARY, particulars=told, seen=seen, now=NOW
    )


@pytest.fixture
def bill(cast: Cast) -> RecipientBill:
    """Alma's bill for January, with an account."""
    assert register(cast, replace(BILL, account=ACCOUNT)) == 1
    found = newest_bill(cast.recipient_id, JANUARY)
    assert found is not None
    return found


def test_a_bill_says_again_what_it_was_told(cast: Cast, bill: RecipientBill) -> None:
    assert told_by(bill) == replace(BILL, account=ACCOUNT, in_activity=True)


def test_an_account_that_does_not_hold_together_registers_nothing(cast: Cast) -> None:
    wrong = replace(BILL, account=replace(ACCOUNT, minutes=0))

    faults = register(cast, wrong)

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == ["hours_of_the_account_are_missing"]
    assert not RecipientBill.objects.exists()


@pytest.mark.parametrize(
    ("says", "code"),
    [
        ({"outside_eea": False, "abroad_is_explained": True}, "stay_abroad_without_a_yes"),
        ({"abroad_from": date(2021, 1, 4), "abroad_to": date(2021, 1, 9)}, "stay_abroad_without_a_yes"),
        ({"outside_eea": True, "abroad_from": date(2021, 1, 4)}, "stay_abroad_has_half_a_period"),
        (
            {"outside_eea": True, "abroad_from": date(2021, 1, 4), "abroad_to": date(2021, 1, 4)},
            "stay_abroad_ends_before_it_begins",
        ),
        (
            {"outside_eea": True, "abroad_from": date(2021, 2, 1), "abroad_to": date(2021, 2, 9)},
            "stay_abroad_is_in_another_month",
        ),
    ],
)
def test_a_stay_abroad_that_does_not_hold_together_registers_nothing(
    cast: Cast, says: dict[str, object], code: str
) -> None:
    wrong = replace(BILL, account=replace(ACCOUNT, minutes=0), **says)  # type: ignore[arg-type]  # as the case says

    faults = register(cast, wrong)

    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == [code, "hours_of_the_account_are_missing"]
    assert not RecipientBill.objects.exists()


def test_a_stay_abroad_over_the_turn_of_the_month_is_kept_and_printed(cast: Cast) -> None:
    stay = replace(BILL, outside_eea=True, abroad_from=date(2020, 12, 20), abroad_to=date(2021, 1, 3))
    assert register(cast, stay) == 1
    bill = newest_bill(cast.recipient_id, JANUARY)
    assert bill is not None

    assert told_by(bill) == replace(stay, in_activity=True)
    assert "ja, 2020-12-20 – 2021-01-02; förklaring och underlag saknas." in str(paper_of_bill(bill).sections)
    lacks = set(record_of_bill(bill).lacking())
    assert "förklaring och underlag om vistelsen utanför EES" in lacks
    assert "kostnadsredovisning för assistans utanför EES" in lacks


def test_a_bill_that_was_never_asked_of_a_stay_abroad_says_so(cast: Cast, bill: RecipientBill) -> None:
    assert "anlitat assistent på plats: uppgift saknas." in str(paper_of_bill(bill).sections)
    assert "om personen vistades utanför EES" in set(record_of_bill(bill).lacking())


def test_a_changed_bill_keeps_the_one_before(cast: Cast, bill: RecipientBill) -> None:
    changed = replace(told_by(bill), signer_role=SignerRole.APPOINTED_GUARDIAN, signer_name="Elsa Ek")

    assert register(cast, changed, seen=1) == 2
    assert RecipientBill.objects.get(number=1).signer_role == SignerRole.RECIPIENT
    assert "god man" in str(paper_of_bill(RecipientBill.objects.get(number=2)).sections)


# --- papers that come back ----------------------------------------------------------------------------------------


def test_a_returned_bill_is_known_by_its_code_and_its_scan_is_kept(cast: Cast, bill: RecipientBill) -> None:
    code = code_of_bill(bill)
    assert paper_of(f" {code.lower()} ", "vasteras") == bill

    ok(
        take_back(
            cast.greta,
            code,
            returned_on=NOW.date(),
            is_signed=True,
            now=NOW,
            content=b"%PDF-scan",
            media_type="application/pdf",
            file_name="rakning.pdf",
        )
    )

    paper = ReturnedPaper.objects.get()
    assert (paper.bill, paper.report) == (bill, None)
    assert paper.original == Original.objects.get(file_name="rakning.pdf")


def test_a_returned_report_is_known_by_its_code_without_a_scan(cast: Cast) -> None:
    report = FrozenReport.objects.get(key=at.frozen(cast, at.elt()))

    ok(take_back(cast.greta, code_of(report), returned_on=NOW.date(), is_signed=False, now=NOW))

    paper = ReturnedPaper.objects.get()
    assert (paper.report, paper.original, paper.is_signed) == (report, None, False)


def test_a_code_nobody_here_has_printed_is_told_and_nothing_is_kept(cast: Cast, bill: RecipientBill) -> None:
    code = code_of_bill(bill)
    made_up = ("", "TV-R1", "TV-R-ABC", f"TV-R{10**30}-ABCDEFGHIJ", code.replace("TV-R", "TV-"), f"{code}Ö", "TV-²-A")

    for wrong in made_up:
        assert paper_of(wrong, "vasteras") is None, wrong
        faults = take_back(cast.greta, wrong, returned_on=NOW.date(), is_signed=True, now=NOW)
        assert isinstance(faults, tuple)
        assert [fault.code for fault in faults] == ["code_is_unknown"]
    elsewhere = take_back(in_another_town(cast.greta), code, returned_on=NOW.date(), is_signed=True, now=NOW)
    assert isinstance(elsewhere, tuple)
    assert not ReturnedPaper.objects.exists()
