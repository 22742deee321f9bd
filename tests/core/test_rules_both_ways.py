"""The same facts texts and the same rules say the same on values (SQLite) and on columns (DuckDB)."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from timvis.bulk.duckdb_engine import Marked, connection, marked
from timvis.core.calendar.local_time import span
from timvis.core.facts.derive import derive
from timvis.core.facts.load import first_day_of, load
from timvis.core.facts.settings import ReviewSettings
from timvis.core.law import LawReader
from timvis.core.records import (
    Absence,
    AbsenceKind,
    Assistant,
    Case,
    ClockSpan,
    Grant,
    GrantUnit,
    Instant,
    OtherShift,
    Provider,
    ProviderKind,
    Recipient,
    Regime,
    ReportRow,
    Signature,
    TimeKind,
    TimeReport,
)
from timvis.core.review.rule import Grain, Rule
from timvis.core.review.rules import RULES
from timvis.formats.law.packaged import load_law

MONTH = date(2023, 3, 1)
NUMBERS = ("198002152380", "197610062395")
LAW = load_law()


def first_day(rule: Rule) -> int:
    return max((first_day_of(code, LAW).toordinal() for code in rule.law), default=0)


@st.composite
def spans(draw: st.DrawFn) -> ClockSpan:
    day = MONTH + timedelta(days=draw(st.integers(0, 30)))
    start = draw(st.integers(0, 23))
    end = draw(st.integers(start + 1, 24))
    found = span(day, f"{start:02d}.00", f"{end:02d}.00")
    # The spring night has hours that do not exist; then a plain afternoon stands in for it.
    if not isinstance(found, ClockSpan):
        found = span(day, "12.00", "15.00")
    assert isinstance(found, ClockSpan)
    return found


kinds = st.sampled_from([TimeKind.ACTIVE, TimeKind.ACTIVE, TimeKind.WAITING])
days = st.one_of(st.none(), st.dates(MONTH - timedelta(days=40), MONTH + timedelta(days=40)))


@st.composite
def reports(draw: st.DrawFn) -> TimeReport:
    rows = draw(st.lists(st.tuples(spans(), kinds), min_size=1, max_size=12))
    signature = st.one_of(
        st.none(), st.builds(Signature, signed_on=st.just(MONTH), number=st.sampled_from([None, "x"]))
    )
    return TimeReport(
        key=draw(st.uuids()).hex,
        month_on=MONTH,
        recipient_number=draw(st.sampled_from(["194001279050", None])),
        recipient_name="Alma Alm",
        assistant_number=draw(st.sampled_from(NUMBERS)),
        assistant_name="Björn Berg",
        rows=tuple(ReportRow(line=n, kind=kind, span=one) for n, (one, kind) in enumerate(rows, start=2)),
        assistant_signature=draw(signature),
        manager_signature=draw(signature),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    others = draw(st.lists(st.tuples(spans(), kinds, st.booleans(), st.booleans()), max_size=6))
    absences = draw(st.lists(st.tuples(spans(), st.sampled_from(AbsenceKind)), max_size=2))
    return Case(
        regime=draw(st.sampled_from(Regime)),
        month_on=MONTH,
        recipient=Recipient(number="194001279050", name="Alma Alm", died_on=draw(days)),
        provider=Provider(
            number="5599000014",
            name="Ekot AB",
            kind=draw(st.sampled_from(ProviderKind)),
            permit_is_known=draw(st.booleans()),
            permit_from=draw(days),
            permit_to=draw(days),
            told_of_end_on=draw(days),
            managers=("x",),
        ),
        reports=tuple(draw(st.lists(reports(), min_size=1, max_size=3))),
        assistants=tuple(
            Assistant(
                number=number,
                name="",
                born_on=draw(st.sampled_from([None, date(1980, 1, 1), date(2005, 3, 15)])),
                lives_outside_eea=draw(st.sampled_from([None, True, False])),
                registered_on=draw(days),
            )
            for number in NUMBERS
        ),
        grants=(
            Grant(
                reference="b",
                regime=Regime.LSS,
                decided_on=MONTH,
                granted_from=MONTH + timedelta(days=draw(st.integers(-3, 20))),
                granted_to=None,
                granted_minutes=600,
                per=GrantUnit.WEEK,
                double_staffing=draw(st.booleans()),
            ),
        ),
        absences=tuple(Absence(kind=kind, start_at=Instant(one.start_at), end_at=one.end_at) for one, kind in absences),
        others=tuple(
            OtherShift(
                reference="r",
                assistant_number=NUMBERS[0],
                is_same_recipient=here,
                is_same_employer=ours,
                kind=kind,
                span=one,
            )
            for one, kind, here, ours in others
        ),
        received_on=MONTH + timedelta(days=draw(st.integers(20, 60))),
        due_on=MONTH + timedelta(days=35),
    )


@given(case=cases(), by_month=st.booleans())
@settings(max_examples=60, deadline=None)
def test_values_and_columns_give_the_same_findings_on_random_months(case: Case, by_month: bool) -> None:
    relations = load(case, LawReader(LAW), ReviewSettings(counts_by_month=by_month, alike_days=2)).relations

    facts = derive(relations)
    as_values = {
        Marked(rule.code, key)
        for rule in RULES.values()
        for record, key in [
            *((one, (one.shift_id,)) for one in facts.shifts if rule.grain is Grain.SHIFT),
            *((one, (one.assistant_id, one.employer_id, one.week)) for one in facts.weeks if rule.grain is Grain.WEEK),
            *((one, (one.claim_id,)) for one in facts.claims if rule.grain is Grain.CLAIM),
        ]
        if rule.objects(record) and record.work_on >= first_day(rule)
    }
    as_columns = set(marked(connection(relations), list(RULES.values()), first_day))

    assert as_values == as_columns
