"""A small whole routine to bend in tests, built from records: no file, no municipality."""

from datetime import date

from timvis.core.access import Role
from timvis.core.records import ProviderKind, Regime
from timvis.core.routine.records import (
    AccountCoding,
    Act,
    Channel,
    Check,
    ClaimKind,
    Needed,
    Requirement,
    Routine,
    Separation,
    Step,
    Way,
)

COMPANIES = frozenset({ProviderKind.COMPANY})

HAND_IN = Step(name="hand_in", label="Redovisning", role=Role.PROVIDER_ADMIN, acts=(Act.HAND_IN,))
REVIEW = Step(
    name="review", label="Granskning", role=Role.CASE_OFFICER, acts=(Act.REVIEW, Act.GIVE_WORD, Act.CALCULATE)
)
DECISION = Step(
    name="decision",
    label="Beslutsattest",
    role=Role.HEAD_OF_SOCIAL_SERVICES,
    acts=(Act.DECISION_ATTEST,),
    checks=(Check.FINDINGS_HAVE_WORD, Check.LAW_IS_CONFIRMED),
)
RELEASE = Step(name="release", label="Frisläppande", role=Role.FINANCE_ASSISTANT, acts=(Act.PAYMENT_RELEASE,))
PAYMENT = Step(
    name="payment",
    label="Betalning",
    role=Role.FINANCE_ASSISTANT,
    acts=(Act.ORDER, Act.RUN_PAYMENTS, Act.TAKE_BANK_ANSWER, Act.BOOK, Act.ARCHIVE),
    checks=(Check.DOCUMENTS_ARE_IN, Check.F_TAX, Check.EMPLOYER_IS_REGISTERED, Check.LAW_IS_CONFIRMED),
)
TWO_HANDS = Separation(
    code="two_hands", acts=(Act.DECISION_ATTEST, Act.PAYMENT_RELEASE), text="Två personer står bakom varje betalning."
)
OWN_WORK = Separation(
    code="own_work", acts=(Act.CALCULATE, Act.DECISION_ATTEST), text="Ingen beslutar om sin egen beräkning."
)
FORM = Requirement(
    code="payee_form",
    provider_kinds=COMPANIES,
    needed=Needed.BEFORE_FIRST_PAYMENT,
    text="Blanketten Betalningsmottagare",
)


def a_routine(
    *,
    steps: tuple[Step, ...] = (HAND_IN, REVIEW, DECISION, RELEASE, PAYMENT),
    separations: tuple[Separation, ...] = (TWO_HANDS, OWN_WORK),
    open_questions: tuple[str, ...] = (),
) -> Routine:
    """Return a routine that is proved, unless what is given breaks it."""
    return Routine(
        slug="ekstad/assistance",
        municipality="ekstad",
        name="Utförd assistans",
        source="påhittad",
        claim_kinds=frozenset({ClaimKind.ASSISTANCE}),
        regime=Regime.LSS,
        valid_from=date(2020, 1, 1),
        accepts_invoices=False,
        rate="local.ekstad.amount",
        coding=AccountCoding(chart="kommun_bas", parts=(("ansvar", "3100"),)),
        settings=(("granted_window", "month"),),
        channels=(Channel(provider_kinds=COMPANIES, way=Way.E_SERVICE, text="E-tjänst"),),
        evidence=(FORM,),
        steps=steps,
        separations=separations,
        open_questions=open_questions,
    )
