"""XML Schema from bytes: compiled out of files that the outer layer has read, never from disk or net."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from timvis.core.faults import Fault

_BASE = "schema:///"


class SchemaIsBroken(ValueError):
    """The schema itself cannot be compiled: an installation mistake, not the sender's."""


class _InTheSet(etree.Resolver):
    """Answers an import inside a schema with a file of the same set."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def resolve(self, system_url: str, public_id: str, *context: Any) -> Any:
        path = system_url.removeprefix(_BASE)
        if path not in self._files:
            raise SchemaIsBroken(f"the schema asks for {path}, which its set does not hold")
        return self.resolve_string(self._files[path], *context, base_url=_BASE + path)


def compiled(files: Mapping[str, bytes], main: str) -> etree.XMLSchema:
    """Return the schema that starts in `main`; `files` are the set's contents by path relative to its root.

    Raises `SchemaIsBroken` when it does not compile.
    """
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    parser.resolvers.add(_InTheSet(files))
    try:
        return etree.XMLSchema(etree.fromstring(files[main], parser, base_url=_BASE + main))
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError) as error:
        raise SchemaIsBroken(f"{main}: {error}") from error


def faults_of(root: etree._Element, schema: etree.XMLSchema) -> tuple[Fault, ...]:
    """Return one fault per place where the document departs from the schema, in document order."""
    if schema.validate(root):
        return ()
    log: Any = schema.error_log
    return tuple(
        Fault(
            code="does_not_follow_schema",
            message=f"Följer inte formatets schema: {_without_namespaces(entry.message)}",
            remedy="Rätta i systemet som skrev filen, eller be avsändaren om en ny.",
            line=entry.line,
            column=entry.column or None,
        )
        for entry in log
    )


def _without_namespaces(message: str) -> str:
    """Return a validator's message without the long names in braces, which hide the element."""
    kept, depth = [], 0
    for letter in message:
        depth += letter == "{"
        if depth == 0:
            kept.append(letter)
        depth -= letter == "}"
    return "".join(kept)
