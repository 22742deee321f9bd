"""Mistakes in a routine's file: each is told at its line and key, with what to do, and all at once."""

from dataclasses import dataclass

import pytest

from tests.formats.written_routines import written
from timvis.core.faults import Fault
from timvis.formats.routine.read import read

HOME = "home_care"
STEP = '[[step]]\nname = "hand_in"\nlabel = "Steg"\nrole = "provider_admin"\nacts = ["hand_in"]\n'
CHANNEL = '[[channel]]\nprovider_kinds = ["company"]\ntext = "In"\n'
LETTER = '[[letter]]\ncode = "report_is_late"\ntext = "Brev"\nat = "hand_in"\nto = ["recipient"]\n'
EVIDENCE = '[[evidence]]\nrequirement = "paper"\nprovider_kinds = ["company"]\ntext = "Papper"\n'
DEADLINE = '[[deadline]]\nname = "other_day"\nlabel = "Dag"\n'
CODING = '[coding]\nchart = "kommun_bas"\n'
RULE = '[[coding.rule]]\nvalid_from = 2020-01-01\nclaim_kind = "assistance"\nreason = "Skäl"\n'
SERVICE = '[[setting.service]]\nname = "care"\n'
PRICE = '[[setting.price]]\nservice = "care"\nunit = "hour"\namount_ore = 100\nfrom = 2020-01-01\n'


@dataclass(frozen=True)
class Mistake:
    """A mistake, the fault it becomes, and the line it is told at."""

    what: str
    code: str
    key: str
    line: str
    top: str = ""
    setting: str = ""
    tables: str = ""


def faults_of(text: str) -> tuple[Fault, ...]:
    found = read(text.encode(), source="rutin.toml")
    assert isinstance(found, tuple), "the routine was read without a fault"
    return found


