"""A month's report as a provider's own system writes it, for Doris at Ekot AB."""

HEADINGS = (
    "redovisningsmanad;brukare_personnummer;brukare_namn;assistent_personnummer;assistent_namn;dag;fran;till;typ;"
    "organisationsnummer;arbetsgivare_typ;assistent_underskrift_datum;chef_underskrift_datum;chef_personnummer;chef_namn"
)


def csv_month(month: str = "2026-09", *, shifts: tuple[str, ...] = ("1;08.00;15.00", "2;08.00;15.00")) -> bytes:
    """Return a CSV report by Kajsa of shifts written `day;from;to`."""
    person, assistant = "198004042381;Doris Dahl", "198606052382;Kajsa Kvist"
    signed = "5599000014;anordnare;2026-10-01;2026-10-01;199302162384;Ellen Ask"
    rows = [f"{month};{person};{assistant};{shift};aktiv;{signed}" for shift in shifts]
    return "\n".join([HEADINGS, *rows, ""]).encode("utf-8-sig")
