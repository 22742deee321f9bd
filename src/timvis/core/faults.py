"""The two kinds of no that concern what was handed in, and the one that concerns the person asking.

- a `Fault`: the input cannot be read; it says where, why and what to do, and nothing of the input is used;
- a `Finding` (`core.review`): readable, but law or decision objects;
- a `Refusal`: this person may not do this now.

All three are values, gathered and shown at once. Only our own mistakes and missing law are raised.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One place in an input that cannot be read.

    `code` is stable and English; `message` and `remedy` are Swedish sentences for people. `line` and `column`
    count from 1; `column` may instead be a heading or an element's name; `file` is filled in by the outer layer.
    """

    code: str
    message: str
    remedy: str
    line: int | None = None
    column: str | int | None = None
    file: str | None = None


class Refusal(StrEnum):
    """Why a person may not do a thing now, in the order in which it is asked.

    The first that holds is the one that is given, so that a refusal never reveals more than the one before it
    allowed: somebody without relation to a case is not told what state it is in.
    """

    NOT_LOGGED_IN = "not_logged_in"
    NOT_FOUND = "not_found"
    ROLE_DOES_NOT_ALLOW = "role_does_not_allow"
    NO_RELATION = "no_relation"
    LOGIN_TOO_OLD = "login_too_old"
    WRONG_STATE = "wrong_state"
    SOMEONE_ELSE_WAS_FIRST = "someone_else_was_first"
    NOT_THE_NEXT_STEP = "not_the_next_step"
    SAME_PERSON_ALREADY_SIGNED = "same_person_already_signed"
    DISQUALIFIED = "disqualified"
    NEEDS_A_HUMAN = "needs_a_human"
    NOT_DELEGATED = "not_delegated"
    NO_ATTEST_RIGHT = "no_attest_right"
    IS_OFF_DUTY = "is_off_duty"
    ORDINARY_IS_ON_DUTY = "ordinary_is_on_duty"
    ABOVE_AMOUNT_LIMIT = "above_amount_limit"
    SHOWN_IS_NOT_CURRENT = "shown_is_not_current"
    FINDINGS_WITHOUT_WORD = "findings_without_word"
    FINDING_STOPS = "finding_stops"
    MONTH_IS_INVOICED = "month_is_invoiced"
    REASON_IS_MISSING = "reason_is_missing"
    PARTY_IS_NOT_HEARD = "party_is_not_heard"
    TIME_TO_ANSWER_IS_NOT_OVER = "time_to_answer_is_not_over"
    FAVOURABLE_DECISION_STANDS = "favourable_decision_stands"
    DOCUMENTS_ARE_MISSING = "documents_are_missing"
    NOTHING_IS_MISSING = "nothing_is_missing"
    COMPLETION_WAS_NOT_ASKED = "completion_was_not_asked"
    ANSWER_DAY_HAS_NOT_PASSED = "answer_day_has_not_passed"
    PAYEE_IS_MISSING = "payee_is_missing"
    LAW_NUMBER_IS_UNCONFIRMED = "law_number_is_unconfirmed"
    ROUTINE_IS_OVERTAKEN = "routine_is_overtaken"
    ROUTINE_IS_NOT_PUBLISHED = "routine_is_not_published"
