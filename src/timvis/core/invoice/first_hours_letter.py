"""The draft of a letter that disputes an invoice for first hours: per line what was billed and what we count to."""

from timvis.core.identity import shown_text
from timvis.core.invoice.first_hours import Verification
from timvis.core.review.rule import Severity


def dispute_letter(found: Verification, *, municipality: str, supplier: str, number: str, case: str) -> str:
    """Return the draft as text, empty when nothing is disputed. It names nobody and sends nothing."""
    disputed = [each.message for each in found.objections if each.severity is not Severity.INFORMS]
    if not disputed:
        return ""
    lines = [
        municipality,
        "",
        f"Till {supplier}",
        "",
        f"Kommunen bestrider en del av faktura {number}",
        "",
        "Fakturan gäller kommunens kostnad för de första assistanstimmarna varje vecka (51 kap. 22 och 23 §§ "
        "socialförsäkringsbalken). Kommunen har kontrollerat den rad för rad:",
        "",
        *(f"– {message}" for message in disputed),
        "",
        "Rätta fakturan, eller förklara hur timmarna är räknade: vilka veckor de gäller, hur veckor över "
        "månadsskiftet är delade, och vilket timbelopp som är registrerat. Kommunen begär också att få ta del av "
        "slutavräkningen.",
        "",
        f"Ange {case} i svaret. Skriv inga personnummer.",
    ]
    return shown_text("\n".join(lines) + "\n")
