"""What everything a routine can say is called in Swedish, for drawings, differences and pages."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum

from timvis.core.access import Role
from timvis.core.calculation.hourly import kronor_text
from timvis.core.records import ProviderKind, Regime
from timvis.core.review.rule import Severity
from timvis.core.routine.records import Act, Check, ClaimKind, Needed, OnFinding, Way

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
    Role.BUDGET_OWNER: "budgetansvarig",
    Role.CONTROLLER: "controller",
    Role.AUDITOR: "revisor",
    Role.SYSTEM_OPERATOR: "systemförvaltare",
    Role.SYSTEM: "Timvis självt",
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

WAYS: Mapping[str, str] = {Way.E_SERVICE: "e-tjänst", Way.PAPER: "papper"}

NEEDED: Mapping[str, str] = {
    Needed.BEFORE_FIRST_PAYMENT: "före första betalningen",
    Needed.EACH_MONTH: "varje månad",
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

CHOICES: Mapping[str, Mapping[str, str]] = {
    "granted_window": {"month": "per månad", "week": "per vecka", "period": "per period"},
    "rounding": {"per_line": "varje rad för sig"},
    "takes": {"latest_in_time_order": "de senaste i tidsordning"},
    "week_to_period": {"days/7": "dagarna delade med sju"},
}
"""What can be chosen about the calculation, by the name of the choice."""

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
}
"""The words of every closed list that a routine chooses from."""

RECORDS: Mapping[str, str] = {
    "steps": "steget",
    "separations": "skiljelinjen",
    "channels": "kanalen",
    "evidence": "underlaget",
    "rules": "regeln",
}
"""What one of each list is called."""

FIELDS: Mapping[str, str] = {
    "accepts_invoices": "om fakturor tas emot",
    "acts": "det som görs",
    "adopted_by": "vem som har antagit den",
    "adopted_on": "dagen den antogs",
    "answered_by": "vem som har svarat på det källan lämnar öppet",
    "chart": "kontoplanen",
    "checks": "det som ska vara klart först",
    "claim_kinds": "vad den gäller",
    "code": "koden",
    "coding": "konteringen",
    "due": "sista dag",
    "is_on": "om den används",
    "label": "rubriken",
    "municipality": "kommunen",
    "name": "namnet",
    "needed": "när det ska vara inne",
    "on_finding": "det som händer vid en invändning",
    "open_question": "den öppna frågan",
    "open_questions": "de öppna frågorna",
    "parts": "koddelarna",
    "provider_kinds": "vilka utförare det gäller",
    "rate": "beloppets kod",
    "regime": "vems beslut den vilar på",
    "review_every_months": "hur ofta den ses över, i månader",
    "role": "vem som gör det",
    "settings": "beräkningens val",
    "severity": "hur tungt den väger",
    "slug": "kortnamnet",
    "source": "källan",
    "text": "texten",
    "valid_from": "första dagen den gäller",
    "way": "vägen in",
    "granted_window": "hur beviljad tid räknas",
    "rounding": "avrundningen",
    "takes": "vilka timmar som faller bort utöver gränsen",
    "week_to_period": "från veckotid till period",
    **RECORDS,
}
"""What each field is called, so that a sentence can say what has changed."""


def said(word: StrEnum) -> str:
    """Return a word of a closed list in Swedish, or as it is written where nobody has given it one."""
    return WORDS.get(type(word), {}).get(word, word.value)


NAMES = ("name", "code")
"""The fields that records of a list go by; a record without one goes by its first field."""


def in_words(value: object, field: str = "") -> str:
    """Return anything a routine holds as a person reads it; the field's name says when a number is öre."""
    match value:
        case bool():
            return "ja" if value else "nej"
        case StrEnum():
            return said(value)
        case str() if field in CHOICES:
            return CHOICES[field].get(value, value)
        case int() if field.endswith("_ore"):
            return kronor_text(value)
        case frozenset():
            return ", ".join(sorted(in_words(one) for one in value)) or "inget"
        case tuple() if is_pair(value):
            return f"{value[0]} {in_words(value[1], value[0])}"
        case tuple():
            return ", ".join(in_words(one) for one in value) or "inget"
        case _ if is_dataclass(value):
            return _record_in_words(value)
        case None:
            return "inget"
        case _:
            return str(value)


def says_itself(record: object) -> bool:
    """Whether a record has a sentence of its own, as a due rule has: then its fields say less than it does."""
    return isinstance(getattr(type(record), "text", None), property)


def is_pair(value: object) -> bool:
    """Whether a value is a name and what stands under it; two words of a closed list are no pair."""
    return isinstance(value, tuple) and len(value) == 2 and type(value[0]) is str


def _record_in_words(record: object) -> str:
    """Return what a record says besides what it is called."""
    if says_itself(record):
        return str(record.text).rstrip(".")  # type: ignore[attr-defined]  # asked just above
    told = ((field.name, getattr(record, field.name)) for field in fields(record))  # type: ignore[arg-type]
    titles = ("label", "text", *NAMES)
    return "; ".join(
        f"{FIELDS.get(name, name)}: {in_words(value, name)}"
        for name, value in told
        if name not in titles and value is not None and value != () and value != frozenset()
    )
