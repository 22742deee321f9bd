"""A month of home care in Leksand, March 2026: the routine's points in the order it numbers them (there is no 11).

Alma chooses Ekot, Beda nobody; what was performed is reconciled, summed, billed, attested, paid and booked. What an
hour is worth and who releases the money the routine leaves open: the example's answers are ours.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from tests.apps.home_choices.choosing import HELP, a_town, a_wish, approved, chosen, hours, made
from tests.apps.home_choices.choosing import Town as TownOfChoice
from tests.apps.home_orders.town import at, decided
from tests.apps.invoices.bills import Bill, BilledLine, xml
from tests.apps.invoices.office import pay_invoices_to
from tests.apps.signed_months import law
from tests.cast import ALMA_NUMBER, EKOT_NUMBER, ok
from tests.story.paid import is_paid
from timvis.apps.accounting.actions import sign_and_book
from timvis.apps.accounting.queries import ledger_check
from timvis.apps.archive.actions import archive_claim
from timvis.apps.archive.models import Package
from timvis.apps.attestation.queries import to_sign
from timvis.apps.audit.actions import seal
from timvis.apps.audit.queries import verdict
from timvis.apps.claims import actions as claims
from timvis.apps.claims import invoice_acts
from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import recompute_all
from timvis.apps.claims.queries import standing as claim_standing
from timvis.apps.documents.models import SentLetter
from timvis.apps.home_choices import actions as choices
from timvis.apps.home_choices import agreement_acts, information, proof
from timvis.apps.home_orders import actions as orders
from timvis.apps.home_orders import board, event_acts, paper_acts, reminding
from timvis.apps.home_orders.event_acts import Happened, Reported
from timvis.apps.home_orders.models import HomeNotice, HomeOrder
from timvis.apps.home_orders.paper_acts import PaperTold
from timvis.apps.invoices import actions as invoices
from timvis.apps.invoices import by_summary
from timvis.apps.invoices import queries as invoice_queries
from timvis.apps.invoices.actions import InvoiceFile, Registered
from timvis.apps.invoices.models import Invoice
from timvis.apps.parties import actions as parties
from timvis.apps.parties.particulars import RecipientParticulars
from timvis.apps.reconciliation import actions, fees, queries, summing
from timvis.apps.reconciliation.actions import OneLine
from timvis.apps.reconciliation.models import AskedOf, FeeHandover, Summary
from timvis.apps.reconciliation.queries import ProviderMonth
from timvis.apps.visits import actions as visits
from timvis.apps.visits.actions import HandedIn, VisitsFile
from timvis.apps.visits.models import Way
from timvis.core.access import Actor, ClaimStatus, HomeOrderStatus
from timvis.core.calendar.local_time import day_of, instant, instant_of
from timvis.core.faults import Refusal
from timvis.core.home_care.deviation import Deviation, DeviationForm, DeviationKind
from timvis.core.home_care.events import EventKind
from timvis.core.home_care.paid import LineWordKind
from timvis.core.home_care.papers import PaperKind
from timvis.core.quantities import Minutes
from timvis.core.review.finding import NEEDS_WORD, WordKind
from timvis.core.routine.records import Act, ClaimKind
from timvis.formats.home_care_visits.read import Ordered, ReadVisits, read_visits
from timvis.formats.pain001.profile import shipped
from timvis.gateways.bank.fake import FakeBank

MARCH = date(2026, 3, 1)
BEDA_NUMBER = "195005050975"
HOUR_ORE = 36_200
PERFORMED = 26
"""Alma is helped for so many hours of the thirty a month that were ordered from the second."""


def on(day: int, month: int = 3, hour: int = 8) -> datetime:
    """Return an hour in the spring of 2026."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def town(db: None) -> TownOfChoice:
    return a_town()


@pytest.fixture
def bank(tmp_path: Path) -> FakeBank:
    return FakeBank(tmp_path / "bank", mode="test", profile=shipped())


