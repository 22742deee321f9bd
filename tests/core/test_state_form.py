"""A time report and a bill on paper: every row, the sums per kind, and nothing that imitates the state's own forms."""

from datetime import date, timedelta

from timvis.core.calendar.local_time import span
from timvis.core.records import ClockSpan, ReportRow, TimeKind, TimeReport
from timvis.core.state_bill import SignerRole
from timvis.core.state_form import BillPaper, Stayed, bill_paper, time_report_paper
from timvis.formats.letter.write import write_html, write_pdf

MARCH = date(2024, 3, 1)


def a_row(line: int, day: int, begins: str, ends: str, kind: TimeKind = TimeKind.ACTIVE) -> ReportRow:
    piece = span(MARCH + timedelta(days=day - 1), begins, ends)
    assert isinstance(piece, ClockSpan), piece
    return ReportRow(line=line, kind=kind, span=piece)


def a_report(*rows: ReportRow) -> TimeReport:
    return TimeReport(
        key="k",
        month_on=MARCH,
        recipient_number="198002152380",
        recipient_name="Alma Åkesson",
        assistant_number="198308092389",
        assistant_name="Björn Öst",
        rows=rows,
        employer_number="5599000006",
        is_own_employer=False,
        has_agreement=True,
        reference_periods=((date(2024, 3, 1), date(2024, 4, 1)),),
    )


def on_paper(*rows: ReportRow) -> str:
    letter = time_report_paper(a_report(*rows), sender="Ekköping", code="TV-1-ABC", written_on=date(2024, 4, 2))
    return write_html(letter)


def test_eighty_rows_are_one_sheet_and_the_eighty_first_goes_on_the_next() -> None:
    rows = tuple(a_row(n, n // 3 + 1, f"{8 + n % 3 * 4:02d}.00", f"{11 + n % 3 * 4:02d}.30") for n in range(81))

    assert "blad 1 av 1" in on_paper(*rows[:80])
    paper = on_paper(*rows)
    assert "blad 1 av 2 (fortsätter på nästa blad)" in paper
    assert "blad 2 av 2" in paper
    assert paper.count('<tr><td class="number">') == 81


def test_the_sums_are_told_per_kind_in_hours_and_minutes() -> None:
    paper = on_paper(
        a_row(1, 4, "08.00", "16.35"),
        a_row(2, 5, "22.00", "24.00", TimeKind.WAITING),
        a_row(3, 6, "00.00", "06.10", TimeKind.STANDBY),
    )

    for told in ('Aktiv tid</td><td class="number">8</td><td class="number">35', 'Väntetid</td><td class="number">2'):
        assert told in paper
    assert 'Beredskapstid</td><td class="number">6</td><td class="number">10' in paper


def test_the_night_when_the_clocks_change_is_told_beside_the_sum_by_the_clock() -> None:
    paper = on_paper(a_row(1, 31, "00.00", "06.00"))

    assert "aktiv tid blev 5 timmar 00 minuter faktisk tid" in paper


def test_the_paper_says_what_it_is_and_names_no_form_of_the_states() -> None:
    paper = on_paper(a_row(1, 4, "08.00", "16.00"))

    assert "Försäkringskassan tar på papper bara emot sina egna blanketter" in paper
    assert "TV-1-ABC" in paper
    assert "3059" not in paper
    assert "FK " not in paper


def test_a_bill_tells_real_time_hospital_and_who_signed_and_becomes_a_pdf() -> None:
    letter = bill_paper(
        BillPaper(
            month_on=MARCH,
            recipient_name="Alma Åkesson",
            recipient_number="198002152380",
            active_minutes=24_750,
            waiting_minutes=0,
            standby_minutes=61,
            in_activity=True,
            outside_eea=False,
            stays=(Stayed(from_on="2024-03-04", from_at="10.00", to_on="2024-03-06", to_at="15.30"),),
            signed_on=date(2024, 4, 2),
            signer_number="197809082386",
            signer_name="Elsa Ek",
            signer_role=SignerRole.APPOINTED_GUARDIAN,
        ),
        sender="Ekköping",
        code="TV-R1-ABC",
        written_on=date(2024, 4, 2),
    )
    paper = write_html(letter)

    assert 'Aktiv tid</td><td class="number">412</td><td class="number">30' in paper
    assert "<td>2024-03-04</td><td>10.00</td><td>2024-03-06</td><td>15.30</td>" in paper
    assert "2024-04-02, Elsa Ek, 19780908-2386, god man." in paper
    assert "daglig verksamhet: ja" in paper
    assert "3057" not in paper
    assert write_pdf(letter).startswith(b"%PDF-1.7")
