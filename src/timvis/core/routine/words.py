"""What everything a routine can say is called in Swedish, for drawings, differences and pages."""

from collections.abc import Mapping
from enum import StrEnum

from timvis.core.access import Role
from timvis.core.records import ProviderKind, Regime
from timvis.core.review.rule import Severity
from timvis.core.routine.records import Act, Check, ClaimKind, Needed, OnFinding, Way
from timvis.core.routine.terms import (
    STATE_AGENCY,
    AttestBy,
    DecisionBasis,
    Disqualification,
    DocumentForm,
    Holds,
    IfMissing,
    InvoiceRole,
    LetterWay,
    LetterWhen,
    PersonalData,
    PostingKind,
    Reference,
    TiedTo,
    UnwantedInvoice,
)

ROLES: Mapping[str, str] = {
    Role.PROVIDER_ADMIN: "utföraren",
    Role.OWN_EMPLOYER: "egen arbetsgivare",
    Role.RECIPIENT: "den enskilde",
    Role.AGENT: "ombudet",
    Role.CASE_OFFICER: "handläggare",
    Role.FINANCE_ASSISTANT: "ekonomiassistent",
    Role.ADMINISTRATIVE_ASSISTANT: "administrativ assistent",
    Role.SECTION_HEAD: "sektionschef",
    Role.AUTHORITY_HEAD: "myndighetschef",
    Role.HEAD_OF_SOCIAL_SERVICES: "socialchef",
    Role.MUNICIPAL_DIRECTOR: "kommundirektör",
    Role.BUDGET_OWNER: "budgetansvarig",
    Role.FEE_OFFICER: "avgiftshandläggare",
    Role.STAFFING_ASSISTANT: "bemanningsassistent",
    Role.DUTY_SUPERVISOR: "arbetsledare jourtid",
    Role.CONTROLLER: "controller",
    Role.AUDITOR: "revisor",
    Role.SYSTEM_OPERATOR: "systemförvaltare",
    Role.SYSTEM: "Timvis självt",
    STATE_AGENCY: "Försäkringskassan",
}

ACTS: Mapping[str, str] = {
    Act.APPLY: "ansöker",
    Act.CHOOSE_PROVIDER: "väljer utförare",
    Act.PLACE_ORDER: "beställer insatsen",
    Act.CONFIRM_ORDER: "bekräftar beställningen",
    Act.START_SERVICE: "påbörjar insatsen",
    Act.WRITE_PLAN: "skriver genomförandeplan",
    Act.BOOK_SUBSTITUTE: "bokar vikarie",
    Act.CONFIRM_BOOKING: "bekräftar bokningen",
    Act.REGISTER_ASSISTANT: "anmäler assistenten",
    Act.HAND_IN: "lämnar in",
    Act.REGISTER: "registrerar",
    Act.ACCOUNT_STAMP: "konteringsstämplar",
    Act.REVIEW: "granskar",
    Act.GIVE_WORD: "tar ställning till iakttagelser",
    Act.DECIDE: "beslutar",
    Act.SEND_DECISION: "skickar beslutet",
    Act.CALCULATE: "beräknar",
    Act.SEND_SUMMARY: "skickar sammanställningen",
    Act.MATCH_HOURS: "stämmer av timmarna",
    Act.REVIEW_ATTEST: "granskningsattesterar",
    Act.RECEIPT_ATTEST: "mottagningsattesterar",
    Act.DECISION_ATTEST: "beslutsattesterar",
    Act.AUTHORIZATION_ATTEST: "behörighetsattesterar",
    Act.PAYMENT_RELEASE: "frisläpper betalningen",
    Act.ORDER: "beställer betalningen",
    Act.RUN_PAYMENTS: "kör betalningen",
    Act.TAKE_BANK_ANSWER: "tar emot bankens svar",
    Act.BOOK: "bokför",
    Act.ALLOCATE: "fördelar kostnaden",
    Act.SEND_INVOICE_BASIS: "skickar fakturaunderlag",
    Act.SEND_REPORT: "skickar rapporten",
    Act.SEND_BILL: "skickar räkningen",
    Act.REPORT_FEE_BASIS: "lämnar avgiftsunderlag",
    Act.RETURN_DOCUMENTS: "lämnar tillbaka handlingar",
    Act.ARCHIVE: "arkiverar",
}