def beda(town: TownOfChoice) -> int:
    """Return Beda's id, who lives in the town too."""
    particulars = RecipientParticulars(name="Beda Brink")
    return ok(
        parties.register_recipient(
            town.cast.cecilia, personal_number=BEDA_NUMBER, particulars=particulars, now=town.cast.cecilia.logged_in_at
        )
    )


def chooses_ekot(town: TownOfChoice) -> HomeOrder:
    """Points 1 and 3: Alma is informed at the visit, chooses Ekot, and the order goes to it at once."""
    cecilia = at(town.cast.cecilia, on(2))
    approved(town, town.cast.ekot_id, ceiling_minutes=hours(35))
    approved(town, town.cast.fjarran_id)
    sheet = information.send_sheet(cecilia, town.cast.recipient_id, now=on(2))
    assert isinstance(sheet, int)
    assert "Ekot AB" in SentLetter.objects.get(pk=sheet).html
    decision_id = decided(town.cast, "SoL-2026-1")
    return chosen(town, a_wish(town, decision_id, town.cast.ekot_id, area="Centrum"), now=on(2)).order


def chooses_nobody(town: TownOfChoice) -> HomeOrder:
    """Point 2: Beda abstains and gets the provider whose turn it is, dated in a list that proves itself."""
    recipient_id = beda(town)
    there = replace(town, cast=replace(town.cast, recipient_id=recipient_id))
    decision_id = decided(there.cast, "SoL-2026-2")
    # Ekot stands first, but has no room for thirty hours more under its ceiling of thirty-five.
    choice = chosen(town, a_wish(there, decision_id, None), now=on(2))
    assert choice.order.provider_id == town.cast.fjarran_id
    assert [one.problems for one in proof.of_every_list("leksand")] == [()]
    return choice.order


def begins(town: TownOfChoice, order: HomeOrder) -> None:
    """Points 3 to 5 and 10: confirmed and begun within a day, which the officer sees; the plan within ten days."""
    elsa, cecilia = at(town.cast.elsa, on(2, hour=12)), at(town.cast.cecilia, on(2, hour=12))
    waiting = {clock.kind for one in board.open_orders(cecilia, now=on(2, hour=12)) for clock in one.clocks}
    assert {"confirmation", "start"} <= waiting
    assert orders.confirm_order(elsa, order.pk, now=on(2, hour=12)) is HomeOrderStatus.CONFIRMED
    began = instant(date(2026, 3, 2), 15 * 60)
    elsa = at(town.cast.elsa, on(2, hour=15))
    assert orders.start_service(elsa, order.pk, started_at=began, now=on(2, hour=15)) is HomeOrderStatus.STARTED
    assert HomeOrder.objects.get(pk=order.pk).started_at == began
    plan = PaperTold(kind=PaperKind.PLAN, about_on=date(2026, 3, 12), received_on=date(2026, 3, 16))
    assert isinstance(paper_acts.register_paper(at(town.cast.elsa, on(16)), order.pk, plan, now=on(16)), int)
    order.refresh_from_db()
    states = {clock.kind: clock.state(instant_of(on(17))) for clock in reminding.clocks_of(order, now=on(17))}
    # Ten working days from Monday 2 March end on Monday 16 March.
    assert states["plan"] == "done"


