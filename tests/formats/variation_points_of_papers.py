"""V1–V3, V9–V10, V26–V28: the way in, the documents, the answer."""

from tests.formats.variation_point import Point
from timvis.core.calendar.deadlines import TimeAfterEvent, TimeUnit
from timvis.core.records import ProviderKind
from timvis.core.routine.records import Needed, Routine, Way
from timvis.core.routine.terms import (
    DocumentForm,
    Holds,
    IfMissing,
    InvoiceRole,
    LetterWay,
    LetterWhen,
    Reference,
    UnwantedInvoice,
)

SICK = "sick_cost"


def channel(more: str) -> str:
    return f'[[channel]]\nprovider_kinds = ["company"]\ntext = "Så kommer det in"\n{more}\n'


def evidence(code: str, more: str) -> str:
    return f'[[evidence]]\nrequirement = "{code}"\nprovider_kinds = ["company"]\ntext = "Handling"\n{more}\n'


def letter(code: str, more: str) -> str:
    return f'[[letter]]\ncode = "{code}"\ntext = "Brev"\nat = "hand_in"\nto = ["recipient"]\n{more}\n'


def ways(routine: Routine) -> object:
    return [(one.way, one.invoice, one.unwanted_invoice) for one in routine.channels]


def papers(routine: Routine) -> object:
    return [(one.code, one.needed) for one in routine.evidence]


def certificate(routine: Routine) -> object:
    return [(one.day, one.forms, one.if_missing) for one in routine.evidence]


def promise(count: int, unit: TimeUnit, event: str) -> TimeAfterEvent:
    return TimeAfterEvent(count=count, unit=unit, event=event)


TIME_REPORTS = evidence("time_reports", 'needed = "each_month"')

