"""Substitutes for the demonstration, which no example has: one night charged for, one need tonight, one who comes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from timvis.apps.accounting import incoming
from timvis.apps.accounting.models import BankNotification
from timvis.apps.documents.actions import register_evidence
from timvis.apps.orders import actions, decision_acts, fee_acts, pool
from timvis.apps.orders.actions import Told
from timvis.apps.orders.deciding import WantedDecision
from timvis.apps.orders.fee_acts import Proposed
from timvis.apps.orders.models import Booking, InvoiceBasis
from timvis.apps.orders.pool import ContactParticulars, PoolParticulars, ProcedureParticulars
from timvis.apps.parties import actions as parties
from timvis.apps.parties.particulars import AssistantParticulars, ProviderParticulars
from timvis.apps.parties.queries import provider_by_number, recipient_by_number
from timvis.apps.routines.actions import draft_routine, publish_routine
from timvis.core.access import Actor
from timvis.core.calendar.local_time import instant, spans_between
from timvis.core.faults import Refusal
from timvis.core.procedure.decision import Outcome
from timvis.core.quantities import Ore
from timvis.core.records import Instant, ProviderKind
from timvis.core.substitute.fee import ProviderCost
from timvis.core.substitute.request import AskedBy, Open
from timvis.core.substitute.routing import Desk
from timvis.core.substitute.settings import Sheet
from timvis.core.substitute.time_sheets import WorkedPiece
from timvis.formats.law.packaged import load_law

EXAMPLE = Path(__file__).parents[2] / "examples" / "osthammar" / "substitute.toml"
EKOT, DORIS = "5599000014", "198004042381"
MIRA, NILS = "198501122397", "198412202395"
SINCE = date(2026, 1, 1)
SUNDAY, MONDAY = date(2026, 11, 1), date(2026, 11, 2)
CALL_AT = datetime(2026, 11, 1, 20, 40, tzinfo=UTC)

CHARGED_ID, TONIGHT_ID, COMES_ID = 1, 2, 3

As = Callable[[str], Actor]


def add_substitutes(who: As, now: datetime) -> None:
    """Adopt a routine, fill the pool and let a night be charged for, a need be told, and somebody be confirmed."""
    _adopt(who, now)
    mira = _pool(who, now)
    _numbers(who, now)
    _a_charged_night(who, mira, now)
    tuesday = now.date()
    _need(who("jon"), instant(tuesday, 19 * 60), instant(tuesday, 23 * 60), now, is_acute=True)
    comes = _need(who("jon"), instant(tuesday, 1380), instant(date(2026, 11, 11), 420), now, is_acute=True)
    _confirm(who("jon"), comes, mira, now)
    assert list(Booking.objects.order_by("id").values_list("id", flat=True)) == [CHARGED_ID, TONIGHT_ID, COMES_ID]


def _adopt(who: As, now: datetime) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    town = who("erik").municipality
    text = text.replace('slug = "osthammar/', f'slug = "{town}/').replace(
        'municipality = "osthammar"', f'municipality = "{town}"'
    )
    drafted = draft_routine(who("erik"), text.encode(), source="substitute.toml", now=now)
    assert isinstance(drafted, int), drafted
    published = publish_routine(who("david"), drafted, now=now)
    assert isinstance(published, int), published


def _pool(who: As, now: datetime) -> int:
    employer_id = _ok(
        parties.register_provider(
            who("cecilia"),
            organisation_number="2120009044",
            particulars=ProviderParticulars(name="Ekköpings egen regi", kind=ProviderKind.MUNICIPALITY),
            now=now,
        )
    )
    ids = []
    for number, name, born_on, hours in (
        (MIRA, "Mira Norén", date(1985, 1, 12), (0, 1440)),
        (NILS, "Nils Åberg", date(1984, 12, 20), (420, 1020)),
    ):
        assistant_id = _ok(
            parties.register_assistant(
                who("cecilia"),
                provider_id=employer_id,
                personal_number=number,
                particulars=AssistantParticulars(
                    name=name, born_on=born_on, lives_outside_eea=False, registered_on=SINCE
                ),
                now=now,
            )
        )
        particulars = PoolParticulars(
            telephone="070-000 00 01",
            skills=["lyft"],
            available=[[day, *hours] for day in range(7)],
            valid_from=SINCE,
        )
        ids.append(
            _ok(pool.register_substitute(who("ida"), assistant_id=assistant_id, particulars=particulars, now=now))
        )
    return ids[0]


def _numbers(who: As, now: datetime) -> None:
    for desk, telephone in ((Desk.STAFFING_ASSISTANT, "010-000 00 01"), (Desk.DUTY_SUPERVISOR, "010-000 00 02")):
        particulars = ContactParticulars(name="Växeln", telephone=telephone, valid_from=SINCE)
        _ok(pool.register_contact_point(who("ida"), desk, particulars, now=now))
    text = "Ring Ekots jour först. Nyckeln ligger i kodskåpet; larmet stängs av till höger om dörren."
    particulars_of_ekot = ProcedureParticulars(text=text, valid_from=SINCE)
    _ok(pool.register_procedure(who("ida"), provider_id=_ekot(who), particulars=particulars_of_ekot, now=now))


def _a_charged_night(who: As, mira: int, now: datetime) -> None:
    jon = replace(who("jon"), logged_in_at=CALL_AT)
    booking_id = _need(jon, instant(SUNDAY, 1380), instant(MONDAY, 420), now, is_acute=True)
    _confirm(jon, booking_id, mira, now)
    decision = WantedDecision(
        reference="V 2026-1",
        outcome=Outcome.GRANTED,
        decision_from=SUNDAY,
        decision_to=date(2026, 11, 15),
        reasons="Anordnaren kan inte själv få fram en vikarie, och behovet kan inte vänta.",
    )
    _ok(decision_acts.decide_on_substitute(who("cecilia"), booking_id, decision, now=now))
    _ok(actions.register_paper(who("ida"), booking_id, Open.POWER_OF_ATTORNEY, received_on=MONDAY, now=now))
    _ok(
        register_evidence(
            who("cecilia"),
            requirement="own_substitute_routine",
            received_on=MONDAY,
            provider_id=_ekot(who),
            now=now,
        )
    )
    pieces = [WorkedPiece(span=span) for span in spans_between(instant(SUNDAY, 1380), instant(MONDAY, 420))]
    reported = fee_acts.report_time(
        who("ida"), booking_id, pieces, law=load_law(), now=now, average_week_minutes=30 * 60
    )
    assert isinstance(reported, int), reported
    costs = (
        ProviderCost(on=SUNDAY, sheet=Sheet.STATE, cost_ore=Ore(2_500)),
        ProviderCost(on=MONDAY, sheet=Sheet.STATE, cost_ore=Ore(12_500)),
        ProviderCost(on=MONDAY, sheet=Sheet.OWN, cost_ore=Ore(38_600)),
    )
    _ok(
        fee_acts.state_provider_cost(
            who("helena"), booking_id, costs, stated_by="Ekot AB", stated_on=now.date(), now=now
        )
    )
    fee = fee_acts.calculate_fee(who("helena"), booking_id, law=load_law(), now=now)
    assert isinstance(fee, Proposed), fee
    _ok(fee_acts.review_fee(who("cecilia"), booking_id, digest=fee.statement.digest, now=now))
    sent = fee_acts.send_invoice_basis(
        who("helena"), booking_id, buyer_reference="EK-77", bankgiro="5050-1055", now=now
    )
    assert isinstance(sent, InvoiceBasis), sent
    taken = incoming.take_notification(who("helena"), told_by_the_bank(sent.number), file_name="in-1110.xml", now=now)
    assert isinstance(taken, BankNotification), taken


def told_by_the_bank(number: str, kronor: str = "1000.00", reference: str = "BG-1") -> bytes:
    """Return what the bank tells of two payments: a part of a fee, and one that names nothing of ours."""
    credits = "".join(
        f"""<Ntry><Amt Ccy="SEK">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-10</Dt></BookgDt><NtryDtls><TxDtls><Refs><AcctSvcrRef>{own}</AcctSvcrRef></Refs>
