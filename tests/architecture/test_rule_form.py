"""The form of a rule: what makes the same function judge one shift in a debugger and a nation in one scan.

A rule's operators work on whole numbers and on columns of whole numbers alike. Anything that only works on
one of the two (`and`, `not`, a chained comparison, `if`, a call, a division) would judge differently in bulk,
so the syntax tree is read here and nothing else is let through.
"""

import ast
from collections.abc import Iterator

import pytest
from tests.architecture.source import (
    CORE,
    Objection,
    assert_none,
    called_name,
    functions_of,
    place,
    python_files,
    tree_of,
)

RULES = CORE / "review" / "rules"
MARKS = {"shift_rule", "week_rule", "claim_rule"}
# A name that tells somebody to do something, or asks, is not a sentence that is true when the rule objects.
NO_FIRST_WORD = {"check", "validate", "verify", "test", "rule", "is", "has", "must", "find", "get"}
LEAST_WORDS = 3

Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_rule(function: Function) -> bool:
    return any(called_name(mark) in MARKS for mark in function.decorator_list)


def rules() -> list[tuple[str, Function]]:
    """Return place and function of every rule that Timvis has."""
    return [
        (place(path, function.lineno), function)
        for path in python_files(RULES)
        for function in functions_of(tree_of(path))
        if is_rule(function)
    ]


def against_form(rule: Function) -> Iterator[Objection]:
    """Object to everything in a rule that is not its one form."""
    yield from _against_head(rule)
    if len(rule.body) != 1 or not isinstance(rule.body[0], ast.Return) or rule.body[0].value is None:
        yield rule.lineno, "a rule is one `return` and nothing else"
    elif rule.args.args:
        yield from _against_predicate(rule.body[0].value, rule.args.args[0].arg)


def _against_head(rule: Function) -> Iterator[Objection]:
    arguments = rule.args
    others = [
        *arguments.posonlyargs,
        *arguments.kwonlyargs,
        *arguments.defaults,
        arguments.vararg,
        arguments.kwarg,
    ]
    if isinstance(rule, ast.AsyncFunctionDef):
        yield rule.lineno, "a rule waits for nothing"
    if len(arguments.args) != 1 or any(others):
        yield rule.lineno, "a rule takes one argument: the facts"
    words = rule.name.split("_")
    if len(words) < LEAST_WORDS or words[0] in NO_FIRST_WORD:
        yield rule.lineno, f"{rule.name} is no sentence that is true when the rule objects"


def _against_predicate(node: ast.expr, facts: str) -> Iterator[Objection]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        yield from _against_predicate(node.left, facts)
        yield from _against_predicate(node.right, facts)
    elif not isinstance(node, ast.Compare):
        yield node.lineno, f"`{ast.unparse(node)}`: parenthesised comparisons joined by & and | only"
    elif len(node.ops) != 1 or not isinstance(node.ops[0], ast.Eq | ast.NotEq | ast.Lt | ast.LtE | ast.Gt | ast.GtE):
        yield (
            node.lineno,
            f"`{ast.unparse(node)}`: one comparison with == != < <= > >=, in parentheses of its own",
        )
    else:
        if not any(_is_fact(part, facts) for part in ast.walk(node)):
            yield node.lineno, f"`{ast.unparse(node)}` asks no fact"
        yield from _against_quantity(node.left, facts)
        yield from _against_quantity(node.comparators[0], facts)


def _against_quantity(node: ast.expr, facts: str) -> Iterator[Objection]:
    if _is_fact(node, facts):
        return
    if isinstance(node, ast.Constant):
        if type(node.value) is not int or node.value not in (0, 1):
            yield node.lineno, f"{node.value!r}: 0 and 1 only; a number of the law comes in as a fact"
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult):
        if isinstance(node.op, ast.Mult) and not (_is_fact(node.left, facts) or _is_fact(node.right, facts)):
            yield node.lineno, f"`{ast.unparse(node)}`: a product is by a fact"
        yield from _against_quantity(node.left, facts)
        yield from _against_quantity(node.right, facts)
    else:
        yield node.lineno, f"`{ast.unparse(node)}`: facts, +, - and products by a fact only"


