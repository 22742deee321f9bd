"""A town that takes invoices, with the routines of Motala, and what each person at its office does with one."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import timvis
from tests.apps.invoices.bills import Bill, BilledLine, xml
from tests.apps.signed_months import law
from tests.cast import EKOT_NUMBER, REGISTERED_AT, Cast, a_payee, a_provider, ok, on_stage
from timvis.apps.accounting.actions import sign_and_book
from timvis.apps.attestation.queries import to_sign
from timvis.apps.audit import persons
from timvis.apps.claims import actions as claims
from timvis.apps.claims import decision_acts, invoice_acts
from timvis.apps.claims.actions import Calculated, Reviewed
from timvis.apps.claims.deciding import Wanted
from timvis.apps.claims.models import Claim
from timvis.apps.claims.queries import standing as claim_standing
from timvis.apps.decisions import actions as decisions
from timvis.apps.invoices import actions as invoices
from timvis.apps.invoices.actions import InvoiceFile, Registered
from timvis.apps.invoices.keeping import Laid
from timvis.apps.invoices.models import Invoice
from timvis.apps.invoices.queries import standing
from timvis.apps.parties import actions as parties
from timvis.apps.parties import queries as party_queries
from timvis.apps.parties.particulars import AgreementParticulars, RecipientParticulars
from timvis.apps.routines.actions import draft_routine, publish_routine
from timvis.core.access import Actor, Role
from timvis.core.faults import Fault, Refusal
from timvis.core.quantities import Minutes
from timvis.core.records import GrantUnit, Regime
from timvis.core.routine.records import Act, ClaimKind

TOWN = "motala"
MARCH = date(2024, 3, 1)
RECEIVED_AT = datetime(2024, 4, 4, 8, 0, tzinfo=UTC)
NOW = datetime(2024, 4, 5, 8, 0, tzinfo=UTC)
ROUTINES = Path(timvis.__file__).parent / "data" / "routines" / "motala"

BEDA_NUMBER = "195005050975"
DAN_NUMBER = "197002129273"
STATE_NUMBER = "5599000303"
EKOTS_GIRO, STATES_GIRO = "50501055", "50501014"

HOURS = BilledLine(text="Personlig assistans mars", hours="110", price="330.00", amount="36300.00")
SICK_PAY = BilledLine(text="Sjuklön dag 2-5", amount="2880.00")
VACATION = BilledLine(text="Semesterersättning", amount="540.00")
FEES = BilledLine(text="Sociala avgifter", amount="1074.56")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office with everybody in it, and those the invoices are about."""

    cast: Cast
    dan: Actor
    beda_id: int
    state_id: int

    @property
    def alma_id(self) -> int:
        """Alma's id."""
        return self.cast.recipient_id


def an_office() -> Office:
    """Return a town with both routines adopted, two recipients, a provider with an agreement and the state's office."""
    cast = on_stage(TOWN, "Motala kommun")
    dan = _dan(cast)
    for name in ("sick_cost_and_assistance.toml", "first_twenty_hours.toml"):
        drafted = ok(draft_routine(dan, (ROUTINES / name).read_bytes(), source=name, now=REGISTERED_AT))
        assert isinstance(drafted, int), drafted
        published = publish_routine(replace(cast.david, logged_in_at=REGISTERED_AT), drafted, now=REGISTERED_AT)
        assert isinstance(published, int), published
    beda_id = ok(
        parties.register_recipient(
            cast.cecilia,
            personal_number=BEDA_NUMBER,
            particulars=RecipientParticulars(name="Beda Brink"),
            now=REGISTERED_AT,
        )
    )
    grant(cast, beda_id, "LSS-2024-7", hours=110, per=GrantUnit.MONTH)
    grant(cast, cast.recipient_id, "SFB-2024-3", hours=45, per=GrantUnit.WEEK, regime=Regime.SFB)
    state_id = a_provider(cast.cecilia, STATE_NUMBER, "Statens assistanskassa")
    pay_invoices_to(cast, cast.ekot_id, "Ekot AB", EKOTS_GIRO)
    pay_invoices_to(cast, state_id, "Statens assistanskassa", STATES_GIRO)
    ok(
        parties.register_agreement(
            cast.cecilia,
            provider_id=cast.ekot_id,
            reference="AV-2024-1",
            particulars=AgreementParticulars(
                about="Personlig assistans", valid_from=date(2024, 1, 1), price_ore_per_hour=33_000
            ),
            now=REGISTERED_AT,
        )
    )
    return Office(cast=cast, dan=dan, beda_id=beda_id, state_id=state_id)


