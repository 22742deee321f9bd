"""A month of Alma's on its way to being paid: published routine, handed in, reviewed, calculated, signed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.cast import (
    ALMA_NUMBER,
    BJORN_NUMBER,
    EKOT_NUMBER,
    ELSA_NUMBER,
    NOW,
    REGISTERED_AT,
    Cast,
    ok,
)
from timvis.apps.accounting.actions import Ordered, order_payment, register_paying_account, sign_and_book
from timvis.apps.attestation.queries import to_sign
from timvis.apps.claims import actions as claims
from timvis.apps.claims.handing_in import HandedIn, Month, typed
from timvis.apps.claims.models import Claim
from timvis.apps.parties import actions as parties
from timvis.apps.parties.particulars import PowerOfAttorneyParticulars
from timvis.apps.routines.actions import draft_routine, publish_routine
from timvis.core.access import Actor
from timvis.core.faults import Refusal
from timvis.core.law import LawBook
from timvis.core.payment import AccountKind, PayeeAccount
from timvis.core.review.finding import NEEDS_WORD, WordKind
from timvis.core.routine.records import Act
from timvis.formats.law.packaged import load_law

ROUTINE = (Path(__file__).parents[2] / "examples" / "vasteras" / "assistance.toml").read_bytes()
JANUARY = date(2021, 1, 1)
LATER = NOW + timedelta(minutes=1)

# One shift of eight hours at the municipality's 299 kr an hour in 2021.
PAYABLE_ORE = 8 * 29_900


def law() -> LawBook:
    """Return the law as it is shipped."""
    return load_law()


def publish(cast: Cast, content: bytes = ROUTINE) -> int:
    """Return the id of the routine, taken in when Timvis was installed and published by David."""
    drafted = ok(draft_routine(cast.machine, content, source="assistance.toml", now=NOW))
    assert isinstance(drafted, int), drafted
    published = ok(publish_routine(cast.david, drafted, now=NOW))
    assert isinstance(published, int), published
    return published


def let_elsa_report(cast: Cast) -> None:
    """Register Alma's power of attorney for Elsa, in original."""
    ok(
        parties.register_power_of_attorney(
            cast.cecilia,
            recipient_id=cast.recipient_id,
            agent_number=ELSA_NUMBER,
            particulars=PowerOfAttorneyParticulars(
                agent_name="Elsa Ek",
                valid_from=date(2019, 1, 1),
                may_report=True,
                original_received_on=date(2018, 12, 3),
            ),
            now=REGISTERED_AT,
        )
    )


def a_form(*days: int, month: date = JANUARY) -> dict[str, object]:
    """Return Björn's paper form with a shift from eight to four on each day."""
    return {
        "redovisningsmanad": f"{month:%Y-%m}",
        "brukare_personnummer": ALMA_NUMBER,
        "brukare_namn": "Alma Åkesson",
        "assistent_personnummer": BJORN_NUMBER,
        "assistent_namn": "Björn Berg",
        "kollektivavtal": "nej",
        "arbetsgivare_typ": "anordnare",
        "organisationsnummer": EKOT_NUMBER,
        "rader": [{"dag": str(day), "fran": "08.00", "till": "16.00", "typ": "aktiv"} for day in days],
        "assistent_underskrift_datum": f"{month + timedelta(days=30)}",
        "chef_underskrift_datum": f"{month + timedelta(days=30)}",
        "chef_personnummer": ELSA_NUMBER,
        "chef_namn": "Elsa Ek",
    }


def hand_in(cast: Cast, *days: int, month: date = JANUARY, now: datetime = NOW) -> str:
    """Return the number of the claim that Greta registers from paper."""
    handed = ok(
        claims.register_paper(
            cast.greta,
            Month(
                recipient_id=cast.recipient_id,
                provider_id=cast.ekot_id,
                month_on=month,
                files=(typed("bjorn.json", a_form(*(days or (4,)), month=month)),),
            ),
            received_at=now,
            now=now,
        )
    )
    assert isinstance(handed, HandedIn), handed
    return handed.claim_number


def calculate(cast: Cast, number: str, *, word: WordKind = WordKind.SET_ASIDE, now: datetime = NOW) -> None:
    """Let Cecilia review the claim, say one word of every finding, and calculate it."""
    reviewed = ok(claims.review_claim(cast.cecilia, number, law=law(), now=now))
    keys = [finding.key for finding in reviewed.findings if finding.severity in NEEDS_WORD]
    if keys:
        ok(claims.give_word(cast.cecilia, number, keys, word, reason="Utrett.", now=now))
    ok(claims.calculate_claim(cast.cecilia, number, law=law(), now=now))


def a_calculated_claim(cast: Cast, routine: bytes = ROUTINE) -> str:
    """Return the number of a claim that waits for its first attest."""
    publish(cast, routine)
    let_elsa_report(cast)
    number = hand_in(cast)
    calculate(cast, number)
    return number


def sign(actor: Actor, number: str, act: Act, *, now: datetime = LATER) -> int | Refusal:
    """Return the signature of a person who has just logged in and has the claim before her."""
    before_her = to_sign(claim(number), now=now)
    assert before_her is not None
    return sign_and_book(
        replace(actor, logged_in_at=now), number, act, shown_digest=before_her.shown.digest, law=law(), now=now
    )


def sign_all(cast: Cast, number: str, *, now: datetime = LATER) -> None:
    """Sign every step, each by her own person."""
    ok(sign(cast.greta, number, Act.REVIEW_ATTEST, now=now))
    ok(sign(cast.david, number, Act.DECISION_ATTEST, now=now))
    ok(sign(cast.hasse, number, Act.PAYMENT_RELEASE, now=now))


def an_ordered_claim(cast: Cast) -> str:
    """Return the number of a claim whose payment is reserved, in a municipality with an account to pay from."""
    number = a_calculated_claim(cast)
    sign_all(cast, number)
    give_the_town_an_account(cast)
    order(cast, number)
    return number


def order(cast: Cast, number: str, *, now: datetime = LATER) -> Ordered:
    """Return the order that Hasse lays up."""
    ordered = order_payment(cast.hasse, number, law=law(), now=now)
    assert isinstance(ordered, Ordered), ordered
    return ordered


def give_the_town_an_account(cast: Cast) -> None:
    """Register the bankgiro the municipality pays from."""
    account = PayeeAccount(kind=AccountKind.BANKGIRO, number="50501055")
    ok(register_paying_account(cast.hasse, account, now=NOW))


def claim(number: str) -> Claim:
    """Return a claim as it stands now."""
    return Claim.objects.get(number=number)
