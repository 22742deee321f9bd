"""The cells of what goes between municipality and state: months and reports out, invoices for first hours in."""

from timvis.core.access.rows import Row, open_to
from timvis.core.access.terms import Action, Relation, Role

_BUDGET = (
    Role.FINANCE_ASSISTANT,
    Role.ADMINISTRATIVE_ASSISTANT,
    Role.SECTION_HEAD,
    Role.AUTHORITY_HEAD,
    Role.HEAD_OF_SOCIAL_SERVICES,
    Role.BUDGET_OWNER,
    Role.CONTROLLER,
)

STATE_ROWS: tuple[Row, ...] = (
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT, Role.SECTION_HEAD),
        (
            Action.FREEZE_STATE_REPORT,
            Action.ATTACH_STATE_SIGNATURE,
            Action.QUEUE_STATE_REPORT,
            Action.SETTLE_STATE_REPORT,
        ),
        Relation.OWN_MUNICIPALITY,
        "Den som redovisar kommunens egna assistenters tid gör tidredovisningen klar och lägger den i kön.",
    ),
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT, Role.CASE_OFFICER, Role.SECTION_HEAD),
        (Action.REGISTER_BILL, Action.TAKE_BACK_PAPER, Action.LOOK_AT_STATE_REPORTS),
        Relation.OWN_MUNICIPALITY,
        "Räkningen och tidsredovisningarna prövas mot varandra innan de skickas.",
    ),
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT, Role.SECTION_HEAD, Role.SYSTEM),
        (Action.SEND_STATE_REPORTS,),
        Relation.OWN_MUNICIPALITY,
        "Kön skickas när någon startar den, på sidan eller från kommandoraden; i kön ligger bara det som en person har "
        "lagt där.",
    ),
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT, Role.SECTION_HEAD),
        (
            Action.REGISTER_PROVIDER_NOTICE,
            Action.REGISTER_ASSIGNMENT,
            Action.CHANGE_ASSIGNMENT,
            Action.REGISTER_PLACEMENT,
            Action.CHANGE_PLACEMENT,
            Action.NOTIFY_ASSISTANT,
            Action.REGISTER_AWAY,
            Action.NOTE_TIME,
            Action.PLAN_SHIFTS,
            Action.STRIKE_SHIFTS,
        ),
        Relation.OWN_MUNICIPALITY,
        "Den som leder kommunens egen assistans för register över uppdrag och assistenter, anmäler dem och planerar "
        "passen.",
    ),
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT, Role.CASE_OFFICER, Role.SECTION_HEAD),
        (Action.LOOK_AT_STATE_REGISTERS, Action.TELL_DUTY, Action.REGISTER_SETTLEMENT),
        Relation.OWN_MUNICIPALITY,
        "Kommunens blanketter till Försäkringskassan följs upp av den som beslutar insatsen och den som utför den.",
    ),
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT, Role.CASE_OFFICER, Role.SECTION_HEAD),
        (Action.REGISTER_GRANT_PERIOD, Action.CHANGE_GRANT_PERIOD),
        Relation.OWN_MUNICIPALITY,
        "Beviljandeperioden står i statens beslut och skrivs in av den som har beslutet.",
    ),
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT, Role.FINANCE_ASSISTANT, Role.SECTION_HEAD),
        (Action.REGISTER_STATE_PAYMENT,),
        Relation.OWN_MUNICIPALITY,
        "Den som ser statens inbetalningar skriver in dem, och det som betalas tillbaka.",
    ),
    *open_to(
        (Role.CASE_OFFICER, *_BUDGET),
        (Action.LOOK_AT_GRANT_PERIODS,),
        Relation.OWN_MUNICIPALITY,
        "Den som handlägger, redovisar, betalar eller kontrollerar ser vad som är beviljat, utfört och betalt.",
    ),
    *open_to(
        (Role.CASE_OFFICER, *_BUDGET),
        (Action.LOOK_AT_FIRST_HOURS,),
        Relation.OWN_MUNICIPALITY,
        "Den som budgeterar, betalar eller handlägger ser vad de första timmarna väntas kosta under året.",
    ),
    *open_to(
        (Role.CASE_OFFICER, Role.SECTION_HEAD),
        (Action.CONFIRM_COUNTING_MODEL,),
        Relation.OWN_MUNICIPALITY,
        "Den som stämmer av timmarna bekräftar mot en verklig faktura hur staten räknar veckorna.",
    ),
)
