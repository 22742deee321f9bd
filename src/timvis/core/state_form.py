"""A time report, a recipient's bill and a notice of an assistant on paper, as full as the state's own forms are.

For the archive, for the municipality and for checking before anything is sent. The state takes in only its own forms:
nothing of theirs is imitated, no mark, no form number, no code in a margin. The code that is printed is ours, so that a
returned paper can be told from another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from timvis.core.bar_code import bars
from timvis.core.calendar.months import month_text
from timvis.core.identity import number_text, organisation_text, personal_text
from timvis.core.letter import Column, Head, Letter, Section
from timvis.core.quantities import MINUTES_PER_HOUR, Ore
from timvis.core.records import ReportRow, TimeKind, TimeReport
from timvis.core.state_bill import (
    ACTIVITY_WORDS,
    COST_WORDS,
    REPAYMENT_WORDS,
    SIGNER_WORDS,
    Activity,
    CostAccount,
    SignerRole,
)
from timvis.core.state_duties.records import Employer
from timvis.core.state_exchange import AssistantTold, ProviderTold

ROWS_PER_SHEET = 80
"""As many rows as the state's form has; more go on the next sheet."""

KIND_WORDS = {TimeKind.ACTIVE: "Aktiv tid", TimeKind.WAITING: "Väntetid", TimeKind.STANDBY: "Beredskapstid"}
NOTICE = (
    "Underlag för arkiv, kommun och kontroll. Försäkringskassan tar på papper bara emot sina egna blanketter; skicka "
    "inte det här i stället."
)
UNKNOWN = "uppgift saknas"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stayed:
    """A stay in hospital, as day and clock time of both ends."""

    from_on: str
    from_at: str
    to_on: str
    to_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BillPaper:
    """What a recipient's bill says; time that really passed, in minutes.

    `reports` is how many time reports go with it; `left_ore` what was left of the month before, None: not asked. A stay
    outside the EEA is from `abroad_from` up to but not including `abroad_to`.
    """

    month_on: date
    recipient_name: str
    recipient_number: str
    active_minutes: int
    waiting_minutes: int
    standby_minutes: int
    in_activity: bool
    outside_eea: bool | None
    abroad_from: date | None = None
    abroad_to: date | None = None
    abroad_is_explained: bool = False
    activities: tuple[Activity, ...] = ()
    stays: tuple[Stayed, ...] = ()
    reports: int = 0
    left_ore: Ore | None = None
    account: CostAccount | None = None
    signed_on: date | None = None
    signer_number: str = ""
    signer_name: str = ""
    signer_role: SignerRole = SignerRole.RECIPIENT


def time_report_paper(report: TimeReport, *, sender: str, code: str, written_on: date) -> Letter:
    """Return a time report on paper: who, when, every row on sheets of eighty, the sums per kind, lines to sign on."""
    sheets = _sheets(report.rows)
    return Letter(
        code="time_report_paper",
        head=_head(report.recipient_name, report.recipient_number, sender, code, written_on),
        bars=bars(code),
        title=f"Redovisad tid, {month_text(report.month_on)}",
        sections=(
            Section(heading="", paragraphs=(NOTICE,)),
            Section(
                heading="Den som har assistans", paragraphs=(_person(report.recipient_name, report.recipient_number),)
            ),
            Section(
                heading="Assistenten",
                paragraphs=(
                    _person(report.assistant_name, report.assistant_number),
                    f"Omfattas av kollektivavtal: {_yes(report.has_agreement)}.",
                ),
            ),
            *_periods(report),
            Section(heading="Anordnaren", paragraphs=(_provider(report),)),
            *(_sheet(rows, number, len(sheets)) for number, rows in enumerate(sheets, start=1)),
            _sums(report.rows),
            *_signatures(("Assistenten", "Anordnaren, eller den som själv är arbetsgivare")),
        ),
    )


