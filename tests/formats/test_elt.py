"""ELT: read strictly, written canonically, and the text that is signed."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.formats.handed_in_months import (
    ALMA,
    BJORN,
    COORDINATION,
    ELT_ROW,
    ELT_ROWS,
    EMPLOYED_BY_EKOT,
    ID,
    TODAY,
    elt_bytes,
    elt_lines,
    without_place,
)
from tests.formats.test_time_report_csv import months
from timvis.core.records import TimeKind, TimeReport
from timvis.formats.elt.check import check
from timvis.formats.elt.digest import text_to_sign
from timvis.formats.elt.read import read
from timvis.formats.elt.schema import schema
from timvis.formats.elt.write import write

OWN_EMPLOYER = "<anstalldAvPersonSomHarAssistans>true</anstalldAvPersonSomHarAssistans>"
PHONE = "<telefonnummerAnordnare>021-390000</telefonnummerAnordnare>"
NAME = "<fornamn>Alma</fornamn><efternamn>Åkesson</efternamn>"
PERIOD = "<berakningsperiod><fromDag>2025-03-01</fromDag><tomDag>2025-03-31</tomDag></berakningsperiod>"
ACTIVE = ELT_ROW.format("{}", "{}", "{}", "aktivTid", "aktivTid")


def report_in(content: bytes) -> TimeReport:
    result = read(content, today=TODAY)
    assert not result.faults
    return result.reports[0]


def places(content: bytes) -> list[tuple[int | None, str | int | None, str]]:
    return [(fault.line, fault.column, fault.code) for fault in read(content, today=TODAY).faults]


def follows_schema(content: bytes) -> bool:
    return schema().validate(etree.fromstring(content))


def with_rows(*rows: tuple[object, str, str]) -> bytes:
    return elt_bytes([ACTIVE.format(*row) for row in rows])


def written(report: TimeReport) -> bytes:
    content = write(report)
    assert isinstance(content, bytes)
    return content


# --- reading --------------------------------------------------------------------------------------------


def test_a_month_is_read_with_the_lines_of_its_rows() -> None:
    report = report_in(elt_bytes())

    assert follows_schema(elt_bytes())
    assert (report.key, report.recipient_number, report.assistant_number) == (ID, ALMA, BJORN)
    # Eleven lines stand before the first row.
    assert [(row.line, row.kind) for row in report.rows] == [
        (12, TimeKind.ACTIVE),
        (13, TimeKind.WAITING),
        (14, TimeKind.STANDBY),
    ]


def test_the_rows_of_a_document_on_one_line_are_counted() -> None:
    on_one_line = "".join(elt_lines()).encode()

    assert [row.line for row in report_in(on_one_line).rows] == [1, 2, 3]


def test_an_own_employer_has_no_organisation_number() -> None:
    report = report_in(elt_bytes(was=EMPLOYED_BY_EKOT, now=OWN_EMPLOYER))

    assert (report.is_own_employer, report.employer_number) == (True, None)


def test_an_assistant_may_have_a_coordination_number() -> None:
    was = f"<assistent><personnummer>{BJORN}</personnummer>"
    now = f"<assistent><samordningsnummer>{COORDINATION}</samordningsnummer>"

    assert report_in(elt_bytes(was=was, now=now)).assistant_number == COORDINATION


def test_a_comment_changes_nothing() -> None:
    assert report_in(elt_bytes(was="<dag>1</dag>", now="<dag><!-- lördag -->1</dag>")).rows[0].span.work_on.day == 1


@pytest.mark.parametrize("instead", ["true", "1", " false ", "0"])
def test_the_agreement_is_a_truth_value_of_xml_schema(instead: str) -> None:
    content = elt_bytes(was="<kollektivavtal>true<", now=f"<kollektivavtal>{instead}<")

    assert follows_schema(content)
    assert report_in(content).has_agreement is (instead.strip() in ("true", "1"))


# --- what the schema lets through and we do not ---------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "line", "column", "code"),
    [
        (with_rows((1, "08.00", "99.99")), 12, "tomTid", "not_a_clock_time"),
        (with_rows((1, "24.00", "24.00")), 12, "fromTid", "not_a_clock_time"),
        (with_rows((1, "08.60", "09.00")), 12, "fromTid", "not_a_clock_time"),
        (with_rows((1, "16.00", "08.00")), 12, "tomTid", "end_is_not_after_start"),
        (with_rows((1, "16.00", "16.00")), 12, "tomTid", "end_is_not_after_start"),
        (with_rows((30, "02.30", "08.00")), 12, "fromTid", "clock_time_does_not_exist"),
        (elt_bytes(rows=()), 11, "tidrapport", "no_rows"),
        (elt_bytes(was="2025-03<", now="2025-13<"), 4, "redovisningsmanad", "not_a_month"),
        (
            elt_bytes([ACTIVE.format(31, "08.00", "09.00")], was="2025-03<", now="2025-02<"),
            12,
            "dag",
            "day_does_not_exist",
        ),
        (elt_bytes(was=PERIOD, now=PERIOD + PERIOD), 9, "berakningsperiod", "period_twice"),
        (
            elt_bytes(was="<tomDag>2025-03-31", now="<tomDag>2025-02-28"),
            9,
            "berakningsperiod",
            "period_ends_before_it_begins",
        ),
        (elt_bytes(was=ALMA, now=ALMA[:-1] + "1"), 5, "personnummer", "number_wrong_check_digit"),
        (elt_bytes(was=BJORN, now=COORDINATION), 7, "personnummer", "number_coordination_number"),
        (
            elt_bytes(
                was=f"<personnummer>{BJORN}</personnummer>", now=f"<samordningsnummer>{BJORN}</samordningsnummer>"
            ),
            7,
            "samordningsnummer",
            "not_a_coordination_number",
        ),
        (elt_bytes(was=">5599000006", now=">5599000001"), 10, "organisationsnummer", "number_wrong_check_digit"),
        (elt_bytes(was=">Alma<", now=">Al\u200bma<"), 6, "fornamn", "hidden_character"),
    ],
)
def test_what_the_schema_wrongly_lets_through_is_a_fault(content: bytes, line: int, column: str, code: str) -> None:
    assert follows_schema(content)
    assert places(content) == [(line, column, code)]


def test_overlapping_rows_can_be_read_but_not_sent() -> None:
    # 08–16 covers 09–10 and 15–17; the row between them does not hide the long one
    content = with_rows((1, "08.00", "16.00"), (1, "09.00", "10.00"), (1, "15.00", "17.00"), (1, "17.00", "18.00"))

    assert len(report_in(content).rows) == 4
    assert [(fault.line, fault.code) for fault in check(content, today=TODAY)] == [
        (13, "rows_overlap"),
        (14, "rows_overlap"),
    ]
    assert check(elt_bytes(), today=TODAY) == ()


# --- what the schema refuses, and we say why ------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "column", "code"),
    [
        (ID, ID.upper(), "id", "id_is_in_upper_case"),
        (ID, ID[:-1], "id", "not_an_id"),
        ("<aktivTid>true", "<aktivTid>TRUE", "aktivTid", "not_true"),
        ("<aktivTid>true", "<aktivTid>1", "aktivTid", "not_true"),
        ("<aktivTid>true", "<aktivTid> true", "aktivTid", "not_true"),
        ("08.00", "8.00", "fromTid", "not_a_clock_time"),
        ("16.30", "16:30", "tomTid", "not_a_clock_time"),
        ("<dag>1<", "<dag>32<", "dag", "not_a_day_number"),
        ("<dag>1<", "<dag><b>1</b><", "dag", "element_has_elements"),
        ("</aktivTid>", "</aktivTid><vanteTid>true</vanteTid>", "vanteTid", "element_too_often"),
        ("<aktivTid>true</aktivTid>", "", "aktivTid", "element_is_missing"),
        ("<kollektivavtal>true", "<kollektivavtal>ja", "kollektivavtal", "neither_true_nor_false"),
        ("5599000006", "559900-0006", "organisationsnummer", "number_wrong_length"),
        ("5599000006", "165599000006", "organisationsnummer", "number_wrong_length"),
        (ALMA, f"{ALMA[:8]}-{ALMA[8:]}", "personnummer", "number_wrong_length"),
        ("021-390000", "390000", "telefonnummerAnordnare", "not_a_telephone_number"),
        (PHONE, "", "telefonnummerAnordnare", "element_is_missing"),
        (
            f"<personnummer>{BJORN}</personnummer>",
            f"<personnummer>{BJORN}</personnummer><samordningsnummer>{COORDINATION}</samordningsnummer>",
            "samordningsnummer",
            "element_too_often",
        ),
        (NAME, "<efternamn>Å</efternamn><fornamn>A</fornamn>", "fornamn", "element_out_of_order"),
        ("<tidrapport>", "<tidrapport><rast>1</rast>", "rast", "unknown_element"),
        ("<tidrapport>", '<tidrapport version="1">', "tidrapport", "attribute_is_not_allowed"),
        ("<tidrapport>", "<tidrapport>hej", "tidrapport", "text_between_elements"),
        (EMPLOYED_BY_EKOT, "", "anstalldAvPersonSomHarAssistans", "element_is_missing"),
        (EMPLOYED_BY_EKOT, OWN_EMPLOYER + EMPLOYED_BY_EKOT, "assistansanordnare", "element_too_often"),
        ("<fromDag>2025-03-01", "<fromDag>2025-03-32", "fromDag", "not_a_day"),
    ],
)
def test_what_the_schema_refuses_is_one_fault_in_plain_words(was: str, now: str, column: str, code: str) -> None:
    content = elt_bytes(was=was, now=now)

    assert not follows_schema(content)
    assert [(found, why) for _, found, why in places(content)] == [(column, code)]


def test_ten_faults_in_a_document_are_all_told_with_their_lines() -> None:
    content = elt_bytes([*ELT_ROWS, *(ACTIVE.format(day, "08.00", "09.00") for day in (4, 5))]).decode()
    for was, now in (
        (ID, ID.upper()),
        (ALMA, ALMA[:-1] + "1"),
        (BJORN, "1"),
        ("<kollektivavtal>true", "<kollektivavtal>ja"),
        ("<tomDag>2025-03-31", "<tomDag>2025-02-31"),
        ("5599000006", "1"),
        ("<dag>1<", "<dag>32<"),
        ("22.00", "99.99"),
        ("<beredskapsTid>true</beredskapsTid>", ""),
        ("021-390000", "1"),
    ):
        content = content.replace(was, now, 1)

    assert [line for line, _, _ in places(content.encode())] == [3, 5, 7, 8, 9, 10, 12, 13, 14, 18]


def test_the_faults_of_times_are_told_even_when_the_month_is_not_a_month() -> None:
    content = elt_bytes([ACTIVE.format(1, "08.00", "99.99")], was="2025-03<", now="2025-13<")

    assert [code for _, _, code in places(content)] == ["not_a_month", "not_a_clock_time"]


BREAKS = st.sampled_from(["", "x", "<", ">", "/", "0", "9", "-", "true", " ", "\u200b", "&amp;", "<b/>", "-->"])


@settings(max_examples=200, deadline=None)
@given(at=st.integers(0, len("\n".join(elt_lines()))), drop=st.integers(0, 12), put=BREAKS)
def test_whatever_is_accepted_follows_the_schema(at: int, drop: int, put: str) -> None:
    text = "\n".join(elt_lines())
    content = (text[:at] + put + text[at + drop :]).encode()

    result = read(content, today=TODAY)

    assert result.faults or follows_schema(content)


# --- writing and signing --------------------------------------------------------------------------------


def complete(report: TimeReport) -> TimeReport:
    """Return a report with what ELT demands, and without what it has no place for."""
    return replace(
        report,
        key=ID,
        recipient_number=ALMA,
        employer_number=None if report.is_own_employer else "5599000006",
        is_own_employer=bool(report.is_own_employer),
        has_agreement=bool(report.has_agreement),
        assistant_signature=None,
        manager_signature=None,
        stated_sums=None,
    )


@settings(max_examples=60, deadline=None)
@given(months().map(complete))
def test_what_is_written_is_read_back_and_follows_the_schema(report: TimeReport) -> None:
    content = written(report)

    assert follows_schema(content)
    assert without_place(report_in(content)) == replace(report, key="")


def test_a_written_file_is_its_own_canonical_form() -> None:
    content = written(report_in(elt_bytes()))

    assert text_to_sign(content) == f"{ID},{hashlib.sha256(content).hexdigest()}"


def test_the_digest_is_over_the_canonical_form_without_comments() -> None:
    # Canonical XML 1.0 drops the declaration and comments, writes empty elements in two tags and orders quotes.
    plain = text_to_sign(elt_bytes())

    assert text_to_sign(elt_bytes(was="<dag>1</dag>", now="<dag >1</dag><!-- x -->")) == plain
    assert text_to_sign(elt_bytes().replace(b"\n", b"\r\n")) == plain
    assert text_to_sign(elt_bytes(was="16.30", now="16.31")) != plain
    assert text_to_sign(elt_bytes(was="<tidrapport>", now="<tidrapport> ")) != plain


def test_the_digest_is_the_one_that_was_worked_by_hand() -> None:
    # The canonical form: no declaration, no trailing line end, everything else as it stands.
    canonical = "\n".join(elt_lines()[1:]).encode()

    assert text_to_sign(elt_bytes()) == f"{ID},{hashlib.sha256(canonical).hexdigest()}"


def test_a_report_that_lacks_what_elt_demands_is_not_written() -> None:
    bare = replace(
        report_in(elt_bytes()),
        recipient_number=None,
        assistant_number=None,
        has_agreement=None,
        employer_number=None,
    )

    faults = write(bare, provider_phone="1")

    assert not isinstance(faults, bytes)
    assert [fault.column for fault in faults] == [
        "brukare_personnummer",
        "assistent_personnummer",
        "kollektivavtal",
        "organisationsnummer",
        "telefonnummerAnordnare",
    ]
