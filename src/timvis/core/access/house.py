"""The rows of the access table about the house itself: roles, the installation, the log, the books."""

from timvis.core.access.rows import Row, open_to
from timvis.core.access.terms import Action, Relation, Role

_A = Action
_FINANCE = (Role.FINANCE_ASSISTANT, Role.ADMINISTRATIVE_ASSISTANT)
_OVERSIGHT = (Role.CONTROLLER, Role.AUDITOR)
_MANAGERS = (Role.SECTION_HEAD, Role.AUTHORITY_HEAD, Role.HEAD_OF_SOCIAL_SERVICES)
_HERE = Relation.OWN_MUNICIPALITY

HOUSE: tuple[Row, ...] = (
    *open_to(
        (Role.SYSTEM_OPERATOR, *_MANAGERS, *_OVERSIGHT),
        (_A.LOOK_AT_ROLES,),
        _HERE,
        "Den som ger, bekräftar eller kontrollerar behörigheter ser vem som har vilken, och vilka två som gav den.",
    ),
    *open_to(
        (Role.SYSTEM_OPERATOR, Role.SYSTEM),
        (_A.REGISTER_PERSON, _A.GIVE_ROLE, _A.END_ROLE),
        _HERE,
        "Behörigheter läggs upp av systemförvaltningen, som själv inte når några ärenden.",
    ),
    *open_to(
        (Role.SYSTEM_OPERATOR, *_MANAGERS),
        (_A.CONFIRM_ROLE,),
        _HERE,
        "En roll gäller först när en andra person har bekräftat den.",
    ),
    *open_to(
        (Role.SYSTEM_OPERATOR, Role.SYSTEM),
        (_A.REGISTER_MUNICIPALITY,),
        _HERE,
        "En kommun läggs upp när installationen tas i bruk.",
    ),
    *open_to(
        (Role.SYSTEM_OPERATOR, Role.SYSTEM),
        (_A.SEAL_LOG,),
        _HERE,
        "Loggen förseglas av klockan, eller av den som sköter driften.",
    ),
    *open_to(
        (*_OVERSIGHT, Role.SYSTEM_OPERATOR, Role.SYSTEM),
        (_A.VERIFY_LOG, _A.CHECK_LEDGER, _A.RECOMPUTE),
        _HERE,
        "Vem som helst med kontrolluppdrag ska kunna räkna om och pröva helheten.",
    ),
    *open_to(
        (*_FINANCE, Role.CONTROLLER),
        (_A.EXPORT_LEDGER,),
        _HERE,
        "Bokföringen lämnas vidare till kommunens ekonomisystem.",
    ),
    *open_to(
        (Role.FINANCE_ASSISTANT,),
        (_A.REGISTER_PAYING_ACCOUNT,),
        _HERE,
        "Kontot som kommunen betalar från läggs upp av ekonomi.",
    ),
)
"""What keeps the house; read with the whole table."""