def _is_fact(node: ast.AST, facts: str) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == facts


# --- the rules of Timvis --------------------------------------------------------------------------------


def test_timvis_has_rules() -> None:
    assert rules(), f"no function under {place(RULES)} is marked as a rule"


def test_every_rule_has_the_one_form() -> None:
    assert_none([f"{where}: {rule.name}: {what}" for where, rule in rules() for _, what in against_form(rule)])


def test_no_two_rules_have_the_same_name() -> None:
    names = [rule.name for _, rule in rules()]

    assert sorted(names) == sorted(set(names))


def test_every_function_among_the_rules_is_a_rule() -> None:
    assert_none(
        [
            f"{place(path, function.lineno)}: {function.name} is no rule; move it to core/review"
            for path in python_files(RULES)
            if path.name != "__init__.py"
            for function in functions_of(tree_of(path))
            if not is_rule(function)
        ]
    )


# --- the form itself ------------------------------------------------------------------------------------


def rule_returning(expression: str, name: str = "assistant_was_under_18") -> Function:
    return next(functions_of(ast.parse(f"def {name}(shift):\n    return {expression}")))


@pytest.mark.parametrize(
    "expression",
    [
        "shift.day_is_hospital == 1",
        "(shift.birth_is_known == 1) & (shift.work_on < shift.adult_on)",
        "(shift.a > 0) & ((shift.b == 0) | (shift.c - shift.d >= shift.limit))",
        "shift.end_at - shift.start_at + 1 > shift.limit * shift.share",
    ],
)
def test_the_form_is_let_through(expression: str) -> None:
    assert not list(against_form(rule_returning(expression)))


@pytest.mark.parametrize(
    "expression",
    [
        "(shift.a == 1) and (shift.b == 1)",
        "not (shift.a == 1)",
        "~(shift.a == 1)",
        "shift.a == 1 & shift.b == 1",  # & binds tighter than ==: this is a chain with 1 & b in its middle
        "shift.a < shift.b < shift.c",
        "shift.a in (0, 1)",
        "shift.a is None",
        "shift.a > 40",
        "shift.a == -1",
        "shift.a == True",
        "shift.a == '1'",
        "shift.a == 1.0",
        "shift.a // shift.b == 1",
        "shift.a % shift.b == 0",
        "shift.a / shift.b > 1",
        "(shift.a + shift.b) * (shift.c + shift.d) > 0",
        "abs(shift.a) > 0",
        "(shift.a == 1) if shift.b else (shift.c == 1)",
        "shift.a",
        "0 == 1",
        "shift.span.start == 1",
        "other.a == 1",
    ],
)
def test_another_form_is_objected_to(expression: str) -> None:
    assert list(against_form(rule_returning(expression)))


@pytest.mark.parametrize("name", ["under_18", "check_assistant_age", "is_under_18_years"])
def test_a_name_that_is_no_sentence_is_objected_to(name: str) -> None:
    assert list(against_form(rule_returning("shift.a == 1", name)))


@pytest.mark.parametrize(
    "source",
    [
        "def assistant_was_under_18(shift):\n    limit = 1\n    return shift.a == limit",
        "def assistant_was_under_18(shift):\n    'Text.'\n    return shift.a == 1",
        "def assistant_was_under_18(shift, law):\n    return shift.a == 1",
        "def assistant_was_under_18(shift=None):\n    return shift.a == 1",
        "def assistant_was_under_18(shift):\n    return",
    ],
)
def test_more_than_one_return_over_one_argument_is_objected_to(source: str) -> None:
    assert list(against_form(next(functions_of(ast.parse(source)))))