def grant(
    cast: Cast, recipient_id: int, reference: str, *, hours: int, per: GrantUnit, regime: Regime = Regime.LSS
) -> None:
    """Register a decision from the new year on."""
    particulars = decisions.DecisionParticulars(
        regime=regime,
        decided_on=date(2023, 12, 1),
        decided_by="Individutskottet",
        valid_from=date(2024, 1, 1),
        granted_minutes=Minutes(hours * 60),
        per=per,
    )
    ok(
        decisions.register_decision(
            cast.cecilia, recipient_id=recipient_id, reference=reference, particulars=particulars, now=REGISTERED_AT
        )
    )


def pay_invoices_to(cast: Cast, provider_id: int, name: str, bankgiro: str) -> None:
    """Register the account, with proof, that a supplier's invoices are paid to."""
    particulars = a_payee(name, bankgiro, valid_from=date(2019, 1, 1))
    greta = replace(cast.greta, logged_in_at=REGISTERED_AT)
    ok(parties.register_payee(greta, provider_id=provider_id, particulars=particulars, now=REGISTERED_AT))


def _dan(cast: Cast) -> Actor:
    machine = persons.machine(TOWN, REGISTERED_AT)
    person_id = ok(persons.register_person(machine, personal_number=DAN_NUMBER, name="Dan Dahl", now=REGISTERED_AT))
    ok(
        persons.give_role(
            machine,
            person_id=person_id,
            role=Role.SECTION_HEAD,
            held_from=date(2015, 1, 1),
            reason="Anställd",
            now=REGISTERED_AT,
        )
    )
    actor = party_queries.actor_of(person_id, municipality=TOWN, logged_in_at=NOW, on=NOW.date())
    assert actor is not None
    return actor


# --- what comes in ------------------------------------------------------------------------------------------


def ekots(number: str, *lines: BilledLine, **says: object) -> Bill:
    """Return an invoice from Ekot AB."""
    bill = Bill(
        number=number,
        supplier_number=EKOT_NUMBER,
        supplier_name="Ekot AB",
        bankgiro=EKOTS_GIRO,
        lines=lines or (HOURS,),
        ocr="20240313",
    )
    return replace(bill, **says)  # type: ignore[arg-type]  # a test names the fields it changes


def the_states(number: str, hours: str = "70", amount: str = "23282.00") -> Bill:
    """Return the state's invoice for the first twenty hours of each week: W-27's 70 hours at 332,60."""
    line = BilledLine(text="De första tjugo timmarna", hours=hours, price="332.60", amount=amount)
    return Bill(
        number=number,
        supplier_number=STATE_NUMBER,
        supplier_name="Statens assistanskassa",
        bankgiro=STATES_GIRO,
        lines=(line,),
        ocr="77001246",
    )


def register(office: Office, bill: Bill, *, replaces_id: int | None = None, now: datetime = RECEIVED_AT) -> int:
    """Return the id of the invoice that Greta takes in."""
    return take_in(office, f"{bill.number}.xml", xml(bill), replaces_id=replaces_id, now=now)


def take_in(
    office: Office, name: str, content: bytes, *, replaces_id: int | None = None, now: datetime = RECEIVED_AT
) -> int:
    """Return the id of the invoice that a file became, taken in by Greta."""
    file = InvoiceFile(name=name, content=content)
    registered = ok(invoices.register_invoice(office.cast.greta, file, now=now, replaces_id=replaces_id))
    assert isinstance(registered, Registered), registered
    return registered.invoice_id


