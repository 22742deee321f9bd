"""What the claim page shows, gathered with a fixed number of queries whatever the size of the month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

from timvis.apps.accounting.models import PaymentOrder
from timvis.apps.attestation.models import SignedAct
from timvis.apps.attestation.queries import ToSign, signatures, to_sign
from timvis.apps.attestation.records import payee_version
from timvis.apps.audit.models import LogEntry
from timvis.apps.claims import judging, records
from timvis.apps.claims.models import STATUS_LABELS, Claim, Finding, Report, Review, Statement, Word
from timvis.apps.claims.queries import newest_review, newest_statement
from timvis.apps.parties.models import PayeeVersion
from timvis.apps.routines import records as routines
from timvis.core.access import Actor, ClaimStatus
from timvis.core.calculation.pieces import left_of, pools
from timvis.core.calendar.local_time import local_clock
from timvis.core.calendar.months import month_period, week_pieces
from timvis.core.calendar.weeks import week_label
from timvis.core.facts.load import load
from timvis.core.facts.settings import ReviewSettings
from timvis.core.law import LawBook, LawGap, LawReader
from timvis.core.quantities import PARTS_PER_MINUTE
from timvis.core.records import Case, Instant
from timvis.core.review.finding import NEEDS_WORD, WordKind
from timvis.core.review.rule import Severity
from timvis.core.review.rules import RULES
from timvis.core.routine.records import Act, Routine, Step
from timvis.core.statutes import Paragraph
from timvis.formats.statutes.read import load_statutes
from timvis.web.shared.names import newest, provider_name, recipient_name
from timvis.web.shared.pictures import Hours, Picture, picture

OPEN_FOR_WORDS = frozenset({ClaimStatus.RECEIVED, ClaimStatus.IN_REVIEW, ClaimStatus.WAITING_FOR_PROVIDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFinding:
    """One finding with the officer's last word on it."""

    key: str
    message: str
    minutes: int
    money_at_risk_ore: int | None
    line: int | None
    file_name: str
    assistant: str
    clock: str
    word: str
    reason: str
    said_by: str
    references: tuple[str, ...]

    @property
    def is_answered(self) -> bool:
        """Whether somebody has accepted it or set it aside."""
        return self.word in (WordKind.ACCEPT, WordKind.SET_ASIDE)


