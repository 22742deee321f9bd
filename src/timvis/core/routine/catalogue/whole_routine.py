"""Settings about a claim as a whole: what one covers, when it must come, what is looked at with more care."""

from timvis.core.routine.catalogue.setting import ASSISTANCE, EVERY_KIND, HOME, HOURS, SICKNESS, Setting
from timvis.core.routine.records import ClaimKind
from timvis.core.routine.shapes import DayRule, OneOf, Percent, SomeOf, Whole

WHOLE_ROUTINE = (
    Setting(
        code="claim_covers",
        label="Vad ett anspråk får omfatta",
        covers=("V4",),
        claim_kinds=EVERY_KIND,
        needed_by=frozenset({ClaimKind.SICK_COST}),
        shape=SomeOf(
            {
                "occasion": "ett sjuktillfälle",
                "calendar_month": "högst en kalendermånad",
                "month_with_all_assistants": "en månad och en brukare, med alla assistenter",
                "assistant_with_several_periods": "en assistent, med flera perioder",
                "half_year": "ett halvår",
                "invoice": "en faktura, som kan gälla flera brukare och månader",
            }
        ),
    ),
    Setting(
        code="claim_most_assistants",
        label="Högsta antal assistenter i ett anspråk",
        covers=("V4",),
        claim_kinds=EVERY_KIND,
        shape=Whole("assistenter", 1, 1000),
    ),
    Setting(
        code="claim_limit",
        label="Tidsgräns för att göra anspråk",
        covers=("V5",),
        claim_kinds=EVERY_KIND,
        needed_by=frozenset({ClaimKind.SICK_COST}),
        shape=OneOf(
            {
                "none_stated": "källan sätter ingen gräns",
                "recommended": "en rekommenderad tid; senare anspråk prövas ändå",
                "completion_then_refusal": "en tid att komplettera; därefter avslag",
            }
        ),
    ),
    Setting(
        code="claim_limit_months",
        label="Rekommenderad tid för att göra anspråk",
        covers=("V5",),
        claim_kinds=EVERY_KIND,
        shape=Whole("månader", 1, 120),
    ),
    Setting(
        code="completion_days",
        label="Tid att komplettera ett anspråk",
        covers=("V5",),
        claim_kinds=EVERY_KIND,
        shape=Whole("dagar", 1, 365),
    ),
    Setting(
        code="completion_reminders",
        label="Påminnelser om det som saknas",
        covers=("V5",),
        claim_kinds=EVERY_KIND,
        shape=Whole("påminnelser", 0, 10),
    ),
    Setting(
        code="payment_promise",
        label="Löfte om när pengarna kommer",
        covers=("V6",),
        claim_kinds=EVERY_KIND,
        shape=DayRule(),
    ),
    Setting(
        code="wrong_report",
        label="Vad som sker när underlaget är fel eller saknas",
        covers=("V34",),
        claim_kinds=HOURS,
        needed_by=HOME,
        shape=OneOf(
            {
                "granted_time_is_billed": "beviljad tid debiteras",
                "new_invoice_is_asked": "en ny faktura begärs",
                "registered_afterwards": "tiden efterregistreras",
                "report_is_returned": "redovisningen går tillbaka för rättelse",
            }
        ),
    ),
    Setting(
        code="working_day",
        label="Vad som är en vardag",
        covers=("V46",),
        claim_kinds=EVERY_KIND,
        shape=OneOf(
            {
                "monday_to_friday": "måndag till fredag, utom helgdagar och aftnar (midsommar, jul, nyår)",
                "saturdays_count": "alla dagar utom söndagar och helgdagar",
            }
        ),
    ),
    Setting(
        code="free_eves",
        label="Aftnar som räknas som lediga utöver lagens",
        covers=("V46",),
        claim_kinds=EVERY_KIND,
        shape=SomeOf({"easter_eve": "påskafton", "whitsun_eve": "pingstafton"}),
    ),
    Setting(
        code="protected_identity",
        label="Väg in för den som har skyddad identitet",
        covers=("V52",),
        claim_kinds=EVERY_KIND,
        shape=OneOf(
            {
                "same_way": "samma väg som andra",
                "by_hand": "inte e-tjänsten: en väg för hand, med samma kontroller",
            }
        ),
    ),
    Setting(
        code="controls",
        label="Särskilda kontroller",
        covers=("V54",),
        claim_kinds=EVERY_KIND,
        shape=SomeOf(
            {
                "work_ability_by_age": "assistentens arbetsförmåga prövas från en viss ålder",
                "in_depth_sampling": "fördjupad kontroll av ett urval",
                "follow_up_meeting": "uppföljningsmöte vid avvikelser",
                "deviations_are_marked": "controller märker större avvikelser",
            }
        ),
    ),
    Setting(
        code="ability_examined_above_age",
        label="Ålder över vilken arbetsförmågan prövas",
        covers=("V54",),
        claim_kinds=ASSISTANCE,
        shape=Whole("år", 18, 120),
    ),
    Setting(
        code="sampled",
        label="Andel som kontrolleras fördjupat",
        covers=("V54",),
        claim_kinds=EVERY_KIND,
        shape=Percent(),
    ),
    Setting(
        code="acute_application",
        label="Ansökan när det är bråttom",
        covers=("V24",),
        claim_kinds=SICKNESS,
        shape=OneOf(
            {
                "ordinary_way": "som annars",
                "decided_afterwards": "insatsen först; beslut och fullmakt i efterhand",
            }
        ),
    ),
)