def allocate(office: Office, invoice_id: int, *laid: Laid) -> int | Refusal | tuple[Fault, ...]:
    """Return what comes of Greta's laying out an invoice."""
    return invoices.allocate(office.cast.greta, invoice_id, laid, seen=seen_of(invoice_id), now=NOW)


def open_claim(
    office: Office, invoice_id: int, kind: ClaimKind, *, follows: str | None = None
) -> str | Refusal | tuple[Fault, ...]:
    """Return what comes of Greta's opening a claim on an invoice."""
    return invoice_acts.open_claim(
        office.cast.greta, invoice_id, kind, seen=seen_of(invoice_id), now=NOW, follows=follows
    )


def opened(office: Office, invoice_id: int, kind: ClaimKind, *laid: Laid, follows: str | None = None) -> str:
    """Return the number of the claim on an invoice, allocated and opened."""
    assert isinstance(allocate(office, invoice_id, *laid), int)
    number = open_claim(office, invoice_id, kind, follows=follows)
    assert isinstance(number, str), number
    return number


def stamp(office: Office, number: str, *, now: datetime = NOW) -> int | Refusal | tuple[Fault, ...]:
    """Return what comes of Greta's stamping a claim with what is suggested."""
    return invoice_acts.stamp(office.cast.greta, number, seen=claim_standing(claim(number)), now=now)


def check(office: Office, number: str, *, now: datetime = NOW) -> Reviewed:
    """Return what is found when Greta lets a claim be judged."""
    return ok(claims.review_claim(office.cast.greta, number, law=law(), now=now))


def state(office: Office, number: str, *, now: datetime = NOW) -> Calculated | Refusal:
    """Return what comes of Greta's stating what an invoice comes to."""
    return claims.calculate_claim(office.cast.greta, number, law=law(), now=now)


def decide(office: Office, number: str, *, amount_ore: int, now: datetime = NOW) -> int | Refusal | tuple[Fault, ...]:
    """Return what comes of Cecilia's deciding on the sick period 4–8 March."""
    wanted = Wanted(
        period_from=date(2024, 3, 4),
        period_to=date(2024, 3, 9),
        amount_ore=amount_ore,
        reasons="Ordinarie assistent var sjuk 4–8 mars; vikarie arbetade.",
    )
    return decision_acts.decide(office.cast.cecilia, number, wanted, seen=claim_standing(claim(number)), now=now)


def logged_in(actor: Actor, now: datetime) -> Actor:
    """Return the same person, having just logged in."""
    return replace(actor, logged_in_at=now)


def sign(actor: Actor, number: str, act: Act, *, now: datetime = NOW) -> int | Refusal:
    """Return the signature of a person who has just logged in and has the claim before her."""
    before_her = to_sign(claim(number), now=now)
    assert before_her is not None
    return sign_and_book(logged_in(actor, now), number, act, shown_digest=before_her.shown.digest, law=law(), now=now)


def alma(office: Office, amount_ore: int, minutes: int | None = None, month_on: date = MARCH) -> Laid:
    """Return a share that is Alma's."""
    return Laid(recipient_id=office.alma_id, month_on=month_on, amount_ore=amount_ore, minutes=minutes)


def beda(office: Office, amount_ore: int, minutes: int | None = None, month_on: date = MARCH) -> Laid:
    """Return a share that is Beda's."""
    return Laid(recipient_id=office.beda_id, month_on=month_on, amount_ore=amount_ore, minutes=minutes)


def claim(number: str) -> Claim:
    """Return a claim as it stands now."""
    return Claim.objects.get(number=number)


def invoice(invoice_id: int) -> Invoice:
    """Return an invoice as it stands now."""
    return Invoice.objects.get(pk=invoice_id)


def seen_of(invoice_id: int) -> str:
    """Return what a page shown now would carry."""
    return standing(invoice(invoice_id))
