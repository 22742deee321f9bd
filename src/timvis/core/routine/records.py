"""A routine: who does what in which order, on which evidence, at which rate, by which day.

The file formats stand in `formats.routine`; here are the records alone. Everything a routine can say is a
closed list: the day a routine wants an `if`, it is two routines.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timvis.core.calendar.deadlines import DueRule
from timvis.core.quantities import Ore
from timvis.core.records import ProviderKind, Regime
from timvis.core.review.rule import Severity
from timvis.core.routine.shapes import Value
from timvis.core.routine.terms import (
    AttestBy,
    DecisionBasis,
    Disqualification,
    DocumentForm,
    Holds,
    IfMissing,
    InvoiceRole,
    LetterWay,
    LetterWhen,
    PersonalData,
    PostingKind,
    Reference,
    TiedTo,
    UnwantedInvoice,
)


class ClaimKind(StrEnum):
    """What a routine is about: what somebody asks money for, or what the municipality asks of another."""

    ASSISTANCE = "assistance"
    SICK_COST = "sick_cost"
    FIRST_TWENTY_HOURS = "first_twenty_hours"
    HOME_CARE = "home_care"
    SUBSTITUTE_FEE = "substitute_fee"
    STATE_ASSISTANCE = "state_assistance"


class Outcome(StrEnum):
    """What a routine ends in: money paid, money asked for, or a month reported to Försäkringskassan."""

    PAYMENT = "payment"
    RECEIVABLE = "receivable"
    REPORT = "report"


OUTCOMES = {ClaimKind.SUBSTITUTE_FEE: Outcome.RECEIVABLE, ClaimKind.STATE_ASSISTANCE: Outcome.REPORT}
"""The kinds that do not end in a payment."""

REPORTED = frozenset(kind for kind, outcome in OUTCOMES.items() if outcome is Outcome.REPORT)
"""The kinds that are reported to the state: nothing of them is worked out to be paid here."""

MONTHS_BY_REPORTS = (ClaimKind.ASSISTANCE, ClaimKind.STATE_ASSISTANCE)
"""The kinds that rest on assistants' time reports: what the municipality pays, and what it reports to the state."""


class Act(StrEnum):
    """What can be done in a routine, in the order a case travels."""

    # before there is anything to pay: choice, order, booking
    APPLY = "apply"
    CHOOSE_PROVIDER = "choose_provider"
    PLACE_ORDER = "place_order"
    CONFIRM_ORDER = "confirm_order"
    START_SERVICE = "start_service"
    WRITE_PLAN = "write_plan"
    BOOK_SUBSTITUTE = "book_substitute"
    CONFIRM_BOOKING = "confirm_booking"
    REGISTER_ASSISTANT = "register_assistant"
    # the month or the invoice
    HAND_IN = "hand_in"
    REGISTER = "register"
    ACCOUNT_STAMP = "account_stamp"
    REVIEW = "review"
    GIVE_WORD = "give_word"
    DECIDE = "decide"
    SEND_DECISION = "send_decision"
    CALCULATE = "calculate"
    SEND_SUMMARY = "send_summary"
    MATCH_HOURS = "match_hours"
    REVIEW_ATTEST = "review_attest"
    RECEIPT_ATTEST = "receipt_attest"
    DECISION_ATTEST = "decision_attest"
    AUTHORIZATION_ATTEST = "authorization_attest"
    PAYMENT_RELEASE = "payment_release"
    # what follows from the signatures
    ORDER = "order"
    RUN_PAYMENTS = "run_payments"
    TAKE_BANK_ANSWER = "take_bank_answer"
    BOOK = "book"
    ALLOCATE = "allocate"
    SEND_INVOICE_BASIS = "send_invoice_basis"
    SEND_REPORT = "send_report"
    SEND_BILL = "send_bill"
    REPORT_FEE_BASIS = "report_fee_basis"
    RETURN_DOCUMENTS = "return_documents"
    ARCHIVE = "archive"


SIGNATURES = frozenset(
    {
        Act.MATCH_HOURS,
        Act.REVIEW_ATTEST,
        Act.RECEIPT_ATTEST,
        Act.DECISION_ATTEST,
        Act.AUTHORIZATION_ATTEST,
        Act.PAYMENT_RELEASE,
    }
)
"""Acts by which a person puts her name under what she was shown."""

BEFORE_ATTEST = (Act.HAND_IN, Act.REGISTER, Act.ACCOUNT_STAMP, Act.REVIEW, Act.DECIDE, Act.CALCULATE)
"""Acts whose person is remembered on the claim itself, so that attests can be kept apart from them."""


