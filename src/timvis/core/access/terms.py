"""The words of the access table: roles, relations, states of a claim, and everything one can do."""

from datetime import timedelta
from enum import StrEnum


class Role(StrEnum):
    """What a person is in a municipality, or towards one."""

    PROVIDER_ADMIN = "provider_admin"
    OWN_EMPLOYER = "own_employer"
    RECIPIENT = "recipient"
    AGENT = "agent"
    CASE_OFFICER = "case_officer"
    FINANCE_ASSISTANT = "finance_assistant"
    ADMINISTRATIVE_ASSISTANT = "administrative_assistant"
    SECTION_HEAD = "section_head"
    AUTHORITY_HEAD = "authority_head"
    HEAD_OF_SOCIAL_SERVICES = "head_of_social_services"
    MUNICIPAL_DIRECTOR = "municipal_director"
    BUDGET_OWNER = "budget_owner"
    FEE_OFFICER = "fee_officer"
    STAFFING_ASSISTANT = "staffing_assistant"
    DUTY_SUPERVISOR = "duty_supervisor"
    CONTROLLER = "controller"
    AUDITOR = "auditor"
    SYSTEM_OPERATOR = "system_operator"
    SYSTEM = "system"


class Relation(StrEnum):
    """How an actor stands to the person that an object concerns, nearest first."""

    SELF = "self"
    OWN_PROVIDER = "own_provider"
    AGENT = "agent"
    OWN_MUNICIPALITY = "own_municipality"
    NONE = "none"


class ClaimStatus(StrEnum):
    """How far a claim has come."""

    RECEIVED = "received"
    IN_REVIEW = "in_review"
    WAITING_FOR_PROVIDER = "waiting_for_provider"
    CALCULATED = "calculated"
    ATTESTED = "attested"
    ORDERED = "ordered"
    PAID = "paid"
    BOOKED = "booked"
    ARCHIVED = "archived"
    REJECTED = "rejected"
    RETURNED = "returned"


class BookingStatus(StrEnum):
    """How far a need of a substitute has come."""

    REQUESTED = "requested"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    WORKED = "worked"
    CHARGED = "charged"
    PAID = "paid"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class HomeOrderStatus(StrEnum):
    """How far an order of home care has come."""

    PLACED = "placed"
    CONFIRMED = "confirmed"
    STARTED = "started"
    CHANGED = "changed"  # help goes on as before until the provider has confirmed the change
    DECLINED = "declined"
    ENDED = "ended"