def bill_paper(bill: BillPaper, *, sender: str, code: str, written_on: date) -> Letter:
    """Return a recipient's bill on paper, with the stays in hospital and who signs."""
    minutes = (bill.active_minutes, bill.waiting_minutes, bill.standby_minutes)
    return Letter(
        code="bill_paper",
        head=_head(bill.recipient_name, bill.recipient_number, sender, code, written_on),
        bars=bars(code),
        title=f"Räkning, {month_text(bill.month_on)}",
        sections=(
            Section(heading="", paragraphs=(NOTICE,)),
            Section(heading="Du som har assistans", paragraphs=(_person(bill.recipient_name, bill.recipient_number),)),
            Section(
                heading="All utförd assistans under månaden, faktisk tid",
                paragraphs=(),
                columns=_SUM_COLUMNS,
                rows=tuple(_hours(KIND_WORDS[kind], each) for kind, each in zip(TimeKind, minutes, strict=True)),
            ),
            *_attached(bill),
            Section(
                heading="Barnomsorg, skola, daglig verksamhet, utlandet",
                paragraphs=(
                    f"Assistans i barnomsorg, skola eller daglig verksamhet: {_activity(bill)}.",
                    f"Vistats utanför EES och anlitat assistent på plats: {_abroad(bill)}.",
                ),
            ),
            _stays(bill),
            *_left_over(bill),
            *_account(bill.account),
            Section(heading="Undertecknad", paragraphs=(_signed(bill),)),
            *_signatures(("Den som har assistans, eller ställföreträdaren",)),
        ),
    )


def assistant_paper(told: AssistantTold, *, standing: str, sender: str, written_on: date) -> Letter:
    """Return the notice of an assistant on paper, with what it lacks; `standing` says how the state knows of her."""
    lacks = tuple(told.lacking())
    missing = (Section(heading="Uppgifter som saknas", paragraphs=(), items=lacks),) if lacks else ()
    return Letter(
        code="assistant_paper",
        head=_head(told.recipient_name, told.recipient_number, sender, "", written_on),
        title="Uppgifter om en assistent",
        sections=(
            Section(heading="", paragraphs=(NOTICE, standing)),
            Section(heading="Den som har assistans", paragraphs=(_person(told.recipient_name, told.recipient_number),)),
            Section(heading="Assistenten", paragraphs=(), columns=_TOLD_COLUMNS, rows=tuple(_of_assistant(told))),
            Section(heading="Anordnaren", paragraphs=(), columns=_TOLD_COLUMNS, rows=tuple(_of_provider(told))),
            *missing,
            *_signatures(("Anordnaren, eller den som själv är arbetsgivare",)),
        ),
    )


def _head(name: str | None, number: str | None, sender: str, code: str, written_on: date) -> Head:
    return Head(sender=sender, receiver=(_person(name, number),), reference=code, written_on=written_on)


def _person(name: str | None, number: str | None) -> str:
    return f"{name or UNKNOWN}, {personal_text(number) if number else UNKNOWN}"


def _yes(told: bool | None) -> str:
    return UNKNOWN if told is None else "ja" if told else "nej"


def _periods(report: TimeReport) -> Iterator[Section]:
    if report.reference_periods:
        told = tuple(f"{begins} – {ends - timedelta(days=1)}" for begins, ends in report.reference_periods)
        yield Section(heading="Beräkningsperiod", paragraphs=(), items=told)


def _provider(report: TimeReport) -> str:
    if report.is_own_employer:
        return "Den som har assistans har själv anställt assistenten."
    number = report.employer_number
    return f"Organisationsnummer {organisation_text(number) if number else UNKNOWN}."


# --- a notice of an assistant --------------------------------------------------------------------------------------

_TOLD_COLUMNS = (Column(label="Uppgift"), Column(label="Svar", width=2))
EMPLOYER_WORDS = {
    Employer.PROVIDER: "anordnaren",
    Employer.ANOTHER: "en annan arbetsgivare",
    Employer.SELF_EMPLOYED: "sig själv, egenföretagare",
}


