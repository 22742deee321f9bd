"""V48–V51: who attests, up to which amount, apart from whom, and on which account."""

from tests.formats.variation_point import Point
from timvis.core.quantities import Ore
from timvis.core.routine.records import Act, Limit, Routine
from timvis.core.routine.terms import AttestBy, Disqualification, PostingKind, TiedTo

INVOICE = '[[channel]]\nprovider_kinds = ["company"]\nway = "invoice"\ninvoice = "opens_the_case"\ntext = "Faktura"\n'


def step(act: str, role: str, more: str = "") -> str:
    return f'[[step]]\nname = "{act}"\nlabel = "Steg"\nrole = "{role}"\nacts = ["{act}"]\n{more}\n'


def limit(act: str, role: str, more: str = "") -> str:
    return f'[[limit]]\nact = "{act}"\nrole = "{role}"\n{more}\n'


def signatures(routine: Routine) -> object:
    return [(one.signature, one.role) for one in routine.steps]


def listed(routine: Routine) -> object:
    assert routine.attest_list is not None
    one = routine.attest_list
    return (one.tied_to, one.code_parts, one.attestants_per_code, one.deputies_per_code)


CODING = '[coding]\nchart = "kommun_bas"\n'

ATTEST_POINTS = (
    *(
        Point(
            48,
            who,
            signatures,
            [(Act(act), role) for act, role in chain],
            tables=INVOICE + "".join(step(act, role) for act, role in chain),
        )
        for who, chain in (
            (
                "Motala 1–2",
                (
                    ("review_attest", "administrative_assistant"),
                    ("match_hours", "administrative_assistant"),
                    ("receipt_attest", "case_officer"),
                    ("decision_attest", "head_of_social_services"),
                ),
            ),
            (
                "Motala 3: en annan ordning",
                (
                    ("review_attest", "administrative_assistant"),
                    ("receipt_attest", "section_head"),
                    ("match_hours", "case_officer"),
                    ("decision_attest", "head_of_social_services"),
                ),
            ),
            ("Alingsås: två roller", (("receipt_attest", "case_officer"), ("decision_attest", "section_head"))),
            (
                "Malmö: tre, med behörighetsattest",
                (
                    ("review_attest", "case_officer"),
                    ("decision_attest", "section_head"),
                    ("authorization_attest", "administrative_assistant"),
                ),
            ),
            (
                "Leksand: mottagning av myndighetschefen",
                (("receipt_attest", "authority_head"), ("decision_attest", "head_of_social_services")),
            ),
        )
    ),
    Point(
        49,
        "Vara, Haninge: belopp och ansvarskod, listan varje år",
        lambda one: (one.attest_by, listed(one), one.limits, one.attest_list and one.attest_list.renewed_every_months),
        (
            AttestBy.ATTEST_LIST,
            ((TiedTo.PERSON, TiedTo.POSITION), ("ansvar",), None, None),
            (Limit(act=Act.DECISION_ATTEST, role="section_head", up_to_ore=Ore(5_000_000)),),
            12,
        ),
        top='attest_by = "attest_list"\n'
        '[attest_list]\ntied_to = ["person", "position"]\ncode_parts = ["ansvar"]\nrenewed_every_months = 12\n',
        tables=step("decision_attest", "section_head")
        + limit("decision_attest", "section_head", "up_to_ore = 5000000"),
    ),
    Point(
        49,
        "Västervik: högre nivå för stora belopp",
        lambda one: [(row.role, row.up_to_ore) for row in one.limits],
        [("section_head", 5_000_000), ("head_of_social_services", None)],
        tables=step("decision_attest", "section_head")
        + limit("decision_attest", "section_head", "up_to_ore = 5000000")
        + limit("decision_attest", "head_of_social_services"),
    ),
    Point(
        49,
        "Malmö: en attestant och en ersättare för varje kod",
        listed,
        ((TiedTo.POSITION,), ("ansvar", "verksamhet"), 1, 1),
        top='attest_by = "attest_list"\n[attest_list]\ntied_to = ["position"]\ncode_parts = ["ansvar", "verksamhet"]\n'
        "attestants_per_code = 1\ndeputies_per_code = 1\n",
    ),
    Point(
        50,
        "Alingsås: aldrig samma person två gånger",
        lambda one: one.separations[0].acts,
        (Act.RECEIPT_ATTEST, Act.DECISION_ATTEST),
        tables=step("receipt_attest", "case_officer")
        + step("decision_attest", "section_head")
        + '[[separation]]\ncode = "two"\nacts = ["receipt_attest", "decision_attest"]\ntext = "Två personer."\n',
    ),
    Point(
        50,
        "Malmö: inte egen betalning, närståendes eller överordnads; närmast högre chef",
        lambda one: (one.disqualified_for, one.steps[0].when_disqualified),
        (
            (Disqualification.OWN_PAYMENT, Disqualification.CLOSE_RELATIVE, Disqualification.SUPERIORS_EXPENSE),
            "head_of_social_services",
        ),
        top='disqualified_for = ["own_payment", "close_relative", "superiors_expense"]',
        tables=step("decision_attest", "section_head", 'when_disqualified = "head_of_social_services"'),
    ),
    Point(
        51,
        "Östhammar: konto 6799",
        lambda one: (one.coding.rules[0].account, one.coding.rules[0].reason),
        ("6799", "Rutinens konto"),
        kind="sick_cost",
        tables='[coding]\nchart = "osthammar"\n[[coding.rule]]\nvalid_from = 2020-01-01\nclaim_kind = "sick_cost"\n'
        'account = "6799"\nreason = "Rutinens konto"\n',
    ),
    Point(
        51,
        "ansvar och konto alltid, verksamhet för drift, projekt för investering, motpart internt",
        lambda one: dict(one.coding.required),
        {
            PostingKind.ALWAYS: ("ansvar",),
            PostingKind.RUNNING_COST: ("verksamhet",),
            PostingKind.INVESTMENT: ("verksamhet", "projekt"),
            PostingKind.INTERNAL: ("motpart",),
        },
        tables=CODING + '[coding.required]\nalways = ["ansvar"]\nrunning_cost = ["verksamhet"]\n'
        'investment = ["verksamhet", "projekt"]\ninternal = ["motpart"]\n',
    ),
    Point(
        51,
        "Helsingborg: motpart på 8 för svenska företag, daterat och för en enda utförare",
        lambda one: (one.coding.rules[0].parts, one.coding.rules[0].provider, one.coding.rules[0].responsibility),
        ((("motpart", "870"), ("verksamhet", "513")), "5560360793", "7420"),
        tables=CODING + '[[coding.rule]]\nvalid_from = 2020-01-01\nvalid_to = 2021-01-01\nclaim_kind = "assistance"\n'
        'decision = "lss_9_2"\nprovider = "5560360793"\nresponsibility = "7420"\naccount = "4631"\n'
        'parts = { verksamhet = "513", motpart = "870" }\nreason = "Svenskt företag"\n',
    ),
)
