"""Home care for the demonstration, which no example has: what is decided and ordered, late, told and ended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from timvis.apps.audit.persons import machine
from timvis.apps.decisions.actions import HomeCareParticulars, register_home_care_decision
from timvis.apps.documents.actions import keep_original
from timvis.apps.home_orders import actions, event_acts, paper_acts, reminding
from timvis.apps.home_orders.actions import WantedOrder
from timvis.apps.home_orders.event_acts import Happened
from timvis.apps.home_orders.models import HomeOrder
from timvis.apps.home_orders.paper_acts import PaperTold
from timvis.apps.parties import actions as parties
from timvis.apps.parties.models import Provider
from timvis.apps.parties.particulars import ProviderParticulars
from timvis.apps.parties.queries import provider_by_number, recipient_by_number
from timvis.apps.routines.actions import draft_routine, publish_routine
from timvis.apps.visits import actions as visits
from timvis.apps.visits import queries as visit_queries
from timvis.apps.visits.actions import VisitsFile
from timvis.apps.visits.models import Way
from timvis.core.access import Actor, Relation
from timvis.core.calendar.local_time import instant, instant_of
from timvis.core.faults import Refusal
from timvis.core.home_care.decided import DecidedService
from timvis.core.home_care.deviation import Deviation, DeviationForm, DeviationKind
from timvis.core.home_care.events import EventKind
from timvis.core.home_care.papers import PaperKind
from timvis.core.home_care.visit_signals import Answer
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, ProviderKind
from timvis.formats.home_care_visits.read import read_visits
from timvis.formats.law.packaged import load_law

EXAMPLE = Path(__file__).parents[2] / "examples" / "leksand" / "home_care.toml"
EKOT, GREN = "5599000014", "5599000204"
DORIS, IVAR = "198004042381", "199104022398"

DECIDED_AT = datetime(2026, 9, 21, 8, 0, tzinfo=UTC)
DECIDED_ID = 1
GOES_ON_ID, LATE_ID, ENDED_ID = 1, 2, 3
"""Doris's order at Ekot; Ivar's that nobody has confirmed; what Gren did for Ivar before."""

As = Callable[[str], Actor]


def add_home_care(who: As, now: datetime) -> None:
    """Adopt a routine, decide for Doris and Ivar, and let orders go on, be late and be ended."""
    _adopt(who, now)
    gren = _gren(who)
    doris, ivar = _recipient(who, DORIS), _recipient(who, IVAR)
    by_need = _decide(who, doris, "SoL 2026-11", 1800)
    _decide(who, doris, "SoL 2026-12", 0)
    ivars = _decide(who, ivar, "SoL 2026-13", 1200)
    _goes_on(who, doris, by_need)
    _late(who, ivar, ivars)
    _ended(who, ivar, ivars, gren)
    _visits(who, now)
    clock = machine(who("cecilia").municipality, now)
    for order in HomeOrder.objects.order_by("id"):
        _ok(reminding.remind(clock, order.pk, now=now))
    assert list(HomeOrder.objects.order_by("id").values_list("id", flat=True)) == [GOES_ON_ID, LATE_ID, ENDED_ID]


def _adopt(who: As, now: datetime) -> None:
    town = who("erik").municipality
    text = EXAMPLE.read_text(encoding="utf-8")
    text = text.replace('slug = "leksand/', f'slug = "{town}/').replace(
        'municipality = "leksand"', f'municipality = "{town}"'
    )
    drafted = draft_routine(who("erik"), text.encode(), source="home_care.toml", now=now)
    assert isinstance(drafted, int), drafted
    published = publish_routine(who("david"), drafted, now=now)
    assert isinstance(published, int), published


def _gren(who: As) -> int:
    cecilia, now = _at(who, "cecilia", DECIDED_AT)
    found: int = _ok(
        parties.register_provider(
            cecilia,
            organisation_number=GREN,
            particulars=ProviderParticulars(name="Hemtjänst Gren AB", kind=ProviderKind.COMPANY),
            now=now,
        )
    )
    return found


def _decide(who: As, recipient_id: int, reference: str, minutes: int) -> int:
    cecilia, now = _at(who, "cecilia", DECIDED_AT)
    particulars = HomeCareParticulars(
        decided_on=now.date(),
        decided_by="Cecilia Öst",
        valid_from=date(2026, 10, 1),
        services=(_care(minutes),),
        needs_assessed=minutes > 0,
    )
    found: int = _ok(
        register_home_care_decision(
            cecilia,
            recipient_id=recipient_id,
            reference=reference,
            particulars=particulars,
            law=load_law(),
            now=now,
        )
    )
    return found


def _goes_on(who: As, doris: int, decision_id: int) -> None:
    """Let Ekot begin with Doris in October, hand in her plan, and tell that she declines help again and again."""
    cecilia, placed_at = _at(who, "cecilia", datetime(2026, 10, 5, 7, 0, tzinfo=UTC))
    order_id = _placed(cecilia, doris, _provider(who, EKOT), decision_id, 1800, placed_at)
    ellen, began = _at(who, "ellen", datetime(2026, 10, 5, 15, 0, tzinfo=UTC))
    _ok(actions.confirm_order(ellen, order_id, now=began))
    _ok(actions.start_service(ellen, order_id, started_at=instant_of(began), now=began))
    ellen, signed = _at(who, "ellen", datetime(2026, 10, 14, 9, 0, tzinfo=UTC))
    kept = keep_original(
        ellen,
        content=b"%PDF-1.4 genomforandeplan",
        media_type="application/pdf",
        file_name="genomforandeplan.pdf",
        relation=Relation.OWN_PROVIDER,
        now=signed,
    )
    plan = PaperTold(
        kind=PaperKind.PLAN, about_on=date(2026, 10, 13), received_on=date(2026, 10, 14), original_id=_ok(kept)
    )
    _ok(paper_acts.register_paper(ellen, order_id, plan, now=signed))
    ellen, told = _at(who, "ellen", datetime(2026, 11, 6, 14, 0, tzinfo=UTC))
    declined = Happened(
        kind=EventKind.DECLINED_AGAIN_AND_AGAIN, at=instant_of(told), note="Tackade nej till kvällsbesöket hela veckan."
    )
    _ok(event_acts.report_event(ellen, order_id, declined, now=told))


def _late(who: As, ivar: int, decision_id: int) -> None:
    """Leave an acute order for Ivar at Ekot unanswered since yesterday morning."""
    cecilia, placed_at = _at(who, "cecilia", datetime(2026, 11, 9, 7, 0, tzinfo=UTC))
    _placed(cecilia, ivar, _provider(who, EKOT), decision_id, 600, placed_at, is_acute=True)


def _ended(who: As, ivar: int, decision_id: int, gren: int) -> None:
    """Let what Gren did for Ivar be ended in October; its documentation has not come back."""
    cecilia, placed_at = _at(who, "cecilia", datetime(2026, 10, 1, 7, 0, tzinfo=UTC))
    order_id = _placed(cecilia, ivar, gren, decision_id, 600, placed_at)
    _ok(actions.confirm_order(cecilia, order_id, now=placed_at))
    _ok(actions.start_service(cecilia, order_id, started_at=instant_of(placed_at), now=placed_at))
    _ok(
        actions.end_order(
            cecilia, order_id, from_at=instant(date(2026, 10, 31), 0), reason="Byter utförare.", now=placed_at
        )
    )


# --- visits -----------------------------------------------------------------------------------------------------

VISIT_COLUMNS = (
    "besoks_id;system;personnummer;insats;status;start;slut;planerad_start;planerat_slut;personal;registrering;orsak"
)
OCTOBER = date(2026, 10, 1)


def _visits(who: As, now: datetime) -> None:
    """Let Ekot hand in October: a file, a correction, deviations; some of it is odd, and some of that is answered."""
    ellen, sent = _at(who, "ellen", datetime(2026, 11, 2, 8, 0, tzinfo=UTC))
    ekot = _provider(who, EKOT)
    days = range(6, 32)
    rows = [_a_visit(day, 8 * 60 + day % 7, 22 + day % 5, planned=30) for day in days]
    rows += [_a_visit(day, 17 * 60, 30, staff="P12", way="hand", planned=30) for day in days]
    # Before the order, and while P7 was somewhere else.
    rows += [_a_visit(2, 9 * 60, 30), _a_visit(20, 8 * 60 + 20, 35, key="20-annan")]
    rows.append(_a_visit(21, 12 * 60, 30, state="avbokat", staff="", way="", reason="Hos läkaren"))
    _ok(visits.hand_in_visits(ellen, ekot, _file(rows), now=sent))
    late = [_a_visit(7, 8 * 60, 60)]
    _ok(visits.hand_in_visits(ellen, ekot, _file(late), now=sent, correction="Glömde stämpla ut"))
    form = DeviationForm(
        month_on=OCTOBER,
        rows=(
            Deviation(
                recipient=DORIS,
                service="home_care",
                on=date(2026, 10, 7),
                kind=DeviationKind.MORE_TIME,
                planned_minutes=Minutes(30),
                performed_minutes=Minutes(60),
                text="Ramlade i hallen; fick hjälp upp.",
            ),
        ),
        manager_name="Maj-Britt Modig",
        signed_on=date(2026, 11, 2),
    )
    _ok(visits.hand_in_deviations(ellen, ekot, form, seen=0, now=sent))
    _ok(visits.give_system_key(ellen, ekot, "Mobil", now=sent))
    provider = Provider.objects.select_related("municipality").get(pk=ekot)
    odd = visit_queries.signals_of_month(provider, OCTOBER, now=now).found[0]
    about = visit_queries.digest_of_signal(odd)
    cecilia, asked = _at(who, "cecilia", datetime(2026, 11, 4, 9, 0, tzinfo=UTC))
    _ok(visits.note_signal(cecilia, ekot, about, Answer.ASKED, "Ringt Ekot.", month_on=OCTOBER, now=asked))


def _a_visit(
    day: int,
    start: int,
    minutes: int,
    *,
    staff: str = "P7",
    way: str = "mobil",
    state: str = "utfört",
    reason: str = "",
    key: str = "",
    planned: int = 45,
) -> str:
    def clock(minute: int) -> str:
        return f"2026-10-{day:02d} {minute // 60:02d}:{minute % 60:02d}"

    number = key or f"{day}-{start // 60}"
    return (
        f"{number};Mobil;{DORIS};home_care;{state};{clock(start)};{clock(start + minutes)};"
        f"{clock(start // 60 * 60)};{clock(start // 60 * 60 + planned)};{staff};{way};{reason}"
    )


def _file(rows: list[str]) -> VisitsFile:
    content = "\n".join((VISIT_COLUMNS, *rows)).encode()
    return VisitsFile(
        way=Way.FILE,
        read=lambda ordered: read_visits(content, "oktober.csv", ordered, today=date(2026, 11, 2)),
        content=content,
        name="oktober.csv",
        media_type="text/csv",
    )


def _placed(
    cecilia: Actor,
    recipient_id: int,
    provider_id: int,
    decision_id: int,
    minutes: int,
    now: datetime,
    *,
    is_acute: bool = False,
) -> int:
    wanted = WantedOrder(
        recipient_id=recipient_id,
        provider_id=provider_id,
        decision_id=decision_id,
        services=(_care(minutes),),
        from_on=now.date(),
        area="Norra Ekköping",
        is_acute=is_acute,
    )
    found: int = _ok(actions.place_order(cecilia, wanted, now=now))
    return found


def _care(minutes: int) -> DecidedService:
    return DecidedService(service="home_care", minutes=Minutes(minutes), per=GrantUnit.MONTH)


def _at(who: As, key: str, now: datetime) -> tuple[Actor, datetime]:
    """Return somebody who has just logged in at a moment, and the moment."""
    return replace(who(key), logged_in_at=now), now


def _recipient(who: As, number: str) -> int:
    found = recipient_by_number(who("cecilia").municipality, number)
    assert found is not None
    return found.pk


def _provider(who: As, number: str) -> int:
    found = provider_by_number(who("cecilia").municipality, number)
    assert found is not None
    return found.pk


def _ok(outcome: Any) -> Any:
    assert not isinstance(outcome, Refusal | tuple), outcome
    return outcome
