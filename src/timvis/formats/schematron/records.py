"""A Schematron schema as records: the part of ISO 19757-3 that the official invoice rules use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Let:
    """A named expression, evaluated where it stands: once per document, or once per node a rule fires on."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """What must be true of a node; `flag` and `text` are told when it is not."""

    rule_id: str
    flag: str
    test: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which nodes the assertions are about; in a pattern only the first rule that matches a node fires on it."""

    context: str
    lets: tuple[Let, ...]
    assertions: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Rules that exclude each other, in order."""

    lets: tuple[Let, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A whole schema. `namespaces` are prefix and URI; `functions` are `xsl:function` elements as XML text."""

    namespaces: tuple[tuple[str, str], ...]
    lets: tuple[Let, ...]
    functions: tuple[str, ...]
    patterns: tuple[Pattern, ...]

    @property
    def assertion_count(self) -> int:
        """How many assertions there are."""
        return sum(len(rule.assertions) for pattern in self.patterns for rule in pattern.rules)


class SchematronIsNotUnderstood(ValueError):
    """The schema uses a part of Schematron that is not supported here: an installation mistake, not the sender's."""
