"""What can be told of a routine by reading it from top to bottom: names, order, end, ways back."""

from collections.abc import Collection, Iterator

from timvis.core.routine.records import OUTCOMES, SIGNATURES, Act, ClaimKind, OnFinding, Outcome, Problem, Routine

IN_AT_ALL = (Act.APPLY, Act.HAND_IN, Act.REGISTER)
"""The ways in which there comes to be a case: somebody applies, hands in, or it is registered from paper."""

AMOUNT_IS_THERE = ((Act.CALCULATE,),)

NEEDS: dict[Act, tuple[tuple[Act, ...], ...]] = {
    Act.APPLY: (),
    Act.CHOOSE_PROVIDER: (),
    Act.PLACE_ORDER: (),
    Act.CONFIRM_ORDER: ((Act.PLACE_ORDER,),),
    Act.START_SERVICE: (),
    Act.WRITE_PLAN: (),
    Act.BOOK_SUBSTITUTE: (),
    Act.CONFIRM_BOOKING: ((Act.BOOK_SUBSTITUTE,),),
    Act.REGISTER_ASSISTANT: (),
    Act.HAND_IN: (),
    Act.REGISTER: (),
    Act.ACCOUNT_STAMP: ((Act.HAND_IN, Act.REGISTER),),
    Act.REVIEW: (IN_AT_ALL,),
    Act.GIVE_WORD: ((Act.REVIEW, Act.REGISTER, Act.APPLY),),
    Act.DECIDE: (IN_AT_ALL,),
    Act.SEND_DECISION: ((Act.DECIDE,),),
    Act.CALCULATE: ((Act.REVIEW, Act.REGISTER, Act.APPLY, Act.DECIDE, Act.BOOK_SUBSTITUTE),),
    Act.SEND_SUMMARY: ((Act.REVIEW, Act.CALCULATE),),
    Act.MATCH_HOURS: AMOUNT_IS_THERE,
    Act.REVIEW_ATTEST: AMOUNT_IS_THERE,
    Act.RECEIPT_ATTEST: AMOUNT_IS_THERE,
    Act.DECISION_ATTEST: AMOUNT_IS_THERE,
    Act.AUTHORIZATION_ATTEST: AMOUNT_IS_THERE,
    Act.PAYMENT_RELEASE: ((Act.DECISION_ATTEST,),),
    Act.ORDER: ((Act.DECISION_ATTEST,), (Act.PAYMENT_RELEASE,)),
    Act.RUN_PAYMENTS: ((Act.ORDER,),),
    Act.TAKE_BANK_ANSWER: ((Act.RUN_PAYMENTS,),),
    Act.BOOK: ((Act.TAKE_BANK_ANSWER, Act.SEND_INVOICE_BASIS),),
    Act.ALLOCATE: ((Act.DECISION_ATTEST, Act.BOOK),),
    Act.SEND_INVOICE_BASIS: AMOUNT_IS_THERE,
    Act.SEND_REPORT: ((*IN_AT_ALL, Act.REVIEW, Act.CALCULATE),),
    Act.SEND_BILL: ((*IN_AT_ALL, Act.REVIEW, Act.CALCULATE),),
    Act.REPORT_FEE_BASIS: ((*IN_AT_ALL, Act.REVIEW, Act.CALCULATE),),
    Act.RETURN_DOCUMENTS: (),
    Act.ARCHIVE: ((Act.BOOK, Act.SEND_INVOICE_BASIS, Act.SEND_REPORT, Act.SEND_BILL),),
}
"""What must have been done before an act can be done at all: of each group of acts, one."""

_End = tuple[tuple[Act, ...], str, str]

ENDS: dict[Outcome, tuple[_End, ...]] = {
    Outcome.PAYMENT: (
        ((Act.DECISION_ATTEST,), "nobody_attests_the_decision", "Ingen beslutsattesterar"),
        ((Act.PAYMENT_RELEASE,), "nobody_releases_the_payment", "Ingen släpper betalningen"),
        ((Act.ARCHIVE,), "end_cannot_be_reached", "Inget steg arkiverar ärendet, så det tar aldrig slut"),
    ),
    Outcome.RECEIVABLE: (
        ((Act.SEND_INVOICE_BASIS,), "end_cannot_be_reached", "Inget steg lämnar ut något underlag för fakturan"),
    ),
    Outcome.REPORT: (
        (
            (Act.SEND_REPORT, Act.SEND_BILL),
            "end_cannot_be_reached",
            "Inget steg skickar månaden till Försäkringskassan",
        ),
    ),
}
"""What a routine must hold for its outcome: one of the acts, and the code and words when none is there."""


