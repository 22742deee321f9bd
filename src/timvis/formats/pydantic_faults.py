"""What the TOML reader and pydantic object to, as faults in plain Swedish with the key they concern."""

from tomllib import TOMLDecodeError

from pydantic import ValidationError

from timvis.core.faults import Fault

SAID = {
    "missing": ("missing", "saknas", "Lägg till det."),
    "extra_forbidden": ("unknown_key", "är ett okänt fält", "Ta bort det, eller rätta stavningen."),
    "unexpected_keyword_argument": ("unknown_key", "är ett okänt fält", "Ta bort det, eller rätta stavningen."),
    "date_type": ("not_a_day", "är inte ett datum", "Skriv ÅÅÅÅ-MM-DD utan citattecken."),
    "date_from_datetime_parsing": ("not_a_day", "är inte ett datum", "Skriv ÅÅÅÅ-MM-DD."),
    "date_from_datetime_inexact": ("not_a_day", "är inte ett datum", "Skriv ÅÅÅÅ-MM-DD utan citattecken."),
    "enum": ("unknown_word", "har ett värde som inte finns", "Välj ett av orden i formatet."),
    "literal_error": ("unknown_word", "har ett värde som inte finns", "Välj ett av orden i formatet."),
    "int_type": ("not_a_whole_number", "är inte ett heltal", "Skriv ett heltal utan citattecken."),
    "int_parsing": ("not_a_whole_number", "är inget heltal", "Skriv ett heltal."),
    "bool_type": ("not_yes_or_no", "är varken true eller false", "Skriv true eller false."),
    "string_type": ("not_a_text", "är inte en text", "Sätt värdet inom citattecken."),
    "greater_than": ("too_small", "är för litet", "Skriv ett tal större än noll."),
    "greater_than_equal": ("too_small", "är för litet", "Skriv ett större tal, eller en senare dag."),
    "less_than_equal": ("too_large", "är för stort", "Skriv ett mindre tal, eller en tidigare dag."),
    "decimal_type": ("not_a_number", "är inget tal", 'Skriv 75, 1.5 eller "1.5".'),
    "decimal_parsing": ("not_a_number", "är inget tal", 'Skriv 75, 1.5 eller "1.5".'),
    "tuple_type": ("not_a_list", "är ingen lista", "Skriv värdena inom hakparenteser."),
    "dataclass_type": ("not_a_table", "är ingen tabell", "Skriv fälten inom klammerparenteser."),
    "model_type": ("not_a_table", "är ingen tabell", "Skriv fälten inom klammerparenteser, eller under en rubrik."),
    "too_short": ("too_few", "har för få rader", "Skriv minst en."),
}
"""The kinds of objection people meet: code, what is wrong, what to do."""


def faults_of(error: ValidationError, *, source: str | None = None) -> tuple[Fault, ...]:
    """Return one fault per objection, each with the key as it is written in the file (`granted[2].per`)."""
    return tuple(_fault(kind["type"], kind["loc"], kind["msg"], source) for kind in error.errors())


def said_of(kind: str, message: str) -> tuple[str, str, str]:
    """Return code, what is wrong and what to do for a kind of objection of pydantic's with its message."""
    # Our own validators' sentences arrive with pydantic's English word before them.
    why = message.removeprefix("Value error, ")
    return SAID.get(kind, ("wrong_value", f"går inte att använda ({why})", "Rätta värdet."))


def not_toml(error: TOMLDecodeError, *, source: str) -> Fault:
    """Return that a file is no TOML, with the place the reader names."""
    return Fault(
        code="not_toml",
        message=f"Filen går inte att läsa som TOML: {error}.",
        remedy="Rätta raden som nämns; texter ska stå inom citattecken.",
        file=source,
    )


def _fault(kind: str, place: tuple[int | str, ...], message: str, source: str | None) -> Fault:
    key = ""
    for step in place:
        key += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if key else step
    code, wrong, remedy = said_of(kind, message)
    return Fault(code=code, message=f"{key or 'Filen'} {wrong}.", remedy=remedy, column=key or None, file=source)
