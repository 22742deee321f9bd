"""Codes in plain words: why not, what was done, which kind of account."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timvis.core.case_file import NoteKind
from timvis.core.disqualification import InterestKind
from timvis.core.faults import Refusal
from timvis.core.procedure.decision import Outcome
from timvis.core.routine.batch import Deviation
from timvis.core.routine.checklist import RowState
from timvis.core.routine.records import Act, ClaimKind

WHY_NOT: Final[dict[Refusal, tuple[str | Promise, str | Promise]]] = {
    Refusal.NOT_LOGGED_IN: (_("Du är inte inloggad."), _("Logga in och försök igen.")),
    Refusal.NOT_FOUND: (_("Sidan finns inte."), _("Gå till Att göra.")),
    Refusal.ROLE_DOES_NOT_ALLOW: (
        _("Din roll får inte göra det här."),
        _("Be någon som har rätten, eller din chef om du borde ha den."),
    ),
    Refusal.NO_RELATION: (_("Sidan finns inte."), _("Gå till Att göra.")),
    Refusal.LOGIN_TOO_OLD: (
        _("Det var mer än fem minuter sedan du loggade in."),
        _("Logga in igen; det du har skrivit finns kvar."),
    ),
    Refusal.WRONG_STATE: (
        _("Ärendet har kommit för långt, eller inte tillräckligt långt, för det här."),
        _("Läs om sidan och se var ärendet står nu."),
    ),
    Refusal.SOMEONE_ELSE_WAS_FIRST: (
        _("Någon annan ändrade ärendet medan du hade sidan öppen. Inget av ditt sparades."),
        _("Läs om sidan, se vad som har ändrats och gör om det om det behövs."),
    ),
    Refusal.NOT_THE_NEXT_STEP: (
        _("Det är inte det här steget som står på tur i rutinen."),
        _("Se i raden överst på ärendet vad som väntar."),
    ),
    Refusal.SAME_PERSON_ALREADY_SIGNED: (
        _("Du har redan gjort ett steg som måste göras av någon annan än den som gör det här."),
        _("Lämna över till en kollega som har rätten."),
    ),
    Refusal.DISQUALIFIED: (
        _("Du står för nära någon i ärendet för att handlägga det."),
        _("Lämna över till en kollega eller närmast högre chef."),
    ),
    Refusal.NEEDS_A_HUMAN: (
        _("Det här beslutet får inte fattas automatiserat."),
        _("En handläggare med delegation prövar ärendet och fattar beslutet."),
    ),
    Refusal.NOT_DELEGATED: (
        _("Nämndens delegationsordning ger dig inte rätt att fatta det här beslutet i dag."),
        _("Se under Delegationsordning vem som får besluta i den här sortens ärenden, och lämna ärendet dit."),
    ),
    Refusal.NO_ATTEST_RIGHT: (
        _("Nämndens attestlista ger dig ingen rätt att attestera det här."),
        _("Lämna över till den som listan nämner, eller be nämnden ändra listan."),
    ),
    Refusal.IS_OFF_DUTY: (
        _("Du är registrerad som frånvarande, så det är din ersättare som attesterar och beslutar."),
        _("Är du i tjänst? Avsluta din frånvaro under Attesträtter och försök igen."),
    ),
    Refusal.ORDINARY_IS_ON_DUTY: (
        _("Du är ersättare, och den ordinarie är i tjänst."),
        _("Lämna över till den ordinarie, eller be chefen registrera frånvaron."),
    ),
    Refusal.ABOVE_AMOUNT_LIMIT: (
        _("Beloppet är högre än din rätt att attestera eller besluta."),
        _("Lämna över till den vars rätt räcker till beloppet."),
    ),
    Refusal.SHOWN_IS_NOT_CURRENT: (
        _("Det du såg gäller inte längre: något har ändrats sedan dess. Ingenting av det du gjorde sparades."),
        _("Läs det som står nu. Har någon redan signerat det gamla behöver månaden granskas och beräknas på nytt."),
    ),
    Refusal.FINDINGS_WITHOUT_WORD: (
        _("Det finns iakttagelser som ingen har tagit ställning till."),
        _("Godta, avfärda med skäl eller vänta på svaret på frågan."),
    ),
    Refusal.FINDING_STOPS: (
        _("En anmärkning stoppar, så inget belopp kan fastställas."),
        _("En faktura återsänds, en ansökan rättas eller kompletteras; eller avfärda anmärkningen med skäl."),
    ),
    Refusal.MONTH_IS_INVOICED: (
        _("Samma månad betalas redan mot en faktura."),
        _("Låt tidrapporterna stå som underlag, eller återsänd fakturan."),
    ),
    Refusal.REASON_IS_MISSING: (
        _("Skäl saknas."),
        _("Skriv med egna ord varför iakttagelsen inte ska gälla."),
    ),
    Refusal.PARTY_IS_NOT_HEARD: (
        _("Beslutet går parten emot, och parten har inte fått se underlaget och yttra sig (FL 25 §)."),
        _("Skicka förslaget till beslut med en dag att svara, eller anteckna varför det inte behövs."),
    ),
    Refusal.TIME_TO_ANSWER_IS_NOT_OVER: (
        _("Parten har ännu tid att yttra sig."),
        _("Fatta beslutet när svaret har kommit eller svarsdagen har gått."),
    ),
    Refusal.FAVOURABLE_DECISION_STANDS: (
        _("Ett beslut till någons fördel får inte ändras till nackdel på den här grunden (FL 37 och 39 §§)."),
        _("Ange en av lagens grunder. Är beslutet överklagat kan det bara ändras till det bättre."),
    ),
    Refusal.DOCUMENTS_ARE_MISSING: (
        _("Handlingar som rutinen kräver har inte kommit in, så inget kan betalas."),
        _("Se checklistan hos utföraren och begär in det som saknas."),
    ),
    Refusal.NOTHING_IS_MISSING: (
        _("Ingen handling som beslutet väntar på saknas."),
        _("Läs om checklistan; det som har kommit in kan ha kommit nyss."),
    ),
    Refusal.COMPLETION_WAS_NOT_ASKED: (
        _("Det som saknas har inte begärts in, så ärendet kan inte avslås för att det saknas."),
        _("Skicka en begäran om komplettering från personakten, och vänta till sista dagen har gått."),
    ),
    Refusal.ANSWER_DAY_HAS_NOT_PASSED: (
        _("Sista dagen att komplettera har inte gått än."),
        _("Vänta till dagen efter, eller besluta när allt har kommit in."),
    ),
    Refusal.PAYEE_IS_MISSING: (
        _("Det finns ingen styrkt betalningsmottagare."),
        _("Registrera betalningsmottagaren mot blankett och kontobevis."),
    ),
    Refusal.LAW_NUMBER_IS_UNCONFIRMED: (
        _("Ett tal i beräkningen vilar på minnet och får inte betalas på förrän någon har bekräftat det."),
        _("Be systemförvaltaren kontrollera talet och bekräfta det."),
    ),
    Refusal.ROUTINE_IS_OVERTAKEN: (
        _("En version som börjar samma dag eller senare är redan antagen, så den här skulle aldrig komma att gälla."),
        _("Skriv en senare första dag i utkastet (valid_from) och spara det igen."),
    ),
    Refusal.ROUTINE_IS_NOT_PUBLISHED: (
        _("Rutinen är inte antagen."),
        _("Den som svarar för verksamheten behöver anta rutinen först."),
    ),
}

DEVIATION_WORDS: Final[dict[Deviation, tuple[str, str | Promise]]] = {
    Deviation.PAYEE_HAS_CHANGED: ("stop", _("ny mottagare eller nytt konto sedan förra betalningen")),
    Deviation.NEVER_PAID_BEFORE: ("ask", _("första betalningen hit")),
    Deviation.PAYEE_IS_MISSING: ("stop", _("ingen mottagare")),
    Deviation.LAW_IS_UNCONFIRMED: ("stop", _("vilar på ett obekräftat tal")),
    Deviation.FINDINGS_WITHOUT_WORD: ("stop", _("iakttagelser utan svar")),
    Deviation.FINDINGS_SET_ASIDE: ("ask", _("avfärdade iakttagelser")),
    Deviation.AMOUNT_IS_FAR: ("ask", _("beloppet avviker från det vanliga")),
    Deviation.NO_EARLIER_MONTH: ("ask", _("ingen tidigare månad att jämföra med")),
    Deviation.IS_LATE: ("stop", _("sen")),
    Deviation.IS_DUE_SOON: ("ask", _("snart sista dag")),
}
"""What deviates, and which mark it is given."""

ACTION_WORDS: Final[dict[str, str | Promise]] = {
    "hand_in": _("lämnade in"),
    "keep_original": _("sparade originalet"),
    "review": _("granskade"),
    "give_word": _("tog ställning till iakttagelser"),
    "reconcile": _("stämde av hemtjänst"),
    "answer_line": _("svarade på en fråga om utförd tid"),
    "decide_above_order": _("beslutade om tid över beställningen"),
    "sign_reconciliation": _("skrev under en avstämd månad"),
    "send_home_care_summary": _("skickade en sammanställning"),
    "agree_self_billing": _("registrerade avtal om självfakturering"),
    "self_bill": _("skrev en faktura åt utföraren"),
    "hand_over_to_fees": _("lämnade utförd tid till avgifterna"),
    "tell_charged_time": _("läste in debiterad tid"),
    "look_at_reconciliation": _("såg avstämningen"),
    "look_at_provider_month": _("såg utförarens månad"),
    "look_at_fee_basis": _("såg underlaget för avgifter"),
    "ask_provider": _("frågade utföraren"),
    "calculate": _("beräknade"),
    "return_claim": _("återlämnade"),
    "reject_claim": _("avslutade utan betalning"),
    "match_hours": _("intygade att timmarna ryms i beslutet"),
    "review_attest": _("granskningsattesterade"),
    "receipt_attest": _("mottagningsattesterade"),
    "decision_attest": _("beslutsattesterade"),
    "authorization_attest": _("behörighetsattesterade"),
    "payment_release": _("frisläppte betalningen"),
    "order": _("beställde betalningen"),
    "run_payments": _("körde betalningar"),
    "take_bank_answer": _("tog emot bankens svar"),
    "book": _("bokförde"),
    "archive": _("arkiverade"),
    "look_at_claim": _("tittade"),
    "control_afterwards": _("kontrollerade i efterhand"),
    "register_payee": _("lade upp betalningsmottagaren"),
    "change_payee": _("ändrade betalningsmottagaren"),
    "register_paying_account": _("ändrade kontot kommunen betalar från"),
    "register_provider": _("lade upp utföraren"),
    "change_provider": _("ändrade uppgifter om utföraren"),
    "register_agreement": _("lade upp ett avtal"),
    "change_agreement": _("ändrade ett avtal"),
    "register_membership": _("gav någon rätt att företräda utföraren"),
    "register_power_of_attorney": _("lade upp en fullmakt"),
    "revoke_power_of_attorney": _("återkallade en fullmakt"),
    "publish_routine": _("antog en rutin"),
    "adopt_attest_list": _("förde in att en attestlista är antagen"),
    "adopt_delegation_order": _("förde in att en delegationsordning är antagen"),
    "register_position": _("lade upp en befattning"),
    "confirm_position": _("bekräftade en befattning"),
    "register_interest": _("anmälde jäv"),
    "change_interest": _("ändrade ett jäv"),
    "give_role": _("gav en roll"),
    "confirm_role": _("bekräftade en roll"),
    "end_role": _("avslutade en roll"),
    "apply": _("ansökte"),
    "register_application": _("registrerade ansökan"),
    "change_application": _("ändrade ansökan"),
    "withdraw_application": _("återkallade ansökan"),
    "look_at_invoice": _("tittade"),
    "register_invoice": _("registrerade fakturan"),
    "allocate": _("fördelade"),
    "settle_credit": _("drog av en kreditfaktura"),
    "open_invoice_claim": _("öppnade ärendet"),
    "account_stamp": _("konterade"),
    "check_invoice": _("prövade fakturan"),
    "state_invoice": _("fastställde fakturans belopp"),
    "decide": _("beslutade"),
    "freeze_state_report": _("låste en tidsredovisning"),
    "attach_state_signature": _("lade till en underskrift"),
    "queue_state_report": _("lade en tidsredovisning i kön"),
    "send_state_reports": _("skickade tidsredovisningar"),
    "settle_state_report": _("lämnade besked om en tidsredovisning"),
    "register_bill": _("registrerade en räkning"),
    "take_back_paper": _("tog emot ett papper som kom tillbaka"),
    "register_provider_notice": _("registrerade kommunens anmälan till IVO"),
    "register_assignment": _("registrerade ett uppdrag"),
    "change_assignment": _("ändrade ett uppdrag"),
    "register_placement": _("registrerade en assistent i ett uppdrag"),
    "change_placement": _("ändrade en assistents tid i ett uppdrag"),
    "notify_assistant": _("anmälde en assistent till Försäkringskassan"),
    "tell_duty": _("antecknade vad som hänt med en blankett"),
    "register_away": _("registrerade en assistents frånvaro"),
    "note_time": _("antecknade tid som inte är assistans"),
    "plan_shifts": _("planerade pass"),
    "strike_shifts": _("strök planerade pass"),
    "register_settlement": _("registrerade en slutavräkning"),
    "look_at_state_registers": _("såg registret över uppdrag och assistenter"),
    "register_grant_period": _("registrerade en beviljandeperiod"),
    "change_grant_period": _("ändrade en beviljandeperiod"),
    "register_state_payment": _("registrerade en utbetalning från staten"),
    "confirm_counting_model": _("bekräftade hur staten räknar de första timmarna"),
    "tell_responsibility": _("angav när kommunen svarar"),
    "propose_decision": _("skickade ett förslag till beslut"),
    "register_hearing_answer": _("registrerade partens svar"),
    "send_decision": _("skickade beslutet"),
    "change_case_decision": _("ändrade beslutet"),
    "register_service": _("registrerade delgivningen"),
    "register_appeal": _("registrerade ett överklagande"),
    "judge_appeal": _("prövade om överklagandet kom in i tid"),
    "reconsider": _("omprövade beslutet"),
    "forward_appeal": _("lämnade över överklagandet"),
    "register_court_answer": _("registrerade domen"),
    "withdraw_appeal": _("registrerade att överklagandet togs tillbaka"),
    "register_demand": _("registrerade en begäran att avgöra ärendet"),
    "answer_demand": _("svarade på begäran att avgöra ärendet"),
    "announce_delay": _("talade om att beslutet dröjer"),
    "return_invoice": _("återsände fakturan"),
    "keep_as_document": _("sparade fakturan som handling"),
    "mark_secret": _("sekretessmarkerade"),
    "register_evidence": _("registrerade en handling"),
    "send_letter": _("skickade ett brev"),
    "ask_for_documents": _("begärde handlingar"),
    "remind_of_documents": _("påminde om handlingar"),
    "write_note": _("skrev en anteckning"),
    "object_to_note": _("förde in en motsatt uppfattning"),
    "look_at_file": _("tittade i personakten"),
    "request_substitute": _("skrev ner ett behov av vikarie"),
    "offer_shift": _("frågade en vikarie"),
    "answer_offer": _("skrev in ett svar"),
    "confirm_booking": _("bekräftade vikarien"),
    "cancel_booking": _("avbokade vikarien"),
    "register_booking_paper": _("registrerade en handling"),
    "escalate_booking": _("lämnade vidare ett behov som ingen hade bekräftat"),
    "propose_on_substitute": _("skickade ett förslag till beslut"),
    "decide_on_substitute": _("beslutade om vikarie"),
    "report_substitute_time": _("lämnade vikariens tid"),
    "state_provider_cost": _("uppgav anordnarens kostnad"),
    "calculate_fee": _("räknade ut avgiften"),
    "review_fee": _("granskade avgiften"),
    "send_invoice_basis": _("skickade fakturaunderlag"),
    "close_without_fee": _("avslutade utan avgift"),
    "register_fee_payment": _("registrerade att avgiften är betald"),
    "look_at_booking": _("tittade"),
    "hand_in_visits": _("lämnade in besök"),
    "hand_in_deviations": _("lämnade in en avvikelseblankett"),
    "note_signal": _("skrev om en signal"),
    "give_system_key": _("skapade en nyckel för ett system"),
    "withdraw_system_key": _("tog tillbaka en nyckel"),
    "give_fee_key": _("gav avgiftssystemet en nyckel"),
    "withdraw_fee_key": _("tog tillbaka avgiftssystemets nyckel"),
    "look_at_visits": _("läste besök"),
    "look_at_signals": _("läste signaler"),
    "look_at_shares": _("läste utförd del av beviljad tid"),
    "place_order": _("beställde hemtjänst"),
    "confirm_order": _("bekräftade beställningen"),
    "decline_order": _("tackade nej till beställningen"),
    "start_service": _("skrev in att hjälpen började"),
    "change_order": _("ändrade beställningen"),
    "pause_order": _("gjorde uppehåll i hjälpen"),
    "resume_order": _("lät hjälpen börja igen"),
    "end_order": _("avslutade beställningen"),
    "report_home_event": _("berättade vad som hänt"),
    "settle_home_notice": _("bockade av"),
    "register_home_paper": _("registrerade en handling om hemtjänst"),
    "remind_of_order": _("påminde om hemtjänst"),
    "look_at_order": _("tittade"),
    "look_at_orders": _("tittade"),
    "register_home_agreement": _("godkände en utförare av hemtjänst"),
    "change_home_agreement": _("ändrade ett avtal om hemtjänst"),
    "change_ceiling": _("ändrade kapacitetstaket"),
    "keep_turn_order": _("förde turordningen"),
    "choose_home_provider": _("skrev in ett val av utförare"),
    "look_at_home_providers": _("tittade"),
    "look_at_turn_order": _("tittade"),
}
"""What the log says was done, for those who read it."""

SIGNATURE_WORDS: Final[dict[str, str | Promise]] = {
    Act.MATCH_HOURS: _("Timkontroll"),
    Act.REVIEW_ATTEST: _("Granskningsattest"),
    Act.RECEIPT_ATTEST: _("Mottagningsattest"),
    Act.DECISION_ATTEST: _("Beslutsattest"),
    Act.AUTHORIZATION_ATTEST: _("Behörighetsattest"),
    Act.PAYMENT_RELEASE: _("Frisläppande av betalning"),
}
"""The signatures a routine can ask for, and a board give rights to."""

INTEREST_WORDS: Final[dict[str, str | Promise]] = {
    InterestKind.SPOUSE: _("gift med"),
    InterestKind.PARTNER: _("sambo med"),
    InterestKind.CHILD: _("barn till"),
    InterestKind.PARENT: _("förälder till"),
    InterestKind.SIBLING: _("syskon till"),
    InterestKind.OTHER_CLOSE: _("på annat sätt närstående till"),
    InterestKind.OWNER: _("ägare av"),
    InterestKind.BOARD_MEMBER: _("i styrelsen för"),
    InterestKind.EMPLOYEE: _("anställd hos"),
    InterestKind.SUBORDINATE: _("underställd"),
}
"""How somebody stands to another or to a company (jäv)."""

NOTE_WORDS: Final[dict[str, str | Promise]] = {
    NoteKind.NOTE: _("Anteckning"),
    NoteKind.PHONE_CALL: _("Telefonsamtal"),
    NoteKind.VISIT: _("Besök"),
    NoteKind.DECISION_BASIS: _("Underlag för beslut"),
    NoteKind.CORRECTION: _("Rättelse"),
}
"""What a note in the case file tells of."""

ROW_WORDS: Final[dict[str, tuple[str, str | Promise]]] = {
    RowState.IN: ("clear", _("inne")),
    RowState.MISSING: ("stop", _("saknas")),
    RowState.OTHER_CASE: ("stop", _("saknas")),
    RowState.WRONG_FORM: ("ask", _("fel form")),
    RowState.NO_LONGER_HOLDS: ("stop", _("gäller inte längre")),
    RowState.NOT_NEEDED: ("tell", _("behövs inte nu")),
    RowState.NOT_KNOWN: ("tell", _("vet inte än")),
}
"""How a row of the checklist stands, and which mark it is given."""

MANDATE_WORDS: Final[dict[str, str | Promise]] = {
    "may_apply": _("ansöka"),
    "may_report": _("redovisa tid"),
    "may_see": _("se beslut"),
    "may_receive": _("ta emot pengar"),
}
"""What a power of attorney lets an agent do, by the name of its field."""

ACCOUNT_WORDS: Final[dict[str, str | Promise]] = {
    "bankgiro": _("Bankgiro"),
    "plusgiro": _("Plusgiro"),
    "bank_account": _("Bankkonto"),
    "iban": _("IBAN"),
}

UNIT_WORDS: Final[dict[str, str | Promise]] = {
    "day": _("dag"),
    "week": _("vecka"),
    "month": _("månad"),
    "period": _("period"),
}

ABSENCE_WORDS: Final[dict[str, str | Promise]] = {
    "hospital": _("Sjukhus"),
    "school": _("Skola"),
    "daily_activity": _("Daglig verksamhet"),
}

PROVIDER_WORDS: Final[dict[str, str | Promise]] = {
    "company": _("Företag"),
    "cooperative": _("Kooperativ"),
    "own_employer": _("Egen arbetsgivare"),
    "municipality": _("Kommunen"),
}

KIND_WORDS: Final[dict[str, str | Promise]] = {
    ClaimKind.ASSISTANCE: _("Utförd personlig assistans"),
    ClaimKind.SICK_COST: _("Merkostnad vid ordinarie assistents sjukdom"),
    ClaimKind.FIRST_TWENTY_HOURS: _("De första tjugo timmarna per vecka"),
    ClaimKind.HOME_CARE: _("Hemtjänst"),
    ClaimKind.SUBSTITUTE_FEE: _("Kommunens vikarie"),
    ClaimKind.STATE_ASSISTANCE: _("Statlig assistansersättning"),
}
"""What a case is about."""

OUTCOME_WORDS: Final[dict[str, str | Promise]] = {
    Outcome.GRANTED: _("Bifall"),
    Outcome.PARTLY_GRANTED: _("Delavslag"),
    Outcome.REFUSED: _("Avslag"),
}
"""What a decision comes to."""
