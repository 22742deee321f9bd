"""Gather the texts of the pages, and compile the English that stands beside them: `make messages`.

The texts are Swedish and stand where they are used. The catalogue is `locale/en/LC_MESSAGES/django.po`, written by
people; its compiled twin lies beside it, so that nothing has to be compiled to run.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import django
from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

WEB = Path(__file__).parents[1] / "src" / "timvis" / "web"
PO = WEB / "shared" / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")

SINGLE, PLURAL, CONTEXT = ("_", "gettext", "gettext_lazy"), ("ngettext", "ngettext_lazy"), ("pgettext", "pgettext_lazy")
CALLS = dict.fromkeys((*SINGLE, *PLURAL, *CONTEXT))
"""The calls that translate, as Django's templates and our modules write them."""

Text = tuple[str | tuple[str, str], str | None]
"""A text, or its singular and plural; and its context if it has one."""

BEGUN = datetime(2026, 11, 1, tzinfo=UTC)
"""Stands in the catalogue instead of the day it was renewed, so that the same texts give the same file."""


def gathered() -> Catalog:
    """Return every text of the pages, in the order of the files."""
    catalogue = empty()
    for file in sorted([*WEB.rglob("*.html"), *WEB.rglob("*.py")]):
        for text, context in texts_in(file):
            catalogue.add(text, context=context, locations=[(str(file.relative_to(WEB)), 0)])
    return catalogue


def texts_in(file: Path) -> Iterator[Text]:
    """Yield the texts of a template or a module."""
    source = file.read_text(encoding="utf-8")
    code = templatize(source, origin=str(file)) if file.suffix == ".html" else source
    for _line, call, found, _comments in extract_python(BytesIO(code.encode()), CALLS, [], {}):
        match [part for part in ([found] if isinstance(found, str) else found) if part]:
            case [str(context), str(text)] if call in CONTEXT:
                yield text, context
            case [str(singular), str(plural), *_] if call in PLURAL:
                yield (singular, plural), None
            case [str(text), *_] if call in SINGLE:
                yield text, None


def english() -> Catalog:
    """Return the catalogue as it stands in the file."""
    with PO.open("rb") as stream:
        return read_po(stream, locale="en")


def renewed() -> Catalog:
    """Return the catalogue with every text of the pages and no other; what has an English text keeps it."""
    known, fresh = english() if PO.exists() else empty(), gathered()
    for message in fresh:
        kept = known.get(message.id, message.context) if message.id else None
        if kept is not None:
            message.string = kept.string
    return fresh


def empty() -> Catalog:
    """Return a catalogue without texts."""
    return Catalog(
        locale="en",
        project="Timvis",
        version="",
        msgid_bugs_address="",
        fuzzy=False,
        header_comment="# English beside the Swedish texts of the pages.",
        creation_date=BEGUN,
        revision_date=BEGUN,
        last_translator="Timvis",
        language_team="Timvis",
    )


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as programs read it."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as people read it."""
    stream = BytesIO()
    write_po(stream, catalogue, width=110, include_lineno=False)
    return stream.getvalue()


def without_english(catalogue: Catalog) -> list[str]:
    """Return the texts that have no English yet."""
    return [parts(message.id)[0] for message in catalogue if message.id and not all(parts(message.string) or [""])]


def parts(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return a text, or its singular and plural, as a row of texts."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def main() -> int:
    """Renew both files; return 1 and say which texts have no English yet."""
    settings.configure(USE_I18N=True)
    django.setup()
    catalogue = renewed()
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(written(catalogue))
    MO.write_bytes(compiled(catalogue))
    lacking = without_english(catalogue)
    for text in lacking:
        sys.stdout.write(f"no English: {text}\n")
    sys.stdout.write(f"{len(catalogue)} texts, {len(lacking)} without English\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