def reports(town: TownOfChoice) -> None:
    """Points 5 and 7: on the first working day of April the visits come in, with the manager's deviations."""
    now, elsa = on(1, month=4), at(town.cast.elsa, on(1, month=4))
    head = "besoks_id;system;personnummer;insats;status;start;slut;personal;registrering"
    rows = [
        f"{n};Mobil;{ALMA_NUMBER};{HELP};utfört;2026-03-{3 + n:02d} 08:00;2026-03-{3 + n:02d} 09:00;P7;mobil"
        for n in range(PERFORMED)
    ]
    content = "\n".join((head, *rows)).encode()

    def read(ordered: Ordered) -> ReadVisits:
        return read_visits(content, "mars.csv", ordered, today=day_of(now))

    handed = visits.hand_in_visits(
        elsa,
        town.cast.ekot_id,
        VisitsFile(way=Way.FILE, read=read, content=content, name="mars.csv", media_type="text/csv"),
        now=now,
    )
    assert isinstance(handed, HandedIn), handed
    assert (handed.kept, handed.objections) == (PERFORMED, ())
    away = Deviation(
        recipient=ALMA_NUMBER,
        service=HELP,
        on=date(2026, 3, 30),
        kind=DeviationKind.DECLINED,
        planned_minutes=Minutes(60),
        performed_minutes=None,
        text="Hon ville vila.",
    )
    form = DeviationForm(month_on=MARCH, rows=(away,), manager_name="Eva Chef", signed_on=date(2026, 4, 1))
    assert visits.hand_in_deviations(elsa, town.cast.ekot_id, form, seen=0, now=now) == 1


def desk(town: TownOfChoice, now: datetime) -> ProviderMonth:
    provider = queries.provider_of(town.cast.cecilia, town.cast.ekot_id)
    assert provider is not None
    found = queries.provider_month(provider, MARCH, now=now)
    assert found is not None
    return found


def reconciles(town: TownOfChoice) -> None:
    """Points 6 and 7: the fee officer gets the time, and the officer asks, ticks off and signs by the fifth."""
    now, cecilia = on(2, month=4), at(town.cast.cecilia, on(2, month=4))
    handed = fees.hand_over(cecilia, MARCH, now=now)
    assert isinstance(handed, FeeHandover)
    assert {row["performed_minutes"] for row in handed.rows} == {PERFORMED * 60, 0}
    [line] = desk(town, now).lines
    of = OneLine(
        provider_id=town.cast.ekot_id, month_on=MARCH, recipient_id=line.key.recipient_id, service=line.key.service
    )
    asked = actions.ask(cecilia, of, AskedOf.PROVIDER, text="Varför färre timmar?", seen=line.seen, now=now)
    assert isinstance(asked, int)
    assert isinstance(actions.answer(at(town.cast.elsa, now), asked, text="Hon ville vila i slutet.", now=now), int)
    ok(actions.give_word(cecilia, of, LineWordKind.APPROVED, seen=line.seen, now=now))
    assert actions.sign_month(cecilia, town.cast.ekot_id, MARCH, seen=desk(town, now).digest, now=now) == 1


def sums(town: TownOfChoice) -> Summary:
    """Point 8: the authority head tells the provider what may be billed, by the tenth working day."""
    now = on(9, month=4)
    outcome = summing.send_summary(
        at(town.head, now), town.cast.ekot_id, MARCH, seen=desk(town, now).digest, law=law(), now=now
    )
    assert isinstance(outcome, int), outcome
    summary = Summary.objects.get(pk=outcome)
    assert summary.total_ore == PERFORMED * HOUR_ORE
    assert summary.letter is not None
    assert "Alma" not in summary.letter.html
    return summary


def bills(town: TownOfChoice, summary: Summary) -> str:
    """Point 8: one invoice that names nobody, marked secret, laid out by the summary and found to be it."""
    now, greta = on(10, month=4), at(town.cast.greta, on(10, month=4))
    bill = Bill(
        number="E-301",
        supplier_number=EKOT_NUMBER,
        supplier_name="Ekot AB",
        bankgiro="50501055",
        issued_on="2026-04-10",
        due_on="2026-05-10",
        days=("2026-03-01", "2026-03-31"),
        buyer_reference=summary.reference,
        lines=(BilledLine(text="Hemtjänst", hours=str(PERFORMED), price="362.00", amount=f"{PERFORMED * 362}.00"),),
    )
    taken = invoices.register_invoice(greta, InvoiceFile(name="ekot.xml", content=xml(bill)), now=now)
    assert isinstance(taken, Registered), taken

    def seen() -> str:
        return invoice_queries.standing(Invoice.objects.get(pk=taken.invoice_id))

    assert by_summary.allocate_by_summary(greta, taken.invoice_id, seen=seen(), now=now) == 1
    opening = partial(invoice_acts.open_claim, greta, taken.invoice_id, ClaimKind.HOME_CARE, now=now)
    refused = opening(seen=seen())
    assert isinstance(refused, tuple)
    assert [fault.code for fault in refused] == ["secret_mark_is_missing"]
    ok(invoices.mark_secret(greta, taken.invoice_id, seen=seen(), now=now))
    number = opening(seen=seen())
    assert isinstance(number, str), number
    return number


