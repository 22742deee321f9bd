"""The access table itself, as data: every opened cell with its reason in Swedish."""

from timvis.core.access.deciding import DECIDING
from timvis.core.access.home_choices import HOME_CHOICES
from timvis.core.access.home_orders import HOME_ORDERS
from timvis.core.access.house import HOUSE
from timvis.core.access.reconciliation import RECONCILIATION
from timvis.core.access.rows import Row, open_to
from timvis.core.access.state import STATE_ROWS
from timvis.core.access.substitutes import SUBSTITUTES
from timvis.core.access.terms import NEW, Action, ClaimStatus, Relation, Role
from timvis.core.access.visits import VISITS

_S, _A = ClaimStatus, Action
_HANDED_IN_ANEW = (NEW, _S.RECEIVED, _S.IN_REVIEW, _S.WAITING_FOR_PROVIDER, _S.RETURNED)
_BEFORE_ORDER = (_S.RECEIVED, _S.IN_REVIEW, _S.WAITING_FOR_PROVIDER, _S.CALCULATED, _S.ATTESTED)
_SIGNABLE = (_S.CALCULATED, _S.ATTESTED)

_OFFICE = (Role.CASE_OFFICER, Role.ADMINISTRATIVE_ASSISTANT)
_HEADS = (Role.SECTION_HEAD, Role.AUTHORITY_HEAD, Role.HEAD_OF_SOCIAL_SERVICES, Role.BUDGET_OWNER)
_FINANCE = (Role.FINANCE_ASSISTANT, Role.ADMINISTRATIVE_ASSISTANT)
_OVERSIGHT = (Role.CONTROLLER, Role.AUDITOR)
_MANAGERS = (Role.SECTION_HEAD, Role.AUTHORITY_HEAD, Role.HEAD_OF_SOCIAL_SERVICES)
_STAFF = (Role.CASE_OFFICER, *_FINANCE, *_HEADS)
_EMPLOYER = (Role.PROVIDER_ADMIN, Role.OWN_EMPLOYER)
_RECEIVERS = (Role.CASE_OFFICER, Role.ADMINISTRATIVE_ASSISTANT, Role.FINANCE_ASSISTANT)
_HERE = Relation.OWN_MUNICIPALITY

