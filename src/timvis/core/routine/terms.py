"""The closed words of a routine's papers, attest rights and account strings.

What is done and checked in a routine stands beside the records that hold it; here is what they say about
channels, documents, letters and coding. A word that is not listed is a fault in the file, not a new word.
"""

from enum import StrEnum

from timvis.core.access import Role

STATE_AGENCY = "state_agency"
"""Försäkringskassan as a hand in a routine: it sends and receives, and never logs in."""

HANDS: tuple[str, ...] = (*Role, STATE_AGENCY)
"""Everybody who can do a step or be sent a letter."""


class InvoiceRole(StrEnum):
    """What an invoice is in a channel."""

    NONE = "none"
    OPENS_THE_CASE = "opens_the_case"
    WITH_APPLICATION = "with_application"
    AFTER_DECISION = "after_decision"
    AFTER_SUMMARY = "after_summary"


class UnwantedInvoice(StrEnum):
    """What happens to an invoice that should not have come, or that is wrong."""

    RETURN = "return"
    KEEP_AS_DOCUMENT = "keep_as_document"
    ASK_FOR_NEW = "ask_for_new"


class Reference(StrEnum):
    """What an invoice or an application carries, so that the two and the case find each other."""

    INVOICE_NUMBER = "invoice_number"
    INVOICE_DATE = "invoice_date"
    APPLICATION_NUMBER = "application_number"
    REFERENCE_NUMBER = "reference_number"
    DECISION_DATE = "decision_date"
    ORDER_REFERENCE = "order_reference"
    PERIOD = "period"
    PLACE = "place"
    SERVICE = "service"
    HOURS_AND_PRICE = "hours_and_price"
    FIRST_DAY_OF_NEW_RECIPIENTS = "first_day_of_new_recipients"
    PLAN_IS_SENT = "plan_is_sent"
    CONDITIONS_ARE_MET = "conditions_are_met"


class PersonalData(StrEnum):
    """How much of a recipient an invoice may show."""

    NONE = "none"
    INITIALS_AND_FOUR_DIGITS = "initials_and_four_digits"
    NAME = "name"
    NAME_AND_NUMBER = "name_and_number"


class DocumentForm(StrEnum):
    """In which shape a document must be."""

    COPY = "copy"
    ORIGINAL_ON_PAPER = "original_on_paper"
    PDF = "pdf"
    WHOLE = "whole"
    WHOLE_MASKED = "whole_masked"
    PAGE_TWO = "page_two"
    WITH_SIGNATURE = "with_signature"


class Holds(StrEnum):
    """How long a document counts once it is in."""

    EACH_TIME = "each_time"
    UNTIL_CHANGED = "until_changed"
    UNTIL_REVOKED = "until_revoked"


class IfMissing(StrEnum):
    """What follows when a document does not come."""

    ASK = "ask"
    PAYMENT_WAITS = "payment_waits"
    REFUSE = "refuse"
    NOTHING_FROM_THAT_DAY = "nothing_from_that_day"


class AttestBy(StrEnum):
    """What gives a person the right to attest: her role alone, or an adopted list of attest rights."""

    ROLE = "role"
    ATTEST_LIST = "attest_list"


class TiedTo(StrEnum):
    """What a right on the attest list is tied to."""

    PERSON = "person"
    POSITION = "position"


class Disqualification(StrEnum):
    """What keeps a person from attesting a case."""

    OWN_PAYMENT = "own_payment"
    CLOSE_RELATIVE = "close_relative"
    OWN_COMPANY = "own_company"
    OWN_EXPENSE = "own_expense"
    SUPERIORS_EXPENSE = "superiors_expense"


class LetterWhen(StrEnum):
    """What makes a letter go out at a step or a deadline."""

    DONE = "done"
    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    REFUSED = "refused"
    HOURS_DIFFER = "hours_differ"
    UNWANTED_INVOICE = "unwanted_invoice"
    DOCUMENT_IS_MISSING = "document_is_missing"
    IS_LATE = "is_late"
    FINDING = "finding"


class LetterWay(StrEnum):
    """How a letter reaches its reader."""

    LETTER = "letter"
    GIVEN_ADDRESS = "given_address"
    E_MAIL = "e_mail"
    E_SERVICE = "e_service"
    CARE_SYSTEM = "care_system"
    INVOICE_RESPONSE = "invoice_response"
    REMITTANCE = "remittance"


class DecisionBasis(StrEnum):
    """What kind of decision an amount rests on, as far as the account string depends on it."""

    LSS_9_2 = "lss_9_2"
    LSS_9_2_TEMPORARY = "lss_9_2_temporary"
    LSS_9_2_SICKNESS = "lss_9_2_sickness"
    SFB_51 = "sfb_51"
    SOL = "sol"


class PostingKind(StrEnum):
    """What sort of posting some code parts are demanded of; `always` stands for every one."""

    ALWAYS = "always"
    RUNNING_COST = "running_cost"
    INVESTMENT = "investment"
    INTERNAL = "internal"