def is_attested(town: TownOfChoice, number: str) -> None:
    """Point 9: the head accounts for and receives the invoice; another decides, a third releases the money."""
    now = on(13, month=4)
    greta, hanna = at(town.cast.greta, now), at(town.head, now)
    stamped = invoice_acts.stamp(greta, number, seen=claim_standing(Claim.objects.get(number=number)), now=now)
    assert isinstance(stamped, int), stamped
    assert not isinstance(stamped, Refusal)
    reviewed = ok(claims.review_claim(greta, number, law=law(), now=now))
    needs = [one.key for one in reviewed.findings if one.severity in NEEDS_WORD]
    assert {one.code for one in reviewed.findings} <= {"f_tax_is_not_told", "vat_is_charged"}
    if needs:
        ok(claims.give_word(at(town.cast.cecilia, now), number, needs, WordKind.SET_ASIDE, reason="Känt.", now=now))
    ok(claims.calculate_claim(greta, number, law=law(), now=now))
    for actor, act in (
        (hanna, Act.RECEIPT_ATTEST),
        (at(town.cast.david, now), Act.DECISION_ATTEST),
        (at(town.cast.hasse, now), Act.PAYMENT_RELEASE),
    ):
        _signs(actor, number, act, now)


def _signs(actor: Actor, number: str, act: Act, now: datetime) -> None:
    before_her = to_sign(Claim.objects.get(number=number), now=now)
    assert before_her is not None
    ok(sign_and_book(actor, number, act, shown_digest=before_her.shown.digest, law=law(), now=now))


def test_a_month_of_home_care_from_the_choice_to_the_paid_invoice(town: TownOfChoice, bank: FakeBank) -> None:
    pay_invoices_to(town.cast, town.cast.ekot_id, "Ekot AB", "50501055")
    order = chooses_ekot(town)
    chooses_nobody(town)
    begins(town, order)
    reports(town)
    reconciles(town)
    summary = sums(town)
    number = bills(town, summary)
    is_attested(town, number)

    paid = is_paid(town.cast, number, bank, now=on(11, month=5))

    assert paid.amount_ore == PERFORMED * HOUR_ORE
    assert Claim.objects.get(number=number).status == ClaimStatus.BOOKED
    later = on(12, month=5)
    assert isinstance(archive_claim(at(town.cast.hasse, later), number, law=law(), now=later), Package)
    seal(later)
    assert recompute_all(law()).first_failure is None
    assert verdict().ok
    books = ledger_check("leksand")
    assert books is not None
    assert books.is_ok, books.failures


def told(actor: Actor, order: HomeOrder, kind: EventKind, now: datetime, at_: datetime | None = None) -> Reported:
    happened = Happened(kind=kind, at=instant_of(at_ or now))
    outcome = event_acts.report_event(at(actor, now), order.pk, happened, now=now)
    assert isinstance(outcome, Reported), outcome
    return outcome