POLICY: tuple[Row, ...] = (
    # --- those outside the authority ---------------------------------------------------------------------
    *open_to(
        _EMPLOYER,
        (_A.HAND_IN, _A.KEEP_ORIGINAL),
        Relation.OWN_PROVIDER,
        "Anordnaren redovisar de timmar den själv har utfört.",
        states=_HANDED_IN_ANEW,
    ),
    *open_to(
        _EMPLOYER,
        (_A.LOOK_AT_CLAIM, _A.LOOK_AT_DECISION, _A.LOOK_AT_PAYMENT),
        Relation.OWN_PROVIDER,
        "Anordnaren ser sina egna redovisningar, varför de betalades som de gjorde, och när.",
    ),
    *open_to(
        _EMPLOYER,
        (_A.REGISTER_ASSISTANT, _A.CHANGE_ASSISTANT),
        Relation.OWN_PROVIDER,
        "Arbetsgivaren lämnar uppgifter om sina assistenter innan de arbetar (LSS 11 a §).",
    ),
    *open_to(
        (Role.RECIPIENT, Role.OWN_EMPLOYER),
        (_A.HAND_IN, _A.KEEP_ORIGINAL),
        Relation.SELF,
        "Den som har insatsen får själv redovisa sin månad.",
        states=_HANDED_IN_ANEW,
    ),
    *open_to(
        (Role.RECIPIENT, Role.OWN_EMPLOYER),
        (_A.LOOK_AT_CLAIM, _A.LOOK_AT_PERSON, _A.LOOK_AT_DECISION, _A.LOOK_AT_PAYMENT),
        Relation.SELF,
        "Var och en får se sina egna uppgifter.",
    ),
    *open_to(
        (Role.RECIPIENT, Role.OWN_EMPLOYER),
        (_A.REVOKE_POWER_OF_ATTORNEY,),
        Relation.SELF,
        "Den som har gett en fullmakt får när som helst ta tillbaka den.",
    ),
    *open_to(
        (Role.RECIPIENT, Role.OWN_EMPLOYER),
        (_A.LOOK_AT_FILE, _A.OBJECT_TO_NOTE),
        Relation.SELF,
        "Var och en läser sin egen akt, och får sin uppfattning antecknad där den skiljer sig (FL 10 §, LSS 21 b §).",
    ),
    *open_to(
        (Role.AGENT,),
        (_A.HAND_IN, _A.KEEP_ORIGINAL),
        Relation.AGENT,
        "Ombudet redovisar i den enskildes ställe, så långt fullmakten räcker.",
        states=_HANDED_IN_ANEW,
    ),
    *open_to(
        (Role.AGENT,),
        (_A.LOOK_AT_CLAIM, _A.LOOK_AT_DECISION, _A.LOOK_AT_PAYMENT),
        Relation.AGENT,
        "Ombudet ser det som fullmakten gäller.",
    ),
    *open_to(
        (Role.AGENT,),
        (_A.LOOK_AT_FILE,),
        Relation.AGENT,
        "Ombudet läser akten när fullmakten säger att ombudet får se besluten.",
    ),
    # --- an application ------------------------------------------------------------------------------------
    *open_to(
        (Role.RECIPIENT, Role.OWN_EMPLOYER),
        (_A.APPLY, _A.CHANGE_APPLICATION, _A.WITHDRAW_APPLICATION),
        Relation.SELF,
        "Den som har insatsen ansöker själv om det den har kostat, och får ändra och återkalla sin ansökan.",
        states=_HANDED_IN_ANEW,
    ),
    *open_to(
        _EMPLOYER,
        (_A.APPLY, _A.CHANGE_APPLICATION, _A.WITHDRAW_APPLICATION),
        Relation.OWN_PROVIDER,
        "Arbetsgivaren ansöker om den enskildes merkostnad: för egen del, eller som ombud med fullmakt.",
        states=_HANDED_IN_ANEW,
    ),
    *open_to(
        (Role.AGENT,),
        (_A.APPLY, _A.CHANGE_APPLICATION, _A.WITHDRAW_APPLICATION),
        Relation.AGENT,
        "Ombudet ansöker i den enskildes ställe, så långt fullmakten räcker.",
        states=_HANDED_IN_ANEW,
    ),
    *open_to(
        _OFFICE,
        (_A.REGISTER_APPLICATION, _A.CHANGE_APPLICATION, _A.WITHDRAW_APPLICATION),
        _HERE,
        "En ansökan på papper eller per telefon skrivs in av kommunen, som också rättar och tar emot återkallelser.",
        states=(NEW, *_BEFORE_ORDER),
    ),
    # --- the month's way ---------------------------------------------------------------------------------
    *open_to(
        _OFFICE,
        (_A.HAND_IN, _A.KEEP_ORIGINAL),
        _HERE,
        "Den som redovisar på papper får sin redovisning registrerad av kommunen (FL 6 §).",
        states=_HANDED_IN_ANEW,
    ),
    *open_to(
        (Role.CASE_OFFICER,),
        (_A.REVIEW, _A.GIVE_WORD, _A.ASK_PROVIDER, _A.CALCULATE, _A.RETURN_CLAIM, _A.REJECT_CLAIM),
        _HERE,
        "Handläggaren granskar mot beslut och lag, och har ordet om varje iakttagelse.",
        states=_BEFORE_ORDER,
    ),
    # --- an invoice ---------------------------------------------------------------------------------------
    *open_to(
        _RECEIVERS,
        (_A.REGISTER_INVOICE, _A.MARK_SECRET, _A.SETTLE_CREDIT, _A.OPEN_INVOICE_CLAIM, _A.KEEP_AS_DOCUMENT),
        _HERE,
        "Fakturor tas emot och registreras av den som kommunen har satt till det; inget betalas av det.",
    ),
    *open_to(
        (Role.FINANCE_ASSISTANT,),
        (_A.KEEP_ORIGINAL,),
        _HERE,
        "Fakturans original sparas av den som registrerar den.",
    ),
    *open_to(
        (Role.SYSTEM,),
        (_A.REGISTER_INVOICE, _A.KEEP_ORIGINAL),
        _HERE,
        "E-fakturor tas emot dygnet runt; att ta emot en är inte att godta den.",
    ),
    *open_to(
        _RECEIVERS,
        (_A.ALLOCATE, _A.ACCOUNT_STAMP),
        _HERE,
        "Den som registrerar fakturan fördelar den på brukare och sätter konteringsstämpeln.",
        states=(NEW, *_BEFORE_ORDER),
    ),
    *open_to(
        (Role.AUTHORITY_HEAD,),
        (_A.ACCOUNT_STAMP,),
        _HERE,
        "Där rutinen säger det konterar myndighetschefen.",
        states=_BEFORE_ORDER,
    ),
    *open_to(
        _RECEIVERS,
        (_A.CHECK_INVOICE, _A.STATE_INVOICE),
        _HERE,
        "Prövningen föreslår bara, och en faktura kan inte fastställas till annat än sitt eget belopp.",
        states=_BEFORE_ORDER,
    ),
    *open_to(
        (Role.SYSTEM,),
        (_A.CHECK_INVOICE,),
        _HERE,
        "Prövningen föreslår bara; därför får den köras så snart fakturan har kommit in.",
        states=(_S.RECEIVED, _S.IN_REVIEW, _S.WAITING_FOR_PROVIDER),
    ),
    *open_to(
        _RECEIVERS,
        (_A.RETURN_INVOICE,),
        _HERE,
        "Den som ser att fakturan inte stämmer ber om en ny; ingenting betalas på den gamla.",
        states=(NEW, *_BEFORE_ORDER),
    ),
    *DECIDING,
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT, Role.FINANCE_ASSISTANT),
        (_A.REGISTER_REFERENCE,),
        _HERE,
        "Kommunens egna referenser läggs upp av den som tar emot fakturorna.",
    ),
    *STATE_ROWS,
    *open_to(
        (*_RECEIVERS, *_HEADS, *_OVERSIGHT),
        (_A.LOOK_AT_INVOICE,),
        _HERE,
        "Den som tar emot, attesterar eller granskar fakturan behöver se den; varje blick loggas.",
    ),
    *open_to(
        _EMPLOYER,
        (_A.LOOK_AT_INVOICE,),
        Relation.OWN_PROVIDER,
        "Anordnaren ser sina egna fakturor och vad som har blivit av dem.",
    ),
    *open_to(
        (Role.SYSTEM,),
        (_A.REVIEW,),
        _HERE,
        "Granskningen föreslår bara; därför får den köras så snart något har kommit in.",
        states=(_S.RECEIVED, _S.IN_REVIEW, _S.WAITING_FOR_PROVIDER),
    ),
    *open_to(
        (Role.CASE_OFFICER, *_FINANCE),
        (_A.MATCH_HOURS,),
        _HERE,
        "Den som har sett beslutet intygar att fakturans timmar ryms i det.",
        states=_SIGNABLE,
    ),
    *open_to(
        _FINANCE,
        (_A.AUTHORIZATION_ATTEST,),
        _HERE,
        "Behörighetsattest: den som prövar att rätt personer har attesterat, där rutinen nämner en person.",
        states=_SIGNABLE,
    ),
    *open_to(
        (Role.CASE_OFFICER, *_FINANCE),
        (_A.REVIEW_ATTEST,),
        _HERE,
        "Granskningsattest: den som har prövat underlaget.",
        states=_SIGNABLE,
    ),
    *open_to(
        (Role.CASE_OFFICER, Role.ADMINISTRATIVE_ASSISTANT, Role.SECTION_HEAD, Role.AUTHORITY_HEAD),
        (_A.RECEIPT_ATTEST,),
        _HERE,
        "Mottagningsattest: den som vet att insatsen är utförd.",
        states=_SIGNABLE,
    ),
    *open_to(
        _HEADS,
        (_A.DECISION_ATTEST,),
        _HERE,
        "Beslutsattest: den som svarar för kostnaden enligt nämndens attestlista.",
        states=_SIGNABLE,
    ),
    *open_to(
        (Role.MUNICIPAL_DIRECTOR,),
        (_A.DECISION_ATTEST,),
        _HERE,
        "Närmast högre chef beslutsattesterar när socialchefen är jävig.",
        states=_SIGNABLE,
    ),
    *open_to(
        (*_FINANCE, Role.BUDGET_OWNER),
        (_A.PAYMENT_RELEASE,),
        _HERE,
        "Betalningen frisläpps av någon annan än den som beslutsattesterade.",
        states=_SIGNABLE,
    ),
    *open_to(
        (*_FINANCE, Role.SYSTEM),
        (_A.ORDER,),
        _HERE,
        "En attesterad redovisning blir en betalningsorder; den som beställer bestämmer ingenting.",
        states=(_S.ATTESTED,),
    ),
    *open_to(
        (*_FINANCE, Role.SYSTEM),
        (_A.RUN_PAYMENTS, _A.TAKE_BANK_ANSWER, _A.BOOK),
        _HERE,
        "Ekonomi kör betalningar, tar emot bankens svar och bokför det som redan är attesterat.",
    ),
    *open_to(
        (*_OFFICE, Role.FINANCE_ASSISTANT, Role.SYSTEM),
        (_A.ARCHIVE,),
        _HERE,
        "Ett avslutat ärende läggs till arkivet.",
        states=(_S.BOOKED, _S.REJECTED),
    ),
    # --- what the municipality knows -----------------------------------------------------------------------
    *open_to(
        _OFFICE,
        (
            _A.REGISTER_RECIPIENT,
            _A.CHANGE_RECIPIENT,
            _A.REGISTER_PROVIDER,
            _A.CHANGE_PROVIDER,
            _A.REGISTER_MEMBERSHIP,
            _A.REGISTER_ASSISTANT,
            _A.CHANGE_ASSISTANT,
            _A.REGISTER_POWER_OF_ATTORNEY,
            _A.REVOKE_POWER_OF_ATTORNEY,
            _A.REGISTER_ABSENCE,
            _A.REGISTER_EVIDENCE,
            _A.REGISTER_AGREEMENT,
            _A.CHANGE_AGREEMENT,
        ),
        _HERE,
        "Kommunen för de uppgifter som handläggningen vilar på.",
    ),
    *open_to(
        (*_OFFICE, Role.SECTION_HEAD, Role.AUTHORITY_HEAD),
        (_A.SEND_LETTER, _A.ASK_FOR_DOCUMENTS),
        _HERE,
        "Den som handlägger ett ärende skriver till dem som det rör, och begär det som saknas.",
    ),
    *open_to(
        (Role.SYSTEM,),
        (_A.REMIND_OF_DOCUMENTS,),
        _HERE,
        "Klockan påminner om det som en handläggare redan har begärt in; den begär ingenting nytt.",
    ),
    *open_to(
        (*_OFFICE, *_MANAGERS),
        (_A.WRITE_NOTE, _A.OBJECT_TO_NOTE),
        _HERE,
        "Den som handlägger dokumenterar, och för in den enskildes motsatta uppfattning (LSS 21 a–b §§).",
    ),
    *open_to(
        (Role.CASE_OFFICER,),
        (_A.REGISTER_INCAPACITY,),
        _HERE,
        "Bedömningen att en assistent saknar förmåga är handläggarens (LSS 9 d §).",
    ),
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT,),
        (_A.REGISTER_PAYEE, _A.CHANGE_PAYEE),
        _HERE,
        "Konton läggs upp mot blankett och kontobevis, aldrig av den som handlägger ärendet.",
    ),
    *open_to(
        (Role.CASE_OFFICER, Role.SECTION_HEAD, Role.AUTHORITY_HEAD),
        (_A.REGISTER_DECISION, _A.CHANGE_DECISION, _A.TELL_RESPONSIBILITY),
        _HERE,
        "Beslut om insatsen fattas enligt nämndens delegationsordning.",
    ),
    *open_to(
        (Role.SECTION_HEAD, Role.AUTHORITY_HEAD, Role.HEAD_OF_SOCIAL_SERVICES, Role.SYSTEM),
        (_A.DRAFT_ROUTINE,),
        _HERE,
        "En rutin kan läggas in som utkast; den gäller inte förrän den är antagen.",
    ),
    *open_to(
        (Role.AUTHORITY_HEAD, Role.HEAD_OF_SOCIAL_SERVICES),
        (_A.PUBLISH_ROUTINE,),
        _HERE,
        "Den som svarar för verksamheten antar rutinen.",
    ),
    *open_to(
        (Role.SECTION_HEAD, Role.AUTHORITY_HEAD, Role.HEAD_OF_SOCIAL_SERVICES, *_OVERSIGHT),
        (_A.SIMULATE_ROUTINE,),
        _HERE,
        "Vad en ny rutin hade betytt för förra årets ärenden ska synas innan den slås på.",
    ),
    # --- who may attest and decide, and who is too near to -------------------------------------------------
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT, *_MANAGERS),
        (_A.DRAFT_ATTEST_LIST, _A.DRAFT_DELEGATION_ORDER),
        _HERE,
        "Attestlista och delegationsordning skrivs av förvaltningen; ingen får en rätt förrän nämnden har antagit dem.",
    ),
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT, *_MANAGERS, Role.SYSTEM_OPERATOR),
        (_A.ADOPT_ATTEST_LIST, _A.ADOPT_DELEGATION_ORDER),
        _HERE,
        "Nämndens beslut förs in av en annan än den som skrev listan, och aldrig av någon som listan ger en rätt.",
    ),
    *open_to(
        (*_MANAGERS, Role.SYSTEM_OPERATOR),
        (_A.REGISTER_POSITION, _A.CONFIRM_POSITION),
        _HERE,
        "Vem som har en befattning läggs upp av en person och bekräftas av en annan.",
    ),
    *open_to(
        _STAFF,
        (_A.REGISTER_OFF_DUTY, _A.REGISTER_INTEREST, _A.LOOK_AT_INTERESTS),
        Relation.SELF,
        "Var och en anmäler sin egen frånvaro och sitt eget jäv (FL 18 §).",
    ),
    *open_to(
        _MANAGERS,
        (_A.REGISTER_OFF_DUTY, _A.REGISTER_INTEREST, _A.CHANGE_INTEREST, _A.LOOK_AT_INTERESTS),
        _HERE,
        "Chefen vet vem som är borta och prövar den som är jävig; ett jäv tas aldrig bort av den det gäller.",
    ),
    *open_to(
        (*_STAFF, *_OVERSIGHT, Role.SYSTEM_OPERATOR),
        (_A.LOOK_AT_ATTEST_RIGHTS, _A.LOOK_AT_DELEGATION),
        _HERE,
        "Vem som får attestera och besluta är ingen hemlighet för dem som arbetar efter det.",
    ),
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT, *_MANAGERS, *_OVERSIGHT),
        (_A.LOOK_AT_DELEGATED_DECISIONS,),
        _HERE,
        "Förvaltningen anmäler delegationsbesluten till nämnden, och de som granskar kan följa dem (KL 7:8).",
    ),
    # --- looking -------------------------------------------------------------------------------------------
    *open_to(
        (*_OFFICE, Role.SECTION_HEAD, Role.AUTHORITY_HEAD, Role.HEAD_OF_SOCIAL_SERVICES, *_OVERSIGHT),
        (_A.LOOK_AT_CLAIM, _A.LOOK_AT_PERSON, _A.LOOK_AT_DECISION, _A.LOOK_AT_PAYMENT),
        _HERE,
        "Den som handlägger, svarar för eller granskar ärendet behöver se det; varje blick loggas.",
    ),
    *open_to(
        (*_OFFICE, *_MANAGERS, *_OVERSIGHT),
        (_A.LOOK_AT_FILE,),
        _HERE,
        "Personakten läses av dem som handlägger, svarar för eller granskar; varje blick loggas.",
    ),
    *open_to(
        (Role.FEE_OFFICER, Role.STAFFING_ASSISTANT, Role.DUTY_SUPERVISOR),
        (_A.LOOK_AT_PERSON, _A.LOOK_AT_DECISION),
        _HERE,
        "Den som bokar vikarie eller räknar avgift ser vem det gäller och vad som är beviljat, inte pengarna.",
    ),
    *open_to(
        (*_OFFICE, Role.FINANCE_ASSISTANT, *_HEADS),
        (_A.LOOK_AT_ATTESTS,),
        _HERE,
        "Den som attesterar ser samlat det som väntar på just hennes underskrift.",
    ),
    *open_to(
        (Role.FINANCE_ASSISTANT, Role.BUDGET_OWNER, Role.MUNICIPAL_DIRECTOR),
        (_A.LOOK_AT_CLAIM, _A.LOOK_AT_PAYMENT, _A.LOOK_AT_LEDGER),
        _HERE,
        "Den som betalar eller svarar för kostnaden ser beloppet och dess skäl, inte personen i övrigt.",
    ),
    *open_to(
        (Role.ADMINISTRATIVE_ASSISTANT, Role.HEAD_OF_SOCIAL_SERVICES, *_OVERSIGHT),
        (_A.LOOK_AT_LEDGER,),
        _HERE,
        "Bokföringen ska kunna läsas av dem som för den och dem som kontrollerar den.",
    ),
    *open_to(
        (Role.SECTION_HEAD, Role.AUTHORITY_HEAD, Role.AUDITOR),
        (_A.LOOK_AT_LOG,),
        _HERE,
        "Loggen följs upp av dem som svarar för att ingen ser mer än den behöver.",
    ),
    *open_to(
        _OVERSIGHT,
        (_A.CONTROL_AFTERWARDS, _A.LOOK_AT_INTERESTS),
        _HERE,
        "Efterkontrollen görs av någon som inte har haft ärendet i sin hand.",
    ),
    *open_to(
        (*_OVERSIGHT, *_MANAGERS),
        (_A.LOOK_AT_AFTER_CONTROL,),
        _HERE,
        "Månadens ändringar i fasta uppgifter och stickprovet läses av dem som kontrollerar och svarar för dem.",
    ),
    # --- the house itself ----------------------------------------------------------------------------------
    *HOUSE,
    *SUBSTITUTES,
    *HOME_CHOICES,
    *HOME_ORDERS,
    *VISITS,
    *RECONCILIATION,
)
"""The access table. Read it with `timvis policy`."""
