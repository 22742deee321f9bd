"""The closed words of a routine about invoices and account coding."""

from enum import StrEnum


class UnwantedInvoice(StrEnum):
    """What happens to an invoice that should not have come, or that is wrong."""

    RETURN = "return"
    KEEP_AS_DOCUMENT = "keep_as_document"
    ASK_FOR_NEW = "ask_for_new"


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
