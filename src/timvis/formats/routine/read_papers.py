"""Reads what comes in and goes out in a routine: channels, the checklist of documents, letters."""

from timvis.core.records import ProviderKind
from timvis.core.routine.records import Channel, ClaimKind, LetterSent, Needed, Requirement, Way
from timvis.core.routine.terms import (
    DocumentForm,
    Holds,
    IfMissing,
    InvoiceRole,
    LetterWay,
    LetterWhen,
    PersonalData,
    Reference,
    UnwantedInvoice,
)
from timvis.formats.routine import keys
from timvis.formats.toml_text import TomlTable

LAST_SICK_DAY = 14
_INVOICES = (Way.INVOICE, Way.E_INVOICE)


def channel(table: TomlTable) -> Channel:
    """Return one way in."""
    found = Channel(
        provider_kinds=frozenset(keys.words(table, "provider_kinds", ProviderKind)),
        way=keys.word_or_question(table, "way", Way),
        text=table.text("text"),
        open_question=keys.question(table),
        claim_kinds=frozenset(keys.words_or_none(table, "claim_kinds", ClaimKind)),
        invoice=keys.word_or_none(table, "invoice", InvoiceRole) or InvoiceRole.NONE,
        unwanted_invoice=keys.word_or_none(table, "unwanted_invoice", UnwantedInvoice),
        invoice_carries=keys.words_or_none(table, "invoice_carries", Reference),
        application_carries=keys.words_or_none(table, "application_carries", Reference),
        personal_data_on_invoice=keys.word_or_none(table, "personal_data_on_invoice", PersonalData),
        is_secret=table.flag("is_secret", False),
    )
    if found.way in _INVOICES and found.invoice is InvoiceRole.NONE:
        table.object_to(
            "invoice_has_no_role",
            "way",
            "Vägen in är en faktura, men det står inte vad fakturan är i ärendet.",
            f"Skriv invoice = och något av: {', '.join(one for one in InvoiceRole if one != InvoiceRole.NONE)}.",
        )
    if found.invoice is InvoiceRole.NONE and (found.invoice_carries or found.personal_data_on_invoice):
        table.object_to(
            "no_invoice_here",
            "invoice_carries" if found.invoice_carries else "personal_data_on_invoice",
            "Raden säger vad en faktura ska innehålla, men här kommer ingen faktura.",
            "Ta bort nyckeln, eller skriv vad fakturan är med invoice = .",
        )
    table.refuse_the_rest()
    return found


def requirement(table: TomlTable) -> Requirement:
    """Return one row of the checklist."""
    found = Requirement(
        code=keys.name(table, "requirement"),
        provider_kinds=frozenset(keys.words(table, "provider_kinds", ProviderKind)),
        needed=keys.word(table, "needed", Needed),
        text=table.text("text"),
        claim_kinds=frozenset(keys.words_or_none(table, "claim_kinds", ClaimKind)),
        day=keys.whole_or_none(table, "day", 1, LAST_SICK_DAY),
        forms=keys.words_or_none(table, "forms", DocumentForm),
        holds=keys.word_or_none(table, "holds", Holds),
        if_missing=keys.word_or_none(table, "if_missing", IfMissing),
        source=keys.text_or_none(table, "source"),
    )
    if (found.needed is Needed.FROM_SICK_DAY) != table.has("day"):
        table.object_to(
            "day_and_needed",
            "day" if table.has("day") else "needed",
            f"day hör ihop med needed = {Needed.FROM_SICK_DAY.value!r}, och bara med det.",
            "Skriv båda, till exempel day = 8, eller ingen av dem.",
        )
    table.refuse_the_rest()
    return found


def letter(table: TomlTable) -> LetterSent:
    """Return one letter that goes out."""
    found = LetterSent(
        code=keys.name(table, "code"),
        text=table.text("text"),
        at=keys.name(table, "at"),
        to=keys.hands(table, "to"),
        when=keys.word_or_none(table, "when", LetterWhen) or LetterWhen.DONE,
        way=keys.word_or_none(table, "way", LetterWay) or LetterWay.LETTER,
        finding=keys.name(table, "finding") if table.has("finding") else None,
        source=keys.text_or_none(table, "source"),
    )
    if (found.when is LetterWhen.FINDING) != (found.finding is not None):
        table.object_to(
            "finding_and_when",
            "finding" if found.finding else "when",
            f"finding hör ihop med when = {LetterWhen.FINDING.value!r}, och bara med det.",
            "Skriv båda, eller ingen av dem.",
        )
    table.refuse_the_rest()
    return found


def refuse_contradicting_invoices(top: TomlTable, accepts_invoices: bool, channels: tuple[Channel, ...]) -> None:
    """Note when the routine says one thing about invoices and its channels another."""
    come_in = any(one.invoice is not InvoiceRole.NONE for one in channels)
    if accepts_invoices != come_in:
        top.object_to(
            "invoices_contradict",
            "accepts_invoices",
            "Rutinen tar emot fakturor, men ingen [[channel]] säger vad fakturan är."
            if accepts_invoices
            else "Rutinen tar inte emot fakturor, men en [[channel]] gör det.",
            "Låt accepts_invoices och channel.invoice säga samma sak.",
        )
