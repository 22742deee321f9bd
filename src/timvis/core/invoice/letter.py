"""The letter by which an invoice goes back: what is wrong, what is asked for, and nobody's name."""

from collections.abc import Sequence

from timvis.core.identity import shown_text
from timvis.core.invoice.records import Invoice


def return_letter(invoice: Invoice, reasons: Sequence[str], *, municipality: str, case: str, asks_for_new: bool) -> str:
    """Return the letter's text, with a line per reason; `case` is what the supplier quotes when it answers."""
    asked = (
        "Skicka en ny faktura där det är rättat. Den här fakturan betalas inte, och någon kreditfaktura behövs inte."
        if asks_for_new
        else "Kommunen tar inte emot fakturor för den här ersättningen. Fakturan betalas inte; redovisa i stället "
        "utförd tid som kommunen har beskrivit."
    )
    lines = [
        municipality,
        "",
        f"Till {invoice.supplier.name}",
        "",
        f"Faktura {invoice.number} från {invoice.issued_on} återsänds",
        "",
        "Fakturan kan inte betalas:",
        *(f"– {reason}" for reason in reasons),
        "",
        asked,
        "",
        f"Ange {case} när ni svarar. Skriv inga personnummer på fakturan.",
    ]
    return shown_text("\n".join(lines) + "\n")
