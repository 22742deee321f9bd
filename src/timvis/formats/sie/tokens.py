"""A line of SIE cut into fields: spaces and tabs part them, quotes and braces hold them together."""

from dataclasses import dataclass

Field = str | tuple[str, ...]
"""A field's text, or the texts between a pair of braces."""


@dataclass(frozen=True, slots=True)
class Unclosed:
    """A brace that the line never closes; `column` from 1."""

    column: int


def fields_of(line: str) -> tuple[Field, ...] | Unclosed:
    r"""Return the fields of a line, or where a brace is left open.

    A quotation mark that is left open ends with the line: programs cut long texts off that way, and an amount
    that were lost in it would be missed.

    >>> fields_of(r'#TRANS 5010 {1 "20 A"} -4.50 "" "sa \"ja\""')
    ('#TRANS', '5010', ('1', '20 A'), '-4.50', '', 'sa "ja"')
    """
    fields: list[Field] = []
    inner: list[str] | None = None
    brace_column = place = 0
    while place < len(line):
        letter = line[place]
        if letter in " \t":
            place += 1
        elif letter == "{" and inner is None:
            inner, brace_column, place = [], place + 1, place + 1
        elif letter == "}" and inner is not None:
            fields.append(tuple(inner))
            inner, place = None, place + 1
        else:
            text, end = _text_from(line, place)
            if inner is None:
                fields.append(text)
            else:
                inner.append(text)
            place = end
    return Unclosed(brace_column) if inner is not None else tuple(fields)


def _text_from(line: str, start: int) -> tuple[str, int]:
    """Return the text that starts at a place and where it ends."""
    if line[start] == '"':
        return _quoted_from(line, start + 1)
    end = start
    while end < len(line) and line[end] not in ' \t{}"':
        end += 1
    end = max(end, start + 1)
    return line[start:end], end


def _quoted_from(line: str, start: int) -> tuple[str, int]:
    """Return a text up to its closing quotation mark, and the place after; only that mark can be escaped."""
    letters: list[str] = []
    place = start
    while place < len(line):
        if line.startswith('\\"', place) and '"' in line[place + 2 :]:
            letters.append('"')
            place += 2
        elif line[place] == '"':
            return "".join(letters), place + 1
        else:
            letters.append(line[place])
            place += 1
    return "".join(letters), place