def test_what_happens_besides_the_month_points_ten_to_seventeen(town: TownOfChoice) -> None:
    cast = town.cast
    order = chooses_ekot(town)
    begins(town, order)

    # 12: followed up, within the year that the clock gives.
    followed = PaperTold(kind=PaperKind.FOLLOW_UP, about_on=date(2026, 3, 16), received_on=date(2026, 3, 16))
    assert isinstance(paper_acts.register_paper(at(cast.cecilia, on(16)), order.pk, followed, now=on(16)), int)
    # 13: the need grows, and the officer is told at once; in hospital the order rests.
    told(cast.elsa, order, EventKind.NEEDS_CHANGE, on(17))
    assert HomeNotice.objects.filter(order=order, to_role="case_officer", task="decide_anew").exists()
    told(cast.elsa, order, EventKind.HOSPITAL, on(18))
    assert HomeOrder.objects.get(pk=order.pk).is_paused
    # 15: the provider is told when she comes home.
    told(cast.cecilia, order, EventKind.PLANNED_DISCHARGE, on(19), on(20, hour=13))
    assert not HomeOrder.objects.get(pk=order.pk).is_paused
    # 17: thirty of thirty-five hours are ordered; five are left, which is more than a tenth; four more warn.
    assert not SentLetter.objects.filter(code="capacity_is_near").exists()
    ceiling = agreement_acts.change_ceiling(
        at(cast.elsa, on(23)), cast.ekot_id, hours(33), from_on=date(2026, 3, 23), seen=1, now=on(23)
    )
    assert isinstance(ceiling, int), ceiling
    # 14: she changes to Fjärran; both are told, and fourteen days later the other one comes.
    wish = a_wish(town, order.decision_id, cast.fjarran_id, told_on=date(2026, 3, 24), area="Centrum")
    changed = made(choices.choose(at(cast.cecilia, on(24)), wish, now=on(24)))
    assert changed
    assert SentLetter.objects.filter(code="change_of_provider").count() == 2
    order.refresh_from_db()
    assert order.ended_at == instant(date(2026, 4, 7), 0)
    is_ended(town)


def is_ended(town: TownOfChoice) -> None:
    """Points 16 and 10: a wish to end is asked about before it is carried out, and the papers come back."""
    cast = town.cast
    # 16: she wishes to end at the new one: the officer asks her first, and then says that it may be closed.
    newer = HomeOrder.objects.get(provider_id=cast.fjarran_id)
    begun = on(7, month=4, hour=9)
    fatima = at(cast.fatima, begun)
    assert orders.confirm_order(fatima, newer.pk, now=begun) is HomeOrderStatus.CONFIRMED
    assert not isinstance(orders.start_service(fatima, newer.pk, started_at=instant_of(begun), now=begun), Refusal)
    told(cast.fatima, newer, EventKind.WISH_TO_END, on(20, month=4))
    too_early = event_acts.report_event(
        at(cast.cecilia, on(20, month=4)),
        newer.pk,
        Happened(kind=EventKind.CASE_IS_ENDED, at=instant_of(on(20, month=4))),
        now=on(20, month=4),
    )
    assert too_early is Refusal.PARTY_IS_NOT_HEARD
    told(cast.cecilia, newer, EventKind.WISH_IS_CONFIRMED, on(21, month=4))
    told(cast.cecilia, newer, EventKind.CASE_IS_ENDED, on(21, month=4))
    assert HomeOrder.objects.get(pk=newer.pk).status == HomeOrderStatus.ENDED
    # 10: all documentation comes back within fourteen days, in the order of its dates.
    back = PaperTold(
        kind=PaperKind.DOCUMENTATION,
        about_on=date(2026, 4, 21),
        received_on=date(2026, 4, 28),
        is_in_date_order=True,
    )
    assert isinstance(
        paper_acts.register_paper(at(cast.fatima, on(28, month=4)), newer.pk, back, now=on(28, month=4)), int
    )
    newer.refresh_from_db()
    states = {
        one.kind: one.state(instant_of(on(29, month=4))) for one in reminding.clocks_of(newer, now=on(29, month=4))
    }
    assert states["documentation"] == "done"
