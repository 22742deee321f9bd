"""A code as bars a hand-held reader understands (Code 39, ISO/IEC 16388): the widths of bars and gaps, in order.

A character is five bars with four gaps between them: two of the bars and one of the gaps are wide. Ten patterns of
bars and the place of the wide gap make forty characters. A narrow gap parts the characters; an asterisk begins and ends
a code. A wide element is as wide as three narrow ones.
"""

NARROW, WIDE = 1, 3
EDGE = "*"
_BARS = ("10001", "01001", "11000", "00101", "10100", "01100", "00011", "10010", "01010", "00110")
_GAPS = {"1234567890": "0100", "ABCDEFGHIJ": "0010", "KLMNOPQRST": "0001", f"UVWXYZ-. {EDGE}": "1000"}
"""The characters whose wide gap lies in the same place, each in the order of the patterns of bars."""

_ELEMENTS = {
    letter: "".join(bar + gap for bar, gap in zip(pattern, f"{gaps} ", strict=True)).strip()
    for letters, gaps in _GAPS.items()
    for letter, pattern in zip(letters, _BARS, strict=True)
}


def bars(text: str) -> tuple[int, ...]:
    """Return the widths of bars and gaps in turn, a bar first and last. Raises `KeyError` for what has no bars."""
    widths: list[int] = []
    for letter in f"{EDGE}{text}{EDGE}":
        widths += [WIDE if element == "1" else NARROW for element in _ELEMENTS[letter]]
        widths.append(NARROW)
    return tuple(widths[:-1])