CHECKS: Mapping[str, str] = {
    Check.FINDINGS_HAVE_WORD: "alla iakttagelser är besvarade",
    Check.LAW_IS_CONFIRMED: "lagens tal är bekräftade",
    Check.DOCUMENTS_ARE_IN: "handlingarna har kommit in",
    Check.PAYEE_IS_KNOWN: "betalningsmottagaren är känd",
    Check.F_TAX: "utföraren har F-skatt",
    Check.EMPLOYER_IS_REGISTERED: "utföraren är registrerad arbetsgivare",
}

ON_FINDING: Mapping[str, str] = {
    OnFinding.ASK_FOR_WORD: "någon tar ställning till den",
    OnFinding.RETURN_TO_PROVIDER: "det går tillbaka till utföraren",
}

WAYS: Mapping[str, str] = {
    Way.E_SERVICE: "e-tjänst",
    Way.PAPER: "papper",
    Way.APPLICATION: "ansökan",
    Way.INVOICE: "faktura",
    Way.E_INVOICE: "e-faktura",
    Way.SECURE_MAIL: "säker e-post",
    Way.TELEPHONE: "telefon",
    Way.CARE_SYSTEM: "verksamhetssystemet",
    Way.TIME_REGISTRATION: "tidregistrering på plats",
    Way.ELECTRONIC_TIME_REPORT: "elektronisk tidsredovisning",
}

NEEDED: Mapping[str, str] = {
    Needed.BEFORE_START: "innan insatsen börjar",
    Needed.BEFORE_FIRST_CLAIM: "före det första anspråket",
    Needed.BEFORE_FIRST_PAYMENT: "före första betalningen",
    Needed.EACH_MONTH: "varje månad",
    Needed.EACH_CLAIM: "med varje anspråk",
    Needed.FROM_SICK_DAY: "från en viss sjukdag",
    Needed.ON_REQUEST: "när kommunen begär det",
    Needed.AFTERWARDS: "i efterhand",
}

INVOICE_ROLES: Mapping[str, str] = {
    InvoiceRole.NONE: "ingen faktura",
    InvoiceRole.OPENS_THE_CASE: "fakturan öppnar ärendet",
    InvoiceRole.WITH_APPLICATION: "faktura tillsammans med ansökan",
    InvoiceRole.AFTER_DECISION: "faktura efter beslutet",
    InvoiceRole.AFTER_SUMMARY: "faktura efter kommunens sammanställning",
}

UNWANTED_INVOICES: Mapping[str, str] = {
    UnwantedInvoice.RETURN: "skickas tillbaka",
    UnwantedInvoice.KEEP_AS_DOCUMENT: "sparas som handling, utan förfallodag",
    UnwantedInvoice.ASK_FOR_NEW: "en ny faktura begärs",
}

REFERENCES: Mapping[str, str] = {
    Reference.INVOICE_NUMBER: "fakturanummer",
    Reference.INVOICE_DATE: "fakturadatum",
    Reference.APPLICATION_NUMBER: "ansökans nummer",
    Reference.REFERENCE_NUMBER: "referensnummer",
    Reference.DECISION_DATE: "beslutsdatum",
    Reference.ORDER_REFERENCE: "beställarreferens",
    Reference.PERIOD: "period",
    Reference.PLACE: "område",
    Reference.SERVICE: "insats",
    Reference.HOURS_AND_PRICE: "timmar och pris",
    Reference.FIRST_DAY_OF_NEW_RECIPIENTS: "första dagen för nya brukare",
    Reference.PLAN_IS_SENT: "att genomförandeplanen är skickad",
    Reference.CONDITIONS_ARE_MET: "att lagens villkor är uppfyllda",
}

PERSONAL_DATA: Mapping[str, str] = {
    PersonalData.NONE: "inga",
    PersonalData.INITIALS_AND_FOUR_DIGITS: "initialer och fyra siffror",
    PersonalData.NAME: "namn, utan personnummer",
    PersonalData.NAME_AND_NUMBER: "namn och personnummer",
}

DOCUMENT_FORMS: Mapping[str, str] = {
    DocumentForm.COPY: "kopia",
    DocumentForm.ORIGINAL_ON_PAPER: "original på papper",
    DocumentForm.PDF: "PDF",
    DocumentForm.WHOLE: "helt",
    DocumentForm.WHOLE_MASKED: "helt, med det känsliga maskerat",
    DocumentForm.PAGE_TWO: "bara sidan två",
    DocumentForm.WITH_SIGNATURE: "med underskrift",
}

HOLDS: Mapping[str, str] = {
    Holds.EACH_TIME: "en gång",
    Holds.UNTIL_CHANGED: "tills något ändras",
    Holds.UNTIL_REVOKED: "tills den återkallas",
}

