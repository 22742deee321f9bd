"""Writes a letter as tagged PDF (PDF/A-2a and PDF/UA-1 in one file), as pictures of it, and as HTML with its text."""

import json
from dataclasses import asdict
from html import escape
from importlib.resources import files

import typst

from timvis.core.letter import Letter, Section

MEDIA_TYPE = "application/pdf"


PICTURE_PIXELS_PER_INCH = 96


def write_pdf(letter: Letter) -> bytes:
    """Return a letter as PDF; the same letter gives the same bytes but for the file's own identifier."""
    return typst.compile(_look(), format="pdf", sys_inputs=_told(letter), pdf_standards=["a-2a", "ua-1"])


def write_pictures(letter: Letter) -> tuple[bytes, ...]:
    """Return the pages of a letter's PDF as PNG pictures, for a page that shows how the paper looks."""
    made = typst.compile(_look(), format="png", sys_inputs=_told(letter), ppi=PICTURE_PIXELS_PER_INCH)
    return tuple(made) if isinstance(made, list) else (made,)


def _look() -> bytes:
    return files("timvis.formats.letter").joinpath("letter.typ").read_bytes()


def _told(letter: Letter) -> dict[str, str]:
    head = letter.head
    data = {
        "title": letter.title,
        "sender": head.sender,
        "receiver": head.receiver,
        "contact": head.contact,
        "reference": head.reference,
        "written_on": head.written_on.isoformat(),
        "bars": letter.bars,
        "sections": [asdict(section) for section in letter.sections],
    }
    return {"letter": json.dumps(data, ensure_ascii=False)}


def write_html(letter: Letter) -> str:
    """Return a letter as the inside of an HTML page: headings, paragraphs, lists and tables, all text escaped."""
    head = letter.head
    top = "<br>".join(escape(line) for line in (head.sender, *head.contact))
    to = "<br>".join(escape(line) for line in head.receiver)
    parts = [
        '<article class="letter" lang="sv">',
        f"<p>{top}</p>",
        f"<p>{escape(head.written_on.isoformat())}{_case(head.reference)}</p>",
        f"<p>{to}</p>",
        f"<h2>{escape(letter.title)}</h2>",
        *(_section(section) for section in letter.sections),
        "</article>",
    ]
    return "\n".join(parts)


def _case(reference: str) -> str:
    return f"<br>Ärende: {escape(reference)}" if reference else ""


def _section(section: Section) -> str:
    parts = [f"<h3>{escape(section.heading)}</h3>"] if section.heading else []
    parts += [f"<p>{escape(text)}</p>" for text in section.paragraphs]
    if section.items:
        parts.append(f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in section.items)}</ul>")
    if section.rows:
        heads = "".join(
            f'<th scope="col"{_side(column.is_number)}>{escape(column.label)}</th>' for column in section.columns
        )
        rows = "".join(f"<tr>{_cells(section, row)}</tr>" for row in section.rows)
        parts.append(f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>")
    return "\n".join(parts)


def _cells(section: Section, row: tuple[str, ...]) -> str:
    return "".join(
        f"<td{_side(column.is_number)}>{escape(cell)}</td>" for column, cell in zip(section.columns, row, strict=True)
    )


def _side(is_number: bool) -> str:
    return ' class="number"' if is_number else ""
