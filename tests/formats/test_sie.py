"""Vouchers to the ledger, as SIE."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.official import official, official_names, official_rows
from timvis.core.quantities import Ore
from timvis.formats.sie.check import SieCheck, check
from timvis.formats.sie.letters import REPLACED, in_sie_letters, letters_lacking
from timvis.formats.sie.read import ore_from, read
from timvis.formats.sie.records import SieFile, SieHead, Voucher, VoucherRow
from timvis.formats.sie.tokens import Unclosed, fields_of
from timvis.formats.sie.write import amount_text, write

HEAD = SieHead(
    program="Timvis",
    program_version="0.1.0",
    generated_on=date(2021, 5, 3),
    company="Exempelkommunen",
    organisation_number="2120009994",
    dimensions=((1, "Ansvar"), (20, "Verksamhet")),
    objects=((1, "5100", "Funktionsnedsättning"),),
    accounts=(("4610", "Personlig assistans"), ("2410", "Leverantörsskulder")),
)
DEBT = Voucher(
    on=date(2021, 4, 20),
    series="T",
    number="17",
    text="Personlig assistans mars 2021",
    rows=(
        VoucherRow(account="4610", amount_ore=Ore(4_823_950), objects=((1, "5100"), (20, "513")), text="VAS-1"),
        VoucherRow(account="2410", amount_ore=Ore(-4_823_950)),
    ),
)


def file_of(*vouchers: Voucher, head: SieHead = HEAD) -> SieFile:
    return SieFile(sie_type=4, head=head, vouchers=vouchers)


def codes(outcome: object) -> list[str]:
    assert isinstance(outcome, tuple)
    return [fault.code for fault in outcome]


def verdict(content: bytes) -> SieCheck:
    outcome = check(content)
    assert isinstance(outcome, SieCheck), outcome
    return outcome


def test_a_voucher_is_written_as_the_format_wants_it() -> None:
    content = write(file_of(DEBT))

    assert isinstance(content, bytes)
    assert content.decode("cp437").split("\r\n") == [
        "#FLAGGA 0",
        '#PROGRAM "Timvis" "0.1.0"',
        "#FORMAT PC8",
        "#GEN 20210503",
        "#SIETYP 4",
        "#ORGNR 212000-9994",
        '#FNAMN "Exempelkommunen"',
        '#DIM 1 "Ansvar"',
        '#DIM 20 "Verksamhet"',
        '#OBJEKT 1 "5100" "Funktionsnedsättning"',
        '#KONTO 4610 "Personlig assistans"',
        '#KONTO 2410 "Leverantörsskulder"',
        '#VER "T" "17" 20210420 "Personlig assistans mars 2021"',
        "{",
        '#TRANS 4610 {1 "5100" 20 "513"} 48239.50 20210420 "VAS-1"',
        "#TRANS 2410 {} -48239.50",
        "}",
        "",
    ]
    assert b"Funktionsneds\x84ttning" in content


def test_what_is_written_is_read_again() -> None:
    content = write(file_of(DEBT, replace(DEBT, series="", number="")))

    assert isinstance(content, bytes)
    assert read(content) == file_of(DEBT, replace(DEBT, series="", number=""))
    assert verdict(content).is_valid


def with_row(**changes: Any) -> Voucher:
    return replace(DEBT, rows=(replace(DEBT.rows[0], **changes), DEBT.rows[1]))


@pytest.mark.parametrize(
    ("voucher", "code"),
    [
        (with_row(amount_ore=Ore(4_823_951)), "voucher_does_not_balance"),
        (replace(DEBT, rows=()), "voucher_is_empty"),
        (with_row(account=""), "account_is_wrong"),
        (with_row(account="46A0"), "account_is_wrong"),
        (with_row(objects=((6, "P1"),)), "dimension_is_undeclared"),
        (with_row(objects=((1, ""),)), "object_is_empty"),
        (with_row(text="名"), "letter_is_not_in_cp437"),
        (replace(DEBT, text="två\nrader"), "letter_is_not_in_cp437"),
        (replace(DEBT, text="─┼─"), "letter_is_not_in_cp437"),
    ],
)
def test_a_voucher_that_cannot_be_booked_is_not_written(voucher: Voucher, code: str) -> None:
    assert codes(write(file_of(voucher))) == [code]


def test_letters_that_the_code_page_lacks_are_replaced_by_the_table() -> None:
    text = "Ćirić & Søn – 9 § “Åsa” €"

    assert in_sie_letters(text) == "Ciric & Sön - 9 par. 'Åsa' EUR"
    assert letters_lacking(text) == ()


@pytest.mark.parametrize("letter", sorted(REPLACED))
def test_every_replacement_can_be_written(letter: str) -> None:
    assert letters_lacking(letter) == ()
    assert in_sie_letters(letter).encode("cp437")


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ('#TRANS 1510 {} 1063 20110824 ""', ("#TRANS", "1510", (), "1063", "20110824", "")),
        ('#TRANS\t3010\t{"1" "654321" "6" "P 1"}\t-900.00', ("#TRANS", "3010", ("1", "654321", "6", "P 1"), "-900.00")),
        (r'#FNR "C:\mapp\bolag"', ("#FNR", r"C:\mapp\bolag")),
        (r'#VER B "" 20110304 "sa \"ja\""', ("#VER", "B", "", "20110304", 'sa "ja"')),
        ('#TRANS 3010 {} 1.00 20140127 "avhugget', ("#TRANS", "3010", (), "1.00", "20140127", "avhugget")),
        ("#TRANS 3010 {1 2", Unclosed(13)),
    ],
)
def test_a_line_is_cut_into_its_fields(line: str, fields: object) -> None:
    assert fields_of(line) == fields


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1063", 106_300),
        ("-212.5", -21_250),
        ("0.05", 5),
        ("-0.05", -5),
        ("12.3400", 1234),
        ("12.345", None),
        ("12,34", None),
        ("1 063", None),
        ("", None),
        ("NaN", None),
    ],
)
def test_an_amount_is_read_in_whole_ore(text: str, amount: int | None) -> None:
    assert ore_from(text) == amount


BROKEN = """#FLAGGA 0
#SIETYP 4
#VER "" "" 20210231 "x"
{
#TRANS 4610 {} 12,50
#TRANS 2410 {1} -12.50
}
#TRANS 2410 {} 1.00
}
skräp
#VER "" "" 20210301 "öppet"
{
"""


def test_every_line_that_cannot_be_read_is_told() -> None:
    outcome = read(BROKEN.encode("cp437"))

    assert isinstance(outcome, tuple)
    assert [(fault.line, fault.code) for fault in outcome] == [
        (3, "day_is_wrong"),
        (5, "amount_is_wrong"),
        (6, "objects_are_wrong"),
        (8, "row_is_outside_voucher"),
        (9, "brace_is_misplaced"),
        (10, "line_is_no_label"),
        (11, "voucher_is_not_closed"),
    ]


@pytest.mark.parametrize("content", [b"", b"hej", b"#VER", b"\x00\xff\xfe", b"<xml/>"])
def test_what_is_no_sie_file_is_a_fault(content: bytes) -> None:
    assert "not_a_sie_file" in codes(read(content))


def test_a_voucher_that_does_not_balance_is_found() -> None:
    content = write(file_of(DEBT))
    assert isinstance(content, bytes)

    outcome = verdict(content.replace(b"-48239.50", b"-48239.49"))

    # 48 239,50 - 48 239,49 = 0,01
    assert not outcome.is_balanced
    assert not outcome.is_valid
    assert [(fault.code, fault.line) for fault in outcome.faults] == [("voucher_does_not_balance", 13)]
    assert "0.01 kr" in outcome.faults[0].message


def test_added_and_removed_rows_are_history_and_not_counted() -> None:
    content = write(file_of(DEBT))
    assert isinstance(content, bytes)
    changed = content.replace(b"}\r\n", b"#BTRANS 4610 {} 5.00\r\n#RTRANS 4610 {} 7.00\r\n}\r\n")

    outcome = verdict(changed)

    assert outcome.is_balanced
    assert outcome.rows == 2


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_letters_in_another_encoding_are_read_and_objected_to(encoding: str) -> None:
    content = write(file_of(DEBT))
    assert isinstance(content, bytes)
    other = content.decode("cp437").encode(encoding)

    outcome = read(other)

    assert isinstance(outcome, SieFile)
    assert outcome.head.objects == HEAD.objects
    assert [fault.code for fault in verdict(other).faults] == ["encoding_is_wrong"]


def test_letters_that_are_lost_for_ever_are_pointed_out() -> None:
    content = write(file_of(DEBT))
    assert isinstance(content, bytes)
    destroyed = content.decode("cp437").replace("mars", "m\ufffdrs").encode("utf-8")

    assert "letters_are_destroyed" in [fault.code for fault in verdict(destroyed).faults]


def test_a_head_without_what_ledgers_demand_is_not_valid() -> None:
    outcome = verdict(b"#FLAGGA 0\n#SIETYP 4\n")

    assert [fault.column for fault in outcome.faults] == ["#PROGRAM", "#FORMAT", "#GEN", "#FNAMN"]


@pytest.mark.parametrize("name", official_names("sie", "*.[sS][eEiI]"))
def test_the_vendors_files_are_read_as_the_index_says(name: str) -> None:
    row = next(row for row in official_rows("sie/index.csv") if row["file"] == name)
    content = official(f"sie/{name}")

    outcome = verdict(content)
    file = read(content)

    assert isinstance(file, SieFile)
    assert outcome.faults == ()
    assert outcome.is_balanced
    assert (outcome.sie_type, outcome.encoding) == (int(row["sietyp"]), row["encoding"])
    assert (outcome.vouchers, outcome.rows) == (int(row["ver"]), int(row["trans"]))
    assert (len(file.head.dimensions), len(file.head.objects)) == (int(row["dim"]), int(row["objekt"]))
    assert file.head.program.startswith(row["program"])


LATIN = bytes([*range(0x20, 0x5C), *range(0x5D, 0x7F), *range(0x80, 0xB0)]).decode("cp437")
LETTERS = st.text(LATIN, max_size=12)
ROWS = st.builds(
    VoucherRow,
    account=st.integers(1000, 99_999).map(str),
    amount_ore=st.integers(-(10**14), 10**14).map(Ore),
    objects=st.lists(
        st.tuples(st.sampled_from([1, 20]), LETTERS.filter(bool)), max_size=2, unique_by=lambda pair: pair[0]
    ).map(tuple),
    text=LETTERS,
)


def balanced(rows: list[VoucherRow]) -> tuple[VoucherRow, ...]:
    rest = sum(row.amount_ore for row in rows)
    return (*rows, VoucherRow(account="2410", amount_ore=Ore(-rest)))


VOUCHERS = st.builds(
    Voucher,
    on=st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    series=LETTERS,
    number=st.integers(1, 10**6).map(str),
    text=LETTERS,
    rows=st.lists(ROWS, min_size=1, max_size=4).map(balanced),
)


@given(st.lists(VOUCHERS, max_size=3))
@settings(max_examples=50, deadline=None)
def test_any_vouchers_are_the_same_after_writing_and_reading_to_the_ore(vouchers: list[Voucher]) -> None:
    content = write(file_of(*vouchers))
    assert isinstance(content, bytes), content

    assert read(content) == file_of(*vouchers)


@given(st.integers(-(10**15), 10**15))
@settings(max_examples=60, deadline=None)
def test_an_amount_is_the_same_after_writing_and_reading(amount: int) -> None:
    assert ore_from(amount_text(Ore(amount))) == amount


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: b"#FLAGGA 0\n" + text.encode()))
@settings(max_examples=100, deadline=None)
def test_no_bytes_at_all_make_the_reader_crash(content: bytes) -> None:
    assert read(content) is not None