def outcomes(routine: Routine) -> tuple[Outcome, ...]:
    """Return what the claims of a routine can end in, in the order of the outcomes."""
    ends = {OUTCOMES.get(kind, Outcome.PAYMENT) for kind in routine.claim_kinds or frozenset(ClaimKind)}
    return tuple(outcome for outcome in Outcome if outcome in ends)


def unmet(act: Act, done: Collection[Act]) -> tuple[tuple[Act, ...], ...]:
    """Return the groups of acts of which none has been done though this act needs one; nothing when it can be done."""
    return tuple(group for group in NEEDS[act] if not any(one in done for one in group))


def misread(routine: Routine) -> Iterator[Problem]:
    """Yield every problem that shows without following a claim through the routine."""
    yield from _steps_are_told_apart(routine)
    yield from _order(routine)
    yield from _end(routine)
    yield from _separations_name_what_is_done(routine)
    yield from _ways_back(routine)


def _steps_are_told_apart(routine: Routine) -> Iterator[Problem]:
    names = [step.name for step in routine.steps]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(
            code="step_name_twice",
            message=f"Två steg heter {name}. Ge varje steg ett eget namn.",
            example=name,
        )
    codes = [separation.code for separation in routine.separations]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Problem(
            code="separation_code_twice",
            message=f"Två skiljelinjer heter {code}. Ge varje [[separation]] en egen kod.",
            example=code,
        )
    for step in routine.steps:
        signatures = [act for act in step.acts if act in SIGNATURES]
        if len(signatures) > 1:
            yield Problem(
                code="two_signatures_in_one_step",
                message=f"Steget {step.name} har fler än en attest. Gör ett steg för varje attest.",
                example=", ".join(signatures),
            )


def _order(routine: Routine) -> Iterator[Problem]:
    done: set[Act] = set()
    for step in routine.steps:
        for act in step.acts:
            if missing := unmet(act, done):
                asked = " samt ".join(" eller ".join(group) for group in missing)
                yield Problem(
                    code="step_cannot_be_reached",
                    message=f"Steget {step.name} kan aldrig utföras: {act} förutsätter {asked}, "
                    "som inget tidigare steg gör. Lägg in handlingen i ett tidigare steg.",
                    example=step.name,
                )
            if act in SIGNATURES and Act.ORDER in done:
                yield Problem(
                    code="signature_after_payment",
                    message=f"Steget {step.name} attesterar det som redan är betalat: {act} kommer efter order. "
                    "Flytta attesten före utbetalningen.",
                    example=step.name,
                )
            if act in done:
                yield Problem(
                    code="act_done_twice",
                    message=f"Handlingen {act} görs en gång till i steget {step.name}. Låt ett enda steg göra den.",
                    example=step.name,
                )
            done.add(act)


def _end(routine: Routine) -> Iterator[Problem]:
    done = {act for step in routine.steps for act in step.acts}
    for outcome in outcomes(routine):
        for acts, code, what in ENDS[outcome]:
            if not done & set(acts):
                yield Problem(
                    code=code,
                    message=f"{what}. Lägg in ett steg med handlingen {' eller '.join(acts)}.",
                    example=routine.steps[-1].name if routine.steps else routine.slug,
                )


def _separations_name_what_is_done(routine: Routine) -> Iterator[Problem]:
    done = {act for step in routine.steps for act in step.acts}
    for separation in routine.separations:
        missing = [act for act in separation.acts if act not in done]
        if missing:
            yield Problem(
                code="separation_of_what_nobody_does",
                message=f"Skiljelinjen {separation.code} nämner {', '.join(missing)}, som inget steg gör. "
                "Den skiljer därför inte det den ser ut att skilja. Rätta den eller lägg in handlingen.",
                example=separation.code,
            )


def _ways_back(routine: Routine) -> Iterator[Problem]:
    done: set[Act] = set()
    words = any(Act.GIVE_WORD in step.acts for step in routine.steps)
    for step in routine.steps:
        done.update(step.acts)
        if step.on_finding is OnFinding.RETURN_TO_PROVIDER and not done & set(IN_AT_ALL):
            yield Problem(
                code="nothing_to_return_to",
                message=f"Steget {step.name} lämnar tillbaka till utföraren, men inget tidigare steg tar emot "
                "något från utföraren. Lägg in hand_in, apply eller register före.",
                example=step.name,
            )
        if step.on_finding is OnFinding.ASK_FOR_WORD and not words:
            yield Problem(
                code="nobody_gives_word",
                message=f"Steget {step.name} väntar på besked om varje anmärkning, men inget steg lämnar något. "
                "Lägg in handlingen give_word.",
                example=step.name,
            )
