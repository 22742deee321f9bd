"""The rows of the access table about a month of home care: reconciled, summed, billed, and handed to the fees."""

from timvis.core.access.rows import Row, open_to
from timvis.core.access.terms import Action, Relation, Role

_A = Action
_HERE = Relation.OWN_MUNICIPALITY
_HEADS = (Role.SECTION_HEAD, Role.AUTHORITY_HEAD)

RECONCILIATION: tuple[Row, ...] = (
    *open_to(
        (Role.CASE_OFFICER,),
        (_A.RECONCILE, _A.SIGN_RECONCILIATION),
        _HERE,
        "Handläggaren stämmer av utförd tid mot beställningen, frågar, kommenterar och skriver under.",
    ),
    *open_to(
        (Role.PROVIDER_ADMIN,),
        (_A.ANSWER_LINE, _A.LOOK_AT_PROVIDER_MONTH),
        Relation.OWN_PROVIDER,
        "Utföraren ser sin egen månad, svarar på frågor om den och ser vad som får faktureras.",
    ),
    *open_to(
        (Role.CASE_OFFICER,),
        (_A.ANSWER_LINE,),
        _HERE,
        "Handläggaren skriver ner vad den enskilde har svarat.",
    ),
    *open_to(
        _HEADS,
        (_A.DECIDE_ABOVE_ORDER, _A.SEND_HOME_CARE_SUMMARY),
        _HERE,
        "Chefen beslutar om tid utöver beställningen och skickar sammanställningen till utföraren.",
    ),
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT,),
        (_A.AGREE_SELF_BILLING, _A.SELF_BILL),
        _HERE,
        "Där utföraren har avtalat om självfakturering skrivs fakturan här efter sammanställningen.",
    ),
    *open_to(
        (Role.FEE_OFFICER, Role.CASE_OFFICER, Role.ADMINISTRATIVE_ASSISTANT),
        (_A.HAND_OVER_TO_FEES,),
        _HERE,
        "Underlaget för avgiften delas med avgiftshandläggaren; avgiften beslutas i avgiftssystemet.",
    ),
    *open_to(
        (Role.FEE_OFFICER,),
        (_A.TELL_CHARGED_TIME, _A.LOOK_AT_FEE_BASIS),
        _HERE,
        "Avgiftshandläggaren hämtar utförd tid och lämnar tillbaka vad den enskilde har debiterats.",
    ),
    *open_to(
        _HEADS,
        (_A.GIVE_FEE_KEY, _A.WITHDRAW_FEE_KEY),
        _HERE,
        "Chefen låter kommunens avgiftssystem läsa utförd tid, och tar tillbaka nyckeln när den inte behövs.",
    ),
    *open_to(
        (Role.SYSTEM,),
        (_A.LOOK_AT_FEE_BASIS,),
        _HERE,
        "Kommunens avgiftssystem läser utförd tid med den nyckel som chefen har gett det.",
    ),
    *open_to(
        (Role.CASE_OFFICER, Role.ADMINISTRATIVE_ASSISTANT, *_HEADS, Role.CONTROLLER, Role.AUDITOR),
        (_A.LOOK_AT_RECONCILIATION, _A.LOOK_AT_PROVIDER_MONTH, _A.LOOK_AT_FEE_BASIS),
        _HERE,
        "Den som stämmer av, betalar eller granskar ser beställd, utförd, godkänd och debiterad tid bredvid varandra.",
    ),
)
"""Read together with the rest by `timvis policy`."""
