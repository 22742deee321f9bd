"""The rows of the access table about deciding a case, and what follows a decision."""

from timvis.core.access.rows import Row, open_to
from timvis.core.access.terms import Action, ClaimStatus, Relation, Role

_S, _A = ClaimStatus, Action
_BEFORE_ORDER = (_S.RECEIVED, _S.IN_REVIEW, _S.WAITING_FOR_PROVIDER, _S.CALCULATED, _S.ATTESTED)
_MANAGERS = (Role.SECTION_HEAD, Role.AUTHORITY_HEAD, Role.HEAD_OF_SOCIAL_SERVICES)
_OFFICE = (Role.CASE_OFFICER, Role.ADMINISTRATIVE_ASSISTANT)
_OVERSIGHT = (Role.CONTROLLER, Role.AUDITOR)
_DECIDERS = (Role.CASE_OFFICER, *_MANAGERS)
_HERE = Relation.OWN_MUNICIPALITY

DECIDING: tuple[Row, ...] = (
    *open_to(
        _DECIDERS,
        (_A.DECIDE,),
        _HERE,
        "Handläggaren eller chefen beslutar om period och belopp, så långt nämndens delegationsordning räcker.",
        states=_BEFORE_ORDER,
    ),
    *open_to(
        _DECIDERS,
        (_A.PROPOSE_DECISION,),
        _HERE,
        "Innan ett beslut går någon emot ska den få se underlaget och yttra sig (FL 25 §).",
        states=_BEFORE_ORDER,
    ),
    *open_to(
        (Role.HEAD_OF_SOCIAL_SERVICES,),
        (_A.SEND_LETTER,),
        _HERE,
        "Den som själv beslutar skriver till dem som det rör.",
    ),
    *open_to(
        (*_OFFICE, *_MANAGERS),
        (_A.REGISTER_HEARING_ANSWER, _A.REGISTER_SERVICE, _A.REGISTER_APPEAL, _A.REGISTER_DEMAND),
        _HERE,
        "Det som kommer in registreras av den som tar emot det, med den dag det kom; det prövas av en handläggare.",
    ),
    *open_to(
        _DECIDERS,
        (
            _A.SEND_DECISION,
            _A.CHANGE_CASE_DECISION,
            _A.JUDGE_APPEAL,
            _A.RECONSIDER,
            _A.FORWARD_APPEAL,
            _A.REGISTER_COURT_ANSWER,
            _A.WITHDRAW_APPEAL,
            _A.ANSWER_DEMAND,
            _A.ANNOUNCE_DELAY,
        ),
        _HERE,
        "Den som beslutar underrättar om beslutet, prövar överklaganden och lämnar över dem (FL 33, 36–39, 45–46 §§).",
    ),
    *open_to(
        (*_OFFICE, *_MANAGERS, *_OVERSIGHT),
        (_A.LOOK_AT_APPEALS,),
        _HERE,
        "Överklaganden har tider att hålla; den som handlägger, leder eller granskar ser var de står.",
    ),
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT, Role.SYSTEM_OPERATOR, Role.SYSTEM),
        (_A.CHANGE_CONTACT,),
        _HERE,
        "Adressen i breven, dit man överklagar, hålls aktuell av förvaltningen.",
    ),
)
"""Who decides, tells, is heard and appeals; read with the whole table."""
