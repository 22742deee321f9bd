"""W-47, attest chains: Motala's three kinds of invoices, the payee's spouse, and the deputy on a holiday."""

from datetime import date

from tests.core.routines import a_routine
from timvis.core.access import Role
from timvis.core.faults import Refusal
from timvis.core.routine.attest_rights import AttestBook, AttestList, AttestRight, OffDuty
from timvis.core.routine.interpreter import AttestFacts, Done, SigningFacts, may_sign
from timvis.core.routine.records import Act, Routine, Separation, Step

ANNA, BO, CIA, DAN, EVA, CHIEF = range(1, 7)
ROLES = {
    ANNA: Role.ADMINISTRATIVE_ASSISTANT,
    BO: Role.CASE_OFFICER,
    CIA: Role.HEAD_OF_SOCIAL_SERVICES,
    DAN: Role.SECTION_HEAD,
    EVA: Role.AUTHORITY_HEAD,
    CHIEF: Role.BUDGET_OWNER,
}


def a_step(act: Act, role: Role, *, when_disqualified: Role | None = None) -> Step:
    return Step(name=act, label=act, role=role, acts=(act,), when_disqualified=when_disqualified)


BY_CIA = a_step(Act.DECISION_ATTEST, Role.HEAD_OF_SOCIAL_SERVICES, when_disqualified=Role.BUDGET_OWNER)
DIFFERENT = Separation(
    code="different",
    acts=(Act.REVIEW_ATTEST, Act.RECEIPT_ATTEST, Act.DECISION_ATTEST),
    text="Granskning, mottagning och beslut görs av olika personer.",
)
OWN_DECISION = Separation(
    code="own_decision", acts=(Act.DECIDE, Act.DECISION_ATTEST), text="Ingen beslutsattesterar sitt eget beslut."
)
KIND_1 = a_routine(
    steps=(
        a_step(Act.REVIEW_ATTEST, Role.ADMINISTRATIVE_ASSISTANT),
        a_step(Act.RECEIPT_ATTEST, Role.CASE_OFFICER),
        BY_CIA,
        a_step(Act.PAYMENT_RELEASE, Role.ADMINISTRATIVE_ASSISTANT),
    ),
    separations=(
        DIFFERENT,
        OWN_DECISION,
        Separation(code="two_hands", acts=(Act.DECISION_ATTEST, Act.PAYMENT_RELEASE), text="Två personer."),
    ),
)
KIND_3 = a_routine(
    steps=(
        a_step(Act.REVIEW_ATTEST, Role.ADMINISTRATIVE_ASSISTANT),
        a_step(Act.RECEIPT_ATTEST, Role.SECTION_HEAD),
        a_step(Act.MATCH_HOURS, Role.CASE_OFFICER),
        BY_CIA,
    ),
    separations=(DIFFERENT,),
)
DECIDED_BY_BO = (Done(act=Act.DECIDE, person_id=BO),)


def signs(
    routine: Routine, act: Act, person_id: int, *before: tuple[Act, int], facts: SigningFacts | None = None
) -> Refusal | None:
    step = routine.signed_by(act)
    assert step is not None
    return may_sign(
        routine,
        step,
        person_id=person_id,
        roles={ROLES[person_id]},
        signed=[Done(act=one, person_id=who) for one, who in before],
        facts=facts or SigningFacts(current_digest="d", shown_digest="d", done=DECIDED_BY_BO),
    )


REVIEWED = (Act.REVIEW_ATTEST, ANNA)
RECEIVED = (Act.RECEIPT_ATTEST, BO)


def test_kind_1_goes_from_anna_over_bo_and_cia_back_to_anna() -> None:
    assert signs(KIND_1, *REVIEWED) is None
    assert signs(KIND_1, *RECEIVED, REVIEWED) is None
    assert signs(KIND_1, Act.DECISION_ATTEST, CIA, REVIEWED, RECEIVED) is None
    decided = (Act.DECISION_ATTEST, CIA)
    assert signs(KIND_1, Act.PAYMENT_RELEASE, ANNA, REVIEWED, RECEIVED, decided) is None


