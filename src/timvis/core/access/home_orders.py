"""The rows of the access table about orders of home care: who orders, who confirms and begins, who tells of what."""

from timvis.core.access.rows import Row, open_to
from timvis.core.access.terms import Action, HomeOrderStatus, Relation, Role

_A, _S = Action, HomeOrderStatus
_HERE = Relation.OWN_MUNICIPALITY
_OFFICE = (Role.CASE_OFFICER, Role.ADMINISTRATIVE_ASSISTANT)
_HERSELF = (Role.RECIPIENT,)
_NOT_OVER = (_S.PLACED, _S.CONFIRMED, _S.STARTED, _S.CHANGED)

HOME_ORDERS: tuple[Row, ...] = (
    *open_to(
        (Role.CASE_OFFICER,),
        (_A.PLACE_ORDER,),
        _HERE,
        "Handläggaren beställer det som är beslutat hos den utförare som den enskilde har valt.",
    ),
    *open_to(
        (Role.CASE_OFFICER,),
        (_A.CHANGE_ORDER, _A.PAUSE_ORDER),
        _HERE,
        "Handläggaren ändrar beställningen när beslutet har ändrats, och gör uppehåll när den enskilde är borta.",
        states=_NOT_OVER,
    ),
    *open_to(
        (Role.CASE_OFFICER,),
        (_A.RESUME_ORDER, _A.END_ORDER),
        _HERE,
        "Handläggaren säger när hjälpen börjar igen och när den slutar; ett slut i förväg kan tidigareläggas.",
    ),
    *open_to(
        (Role.PROVIDER_ADMIN,),
        (_A.CONFIRM_ORDER, _A.DECLINE_ORDER, _A.START_SERVICE),
        Relation.OWN_PROVIDER,
        "Utföraren bekräftar sin beställning, eller säger att den inte kan ta den, och berättar när hjälpen började.",
        states=_NOT_OVER,
    ),
    *open_to(
        _OFFICE,
        (_A.CONFIRM_ORDER, _A.DECLINE_ORDER, _A.START_SERVICE),
        _HERE,
        "Den som tar emot en utförares kvittens i telefon eller brev skriver in den.",
        states=_NOT_OVER,
    ),
    *open_to(
        (Role.PROVIDER_ADMIN,),
        (_A.REPORT_HOME_EVENT, _A.SETTLE_HOME_NOTICE, _A.REGISTER_HOME_PAPER, _A.LOOK_AT_ORDER, _A.LOOK_AT_ORDERS),
        Relation.OWN_PROVIDER,
        "Utföraren följer sina beställningar, berättar genast vad som händer och lämnar plan och dokumentation.",
    ),
    *open_to(
        (*_HERSELF,),
        (_A.REPORT_HOME_EVENT, _A.LOOK_AT_ORDER),
        Relation.SELF,
        "Den enskilde ser vem som ska komma och när, och berättar om något ändras.",
    ),
    *open_to(
        (Role.AGENT,),
        (_A.REPORT_HOME_EVENT, _A.LOOK_AT_ORDER),
        Relation.AGENT,
        "Ombudet berättar vad som händer i den enskildes ställe.",
    ),
    *open_to(
        _OFFICE,
        (_A.REPORT_HOME_EVENT, _A.SETTLE_HOME_NOTICE, _A.REGISTER_HOME_PAPER),
        _HERE,
        "Det som kommer in om en beställning skrivs in av den som tar emot det, med den dag det kom.",
    ),
    *open_to(
        (Role.AUTHORITY_HEAD,),
        (_A.SETTLE_HOME_NOTICE,),
        _HERE,
        "Myndighetschefen kvitterar det som har gått upp till henne.",
    ),
    *open_to(
        (Role.SYSTEM,),
        (_A.REMIND_OF_ORDER,),
        _HERE,
        "Klockan påminner om beställningar och papper som väntar; den ändrar ingen beställning.",
    ),
    *open_to(
        (*_OFFICE, Role.SECTION_HEAD, Role.AUTHORITY_HEAD, Role.FEE_OFFICER, Role.CONTROLLER, Role.AUDITOR),
        (_A.LOOK_AT_ORDER, _A.LOOK_AT_ORDERS),
        _HERE,
        "Den som beställer, följer upp, räknar avgift eller granskar ser beställningarna och deras klockor.",
    ),
)
"""Read with the whole table."""
