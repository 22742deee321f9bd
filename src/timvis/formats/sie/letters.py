"""Code page 437, the only letters SIE allows, and what becomes of those it lacks."""

REPLACED = {
    "–": "-",
    "—": "-",
    "‑": "-",
    "’": "'",
    "‘": "'",
    "“": "'",
    "”": "'",
    "„": "'",
    "€": "EUR",
    "…": "...",
    "§": "par.",
    "×": "x",
    "ß": "ss",
    "µ": "u",
    "±": "+/-",
    "\u00a0": " ",
    "\\": "/",  # before a quotation mark it would read as an escape
    "Ø": "Ö",
    "ø": "ö",
    "š": "s",
    "Š": "S",
    "ž": "z",
    "Ž": "Z",
    "č": "c",
    "Č": "C",
    "ć": "c",
    "Ć": "C",
    "đ": "d",
    "Đ": "D",
    "ł": "l",
    "Ł": "L",
    "ń": "n",
    "ş": "s",
    "Ş": "S",
    "ğ": "g",
    "ı": "i",
    "İ": "I",
    "ã": "a",
    "õ": "o",
    "Á": "A",
    "À": "A",
    "È": "E",
    "Ê": "E",
    "Ë": "E",
    "Í": "I",
    "Ï": "I",
    "Ó": "O",
    "Ô": "O",
    "Ú": "U",
    "ý": "y",
    "Ý": "Y",
}
"""Each letter that code page 437 lacks, or that SIE reads otherwise, and how we write it."""

_TABLE = str.maketrans(REPLACED)

_WRITABLE = frozenset(bytes([place]) for place in (*range(0x20, 0x7F), *range(0x80, 0xB0), 0xF8, 0xFA, 0xFD))
"""The Latin letters and signs. The frames, Greek and mathematics above them are left out: their bytes are å, ä
and ö in Latin-1 or the beginnings of letters in UTF-8, and files are often read as the wrong one."""

_SWEDISH_IN = {
    "cp437": bytes([0x86, 0x84, 0x94, 0x8F, 0x8E, 0x99]),
    "latin-1": bytes([0xE5, 0xE4, 0xF6, 0xC5, 0xC4, 0xD6]),
}


def in_sie_letters(text: str) -> str:
    """Return a text with the letters of `REPLACED` written as SIE can carry them."""
    return text.translate(_TABLE)


def letters_lacking(text: str) -> tuple[str, ...]:
    """Return what still cannot be written after replacing: signs outside Latin text, and control characters."""
    return tuple(sorted({letter for letter in in_sie_letters(text) if not _is_writable(letter)}))


def _is_writable(letter: str) -> bool:
    """Return whether a letter is one of code page 437 that nobody can take for another encoding's."""
    try:
        return letter.encode("cp437") in _WRITABLE
    except UnicodeEncodeError:
        return False


def encoding_of(content: bytes) -> str:
    """Return which encoding the letters of a file are in: `cp437` as it should be, `utf-8` or `latin-1`.

    Files say PC8 whatever they are. Bytes that form UTF-8 are UTF-8: å, ä and ö of the other two never do.
    Between the others the more frequent set of Swedish letters decides.
    """
    if content.isascii():
        return "cp437"
    if _is_utf8(content):
        return "utf-8"
    count = {name: sum(content.count(letter) for letter in letters) for name, letters in _SWEDISH_IN.items()}
    return "latin-1" if count["latin-1"] > count["cp437"] else "cp437"


def _is_utf8(content: bytes) -> bool:
    """Return whether bytes form UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
