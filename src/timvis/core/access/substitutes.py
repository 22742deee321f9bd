"""The rows of the access table about substitutes: who asks, who sends somebody, who charges for it, who looks."""

from timvis.core.access.rows import Row, open_to
from timvis.core.access.terms import Action, BookingStatus, Relation, Role

_A, _B = Action, BookingStatus
_HERE = Relation.OWN_MUNICIPALITY

_DESK = (Role.STAFFING_ASSISTANT, Role.DUTY_SUPERVISOR)
_SENDING = (*_DESK, Role.CASE_OFFICER, Role.SECTION_HEAD)
"""Those who may send somebody: the desk, and those it goes on to when the desk has not confirmed."""
_EMPLOYER = (Role.PROVIDER_ADMIN, Role.OWN_EMPLOYER)
_HERSELF = (Role.RECIPIENT, Role.OWN_EMPLOYER)
_BEFORE_THE_SHIFT = (_B.REQUESTED, _B.OFFERED, _B.ACCEPTED, _B.CONFIRMED)

SUBSTITUTES: tuple[Row, ...] = (
    *open_to(
        _EMPLOYER,
        (_A.REQUEST_SUBSTITUTE, _A.LOOK_AT_BOOKING),
        Relation.OWN_PROVIDER,
        "Anordnaren ber om vikarie när den egna rutinen inte räcker, och följer sin bokning.",
    ),
    *open_to(
        _HERSELF,
        (_A.REQUEST_SUBSTITUTE, _A.LOOK_AT_BOOKING),
        Relation.SELF,
        "Den som har insatsen får själv be om vikarie (LSS 9 § 2).",
    ),
    *open_to(
        (Role.AGENT,),
        (_A.REQUEST_SUBSTITUTE, _A.LOOK_AT_BOOKING),
        Relation.AGENT,
        "Ombudet ber om vikarie i den enskildes ställe, så långt fullmakten räcker.",
    ),
    *open_to(
        _SENDING,
        (_A.REQUEST_SUBSTITUTE,),
        _HERE,
        "Den som svarar i telefonen skriver ner behovet, dygnet runt.",
    ),
    *open_to(
        _EMPLOYER,
        (_A.CANCEL_BOOKING,),
        Relation.OWN_PROVIDER,
        "Den som har bokat en vikarie avbokar den.",
        states=_BEFORE_THE_SHIFT,
    ),
    *open_to(
        _HERSELF,
        (_A.CANCEL_BOOKING,),
        Relation.SELF,
        "Den som har insatsen får själv avboka vikarien.",
        states=_BEFORE_THE_SHIFT,
    ),
    *open_to(
        _SENDING,
        (_A.OFFER_SHIFT, _A.ANSWER_OFFER, _A.CONFIRM_BOOKING, _A.CANCEL_BOOKING),
        _HERE,
        "Den som har passet just nu frågar, tillsätter och avbokar; ingen behöver vänta på kontorstid.",
        states=_BEFORE_THE_SHIFT,
    ),
    *open_to(
        (Role.SYSTEM,),
        (_A.ESCALATE_BOOKING,),
        _HERE,
        "Klockan lämnar ett behov som ingen har bekräftat vidare till nästa; den bokar ingen.",
        states=(_B.REQUESTED, _B.OFFERED, _B.ACCEPTED),
    ),
    *open_to(
        (*_DESK, Role.CASE_OFFICER, Role.ADMINISTRATIVE_ASSISTANT),
        (_A.REGISTER_BOOKING_PAPER,),
        _HERE,
        "Papper som fick vänta registreras av den som tar emot dem.",
    ),
    *open_to(
        (Role.CASE_OFFICER,),
        (_A.DECIDE_ON_SUBSTITUTE,),
        _HERE,
        "Handläggaren beslutar om vikarie, också i efterhand (LSS 9 § 2).",
    ),
    *open_to(
        (Role.CASE_OFFICER,),
        (_A.PROPOSE_ON_SUBSTITUTE,),
        _HERE,
        "Innan ett beslut om vikarie går någon emot ska den få se underlaget och yttra sig (FL 25 §).",
        states=BookingStatus,
    ),
    *open_to(
        (*_DESK, Role.FINANCE_ASSISTANT),
        (_A.REPORT_SUBSTITUTE_TIME,),
        _HERE,
        "Vikariens tidrapport lämnas till ekonomiassistenten av den som satte in vikarien.",
        states=(_B.CONFIRMED, _B.WORKED),
    ),
    *open_to(
        _EMPLOYER,
        (_A.STATE_PROVIDER_COST,),
        Relation.OWN_PROVIDER,
        "Anordnaren uppger sin egen kostnad för den sjuka assistenten.",
        states=(_B.CONFIRMED, _B.WORKED),
    ),
    *open_to(
        _HERSELF,
        (_A.STATE_PROVIDER_COST,),
        Relation.SELF,
        "Den som är egen arbetsgivare uppger sin egen kostnad.",
        states=(_B.CONFIRMED, _B.WORKED),
    ),
    *open_to(
        (Role.FINANCE_ASSISTANT,),
        (_A.STATE_PROVIDER_COST, _A.CALCULATE_FEE, _A.SEND_INVOICE_BASIS, _A.CLOSE_WITHOUT_FEE),
        _HERE,
        "Avgiften räknas, konteras och lämnas till fakturering av ekonomi; inget betalas av det.",
        states=(_B.CONFIRMED, _B.WORKED),
    ),
    *open_to(
        (Role.FINANCE_ASSISTANT, Role.ADMINISTRATIVE_ASSISTANT, Role.SYSTEM),
        (_A.REGISTER_FEE_PAYMENT,),
        _HERE,
        "Att en avgift har betalats bokförs av ekonomi, för hand eller från bankens avisering.",
        states=(_B.CHARGED,),
    ),
    *open_to(
        (Role.CASE_OFFICER, Role.SECTION_HEAD),
        (_A.REVIEW_FEE,),
        _HERE,
        "Någon annan än den som har räknat avgiften granskar den innan utföraren debiteras.",
        states=(_B.WORKED,),
    ),
    *open_to(
        (Role.STAFFING_ASSISTANT, Role.SECTION_HEAD),
        (
            _A.REGISTER_SUBSTITUTE,
            _A.CHANGE_SUBSTITUTE,
            _A.REGISTER_CONTACT_POINT,
            _A.CHANGE_CONTACT_POINT,
        ),
        _HERE,
        "Vikariepoolen och telefonnumren sköts av bemanningen och dess chef.",
    ),
    *open_to(
        (Role.STAFFING_ASSISTANT, Role.CASE_OFFICER),
        (_A.REGISTER_PROCEDURE, _A.CHANGE_PROCEDURE),
        _HERE,
        "Tillvägagångssättet för en anordnare skrivs en gång och används nästa gång.",
    ),
    *open_to(
        (*_DESK, Role.FINANCE_ASSISTANT),
        (_A.SEND_LETTER,),
        _HERE,
        "Bekräftelse och fakturaunderlag skickas av den som har gjort dem.",
    ),
    *open_to(
        (Role.SYSTEM,),
        (_A.SEND_LETTER,),
        _HERE,
        "Timvis självt lämnar besked: till den som ett obekräftat behov går vidare till, och när en vikarie avbokas.",
    ),
    *open_to(
        (*_SENDING, Role.ADMINISTRATIVE_ASSISTANT, Role.FINANCE_ASSISTANT, Role.AUTHORITY_HEAD),
        (_A.LOOK_AT_BOOKING, _A.LOOK_AT_DESK),
        _HERE,
        "Den som svarar, beslutar eller fakturerar behöver se vem som kommer och vad som återstår.",
    ),
    *open_to(
        (Role.CONTROLLER, Role.AUDITOR),
        (_A.LOOK_AT_BOOKING, _A.LOOK_AT_DESK),
        _HERE,
        "Den som granskar ska kunna följa en bokning från samtal till avgift.",
    ),
)
"""Read together with the rest by `timvis policy`."""