def test_bo_who_received_does_not_decide_even_when_he_acts_for_the_head() -> None:
    step = KIND_1.signed_by(Act.DECISION_ATTEST)
    assert step is not None
    as_head = may_sign(
        KIND_1,
        step,
        person_id=BO,
        roles={Role.CASE_OFFICER, Role.HEAD_OF_SOCIAL_SERVICES},
        signed=[Done(act=act, person_id=who) for act, who in (REVIEWED, RECEIVED)],
        facts=SigningFacts(current_digest="d", shown_digest="d"),
    )

    assert signs(KIND_1, Act.DECISION_ATTEST, BO, REVIEWED, RECEIVED) is Refusal.ROLE_DOES_NOT_ALLOW
    assert as_head is Refusal.SAME_PERSON_ALREADY_SIGNED


def test_kind_3_has_its_own_order_and_bo_waits_for_dan() -> None:
    received = (Act.RECEIPT_ATTEST, DAN)
    matched = (Act.MATCH_HOURS, BO)

    assert signs(KIND_3, Act.MATCH_HOURS, BO, REVIEWED) is Refusal.NOT_THE_NEXT_STEP
    assert signs(KIND_3, *received, REVIEWED) is None
    assert signs(KIND_3, *matched, REVIEWED, received) is None
    assert signs(KIND_3, Act.DECISION_ATTEST, CIA, REVIEWED, received) is Refusal.NOT_THE_NEXT_STEP
    assert signs(KIND_3, Act.DECISION_ATTEST, CIA, REVIEWED, received, matched) is None


def test_when_the_payee_is_cias_spouse_the_next_higher_chief_signs() -> None:
    near = SigningFacts(
        current_digest="d",
        shown_digest="d",
        disqualified_ids=frozenset({CIA}),
        disqualified_roles=frozenset({Role.HEAD_OF_SOCIAL_SERVICES}),
    )
    before = (REVIEWED, RECEIVED)

    assert signs(KIND_1, Act.DECISION_ATTEST, CIA, *before, facts=near) is Refusal.DISQUALIFIED
    assert signs(KIND_1, Act.DECISION_ATTEST, CHIEF, *before, facts=near) is None
    assert signs(KIND_1, Act.DECISION_ATTEST, EVA, *before, facts=near) is Refusal.ROLE_DOES_NOT_ALLOW
    assert signs(KIND_1, Act.DECISION_ATTEST, CHIEF, *before) is Refusal.ROLE_DOES_NOT_ALLOW, "Cia can do it herself"


def test_eva_decides_only_while_cia_is_registered_as_off_duty() -> None:
    year = {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 1, 1)}
    ordinary = AttestRight(number=1, act=Act.DECISION_ATTEST, person_id=CIA, **year)
    deputy = AttestRight(number=2, act=Act.DECISION_ATTEST, person_id=EVA, deputy_of=1, **year)
    adopted = AttestList(number=1, board="Socialnämnden", rights=(ordinary, deputy), **year)
    holiday = OffDuty(person_id=CIA, off_from=date(2026, 7, 1), off_to=date(2026, 8, 1))

    def on(day: date, person_id: int, *spells: OffDuty) -> Refusal | None:
        attest = AttestFacts(
            book=AttestBook(lists=(adopted,), off_duty=spells), responsibility="", amount_ore=100, on=day
        )
        facts = SigningFacts(current_digest="d", shown_digest="d", attest=attest)
        return signs(KIND_1, Act.DECISION_ATTEST, person_id, REVIEWED, RECEIVED, facts=facts)

    july, august = date(2026, 7, 15), date(2026, 8, 1)
    assert on(july, EVA, holiday) is None
    assert on(july, EVA) is Refusal.ORDINARY_IS_ON_DUTY, "a holiday that nobody has registered"
    assert on(august, EVA, holiday) is Refusal.ORDINARY_IS_ON_DUTY
    assert on(august, CIA, holiday) is None
    assert on(july, CIA, holiday) is Refusal.IS_OFF_DUTY