def _of_assistant(told: AssistantTold) -> Iterator[tuple[str, str]]:
    yield "Namn och personnummer", _person(told.assistant_name, told.assistant_number)
    yield "Anställningsdag", str(told.hired_on or UNKNOWN)
    yield "Närstående till den som har assistans, eller i samma hushåll", _yes(told.is_close)
    yield "Bosatt utanför EES", _yes(told.lives_outside_eea)
    if told.lives_outside_eea:
        yield "Adress utomlands", told.address_abroad or UNKNOWN
    if told.changed_from is not None:
        yield "Ändringen gäller från och med", str(told.changed_from)


def _of_provider(told: AssistantTold) -> Iterator[tuple[str, str]]:
    found = told.provider
    if found is None:
        yield "Arbetsgivare", "Den som har assistans har själv anställt assistenten"
    else:
        yield "Namn", found.name or UNKNOWN
        yield "Organisationsnummer", number_text(found.number)
        yield "Kontaktperson", found.contact or UNKNOWN
        yield "Assistenten är anställd av", _employer(found)
    yield "Telefon", told.phone or UNKNOWN


def _employer(provider: ProviderTold) -> str:
    words = EMPLOYER_WORDS[provider.employed_by]
    if provider.employed_by is not Employer.ANOTHER:
        return words
    return f"{words}: {provider.employer_name or UNKNOWN}, {number_text(provider.employer_number)}"


# --- rows and sums ------------------------------------------------------------------------------------------------

_ROW_COLUMNS = (
    Column(label="Dag", is_number=True),
    Column(label="Från", is_number=True),
    Column(label="Till", is_number=True),
    Column(label="Slag"),
)
_SUM_COLUMNS = (
    Column(label="Slag"),
    Column(label="Timmar", is_number=True),
    Column(label="Minuter", is_number=True),
)


def _sheets(rows: tuple[ReportRow, ...]) -> list[tuple[ReportRow, ...]]:
    ordered = tuple(sorted(rows, key=lambda row: (row.span.work_on, row.span.start_minute, row.line)))
    return [ordered[first : first + ROWS_PER_SHEET] for first in range(0, len(ordered), ROWS_PER_SHEET)]


def _sheet(rows: tuple[ReportRow, ...], number: int, sheets: int) -> Section:
    continues = " (fortsätter på nästa blad)" if number < sheets else ""
    return Section(
        heading=f"Utförd assistans, blad {number} av {sheets}{continues}",
        paragraphs=(),
        columns=_ROW_COLUMNS,
        rows=tuple(
            (str(row.span.work_on.day), row.span.from_text, row.span.to_text, KIND_WORDS[row.kind]) for row in rows
        ),
    )


def _sums(rows: tuple[ReportRow, ...]) -> Section:
    """Return the sums by the clock, as they are added by hand; and what really passed, where the clocks changed."""
    clock, real = dict.fromkeys(TimeKind, 0), dict.fromkeys(TimeKind, 0)
    for row in rows:
        clock[row.kind] += row.span.clock_minutes
        real[row.kind] += row.span.actual_minutes
    changed = tuple(
        f"Klockan ställdes om: {KIND_WORDS[kind].lower()} blev {_told(real[kind])} faktisk tid. Räkningen tar den."
        for kind in TimeKind
        if clock[kind] != real[kind]
    )
    return Section(
        heading="Summa tid",
        paragraphs=changed,
        columns=_SUM_COLUMNS,
        rows=tuple(_hours(KIND_WORDS[kind], clock[kind]) for kind in TimeKind),
    )