@dataclass(slots=True, kw_only=True)
class FindingGroup:
    """The findings of one rule: answered together, or one by one in the fold."""

    code: str
    label: str
    severity: Severity
    statutes: tuple[Paragraph, ...]
    findings: list[OneFinding] = field(default_factory=list)

    @property
    def needs_word(self) -> bool:
        """Whether findings like these must be answered before anything is calculated."""
        return self.severity in NEEDS_WORD

    @property
    def has_page(self) -> bool:
        """Whether the rule book has a page about it; an objection to an invoice has none."""
        return self.code in RULES

    @property
    def open(self) -> list[OneFinding]:
        """Those that nobody has answered."""
        return [one for one in self.findings if not one.is_answered] if self.needs_word else []

    @property
    def minutes(self) -> int:
        """The time they concern."""
        return sum(one.minutes for one in self.findings)

    @property
    def money_at_risk_ore(self) -> int:
        """The money they put at risk."""
        return sum(one.money_at_risk_ore or 0 for one in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One step of the strip: what it is, who has done it or who is next, and by when."""

    label: str
    text: str
    state: str  # done, now, later


@dataclass(frozen=True, slots=True, kw_only=True)
class LawUsed:
    """A law row that the statement rests on, as people read it."""

    code: str
    label: str
    value: str
    law: str
    checked_on: date | None


@dataclass(kw_only=True)
class Standing:
    """Where a claim stands: what is found and said, what it comes to, who has signed, what comes next."""

    claim: Claim
    recipient: str
    provider: str
    provider_version: Any
    routine: Routine
    groups: list[FindingGroup]
    review: Review | None
    statement: Statement | None
    signing: ToSign | None
    signatures: tuple[SignedAct, ...]
    payee: PayeeVersion | None
    order: PaymentOrder | None
    law_used: tuple[LawUsed, ...]

    @cached_property
    def status(self) -> str:
        """Where the claim stands, in a word."""
        return str(STATUS_LABELS[ClaimStatus(self.claim.status)])

    @cached_property
    def open_findings(self) -> int:
        """How many findings still wait for a word."""
        return sum(len(group.open) for group in self.groups)

    @cached_property
    def at_risk_ore(self) -> int:
        """The money that unanswered findings put at risk."""
        return sum(one.money_at_risk_ore or 0 for group in self.groups for one in group.open)

    @property
    def is_open_for_words(self) -> bool:
        """Whether the officer's words still count."""
        return self.claim.status in OPEN_FOR_WORDS

    @property
    def waiting_step(self) -> Step | None:
        """The step that waits for a signature; what is paid on the invoice that follows is signed for there."""
        if self.claim.is_paid_by_invoice:
            return None
        if self.claim.status not in (ClaimStatus.CALCULATED, ClaimStatus.ATTESTED) or self.signing is None:
            return None
        return self.signing.steps[0] if self.signing.steps and self.signing.signatures_hold else None

    @property
    def must_begin_anew(self) -> bool:
        """Whether something that was signed has changed since: then nobody can sign or order any more."""
        waits = self.claim.status in (ClaimStatus.CALCULATED, ClaimStatus.ATTESTED)
        return waits and self.signing is not None and not self.signing.signatures_hold

    @property
    def can_be_calculated(self) -> bool:
        """Whether every finding has its word and nothing has been signed."""
        return self.review is not None and not self.open_findings and self.is_open_for_words

    @property
    def is_ready_to_order(self) -> bool:
        """Whether every signature is there and the payment can be ordered."""
        return self.claim.status == ClaimStatus.ATTESTED and self.waiting_step is None and not self.must_begin_anew

    @cached_property
    def stations(self) -> list[Station]:
        """The routine as a strip."""
        return list(_stations(self))

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The lines of the statement as they were frozen, with the statutes they cite."""
        statutes = load_statutes()
        body: list[dict[str, Any]] = self.statement.body["lines"] if self.statement else []
        return [{**line, "statutes": [statutes[code] for code in line["cites"] if code in statutes]} for line in body]


@dataclass(kw_only=True)
class ClaimPage(Standing):
    """Everything the page says about one month by time reports."""

    case: Case
    weeks: Picture
    reports: tuple[Report, ...]
    gap: str


def claim_page(claim: Claim, actor: Actor, *, law: LawBook, now: datetime) -> ClaimPage:
    """Return the page of a month by time reports as it stands now."""
    reports = tuple(claim.reports.filter(is_current=True).select_related("original"))
    said = _said(claim, reports, law=law, now=now)
    case, statement = records.case(claim, known_at=now), said["statement"]
    gap = ""
    try:
        weeks = _weeks(case, statement, law)
    except LawGap as missing:
        weeks, gap = picture(()), missing.message
    return ClaimPage(**said, case=case, weeks=weeks, reports=reports, gap=gap)


def standing_of(claim: Claim, *, law: LawBook, now: datetime) -> Standing:
    """Return where a claim stands now, whatever it rests on."""
    return Standing(**_said(claim, (), law=law, now=now))


def _said(claim: Claim, reports: Sequence[Report], *, law: LawBook, now: datetime) -> dict[str, Any]:
    """Return what is said of every claim, by the names of `Standing`."""
    review, statement = newest_review(claim), newest_statement(claim)
    return {
        "claim": claim,
        "recipient": recipient_name(claim.recipient),
        "provider": provider_name(claim.provider),
        "provider_version": newest(claim.provider),
        "routine": routines.routine(claim.routine_version),
        "groups": _groups(review, reports),
        "review": review,
        "statement": statement,
        "signing": to_sign(claim, now=now),
        "signatures": tuple(row for row in signatures(claim) if row.round == claim.round),
        "payee": payee_version(claim, now),
        "order": PaymentOrder.objects.filter(claim=claim).select_related("batch").order_by("-id").first(),
        "law_used": tuple(_law_used(statement, law)),
    }


def history(claim: Claim, *, with_looks: bool) -> list[LogEntry]:
    """Return what the log says was done with a claim, newest first; looks only for those who follow up looks."""
    entries = LogEntry.objects.filter(object_kind="claim", object_id__in=[str(claim.pk), claim.number])
    if not with_looks:
        entries = entries.exclude(action__startswith="look")
    # What concerns several persons has a row for each of them; it was done once.
    told: dict[object, LogEntry] = {}
    for entry in entries.select_related("person").order_by("-id")[:120]:
        told.setdefault((entry.at, entry.person_id, entry.action, entry.outcome, entry.reason), entry)
    return list(told.values())[:60]


# --- findings -------------------------------------------------------------------------------------------


def _groups(review: Review | None, reports: Sequence[Report]) -> list[FindingGroup]:
    if review is None:
        return []
    rows = list(Finding.objects.filter(review=review).select_related("shift").order_by("id"))
    words: dict[int, Word] = {}
    for word in Word.objects.filter(finding__in=rows).select_related("person").order_by("said_at", "id"):
        words[word.finding_id] = word
    of_report = {report.pk: report for report in reports}
    of_number = {report.assistant_number: report.assistant_name or "" for report in reports}
    statutes = load_statutes()
    groups: dict[str, FindingGroup] = {}
    for row in rows:
        if row.code not in groups:
            groups[row.code] = FindingGroup(
                code=row.code,
                label=row.label,
                severity=Severity(row.severity),
                statutes=tuple(statutes[cite] for cite in row.cites if cite in statutes),
            )
        report = of_report.get(row.shift.report_id) if row.shift else None
        groups[row.code].findings.append(_one(row, words.get(row.pk), report, of_number))
    weight = list(Severity)
    return sorted(groups.values(), key=lambda group: (not group.open, weight.index(group.severity), group.code))


def _one(row: Finding, word: Word | None, report: Report | None, names: Mapping[str | None, str]) -> OneFinding:
    clock = ""
    if row.part_from is not None and row.part_to is not None:
        clock = f"{local_clock(Instant(row.part_from))}–{local_clock(Instant(row.part_to))}"
    return OneFinding(
        key=row.key,
        message=row.message,
        minutes=row.minutes,
        money_at_risk_ore=row.money_at_risk_ore,
        line=row.shift.line if row.shift else None,
        file_name=report.original.file_name if report and report.original else "",
        assistant=names.get(row.assistant_number, ""),
        clock=clock,
        word=word.word if word else "",
        reason=word.reason if word else "",
        said_by=word.person.name if word else "",
        references=tuple(value for name, value in row.evidence if name == "reference"),
    )


# --- the picture ----------------------------------------------------------------------------------------


def _weeks(case: Case, statement: Statement | None, law: LawBook) -> Picture:
    """Return granted, reported and paid per week; converted time, so that the three can be compared."""
    reader = LawReader(law)
    shifts = load(case, reader, ReviewSettings()).relations["shift"]
    reported: dict[int, int] = {}
    for row in shifts:
        if row["is_judged"]:
            reported[row["week"]] = reported.get(row["week"], 0) + row["parts"]
    paid = _paid_per_week(statement, reader)
    weekly = week_pieces(month_period(case.month_on))
    granted: dict[int, int] = {piece.week: 0 for piece in weekly}
    for pool, week in _pools_with_week(case):
        granted[week] = granted.get(week, 0) + pool
    minutes = _granted_minutes([granted[piece.week] for piece in weekly])
    return picture(
        [
            Hours(
                label=week_label(piece.period.from_on).split(maxsplit=1)[1],
                granted=granted_minutes,
                reported=reported.get(piece.week, 0) // PARTS_PER_MINUTE,
                paid=paid.get(piece.week, 0) // PARTS_PER_MINUTE,
            )
            for piece, granted_minutes in zip(weekly, minutes, strict=True)
        ]
    )


def _granted_minutes(parts: Sequence[int]) -> list[int]:
    """Return weeks of a month in whole minutes that together make the month: what one week loses the next is given."""
    so_far = [(total + PARTS_PER_MINUTE // 2) // PARTS_PER_MINUTE for total in accumulate(parts)]
    return [after - before for before, after in pairwise([0, *so_far])]


def _pools_with_week(case: Case) -> list[tuple[int, int]]:
    pieces = week_pieces(month_period(case.month_on))
    of_day = {piece.period.from_on: piece.week for piece in pieces}
    found = []
    for pool in pools(case.month_on, [one for one in case.grants if one.regime is case.regime], "week"):
        starts = max((day for day in of_day if day <= pool.usable_from), default=pool.usable_from)
        found.append((pool.parts, of_day.get(starts, 0)))
    return found


def _paid_per_week(statement: Statement | None, law: LawReader) -> dict[int, int]:
    if statement is None:
        return {}
    given = judging.thawed(statement.case)
    assert isinstance(given, judging.HourlyInputs), "a month by time reports is calculated by the hour"
    loaded = load(given.case, law, given.review_settings)
    left = left_of(given.case, loaded, given.findings, given.words, given.settings.window)
    paid: dict[int, int] = {}
    for piece in left.pieces:
        paid[piece.week] = paid.get(piece.week, 0) + piece.parts
    return paid


# --- the strip and the law --------------------------------------------------------------------------------


def _stations(page: Standing) -> Any:
    claim, signed = page.claim, {Act(one.act): one for one in page.signatures}
    yield Station(label="Inlämnat", text=f"{claim.received_at:%Y-%m-%d}", state="done")
    before = claim.status in OPEN_FOR_WORDS
    text = f"{page.open_findings} iakttagelser väntar" if before else "klar"
    yield Station(label="Granskning", text=text, state="now" if before else "done")
    for step in page.routine.steps:
        act = step.signature
        if act is None:
            continue
        done = signed.get(act)
        waits = page.waiting_step is not None and page.waiting_step.name == step.name
        who = f"{done.person.name}, {done.signed_at:%Y-%m-%d}" if done else "väntar" if waits else ""
        yield Station(label=step.label, text=who, state="done" if done else "now" if waits else "later")
    paid = claim.status in (ClaimStatus.PAID, ClaimStatus.BOOKED, ClaimStatus.ARCHIVED)
    ordered = claim.status == ClaimStatus.ORDERED or page.is_ready_to_order
    text = "betald" if paid else "beställd" if claim.status == ClaimStatus.ORDERED else ""
    yield Station(label="Betalning", text=text, state="done" if paid else "now" if ordered else "later")
    archived = claim.status == ClaimStatus.ARCHIVED
    yield Station(
        label="Arkiv", text="arkiverad" if archived else "sparas enligt lag", state="done" if archived else "later"
    )


def _law_used(statement: Statement | None, law: LawBook) -> Any:
    if statement is None:
        return
    for used in records.statement(statement).law_rows:
        if used.code.startswith("worktime."):
            continue
        number = law.values.get(used.code)
        row = next((one for one in number.rows if one.from_on == used.from_on), None) if number else None
        yield LawUsed(
            code=used.code,
            label=number.label if number else used.code,
            value=f"{used.value} {number.unit_of(row) if number and row else ''}".strip(),
            law=row.law if row else "",
            checked_on=row.checked_on if row else None,
        )