PAPER_POINTS = (
    # --- V1–V3: the way in ---------------------------------------------------------------------------------
    Point(
        1,
        "Västerås: e-tjänst, fakturor tas inte emot",
        ways,
        [(Way.E_SERVICE, InvoiceRole.NONE, UnwantedInvoice.RETURN)],
        tables=channel('way = "e_service"\nunwanted_invoice = "return"'),
    ),
    Point(
        1,
        "Sollentuna: e-faktura med tidrapport, och villkoren intygade på fakturan",
        lambda one: (ways(one), one.channels[0].invoice_carries, papers(one)),
        (
            [(Way.E_INVOICE, InvoiceRole.OPENS_THE_CASE, None)],
            (Reference.ORDER_REFERENCE, Reference.CONDITIONS_ARE_MET),
            [("time_reports", Needed.EACH_MONTH)],
        ),
        tables=channel(
            'way = "e_invoice"\ninvoice = "opens_the_case"\ninvoice_carries = ["order_reference", "conditions_are_met"]'
        )
        + TIME_REPORTS,
    ),
    Point(
        1,
        "Borås: faktura med undertecknade tidrapporter",
        lambda one: one.evidence[0].forms,
        (DocumentForm.WITH_SIGNATURE,),
        tables=channel('way = "invoice"\ninvoice = "opens_the_case"')
        + evidence("time_reports", 'needed = "each_month"\nforms = ["with_signature"]'),
    ),
    Point(
        1,
        "Uppsala: faktura, tidrapporter och försäkran på heder och samvete",
        papers,
        [("time_reports", Needed.EACH_MONTH), ("solemn_declaration", Needed.EACH_MONTH)],
        tables=channel('way = "invoice"\ninvoice = "opens_the_case"')
        + TIME_REPORTS
        + evidence("solemn_declaration", 'needed = "each_month"'),
    ),
    Point(
        2,
        "Kungsbacka, Åstorp, Trosa: bara ansökan",
        ways,
        [(Way.APPLICATION, InvoiceRole.NONE, None)],
        kind=SICK,
        tables=channel('way = "application"'),
    ),
    Point(
        2,
        "Älmhult: e-tjänst och faktura som bär varandras nummer",
        lambda one: (ways(one), one.channels[0].application_carries, one.channels[0].invoice_carries),
        (
            [(Way.E_SERVICE, InvoiceRole.WITH_APPLICATION, None)],
            (Reference.INVOICE_NUMBER, Reference.INVOICE_DATE),
            (Reference.APPLICATION_NUMBER,),
        ),
        kind=SICK,
        tables=channel(
            'way = "e_service"\ninvoice = "with_application"\n'
            'application_carries = ["invoice_number", "invoice_date"]\n'
            'invoice_carries = ["application_number"]'
        ),
    ),
    Point(
        2,
        "Borås, Gnesta: bara faktura",
        ways,
        [(Way.INVOICE, InvoiceRole.OPENS_THE_CASE, None)],
        kind=SICK,
        tables=channel('way = "invoice"\ninvoice = "opens_the_case"'),
    ),
    Point(
        2,
        "Vetlanda, Uppsala förr: faktura först efter beslutet",
        ways,
        [(Way.E_SERVICE, InvoiceRole.AFTER_DECISION, None)],
        kind=SICK,
        tables=channel('way = "e_service"\ninvoice = "after_decision"'),
    ),
    *(
        Point(
            3,
            who,
            lambda one: one.channels[0].unwanted_invoice,
            said,
            kind=SICK,
            tables=channel(f'way = "application"\nunwanted_invoice = "{said}"'),
        )
        for who, said in (
            ("Västerås, Trosa: tillbaka", UnwantedInvoice.RETURN),
            ("Höganäs: en handling utan förfallodag", UnwantedInvoice.KEEP_AS_DOCUMENT),
            ("Motala: en ny begärs", UnwantedInvoice.ASK_FOR_NEW),
        )
    ),
    # --- V9–V10: evidence ----------------------------------------------------------------------------------
    *(
        Point(
            9,
            who,
            lambda one: one.evidence[0].code,
            code,
            kind=SICK,
            tables=evidence(code, 'needed = "each_claim"'),
        )
        for who, code in (
            ("Östhammar: vikariens tidrapport", "substitute_time_report"),
            ("Östhammar: intyg", "substitute_certificate"),
            ("Kungsbacka: vakanta pass i schemat", "vacancy_marks_in_schedule"),
            ("Eskilstuna, Gnesta: vikariens lönebesked", "substitute_payslip"),
        )
    ),
    Point(
        9,
        "Bollnäs: vikariens kostnad behöver inte visas",
        "substitute_cost_is_shown",
        False,
        kind=SICK,
        setting="substitute_cost_is_shown = false",
    ),
    *(
        Point(
            10,
            who,
            certificate,
            [(8, forms, missing)],
            kind=SICK,
            tables=evidence("doctors_certificate", f'needed = "from_sick_day"\nday = 8\n{more}'),
        )
        for who, more, forms, missing in (
            ("Trosa, Skellefteå: efter mer än sju dagar", "", (), None),
            ("Kungsbacka: bara sidan två", 'forms = ["page_two"]', (DocumentForm.PAGE_TWO,), None),
            ("Åstorp: helt, maskerat", 'forms = ["whole_masked"]', (DocumentForm.WHOLE_MASKED,), None),
            ("Umeå: med underskrift", 'forms = ["with_signature"]', (DocumentForm.WITH_SIGNATURE,), None),
            (
                "Borlänge: inget efter dag sju utan intyg",
                'if_missing = "nothing_from_that_day"',
                (),
                IfMissing.NOTHING_FROM_THAT_DAY,
            ),
        )
    ),
    # --- V26–V28: first-time documents, power of attorney, outcome ------------------------------------------
    *(
        Point(
            26,
            who,
            papers,
            [(code, Needed.BEFORE_FIRST_CLAIM) for code in codes],
            kind=SICK,
            tables="".join(evidence(code, 'needed = "before_first_claim"') for code in codes),
        )
        for who, codes in (
            ("Eskilstuna", ("ivo_permit", "assignment_agreement", "power_of_attorney")),
            ("Linköping", ("ivo_permit", "state_decision", "payee_form", "account_proof")),
            ("Skellefteå", ("ivo_permit", "f_tax", "agreement_extract")),
        )
    ),
    *(
        Point(
            27,
            who,
            lambda one: (one.evidence[0].needed, one.evidence[0].forms, one.evidence[0].holds),
            said,
            kind=SICK,
            tables=evidence("power_of_attorney", more),
        )
        for who, more, said in (
            (
                "Västerås: original på papper",
                'needed = "before_first_payment"\nforms = ["original_on_paper"]',
                (Needed.BEFORE_FIRST_PAYMENT, (DocumentForm.ORIGINAL_ON_PAPER,), None),
            ),
            (
                "Bjuv: tills den återkallas",
                'needed = "before_first_claim"\nholds = "until_revoked"',
                (Needed.BEFORE_FIRST_CLAIM, (), Holds.UNTIL_REVOKED),
            ),
            (
                "Skellefteå: registrerad i förväg",
                'needed = "before_first_claim"',
                (Needed.BEFORE_FIRST_CLAIM, (), None),
            ),
        )
    ),
    Point(
        27,
        "Östhammar: inte för egen arbetsgivare",
        lambda one: one.required_of(ProviderKind.OWN_EMPLOYER, Needed.ON_REQUEST),
        (),
        kind=SICK,
        tables=evidence("power_of_attorney", 'needed = "on_request"'),
    ),
    Point(
        28,
        "Eskilstuna, Trosa: bifall, delavslag och avslag",
        lambda one: [(row.code, row.when) for row in one.letters],
        [
            ("decision_granted", LetterWhen.GRANTED),
            ("decision_partly_granted", LetterWhen.PARTLY_GRANTED),
            ("decision_refused", LetterWhen.REFUSED),
        ],
        kind=SICK,
        tables=letter("decision_granted", 'when = "granted"')
        + letter("decision_partly_granted", 'when = "partly_granted"')
        + letter("decision_refused", 'when = "refused"'),
    ),
    *(
        Point(
            28,
            who,
            lambda one: one.letters[0].way,
            said,
            kind=SICK,
            tables=letter("decision_granted", f'way = "{said}"'),
        )
        for who, said in (
            ("Vellinge: med e-post", LetterWay.E_MAIL),
            ("Åstorp: till egen adress", LetterWay.GIVEN_ADDRESS),
        )
    ),
)
