"""Motala's two orders of hands, as the routine of 2015 tells them: points 1–2, and point 3.

The same role registers first and releases and books last; that other persons stand between is what the
separations say.
"""

from dataclasses import replace

from tests.core.routines import a_routine
from timvis.core.access import Role
from timvis.core.routine.records import Act, ClaimKind, OnFinding, Routine, Separation, Step


def _step(name: str, role: Role, *acts: Act, on_finding: OnFinding | None = None) -> Step:
    return Step(name=name, label=name, role=role, acts=acts, on_finding=on_finding)


def _apart(code: str, *acts: Act) -> Separation:
    return Separation(code=code, acts=acts, text=f"{code}: olika personer.")


HAND_IN = _step("hand_in", Role.PROVIDER_ADMIN, Act.HAND_IN)
REGISTER = _step("register", Role.ADMINISTRATIVE_ASSISTANT, Act.REGISTER, Act.ACCOUNT_STAMP, Act.CALCULATE)
REVIEW_ATTEST = _step("review_attest", Role.ADMINISTRATIVE_ASSISTANT, Act.REVIEW_ATTEST)
DECISION_ATTEST = _step("decision_attest", Role.HEAD_OF_SOCIAL_SERVICES, Act.DECISION_ATTEST)
RELEASE = _step("payment_release", Role.ADMINISTRATIVE_ASSISTANT, Act.PAYMENT_RELEASE)
PAYMENT = _step(
    "payment",
    Role.ADMINISTRATIVE_ASSISTANT,
    Act.ORDER,
    Act.RUN_PAYMENTS,
    Act.TAKE_BANK_ANSWER,
    Act.BOOK,
    Act.ALLOCATE,
    Act.ARCHIVE,
)

THREE_ATTESTS = _apart("three_attests", Act.REVIEW_ATTEST, Act.RECEIPT_ATTEST, Act.DECISION_ATTEST)
OWN_REGISTRATION = _apart("own_registration", Act.REGISTER, Act.DECISION_ATTEST)
OWN_DECISION = _apart("own_decision", Act.DECIDE, Act.DECISION_ATTEST)
OWN_HOURS = _apart("own_hours", Act.MATCH_HOURS, Act.RECEIPT_ATTEST, Act.DECISION_ATTEST)
TWO_HANDS = _apart("two_hands", Act.DECISION_ATTEST, Act.PAYMENT_RELEASE)


def points_1_and_2() -> Routine:
    """Sick cost, and assistance by a private provider: the case officer decides on the invoice itself."""
    steps = (
        HAND_IN,
        REGISTER,
        REVIEW_ATTEST,
        _step(
            "match_hours",
            Role.ADMINISTRATIVE_ASSISTANT,
            Act.MATCH_HOURS,
            on_finding=OnFinding.RETURN_TO_PROVIDER,
        ),
        _step("decide", Role.CASE_OFFICER, Act.DECIDE),
        _step("receipt_attest", Role.CASE_OFFICER, Act.RECEIPT_ATTEST),
        DECISION_ATTEST,
        RELEASE,
        PAYMENT,
    )
    routine = a_routine(steps=steps, separations=(THREE_ATTESTS, OWN_REGISTRATION, OWN_DECISION, TWO_HANDS))
    return replace(
        routine, slug="motala/points_1_2", municipality="motala", claim_kinds=frozenset({ClaimKind.SICK_COST})
    )


def point_3() -> Routine:
    """The state's invoice for the first twenty hours: the section head receives, then the hours are matched."""
    steps = (
        HAND_IN,
        REGISTER,
        REVIEW_ATTEST,
        _step("receipt_attest", Role.SECTION_HEAD, Act.RECEIPT_ATTEST),
        _step("match_hours", Role.CASE_OFFICER, Act.MATCH_HOURS, on_finding=OnFinding.RETURN_TO_PROVIDER),
        DECISION_ATTEST,
        RELEASE,
        PAYMENT,
    )
    routine = a_routine(steps=steps, separations=(THREE_ATTESTS, OWN_REGISTRATION, OWN_HOURS, TWO_HANDS))
    kinds = frozenset({ClaimKind.FIRST_TWENTY_HOURS})
    return replace(routine, slug="motala/point_3", municipality="motala", claim_kinds=kinds)
