"""Proves that a routine can carry a claim to its end and that nobody can carry it there alone.

The worst cases are enough: one person who holds every role, and two such persons. What holds for them holds
for everybody who holds less.
"""

from collections.abc import Iterator
from itertools import product

from timvis.core.routine.interpreter import separations_of
from timvis.core.routine.records import SIGNATURES, Act, Problem, Routine

NEEDS: dict[Act, tuple[Act, ...]] = {
    Act.HAND_IN: (),
    Act.REVIEW: (Act.HAND_IN,),
    Act.GIVE_WORD: (Act.REVIEW,),
    Act.CALCULATE: (Act.REVIEW,),
    Act.REVIEW_ATTEST: (Act.CALCULATE,),
    Act.RECEIPT_ATTEST: (Act.CALCULATE,),
    Act.DECISION_ATTEST: (Act.CALCULATE,),
    Act.PAYMENT_RELEASE: (Act.DECISION_ATTEST,),
    Act.ORDER: (Act.DECISION_ATTEST, Act.PAYMENT_RELEASE),
    Act.RUN_PAYMENTS: (Act.ORDER,),
    Act.TAKE_BANK_ANSWER: (Act.RUN_PAYMENTS,),
    Act.BOOK: (Act.TAKE_BANK_ANSWER,),
    Act.ARCHIVE: (Act.BOOK,),
}
"""What must have been done before an act can be done at all."""

PERSONS_ACTS = (
    Act.HAND_IN,
    Act.REVIEW,
    Act.CALCULATE,
    Act.REVIEW_ATTEST,
    Act.RECEIPT_ATTEST,
    Act.DECISION_ATTEST,
    Act.PAYMENT_RELEASE,
)
"""Acts that a person does and answers for; the rest are done by the machine on the strength of these."""

Assignment = dict[Act, str]
"""Who does what in one imagined passage through the routine."""


def check(routine: Routine) -> tuple[Problem, ...]:
    """Return everything that keeps a routine from being published; nothing means that it is proved."""
    return (
        *_open_questions(routine),
        *_steps_are_told_apart(routine),
        *_order(routine),
        *_end(routine),
        *_separation(routine),
    )


def _open_questions(routine: Routine) -> Iterator[Problem]:
    asked = [("rutinen", question) for question in routine.open_questions]
    asked += [(f"kanalen {one.text}", one.open_question) for one in routine.channels if one.open_question]
    asked += [(f"steget {step.name}", step.open_question) for step in routine.steps if step.open_question]
    for place, question in asked:
        yield Problem(
            code="open_question",
            message=f"Källan svarar inte på en fråga om {place}: {question} "
            "Svara i en kopia av rutinen innan den publiceras.",
            example=question,
        )


def _steps_are_told_apart(routine: Routine) -> Iterator[Problem]:
    names = [step.name for step in routine.steps]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(
            code="step_name_twice",
            message=f"Två steg heter {name}. Ge varje steg ett eget namn.",
            example=name,
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
            missing = [needed for needed in NEEDS.get(act, ()) if needed not in done]
            if missing:
                yield Problem(
                    code="step_cannot_be_reached",
                    message=f"Steget {step.name} kan aldrig utföras: {act} förutsätter {', '.join(missing)}, "
                    "som inget tidigare steg gör. Lägg in handlingen i ett tidigare steg.",
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
    for act, code, what in (
        (Act.DECISION_ATTEST, "nobody_attests_the_decision", "Ingen beslutsattesterar"),
        (Act.PAYMENT_RELEASE, "nobody_releases_the_payment", "Ingen släpper betalningen"),
        (Act.ARCHIVE, "end_cannot_be_reached", "Inget steg arkiverar ärendet, så det tar aldrig slut"),
    ):
        if act not in done:
            yield Problem(
                code=code,
                message=f"{what}. Lägg in ett steg med handlingen {act}.",
                example=routine.steps[-1].name if routine.steps else routine.slug,
            )


def _separation(routine: Routine) -> Iterator[Problem]:
    acts = [act for act in PERSONS_ACTS if any(act in step.acts for step in routine.steps)]
    alone = next(_passages(routine, acts, ("A",)), None)
    if alone:
        yield Problem(
            code="one_person_can_do_all",
            message="En person som har alla roller kan ensam föra ett ärende från registrering till "
            "betalning. Lägg till en [[separation]] som skiljer handlingarna åt.",
            example=_told(routine, alone),
        )
    same = next(
        (
            one
            for one in _passages(routine, acts, ("A", "B"))
            if one.get(Act.DECISION_ATTEST, 1) == one.get(Act.PAYMENT_RELEASE, 2)
        ),
        None,
    )
    if same:
        yield Problem(
            code="same_person_decides_and_releases",
            message="Samma person kan både beslutsattestera och släppa betalningen. "
            "Lägg till en [[separation]] med decision_attest och payment_release.",
            example=_told(routine, same),
        )


def _passages(routine: Routine, acts: list[Act], persons: tuple[str, ...]) -> Iterator[Assignment]:
    """Every way these persons, who hold every role, can share the acts within the separations."""
    for who in product(persons, repeat=len(acts)):
        passage = dict(zip(acts, who, strict=True))
        if all(_is_kept(routine, passage, act) for act in acts):
            yield passage


def _is_kept(routine: Routine, passage: Assignment, act: Act) -> bool:
    return not any(
        other in passage and other is not act and passage[other] == passage[act]
        for separation in separations_of(routine, act)
        for other in separation.acts
    )


def _told(routine: Routine, passage: Assignment) -> str:
    step_of = {act: step.name for step in routine.steps for act in step.acts}
    return " → ".join(f"{who}: {step_of[act]} ({act})" for act, who in passage.items())