IF_MISSING: Mapping[str, str] = {
    IfMissing.ASK: "den begärs in",
    IfMissing.PAYMENT_WAITS: "betalningen väntar",
    IfMissing.REFUSE: "avslag",
    IfMissing.NOTHING_FROM_THAT_DAY: "inget ersätts från den dagen",
}

ATTEST_BY: Mapping[str, str] = {
    AttestBy.ROLE: "rollen",
    AttestBy.ATTEST_LIST: "rollen och den antagna attestlistan",
}

TIED_TO: Mapping[str, str] = {TiedTo.PERSON: "person", TiedTo.POSITION: "befattning"}

DISQUALIFICATIONS: Mapping[str, str] = {
    Disqualification.OWN_PAYMENT: "betalning till en själv",
    Disqualification.CLOSE_RELATIVE: "närståendes ärende",
    Disqualification.OWN_COMPANY: "det egna företagets ärende",
    Disqualification.OWN_EXPENSE: "egna utgifter",
    Disqualification.SUPERIORS_EXPENSE: "överordnads utgifter",
}

LETTER_WHENS: Mapping[str, str] = {
    LetterWhen.DONE: "när steget är gjort",
    LetterWhen.GRANTED: "vid bifall",
    LetterWhen.PARTLY_GRANTED: "vid delavslag",
    LetterWhen.REFUSED: "vid avslag",
    LetterWhen.HOURS_DIFFER: "när timmarna inte stämmer",
    LetterWhen.UNWANTED_INVOICE: "när en faktura inte kan tas emot",
    LetterWhen.DOCUMENT_IS_MISSING: "när en handling saknas",
    LetterWhen.IS_LATE: "när dagen har gått",
    LetterWhen.FINDING: "vid en iakttagelse",
}

LETTER_WAYS: Mapping[str, str] = {
    LetterWay.LETTER: "brev",
    LetterWay.GIVEN_ADDRESS: "brev till den adress som ansökan anger",
    LetterWay.E_MAIL: "e-post",
    LetterWay.E_SERVICE: "e-tjänst",
    LetterWay.CARE_SYSTEM: "verksamhetssystemet",
    LetterWay.INVOICE_RESPONSE: "svar på e-fakturan",
    LetterWay.REMITTANCE: "text på utbetalningen",
}

DECISION_BASES: Mapping[str, str] = {
    DecisionBasis.LSS_9_2: "LSS 9 § 2",
    DecisionBasis.LSS_9_2_TEMPORARY: "LSS 9 § 2, tillfällig utökning",
    DecisionBasis.LSS_9_2_SICKNESS: "LSS 9 § 2, assistents sjukdom",
    DecisionBasis.SFB_51: "socialförsäkringsbalken 51 kap.",
    DecisionBasis.SOL: "socialtjänstlagen",
}

POSTING_KINDS: Mapping[str, str] = {
    PostingKind.ALWAYS: "alltid",
    PostingKind.RUNNING_COST: "driftkostnad",
    PostingKind.INVESTMENT: "investering",
    PostingKind.INTERNAL: "internt",
}

PROVIDER_KINDS: Mapping[str, str] = {
    ProviderKind.COMPANY: "företag",
    ProviderKind.COOPERATIVE: "kooperativ",
    ProviderKind.OWN_EMPLOYER: "egen arbetsgivare",
    ProviderKind.MUNICIPALITY: "kommunen",
}

CLAIM_KINDS: Mapping[str, str] = {
    ClaimKind.ASSISTANCE: "utförd assistans",
    ClaimKind.SICK_COST: "sjuklönekostnad",
    ClaimKind.FIRST_TWENTY_HOURS: "de första tjugo timmarna",
    ClaimKind.HOME_CARE: "hemtjänst",
    ClaimKind.SUBSTITUTE_FEE: "avgift för vikarie",
    ClaimKind.STATE_ASSISTANCE: "statlig assistansersättning",
}

REGIMES: Mapping[str, str] = {Regime.LSS: "kommunens beslut (LSS)", Regime.SFB: "statens beslut (SFB)"}