def line_of(part: str, text: str) -> int:
    """Return the last line that holds a text: what is at fault stands last in these files."""
    return max(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


MISTAKES = (
    # settings
    Mistake("a setting that does not exist", "unknown_key", "colour", 'colour = "red"', setting='colour = "red"'),
    Mistake(
        "a word that is not in the list",
        "unknown_word",
        "wrong_report",
        'wrong_report = "ignored"',
        setting='wrong_report = "ignored"',
    ),
    Mistake(
        "a word among several",
        "unknown_word",
        "controls",
        'controls = ["in_depth_sampling", "luck"]',
        setting='controls = ["in_depth_sampling", "luck"]',
    ),
    Mistake(
        "the same word twice",
        "word_twice",
        "controls",
        'controls = ["follow_up_meeting", "follow_up_meeting"]',
        setting='controls = ["follow_up_meeting", "follow_up_meeting"]',
    ),
    Mistake(
        "a number as a text",
        "wrong_kind",
        "completion_days",
        'completion_days = "14"',
        setting='completion_days = "14"',
    ),
    Mistake(
        "a number out of bounds",
        "out_of_bounds",
        "completion_days",
        "completion_days = 4000",
        setting="completion_days = 4000",
    ),
    Mistake("a percentage above a hundred", "out_of_bounds", "sampled", "sampled = 101", setting="sampled = 101"),
    Mistake("a percentage as a text", "wrong_kind", "sampled", 'sampled = "5 %"', setting='sampled = "5 %"'),
    Mistake("truth as a word", "wrong_kind", "carries_over", 'carries_over = "ja"', setting='carries_over = "ja"'),
    Mistake(
        "a due rule that nobody knows",
        "due_kind",
        "payment_promise",
        "payment_promise = { soon = true }",
        setting="payment_promise = { soon = true }",
    ),
    Mistake(
        "a number of the law that does not exist",
        "unknown_number",
        "waiting_factor",
        'waiting_factor = "law.none"',
        setting='waiting_factor = "law.none"',
    ),
    Mistake(
        "a code that is none",
        "wrong_code",
        "waiting_factor",
        'waiting_factor = "a quarter"',
        setting='waiting_factor = "a quarter"',
    ),
    Mistake(
        "a setting of another kind of claim",
        "setting_without_meaning",
        "capacity_warning",
        "capacity_warning = 10",
        setting="capacity_warning = 10",
    ),
    Mistake(
        "a row with an unknown column",
        "unknown_key",
        "colour",
        'colour = "red"',
        setting='[[setting.rate_level]]\nlevel = "ordinary"\namount_ore = 1\ncolour = "red"',
    ),
    Mistake(
        "a row with two of what it has one of",
        "not_exactly_one",
        "amount_ore",
        "amount_ore = 1",
        setting='[[setting.rate_level]]\nlevel = "ordinary"\nnumber = "local.ekstad.amount"\namount_ore = 1',
    ),
    Mistake(
        "two rows about the same",
        "row_twice",
        "level",
        'level = "ordinary"',
        setting='[[setting.rate_level]]\nlevel = "ordinary"\namount_ore = 1\n'
        '[[setting.rate_level]]\nlevel = "ordinary"\namount_ore = 2',
    ),
    # papers
    Mistake(
        "an invoice without a role",
        "invoice_has_no_role",
        "way",
        'way = "invoice"',
        tables=f'{CHANNEL}way = "invoice"\n',
    ),
    Mistake(
        "what an invoice carries where none comes",
        "no_invoice_here",
        "invoice_carries",
        'invoice_carries = ["period"]',
        tables=f'{CHANNEL}way = "e_service"\ninvoice_carries = ["period"]\n',
    ),
    Mistake(
        "a sick day without its day",
        "day_and_needed",
        "needed",
        'needed = "from_sick_day"',
        tables=f'{EVIDENCE}needed = "from_sick_day"\n',
    ),
    Mistake(
        "a day where no sick day is meant",
        "day_and_needed",
        "day",
        "day = 8",
        tables=f'{EVIDENCE}needed = "each_claim"\nday = 8\n',
    ),
    Mistake(
        "a sick day after the fourteenth",
        "out_of_bounds",
        "day",
        "day = 15",
        tables=f'{EVIDENCE}needed = "from_sick_day"\nday = 15\n',
    ),
    Mistake(
        "a letter at a step there is none of",
        "leads_nowhere",
        "at",
        'at = "nowhere"',
        tables=LETTER.replace('"hand_in"', '"nowhere"'),
    ),
    Mistake(
        "a letter to nobody known",
        "unknown_word",
        "to",
        'to = ["neighbour"]',
        tables=LETTER.replace('"recipient"', '"neighbour"'),
    ),
    Mistake(
        "a letter on a finding that is not named",
        "finding_and_when",
        "when",
        'when = "finding"',
        tables=f'{LETTER}when = "finding"\n',
    ),
    # days
    Mistake("a deadline without a day", "missing_key", "due", "[[deadline]]", tables=DEADLINE),
    Mistake(
        "a deadline of a step there is none of",
        "leads_nowhere",
        "step",
        'step = "nowhere"',
        tables=f'{DEADLINE}due = {{ day = 5 }}\nstep = "nowhere"\n',
    ),
    Mistake(
        "a deadline with the name of a step",
        "name_twice",
        "name",
        'name = "hand_in"',
        tables=DEADLINE.replace("other_day", "hand_in") + "due = { day = 5 }\n",
    ),
    # attest
    Mistake(
        "a limit of an act that nobody does",
        "leads_nowhere",
        "act",
        'act = "decision_attest"',
        tables='[[limit]]\nact = "decision_attest"\nrole = "section_head"\nup_to_ore = 100\n',
    ),
    Mistake(
        "a limit of nothing",
        "out_of_bounds",
        "up_to_ore",
        "up_to_ore = 0",
        tables='[[limit]]\nact = "hand_in"\nrole = "section_head"\nup_to_ore = 0\n',
    ),
    Mistake(
        "a separation of an act that nobody does",
        "leads_nowhere",
        "acts",
        'acts = ["hand_in", "decision_attest"]',
        tables='[[separation]]\ncode = "two"\nacts = ["hand_in", "decision_attest"]\ntext = "Två."\n',
    ),
    Mistake(
        "somebody in her own place",
        "same_role",
        "when_disqualified",
        'when_disqualified = "provider_admin"',
        tables=f'{STEP}when_disqualified = "provider_admin"\n',
    ),
    Mistake(
        "an attest list that nobody attests by",
        "attest_list_and_attest_by",
        "attest_list",
        "[attest_list]",
        top='[attest_list]\ntied_to = ["person"]\n',
    ),
    # accounts
    Mistake(
        "a chart there is none of",
        "unknown_chart",
        "chart",
        'chart = "elsewhere"',
        tables='[coding]\nchart = "elsewhere"\n',
    ),
    Mistake(
        "an account the chart lacks",
        "unknown_account",
        "account",
        'account = "9999"',
        tables=f'{CODING}{RULE}account = "9999"\n',
    ),
    Mistake(
        "a code part the chart lacks",
        "unknown_code_part",
        "colour",
        'parts = { colour = "red" }',
        tables=f'{CODING}{RULE}account = "4631"\nparts = {{ colour = "red" }}\n',
    ),
    Mistake(
        "a code part of the wrong length",
        "wrong_length",
        "motpart",
        'parts = { motpart = "8700" }',
        tables=f'{CODING}{RULE}account = "4631"\nparts = {{ motpart = "8700" }}\n',
    ),
    Mistake(
        "a code part that is mandatory",
        "code_part_is_missing",
        "account",
        'account = "4631"',
        tables=f'{CODING}[coding.required]\nrunning_cost = ["verksamhet"]\n{RULE}account = "4631"\n',
    ),
    Mistake(
        "a rule for a kind of claim of another routine",
        "not_this_routines_kind",
        "claim_kind",
        'claim_kind = "home_care"',
        tables=f'{CODING}{RULE.replace("assistance", "home_care")}account = "4641"\n',
    ),
    Mistake(
        "a rule that ends before it begins",
        "ends_before_it_begins",
        "valid_to",
        "valid_to = 2019-01-01",
        tables=f'{CODING}{RULE}account = "4631"\nvalid_to = 2019-01-01\n',
    ),
    Mistake(
        "a provider who is neither kind nor number",
        "unknown_provider",
        "provider",
        'provider = "the nice one"',
        tables=f'{CODING}{RULE}account = "4631"\nprovider = "the nice one"\n',
    ),
)


@pytest.mark.parametrize("one", MISTAKES, ids=lambda one: one.what)
def test_a_mistake_is_told_at_its_line_and_key_with_a_remedy(one: Mistake) -> None:
    text = written(top=one.top, setting=one.setting, tables=one.tables)

    (fault,) = faults_of(text)

    assert (fault.code, fault.column) == (one.code, one.key)
    assert fault.line is not None
    assert text.splitlines()[fault.line - 1] == one.line
    assert fault.message.endswith(".")
    assert fault.remedy.endswith(".")
    assert fault.file == "rutin.toml"


def test_two_prices_for_the_same_hour_are_told() -> None:
    text = written(HOME, setting=SERVICE + PRICE + PRICE)

    (fault,) = faults_of(text)

    assert (fault.code, fault.column) == ("row_twice", "service")
    assert fault.line == line_of("service =", text)


def test_prices_that_follow_each_other_are_no_mistake() -> None:
    ended = PRICE + "to = 2020-12-31\n"
    text = written(HOME, setting=SERVICE + ended + PRICE.replace("2020-01-01", "2021-01-01"))

    assert not isinstance(read(text.encode(), source="rutin.toml"), tuple)


def test_a_price_of_a_service_nobody_has_named_is_told() -> None:
    text = written(HOME, setting=SERVICE + PRICE.replace('"care"', '"car"'))

    (fault,) = faults_of(text)

    assert (fault.code, fault.column, fault.line) == ("unknown_name", "service", line_of('"car"', text))


def test_a_clock_time_that_is_none_is_told() -> None:
    band = '[[setting.time_band]]\nname = "day"\ndays = "weekdays"\nfrom = "7-ish"\nto = "19.00"\n'
    text = written(HOME, setting=band)

    (fault,) = faults_of(text)

    assert (fault.code, fault.column, fault.line) == ("wrong_clock", "from", line_of("7-ish", text))


def test_a_factor_of_nothing_is_told() -> None:
    text = written("sick_cost", setting="deduction_daily_factor = 0")

    (fault,) = faults_of(text)

    assert (fault.code, fault.column, fault.line) == ("wrong_factor", "deduction_daily_factor", line_of("= 0", text))


def test_a_setting_stands_in_one_place() -> None:
    text = written(top='[calculation]\ngranted_window = "month"\n', setting='granted_window = "week"')

    (fault,) = faults_of(text)

    assert (fault.code, fault.line) == ("setting_twice", line_of("granted_window", text))


def test_a_routine_that_takes_invoices_says_what_they_are() -> None:
    text = written().replace("accepts_invoices = false", "accepts_invoices = true")

    (fault,) = faults_of(text)

    assert (fault.code, fault.line) == ("invoices_contradict", line_of("accepts_invoices", text))


def test_assistance_without_invoices_needs_a_rate() -> None:
    text = written().replace('rate = "local.ekstad.amount"\n', "")

    assert [(fault.code, fault.column) for fault in faults_of(text)] == [("missing_key", "rate")]


def test_assistance_needs_to_say_whose_decision_it_rests_on() -> None:
    text = written().replace('regime = "lss"\n', "")

    assert [(fault.code, fault.column) for fault in faults_of(text)] == [("missing_key", "regime")]


def test_home_care_rests_on_no_decision_about_assistance() -> None:
    found = read(written(HOME).encode(), source="rutin.toml")

    assert not isinstance(found, tuple)
    assert found.regime is None


def test_ten_mistakes_in_one_file_are_told_at_once() -> None:
    text = written(
        setting='completion_days = 0\nsampled = 200\ncolour = "red"',
        tables=CHANNEL.replace("company", "cooperation")
        + 'way = "pigeon"\n'
        + STEP.replace("provider_admin", "king")
        + EVIDENCE
        + LETTER.replace('code = "report_is_late"\n', "")
        + CODING
        + RULE
        + 'account = "9999"\n',
    )

    assert [fault.code for fault in faults_of(text)] == [
        "out_of_bounds",
        "out_of_bounds",
        "unknown_key",
        "unknown_account",
        "unknown_provider_kind",
        "unknown_word",
        "missing_key",
        "unknown_word",
        "missing_key",
    ]