class Check(StrEnum):
    """What must hold before a step may be done."""

    FINDINGS_HAVE_WORD = "findings_have_word"
    LAW_IS_CONFIRMED = "law_is_confirmed"
    DOCUMENTS_ARE_IN = "documents_are_in"
    PAYEE_IS_KNOWN = "payee_is_known"
    F_TAX = "f_tax"
    EMPLOYER_IS_REGISTERED = "employer_is_registered"


class OnFinding(StrEnum):
    """What happens when a step meets something that law or decision objects to."""

    ASK_FOR_WORD = "ask_for_word"
    RETURN_TO_PROVIDER = "return_to_provider"


class Way(StrEnum):
    """How a month, an application or an invoice reaches the municipality."""

    E_SERVICE = "e_service"
    PAPER = "paper"
    APPLICATION = "application"
    INVOICE = "invoice"
    E_INVOICE = "e_invoice"
    SECURE_MAIL = "secure_mail"
    TELEPHONE = "telephone"
    CARE_SYSTEM = "care_system"
    TIME_REGISTRATION = "time_registration"
    ELECTRONIC_TIME_REPORT = "electronic_time_report"


class Needed(StrEnum):
    """When a document must be in."""

    BEFORE_START = "before_start"
    BEFORE_FIRST_CLAIM = "before_first_claim"
    BEFORE_FIRST_PAYMENT = "before_first_payment"
    EACH_MONTH = "each_month"
    EACH_CLAIM = "each_claim"
    FROM_SICK_DAY = "from_sick_day"
    ON_REQUEST = "on_request"
    AFTERWARDS = "afterwards"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """How the months of some kinds of provider come in; `way` None while an open question stands.

    No `claim_kinds` means all of the routine's. `invoice` says what an invoice is here, the two tuples what
    each paper carries of the other, `unwanted_invoice` what becomes of one that should not have come.
    """

    provider_kinds: frozenset[ProviderKind]
    way: Way | None
    text: str
    open_question: str | None = None
    claim_kinds: frozenset[ClaimKind] = frozenset()
    invoice: InvoiceRole = InvoiceRole.NONE
    unwanted_invoice: UnwantedInvoice | None = None
    invoice_carries: tuple[Reference, ...] = ()
    application_carries: tuple[Reference, ...] = ()
    personal_data_on_invoice: PersonalData | None = None
    is_secret: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A document that some kinds of provider must hand in.

    No `claim_kinds` means all of the routine's. `day` is the sick day from which the document is needed, and
    only there.
    """

    code: str
    provider_kinds: frozenset[ProviderKind]
    needed: Needed
    text: str
    claim_kinds: frozenset[ClaimKind] = frozenset()
    day: int | None = None
    forms: tuple[DocumentForm, ...] = ()
    holds: Holds | None = None
    if_missing: IfMissing | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSent:
    """A letter that goes out: at which step or deadline, when, to whom; its text stands in `data/letters`.

    `finding` names the rule whose finding sends it, when that is what does.
    """

    code: str
    text: str
    at: str
    to: tuple[str, ...]
    when: LetterWhen = LetterWhen.DONE
    way: LetterWay = LetterWay.LETTER
    finding: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: which role does which acts, what must hold, by which day.

    `role` is None while nobody has said whose step it is; `open_question` then asks. `due` counts from the
    month the care was given and is None when the source sets no day. `when_disqualified` is the role that acts
    for somebody with an interest of her own in the case. `source` is the place in the routine's source.
    """

    name: str
    label: str
    role: str | None
    acts: tuple[Act, ...]
    checks: tuple[Check, ...] = ()
    due: DueRule | None = None
    on_finding: OnFinding | None = None
    open_question: str | None = None
    when_disqualified: str | None = None
    source: str | None = None

    @property
    def signature(self) -> Act | None:
        """The act of this step that is a signature, if it has one."""
        return next((act for act in self.acts if act in SIGNATURES), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """Acts that must be done by persons who are all different."""

    code: str
    acts: tuple[Act, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day that belongs to a step, or to an event beside the steps; `step` None for such an event.

    `is_earliest` turns the rule around: not before that day. `role` is None when the source names nobody.
    """

    name: str
    label: str
    due: DueRule
    role: str | None = None
    step: str | None = None
    source: str | None = None
    is_earliest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Up to which amount a role, or anybody on the attest list, may do an act; `up_to_ore` None for no limit."""

    act: Act
    role: str | None
    up_to_ore: Ore | None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestListTerms:
    """What the routine asks of the adopted list of attest rights; a number that is None is not said."""

    tied_to: tuple[TiedTo, ...]
    code_parts: tuple[str, ...]
    attestants_per_code: int | None = None
    deputies_per_code: int | None = None
    renewed_every_months: int | None = None
    deputy_only_while_away: bool = True
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChoice:
    """What this municipality says about one rule of the review: off, or with another severity."""

    code: str
    is_on: bool = True
    severity: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingRule:
    """From a day on: which account string a kind of claim gets, and why.

    None in `decision`, `provider` or `responsibility` means any. `provider` is a kind of provider or an
    organisation number. `valid_to` is the first day on which the rule no longer holds.
    """

    valid_from: date
    claim_kind: ClaimKind
    account: str
    reason: str
    valid_to: date | None = None
    decision: DecisionBasis | None = None
    provider: str | None = None
    responsibility: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    posting: PostingKind = PostingKind.RUNNING_COST


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCoding:
    """Which chart of accounts is used, and the code parts that every transfer carries.

    `rules` say more for some; `required` names the code parts that a sort of posting must have.
    """

    chart: str
    parts: tuple[tuple[str, str], ...] = ()
    rules: tuple[CodingRule, ...] = ()
    required: tuple[tuple[PostingKind, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """One municipality's routine for some kinds of claims, from a day on.

    `regime` is None where no decision on assistance stands behind the claim. `rate` is the code of the dated
    amounts in the municipality's numbers, None where hours have no price of the municipality's. `settings` are
    the choices that no law makes, read through `core.routine.settings`. `decision_bases` narrows the routine to
    some kinds of decision. `answered_by` names who answered what the source leaves open, if anybody.
    `review_every_months` is how often the routine is to be looked over.
    """

    slug: str
    municipality: str
    name: str
    source: str
    claim_kinds: frozenset[ClaimKind]
    regime: Regime | None
    valid_from: date
    accepts_invoices: bool
    rate: str | None
    coding: AccountCoding
    settings: tuple[tuple[str, Value], ...]
    channels: tuple[Channel, ...]
    evidence: tuple[Requirement, ...]
    steps: tuple[Step, ...]
    separations: tuple[Separation, ...]
    rules: tuple[RuleChoice, ...] = ()
    adopted_by: str | None = None
    adopted_on: date | None = None
    answered_by: str | None = None
    open_questions: tuple[str, ...] = ()
    review_every_months: int | None = None
    decision_bases: tuple[DecisionBasis, ...] = ()
    attest_by: AttestBy = AttestBy.ROLE
    attest_list: AttestListTerms | None = None
    disqualified_for: tuple[Disqualification, ...] = ()
    limits: tuple[Limit, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    letters: tuple[LetterSent, ...] = ()

    def step(self, name: str) -> Step | None:
        """The step of that name, or None."""
        return next((step for step in self.steps if step.name == name), None)

    def signed_by(self, act: Act) -> Step | None:
        """The step whose signature an act is, or None when this routine has no such signature."""
        return next((step for step in self.steps if step.signature is act), None)

    def required_of(
        self, kind: ProviderKind, needed: Needed, claim_kind: ClaimKind | None = None
    ) -> tuple[Requirement, ...]:
        """The documents a provider of that kind must have handed in, in the order of the checklist.

        With `claim_kind` only those that are asked for that kind of claim.
        """
        return tuple(
            row
            for row in self.evidence
            if kind in row.provider_kinds
            and row.needed is needed
            and (claim_kind is None or not row.claim_kinds or claim_kind in row.claim_kinds)
        )

    def channels_of(self, kind: ProviderKind, claim_kind: ClaimKind) -> tuple[Channel, ...]:
        """The ways in that are open to a kind of provider for a kind of claim."""
        return tuple(
            row
            for row in self.channels
            if kind in row.provider_kinds and (not row.claim_kinds or claim_kind in row.claim_kinds)
        )

    def letters_at(self, name: str, when: LetterWhen = LetterWhen.DONE) -> tuple[LetterSent, ...]:
        """The letters that go out at a step or a deadline, for that reason."""
        return tuple(letter for letter in self.letters if letter.at == name and letter.when is when)

    @property
    def unwanted_invoice(self) -> UnwantedInvoice:
        """What becomes of an invoice that this routine does not take, or that is wrong."""
        said = (channel.unwanted_invoice for channel in self.channels)
        return next((one for one in said if one is not None), UnwantedInvoice.RETURN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """How a routine can be broken, or why it can't be proved: code, Swedish sentence, persons and steps."""

    code: str
    message: str
    example: str