def _hours(label: str, minutes: int) -> tuple[str, str, str]:
    return label, str(minutes // MINUTES_PER_HOUR), f"{minutes % MINUTES_PER_HOUR:02d}"


def _told(minutes: int) -> str:
    return f"{minutes // MINUTES_PER_HOUR} timmar {minutes % MINUTES_PER_HOUR:02d} minuter"


# --- costs ------------------------------------------------------------------------------------------------------

_COST_COLUMNS = (
    Column(label="Slag", width=3),
    Column(label="Per timme, kr", is_number=True),
    Column(label="För perioden, kr", is_number=True),
)


def _attached(bill: BillPaper) -> Iterator[Section]:
    if bill.reports:
        yield Section(heading="", paragraphs=(f"Med räkningen följer {bill.reports} tidsredovisningar.",))


def _left_over(bill: BillPaper) -> Iterator[Section]:
    if bill.left_ore is not None:
        told = f"{_kronor(bill.left_ore)} kronor är kvar." if bill.left_ore else "Allt är använt till assistans."
        yield Section(heading="Månaden före, betald i efterskott", paragraphs=(told,))


def _account(account: CostAccount | None) -> Iterator[Section]:
    if account is None:
        return
    total = ("Summa", _kronor(account.per_hour_ore), _kronor(account.period_ore))
    yield Section(
        heading="Kostnadsredovisning",
        paragraphs=(f"Beräknad på {_told(account.minutes)} utförd assistans.",),
        columns=_COST_COLUMNS,
        rows=(
            *((COST_WORDS[one.kind], _kronor(one.per_hour_ore), _kronor(one.period_ore)) for one in account.costs),
            total,
        ),
    )
    if account.advance_from is not None and account.advance_to is not None:
        left = f"{_kronor(account.left_ore)} kronor är kvar" if account.left_ore else "inga pengar är kvar"
        way = f"; {REPAYMENT_WORDS[account.repayment]}" if account.repayment else ""
        period = f"{month_text(account.advance_from)} – {month_text(account.advance_to)}"
        yield Section(heading="Förskott", paragraphs=(f"{period.capitalize()}: {left}{way}.",))


def _kronor(ore: int) -> str:
    return f"{ore // 100},{ore % 100:02d}"


# --- hospital and signatures ---------------------------------------------------------------------------------------


def _stays(bill: BillPaper) -> Section:
    if not bill.stays:
        return Section(heading="Vårdad på sjukhus", paragraphs=("Nej.",))
    return Section(
        heading="Vårdad på sjukhus",
        paragraphs=(),
        columns=(
            Column(label="Från och med"),
            Column(label="Klockan"),
            Column(label="Till och med"),
            Column(label="Klockan"),
        ),
        rows=tuple((stay.from_on, stay.from_at, stay.to_on, stay.to_at) for stay in bill.stays),
    )


def _signed(bill: BillPaper) -> str:
    if not bill.signer_number:
        return "Räkningen är inte undertecknad."
    name = bill.signer_name or (bill.recipient_name if bill.signer_role is SignerRole.RECIPIENT else UNKNOWN)
    who = f"{name}, {personal_text(bill.signer_number)}, {SIGNER_WORDS[bill.signer_role]}"
    return f"{bill.signed_on or UNKNOWN}, {who}."


def _activity(bill: BillPaper) -> str:
    where = ", ".join(ACTIVITY_WORDS[each] for each in Activity if each in bill.activities)
    return f"ja, {where}" if where else _yes(bill.in_activity)


def _abroad(bill: BillPaper) -> str:
    if not bill.outside_eea:
        return _yes(bill.outside_eea)
    proof = "förklaring och underlag bifogas" if bill.abroad_is_explained else "förklaring och underlag saknas"
    if bill.abroad_from is None or bill.abroad_to is None:
        return f"ja; {proof}"
    return f"ja, {bill.abroad_from} – {bill.abroad_to - timedelta(days=1)}; {proof}"


def _signatures(who: tuple[str, ...]) -> Iterator[Section]:
    yield Section(
        heading="Underskrift",
        paragraphs=(),
        columns=(Column(label="Vem"), Column(label="Datum"), Column(label="Namnteckning"), Column(label="Telefon")),
        rows=tuple((each, " ", " ", " ") for each in who),
    )