class Action(StrEnum):
    """Everything a person, or the clock, can do or look at."""

    # an invoice, before it is a claim and as one
    REGISTER_INVOICE = "register_invoice"
    ALLOCATE = "allocate"
    SETTLE_CREDIT = "settle_credit"
    OPEN_INVOICE_CLAIM = "open_invoice_claim"
    ACCOUNT_STAMP = "account_stamp"
    CHECK_INVOICE = "check_invoice"
    STATE_INVOICE = "state_invoice"
    DECIDE = "decide"
    RETURN_INVOICE = "return_invoice"
    KEEP_AS_DOCUMENT = "keep_as_document"
    MARK_SECRET = "mark_secret"
    REGISTER_REFERENCE = "register_reference"
    CONFIRM_COUNTING_MODEL = "confirm_counting_model"
    LOOK_AT_INVOICE = "look_at_invoice"
    LOOK_AT_FIRST_HOURS = "look_at_first_hours"
    # deciding a case, and what follows
    PROPOSE_DECISION = "propose_decision"
    REGISTER_HEARING_ANSWER = "register_hearing_answer"
    SEND_DECISION = "send_decision"
    CHANGE_CASE_DECISION = "change_case_decision"
    REGISTER_SERVICE = "register_service"
    REGISTER_APPEAL = "register_appeal"
    JUDGE_APPEAL = "judge_appeal"
    RECONSIDER = "reconsider"
    FORWARD_APPEAL = "forward_appeal"
    REGISTER_COURT_ANSWER = "register_court_answer"
    WITHDRAW_APPEAL = "withdraw_appeal"
    REGISTER_DEMAND = "register_demand"
    ANSWER_DEMAND = "answer_demand"
    ANNOUNCE_DELAY = "announce_delay"
    CHANGE_CONTACT = "change_contact"
    LOOK_AT_APPEALS = "look_at_appeals"
    # an application
    APPLY = "apply"
    REGISTER_APPLICATION = "register_application"
    CHANGE_APPLICATION = "change_application"
    WITHDRAW_APPLICATION = "withdraw_application"
    # a month's way through the stations
    HAND_IN = "hand_in"
    REVIEW = "review"
    GIVE_WORD = "give_word"
    ASK_PROVIDER = "ask_provider"
    CALCULATE = "calculate"
    RETURN_CLAIM = "return_claim"
    REJECT_CLAIM = "reject_claim"
    MATCH_HOURS = "match_hours"
    REVIEW_ATTEST = "review_attest"
    RECEIPT_ATTEST = "receipt_attest"
    DECISION_ATTEST = "decision_attest"
    AUTHORIZATION_ATTEST = "authorization_attest"
    PAYMENT_RELEASE = "payment_release"
    ORDER = "order"
    RUN_PAYMENTS = "run_payments"
    TAKE_BANK_ANSWER = "take_bank_answer"
    BOOK = "book"
    ARCHIVE = "archive"
    # time reports out to the state
    FREEZE_STATE_REPORT = "freeze_state_report"
    ATTACH_STATE_SIGNATURE = "attach_state_signature"
    QUEUE_STATE_REPORT = "queue_state_report"
    SEND_STATE_REPORTS = "send_state_reports"
    SETTLE_STATE_REPORT = "settle_state_report"
    LOOK_AT_STATE_REPORTS = "look_at_state_reports"
    REGISTER_BILL = "register_bill"
    TAKE_BACK_PAPER = "take_back_paper"
    # the municipality as the state's provider
    REGISTER_PROVIDER_NOTICE = "register_provider_notice"
    REGISTER_ASSIGNMENT = "register_assignment"
    CHANGE_ASSIGNMENT = "change_assignment"
    REGISTER_PLACEMENT = "register_placement"
    CHANGE_PLACEMENT = "change_placement"
    NOTIFY_ASSISTANT = "notify_assistant"
    TELL_DUTY = "tell_duty"
    REGISTER_AWAY = "register_away"
    NOTE_TIME = "note_time"
    PLAN_SHIFTS = "plan_shifts"
    STRIKE_SHIFTS = "strike_shifts"
    REGISTER_SETTLEMENT = "register_settlement"
    LOOK_AT_STATE_REGISTERS = "look_at_state_registers"
    REGISTER_GRANT_PERIOD = "register_grant_period"
    CHANGE_GRANT_PERIOD = "change_grant_period"
    REGISTER_STATE_PAYMENT = "register_state_payment"
    LOOK_AT_GRANT_PERIODS = "look_at_grant_periods"
    # what the municipality knows
    REGISTER_MUNICIPALITY = "register_municipality"
    REGISTER_RECIPIENT = "register_recipient"
    CHANGE_RECIPIENT = "change_recipient"
    REGISTER_PROVIDER = "register_provider"
    CHANGE_PROVIDER = "change_provider"
    REGISTER_MEMBERSHIP = "register_membership"
    REGISTER_ASSISTANT = "register_assistant"
    CHANGE_ASSISTANT = "change_assistant"
    REGISTER_INCAPACITY = "register_incapacity"
    REGISTER_POWER_OF_ATTORNEY = "register_power_of_attorney"
    REVOKE_POWER_OF_ATTORNEY = "revoke_power_of_attorney"
    REGISTER_PAYEE = "register_payee"
    CHANGE_PAYEE = "change_payee"
    REGISTER_ABSENCE = "register_absence"
    KEEP_ORIGINAL = "keep_original"
    REGISTER_AGREEMENT = "register_agreement"
    CHANGE_AGREEMENT = "change_agreement"
    REGISTER_EVIDENCE = "register_evidence"
    SEND_LETTER = "send_letter"
    ASK_FOR_DOCUMENTS = "ask_for_documents"
    REMIND_OF_DOCUMENTS = "remind_of_documents"
    WRITE_NOTE = "write_note"
    OBJECT_TO_NOTE = "object_to_note"
    REGISTER_DECISION = "register_decision"
    CHANGE_DECISION = "change_decision"
    TELL_RESPONSIBILITY = "tell_responsibility"
    DRAFT_ROUTINE = "draft_routine"
    PUBLISH_ROUTINE = "publish_routine"
    SIMULATE_ROUTINE = "simulate_routine"
    # who may attest and decide, and who is too near to
    DRAFT_ATTEST_LIST = "draft_attest_list"
    ADOPT_ATTEST_LIST = "adopt_attest_list"
    DRAFT_DELEGATION_ORDER = "draft_delegation_order"
    ADOPT_DELEGATION_ORDER = "adopt_delegation_order"
    REGISTER_POSITION = "register_position"
    CONFIRM_POSITION = "confirm_position"
    REGISTER_OFF_DUTY = "register_off_duty"
    REGISTER_INTEREST = "register_interest"
    CHANGE_INTEREST = "change_interest"
    CONTROL_AFTERWARDS = "control_afterwards"
    # a substitute
    REQUEST_SUBSTITUTE = "request_substitute"
    OFFER_SHIFT = "offer_shift"
    ANSWER_OFFER = "answer_offer"
    CONFIRM_BOOKING = "confirm_booking"
    CANCEL_BOOKING = "cancel_booking"
    ESCALATE_BOOKING = "escalate_booking"
    REGISTER_BOOKING_PAPER = "register_booking_paper"
    PROPOSE_ON_SUBSTITUTE = "propose_on_substitute"
    DECIDE_ON_SUBSTITUTE = "decide_on_substitute"
    REPORT_SUBSTITUTE_TIME = "report_substitute_time"
    STATE_PROVIDER_COST = "state_provider_cost"
    CALCULATE_FEE = "calculate_fee"
    REVIEW_FEE = "review_fee"
    SEND_INVOICE_BASIS = "send_invoice_basis"
    CLOSE_WITHOUT_FEE = "close_without_fee"
    REGISTER_FEE_PAYMENT = "register_fee_payment"
    REGISTER_SUBSTITUTE = "register_substitute"
    CHANGE_SUBSTITUTE = "change_substitute"
    REGISTER_CONTACT_POINT = "register_contact_point"
    CHANGE_CONTACT_POINT = "change_contact_point"
    REGISTER_PROCEDURE = "register_procedure"
    CHANGE_PROCEDURE = "change_procedure"
    LOOK_AT_BOOKING = "look_at_booking"
    LOOK_AT_DESK = "look_at_desk"
    # home care: an order, what happens to the recipient, the papers
    PLACE_ORDER = "place_order"
    CONFIRM_ORDER = "confirm_order"
    DECLINE_ORDER = "decline_order"
    START_SERVICE = "start_service"
    CHANGE_ORDER = "change_order"
    PAUSE_ORDER = "pause_order"
    RESUME_ORDER = "resume_order"
    END_ORDER = "end_order"
    REPORT_HOME_EVENT = "report_home_event"
    SETTLE_HOME_NOTICE = "settle_home_notice"
    REGISTER_HOME_PAPER = "register_home_paper"
    REMIND_OF_ORDER = "remind_of_order"
    LOOK_AT_ORDER = "look_at_order"
    LOOK_AT_ORDERS = "look_at_orders"
    # who performs home care
    REGISTER_HOME_AGREEMENT = "register_home_agreement"
    CHANGE_HOME_AGREEMENT = "change_home_agreement"
    CHANGE_CEILING = "change_ceiling"
    KEEP_TURN_ORDER = "keep_turn_order"
    CHOOSE_HOME_PROVIDER = "choose_home_provider"
    LOOK_AT_HOME_PROVIDERS = "look_at_home_providers"
    LOOK_AT_TURN_ORDER = "look_at_turn_order"
    # visits of home care, what was not as ordered, what looks odd
    HAND_IN_VISITS = "hand_in_visits"
    HAND_IN_DEVIATIONS = "hand_in_deviations"
    NOTE_SIGNAL = "note_signal"
    GIVE_SYSTEM_KEY = "give_system_key"
    WITHDRAW_SYSTEM_KEY = "withdraw_system_key"
    LOOK_AT_VISITS = "look_at_visits"
    LOOK_AT_SIGNALS = "look_at_signals"
    LOOK_AT_SHARES = "look_at_shares"
    # home care: a month reconciled, summed, billed, and handed to the fees
    RECONCILE = "reconcile"
    ANSWER_LINE = "answer_line"
    DECIDE_ABOVE_ORDER = "decide_above_order"
    SIGN_RECONCILIATION = "sign_reconciliation"
    SEND_HOME_CARE_SUMMARY = "send_home_care_summary"
    AGREE_SELF_BILLING = "agree_self_billing"
    SELF_BILL = "self_bill"
    HAND_OVER_TO_FEES = "hand_over_to_fees"
    TELL_CHARGED_TIME = "tell_charged_time"
    GIVE_FEE_KEY = "give_fee_key"
    WITHDRAW_FEE_KEY = "withdraw_fee_key"
    LOOK_AT_RECONCILIATION = "look_at_reconciliation"
    LOOK_AT_PROVIDER_MONTH = "look_at_provider_month"
    LOOK_AT_FEE_BASIS = "look_at_fee_basis"
    # looking
    LOOK_AT_CLAIM = "look_at_claim"
    LOOK_AT_PERSON = "look_at_person"
    LOOK_AT_FILE = "look_at_file"
    LOOK_AT_DECISION = "look_at_decision"
    LOOK_AT_PAYMENT = "look_at_payment"
    LOOK_AT_LEDGER = "look_at_ledger"
    LOOK_AT_LOG = "look_at_log"
    LOOK_AT_ATTEST_RIGHTS = "look_at_attest_rights"
    LOOK_AT_DELEGATION = "look_at_delegation"
    LOOK_AT_DELEGATED_DECISIONS = "look_at_delegated_decisions"
    LOOK_AT_INTERESTS = "look_at_interests"
    LOOK_AT_AFTER_CONTROL = "look_at_after_control"
    LOOK_AT_ATTESTS = "look_at_attests"
    LOOK_AT_ROLES = "look_at_roles"
    # the house itself
    REGISTER_PERSON = "register_person"
    GIVE_ROLE = "give_role"
    CONFIRM_ROLE = "confirm_role"
    END_ROLE = "end_role"
    SEAL_LOG = "seal_log"
    VERIFY_LOG = "verify_log"
    CHECK_LEDGER = "check_ledger"
    RECOMPUTE = "recompute"
    EXPORT_LEDGER = "export_ledger"
    REGISTER_PAYING_ACCOUNT = "register_paying_account"


NEW = ""
"""The state of an object that does not exist yet."""

FRESH_LOGIN = timedelta(minutes=5)

NEEDS_FRESH_LOGIN = frozenset(
    {
        Action.MATCH_HOURS,
        Action.REVIEW_ATTEST,
        Action.RECEIPT_ATTEST,
        Action.DECISION_ATTEST,
        Action.AUTHORIZATION_ATTEST,
        Action.PAYMENT_RELEASE,
        Action.REGISTER_PAYEE,
        Action.CHANGE_PAYEE,
        Action.REGISTER_PAYING_ACCOUNT,
        Action.PUBLISH_ROUTINE,
        Action.ADOPT_ATTEST_LIST,
        Action.ADOPT_DELEGATION_ORDER,
        Action.CONFIRM_POSITION,
        Action.GIVE_ROLE,
        Action.CONFIRM_ROLE,
        Action.END_ROLE,
    }
)
"""What nobody may do at a screen somebody else has left: the login must be at most `FRESH_LOGIN` old."""
