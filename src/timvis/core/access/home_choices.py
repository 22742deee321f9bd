"""The rows of the access table about who performs home care: agreements, ceilings, choices, the turn order."""

from timvis.core.access.rows import Row, open_to
from timvis.core.access.terms import Action, Relation, Role

_A = Action
_HERE = Relation.OWN_MUNICIPALITY

HOME_CHOICES: tuple[Row, ...] = (
    *open_to(
        (Role.AUTHORITY_HEAD, Role.SECTION_HEAD),
        (_A.REGISTER_HOME_AGREEMENT, _A.CHANGE_HOME_AGREEMENT, _A.KEEP_TURN_ORDER),
        _HERE,
        "Den som godkänner utförare i valfrihetssystemet för in avtalen, och vem som står i turordningen (LOV 8 kap.).",
    ),
    *open_to(
        (Role.PROVIDER_ADMIN,),
        (_A.CHANGE_CEILING,),
        Relation.OWN_PROVIDER,
        "Utföraren sätter själv sitt kapacitetstak.",
    ),
    *open_to(
        (Role.SYSTEM,),
        (_A.KEEP_TURN_ORDER,),
        _HERE,
        "Klockan för in den vars avtal börjar, och tar bort den vars avtal har slutat.",
    ),
    *open_to(
        (Role.CASE_OFFICER,),
        (_A.CHOOSE_HOME_PROVIDER, _A.KEEP_TURN_ORDER),
        _HERE,
        "Handläggaren skriver ner valet, och ger turen åt den som står först när ingen väljs (LOV 9 kap.).",
    ),
    *open_to(
        (Role.CASE_OFFICER, Role.SECTION_HEAD, Role.AUTHORITY_HEAD, Role.FEE_OFFICER, Role.ADMINISTRATIVE_ASSISTANT),
        (_A.LOOK_AT_HOME_PROVIDERS, _A.LOOK_AT_TURN_ORDER),
        _HERE,
        "Den som handlägger hemtjänst behöver veta vem som utför vad, och vems tur det är.",
    ),
    *open_to(
        (Role.HEAD_OF_SOCIAL_SERVICES, Role.CONTROLLER, Role.AUDITOR),
        (_A.LOOK_AT_HOME_PROVIDERS, _A.LOOK_AT_TURN_ORDER),
        _HERE,
        "Den som granskar ska kunna se att varje tur var rätt.",
    ),
    *open_to(
        (Role.PROVIDER_ADMIN,),
        (_A.LOOK_AT_HOME_PROVIDERS, _A.LOOK_AT_TURN_ORDER),
        Relation.OWN_PROVIDER,
        "Utföraren ser sitt avtal och att turordningen är rättvis, men ingen annans kunder.",
    ),
    *open_to(
        (Role.RECIPIENT,),
        (_A.LOOK_AT_HOME_PROVIDERS,),
        Relation.SELF,
        "Den som ska välja får veta vilka hon kan välja mellan (LOV 9 kap. 1 §).",
    ),
    *open_to(
        (Role.AGENT,),
        (_A.LOOK_AT_HOME_PROVIDERS,),
        Relation.AGENT,
        "Ombudet hjälper till att välja, och får veta detsamma som den enskilde.",
    ),
)
"""Read together with the rest by `timvis policy`."""