<AmtDtls><TxAmt><Amt Ccy="SEK">{amount}</Amt></TxAmt></AmtDtls><RltdPties><Dbtr><Nm>{payer}</Nm></Dbtr></RltdPties>
<RmtInf><Ustrd>{words}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""
        for amount, own, payer, words in (
            (kronor, reference, "Ekot AB", number),
            ("250.00", f"{reference}-2", "Okänd AB", "Hyra november"),
        )
    )
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn>'
        f"<GrpHdr><MsgId>{reference}</MsgId></GrpHdr><Ntfctn>{credits}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    ).encode()


def _need(jon: Actor, start_at: Instant, end_at: Instant, now: datetime, *, is_acute: bool) -> int:
    doris, ekot = recipient_by_number(jon.municipality, DORIS), provider_by_number(jon.municipality, EKOT)
    assert doris is not None
    assert ekot is not None
    told = Told(
        recipient_id=doris.pk,
        provider_id=ekot.pk,
        asked_by=AskedBy.PROVIDER,
        asked_by_name="Ellen Ek",
        telephone="070-111 11 11",
        start_at=start_at,
        end_at=end_at,
        sick_from=spans_between(start_at, end_at)[0].work_on,
        is_acute=is_acute,
        tried="Ringde alla i egen pool.",
    )
    return _ok(actions.request_substitute(jon, told, now=now))


def _confirm(jon: Actor, booking_id: int, member_id: int, now: datetime) -> None:
    law = load_law()
    _ok(actions.offer_shift(jon, booking_id, member_id, law=law, now=now, reason="Ingen annan finns."))
    _ok(actions.answer_offer(jon, booking_id, member_id, accepts=True, now=now))
    _ok(actions.confirm_booking(jon, booking_id, law=law, now=now))


def _ekot(who: As) -> int:
    found = provider_by_number(who("cecilia").municipality, EKOT)
    assert found is not None
    return found.pk


def _ok(outcome: Any) -> Any:
    assert not isinstance(outcome, Refusal | tuple), outcome
    return outcome
