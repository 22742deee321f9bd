"""The rows of the access table about visits of home care: who hands them in, who looks at them, who asks about them."""

from timvis.core.access.rows import Row, open_to
from timvis.core.access.terms import Action, Relation, Role

_A = Action
_HERE = Relation.OWN_MUNICIPALITY
_HEADS = (Role.SECTION_HEAD, Role.AUTHORITY_HEAD, Role.HEAD_OF_SOCIAL_SERVICES)
_OVERSIGHT = (Role.CONTROLLER, Role.AUDITOR)

VISITS: tuple[Row, ...] = (
    *open_to(
        (Role.PROVIDER_ADMIN,),
        (_A.HAND_IN_VISITS, _A.HAND_IN_DEVIATIONS, _A.LOOK_AT_VISITS),
        Relation.OWN_PROVIDER,
        "Utföraren redovisar de besök som dess egen personal har gjort, och avvikelserna från beställningen.",
    ),
    *open_to(
        (Role.PROVIDER_ADMIN,),
        (_A.GIVE_SYSTEM_KEY, _A.WITHDRAW_SYSTEM_KEY),
        Relation.OWN_PROVIDER,
        "Utföraren låter sitt eget system lämna besöken, och tar tillbaka nyckeln när den inte behövs.",
    ),
    *open_to(
        (Role.SYSTEM,),
        (_A.HAND_IN_VISITS,),
        _HERE,
        "Utförarens system lämnar besöken med utförarens nyckel, eller läses dess fil in av driften.",
    ),
    *open_to(
        (Role.CASE_OFFICER, Role.ADMINISTRATIVE_ASSISTANT),
        (_A.HAND_IN_VISITS, _A.HAND_IN_DEVIATIONS),
        _HERE,
        "Den som redovisar på papper får sin blankett inskriven av kommunen (FL 6 §).",
    ),
    *open_to(
        (Role.CASE_OFFICER, Role.ADMINISTRATIVE_ASSISTANT, Role.FEE_OFFICER, *_HEADS, *_OVERSIGHT),
        (_A.LOOK_AT_VISITS,),
        _HERE,
        "Den som stämmer av, tar ut avgift eller granskar behöver se vilka besök som är redovisade.",
    ),
    *open_to(
        (Role.CASE_OFFICER, *_HEADS, *_OVERSIGHT),
        (_A.LOOK_AT_SIGNALS,),
        _HERE,
        "Det som ser konstigt ut bland besöken följs upp av den som stämmer av och den som svarar för det.",
    ),
    *open_to(
        (Role.CASE_OFFICER, *_HEADS),
        (_A.NOTE_SIGNAL,),
        _HERE,
        "Den som har frågat om något konstigt skriver vad hon fick veta.",
    ),
    *open_to(
        (Role.CASE_OFFICER, Role.FEE_OFFICER, Role.BUDGET_OWNER, *_HEADS, *_OVERSIGHT),
        (_A.LOOK_AT_SHARES,),
        _HERE,
        "Utförd del av beviljad tid per utförare och område jämförs av dem som följer upp verksamheten.",
    ),
)
"""Read together with the rest by `timvis policy`."""