SEVERITIES: Mapping[str, str] = {
    Severity.REFUSES: "ersätts inte",
    Severity.STOPS: "stoppar",
    Severity.ASKS: "frågar",
    Severity.INFORMS: "upplyser",
}

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Role: ROLES,
    Act: ACTS,
    Check: CHECKS,
    OnFinding: ON_FINDING,
    Way: WAYS,
    Needed: NEEDED,
    ProviderKind: PROVIDER_KINDS,
    ClaimKind: CLAIM_KINDS,
    Regime: REGIMES,
    Severity: SEVERITIES,
    InvoiceRole: INVOICE_ROLES,
    UnwantedInvoice: UNWANTED_INVOICES,
    Reference: REFERENCES,
    PersonalData: PERSONAL_DATA,
    DocumentForm: DOCUMENT_FORMS,
    Holds: HOLDS,
    IfMissing: IF_MISSING,
    AttestBy: ATTEST_BY,
    TiedTo: TIED_TO,
    Disqualification: DISQUALIFICATIONS,
    LetterWhen: LETTER_WHENS,
    LetterWay: LETTER_WAYS,
    DecisionBasis: DECISION_BASES,
    PostingKind: POSTING_KINDS,
}
"""The words of every closed list that a routine chooses from."""

RECORDS: Mapping[str, str] = {
    "steps": "steget",
    "separations": "skiljelinjen",
    "channels": "kanalen",
    "evidence": "underlaget",
    "rules": "regeln",
    "coding.rules": "konteringsregeln",
    "letters": "brevet",
    "deadlines": "tidsgränsen",
    "limits": "beloppsgränsen",
}
"""What one of each list is called."""

FIELDS: Mapping[str, str] = {
    "accepts_invoices": "om fakturor tas emot",
    "account": "kontot",
    "act": "handlingen",
    "acts": "det som görs",
    "adopted_by": "vem som har antagit den",
    "adopted_on": "dagen den antogs",
    "answered_by": "vem som har svarat på det källan lämnar öppet",
    "application_carries": "det ansökan ska innehålla om fakturan",
    "at": "steget den hör till",
    "attest_by": "det som ger rätt att attestera",
    "attest_list": "attestlistan",
    "attestants_per_code": "antal attestanter per kod",
    "chart": "kontoplanen",
    "checks": "det som ska vara klart först",
    "claim_kind": "vad det gäller",
    "claim_kinds": "vad den gäller",
    "code": "koden",
    "code_parts": "koddelarna",
    "coding": "konteringen",
    "day": "sjukdagen",
    "decision": "beslutets grund",
    "decision_bases": "vilka beslut den gäller",
    "deputies_per_code": "antal ersättare per kod",
    "deputy_only_while_away": "om ersättaren bara får attestera när den ordinarie är borta",
    "disqualified_for": "det som gör någon jävig",
    "due": "sista dag",
    "finding": "iakttagelsen",
    "forms": "formen",
    "holds": "hur länge den gäller",
    "if_missing": "det som sker om den saknas",
    "invoice": "fakturans roll",
    "invoice_carries": "det fakturan ska innehålla",
    "is_earliest": "om dagen är den första i stället för den sista",
    "is_on": "om den används",
    "is_secret": "om fakturan är sekretessmärkt",
    "label": "rubriken",
    "municipality": "kommunen",
    "name": "namnet",
    "needed": "när det ska vara inne",
    "on_finding": "det som händer vid en invändning",
    "open_question": "den öppna frågan",
    "open_questions": "de öppna frågorna",
    "parts": "koddelarna",
    "personal_data_on_invoice": "personuppgifter på fakturan",
    "posting": "slaget av bokföring",
    "provider": "utföraren",
    "provider_kinds": "vilka utförare det gäller",
    "rate": "beloppets kod",
    "reason": "skälet",
    "regime": "vems beslut den vilar på",
    "renewed_every_months": "hur ofta listan förnyas, i månader",
    "required": "de obligatoriska koddelarna",
    "responsibility": "ansvaret",
    "review_every_months": "hur ofta den ses över, i månader",
    "role": "vem som gör det",
    "settings": "beräkningens val",
    "severity": "hur tungt den väger",
    "slug": "kortnamnet",
    "source": "källan",
    "step": "steget",
    "text": "texten",
    "tied_to": "vad rätten är knuten till",
    "to": "mottagaren",
    "unwanted_invoice": "det som sker med en faktura som inte skulle ha kommit",
    "up_to_ore": "beloppet",
    "valid_from": "första dagen den gäller",
    "valid_to": "första dagen den inte gäller",
    "way": "vägen in",
    "when": "när det skickas",
    "when_disqualified": "vem som gör det vid jäv",
    **RECORDS,
}
"""What each field is called, so that a sentence can say what has changed."""


def said(word: StrEnum) -> str:
    """Return a word of a closed list in Swedish, or as it is written where nobody has given it one."""
    return WORDS.get(type(word), {}).get(word, word.value)
