"""The fifty-four ways in which municipalities' routines differ, and the part of a routine that says each.

What a setting says stands with the setting (`covers`); here are the names, and the parts that are no setting.
"""

from collections.abc import Mapping

from timvis.core.routine.settings import CATALOGUE

POINTS: Mapping[str, str] = {
    "V1": "Väg in för utförd assistans",
    "V2": "Väg in för sjukkostnad",
    "V3": "Vad som sker med en oönskad faktura",
    "V4": "Vad ett anspråk får omfatta",
    "V5": "Tidsgräns för anspråk",
    "V6": "Löfte om utbetalning",
    "V7": "Hur timbeloppet bestäms",
    "V8": "Avrundning av timbeloppet",
    "V9": "Bevis för att en vikarie har arbetat",
    "V10": "Läkarintyg",
    "V11": "Frånvaro som ersätts",
    "V12": "Kostnader som ingår",
    "V13": "Kostnader som inte ersätts",
    "V14": "Semesterersättning på karensdagen",
    "V15": "Vad semesterersättningen räknas på",
    "V16": "Karensdag eller karensavdrag",
    "V17": "Hur karensavdraget räknas",
    "V18": "Genomsnittlig vecka",
    "V19": "Sjukdom en del av dagen",
    "V20": "Återinsjuknande",
    "V21": "Uppgifter om karens",
    "V22": "Statens del i särskilda perioder",
    "V23": "Sociala avgifter",
    "V24": "Vem som ordnar vikarien",
    "V25": "Vikariens avgift",
    "V26": "Handlingar första gången",
    "V27": "Fullmakt",
    "V28": "Beslutets utgång och hur det lämnas",
    "V29": "Personuppgifter på fakturan",
    "V30": "Vad hemtjänst betalas efter",
    "V31": "Prisets delar",
    "V32": "Utfört utöver beviljat",
    "V33": "Inom vilken tid timmar används",
    "V34": "Fel eller saknat underlag",
    "V35": "Besök som inte blir av",
    "V36": "Den enskildes avgift vid missat besök",
    "V37": "När besked måste lämnas",
    "V38": "Sjukhusvistelse",
    "V39": "Dödsfall",
    "V40": "Tillägg",
    "V41": "Beställning, bekräftelse och start",
    "V42": "Den som inte väljer utförare",
    "V43": "Kapacitetstak",
    "V44": "Byte av utförare",
    "V45": "Månadens dagar",
    "V46": "Vad en vardag är",
    "V47": "Genomförandeplan",
    "V48": "Attestkedja",
    "V49": "Attestgränser",
    "V50": "Åtskilda händer och jäv",
    "V51": "Kontosträng",
    "V52": "Skyddad identitet",
    "V53": "Omräkning av väntetid och beredskap",
    "V54": "Särskilda kontroller",
}
"""What each is called."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "V1": ("channel.way", "channel.invoice", "evidence"),
    "V2": ("channel.way", "channel.invoice", "channel.invoice_carries", "channel.application_carries"),
    "V3": ("channel.unwanted_invoice", "letter"),
    "V7": ("rate",),
    "V9": ("evidence",),
    "V10": ("evidence.day", "evidence.forms", "evidence.if_missing"),
    "V26": ("evidence.needed",),
    "V27": ("evidence.forms", "evidence.holds", "evidence.provider_kinds"),
    "V28": ("letter.when", "letter.way"),
    "V29": ("channel.personal_data_on_invoice", "channel.is_secret"),
    "V41": ("step.due", "deadline"),
    "V44": ("step.due", "deadline"),
    "V45": ("step.due", "deadline", "deadline.is_earliest"),
    "V46": ("step.due",),
    "V47": ("step.due", "deadline", "channel.invoice_carries"),
    "V48": ("step", "step.acts", "step.role"),
    "V49": ("attest_by", "attest_list", "limit"),
    "V50": ("separation", "disqualified_for", "step.when_disqualified"),
    "V51": ("coding.rule", "coding.parts", "coding.required"),
}
"""Which parts of a routine's file say it, besides settings."""


def said_by(point: str) -> tuple[str, ...]:
    """Return everything in a routine's file that says one way of differing."""
    settings = (f"setting.{setting.code}" for setting in CATALOGUE.values() if point in setting.covers)
    return (*PARTS.get(point, ()), *settings)
