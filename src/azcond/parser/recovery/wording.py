"""The wording of syntax errors: code, what is wrong, what to write instead.

What goes wrong inside one token stands in `token_wording`.

Lower case, no full stop, the user's own text in backticks, no name of a terminal.
"""
# ruff: noqa: D103  # the code and the sentence that a function returns say what it is for

from __future__ import annotations

from collections.abc import Sequence

from azcond.ast import MAX_DEPTH
from azcond.kinds import Kind
from azcond.operators import QUANTIFIERS, RELATIONS, Relation
from azcond.parser.recovery.findings import Problem
from azcond.parser.recovery.hints import quantified_form
from azcond.parser.recovery.token_wording import ATTRIBUTE_FORMS, echo

_LONGEST = 80
_CONNECTIVES = "`AND` or `&&`, `OR` or `||`"
_QUANTIFIERS = ", ".join(f"`{quantifier.name}`" for quantifier in QUANTIFIERS)
_DELETE = "delete it"

CLOSER = {"(": ")", "{": "}", "[": "]"}
"""The closer of each opener."""
_OPENER = {closer: opener for opener, closer in CLOSER.items()}


# Brackets and nesting

EMPTY_TEXT = Problem("SYN011", "the condition is empty", "write at least one comparison or test")
EMPTY_PARENTHESES = Problem(
    "SYN011",
    "nothing stands between the parentheses",
    "write an expression between them, or delete them",
)
TOO_DEEP = Problem(
    "SYN001",
    f"AND, OR and NOT nest deeper than {MAX_DEPTH} levels here",
    "join the parts side by side instead of inside one another",
)


def unclosed(opener: str) -> Problem:
    return Problem("SYN002", f"`{opener}` is never closed", f"write the missing `{CLOSER[opener]}`")


def mismatched(closer: str, opener: str, line: int, column: int) -> Problem:
    message = f"`{closer}` does not close the `{opener}` opened at line {line}, column {column}"
    return Problem("SYN002", message, f"write `{CLOSER[opener]}` to close it")


def one_too_many(mismatch: Problem) -> Problem:
    return mismatch._replace(help=f"{_DELETE}: the opener is closed further on")


def stray(closer: str) -> Problem:
    help_text = f"delete it, or add the missing `{_OPENER[closer]}`"
    return Problem("SYN002", f"`{closer}` closes nothing", help_text)


# Expressions and connectives

MISSING_CONNECTIVE = Problem(
    "SYN001",
    "expected `AND` or `OR` before this expression",
    f"join expressions by {_CONNECTIVES}",
)
COMMA_AS_CONNECTIVE = Problem(
    "SYN001", "a comma does not join expressions", f"write {_CONNECTIVES}"
)


def single_connective(text: str) -> Problem:
    meant = "`AND` or `&&`" if text == "&" else "`OR` or `||`"
    message = f"`{text}` is not a connective of the condition language"
    return Problem("SYN005", message, f"write {meant}")


def misspelt_word(text: str, meant: str) -> Problem:
    return Problem("SYN001", f"unknown word {echo(text)}", f"did you mean `{meant}`?")


def nothing_on_the_left(text: str) -> Problem:
    message = f"nothing stands on the left of {echo(text)}"
    return Problem("SYN001", message, f"write an expression before it, or delete {echo(text)}")


def nothing_on_the_right(text: str) -> Problem:
    message = f"nothing stands on the right of {echo(text)}"
    return Problem("SYN001", message, f"write an expression after it, or delete {echo(text)}")


def two_connectives(first: str, second: str) -> Problem:
    message = f"{echo(second)} follows {echo(first)} directly"
    return Problem("SYN001", message, "expected an expression between them")


def after_expression(text: str) -> Problem:
    message = f"unexpected {echo(text)} after a complete expression"
    return Problem("SYN001", message, "expected `AND`, `OR`, `)` or the end of the condition")


def chained(text: str) -> Problem:
    message = f"{echo(text)} cannot continue a complete comparison"
    return Problem("SYN001", message, f"write two comparisons joined by {_CONNECTIVES}")


def test_with_operator(test: str) -> Problem:
    message = f"{echo(test)} is true or false by itself and takes no operator"
    return Problem("SYN001", message, "delete the operator; write `NOT` before the test to deny it")


def expected_expression(text: str) -> Problem:
    help_text = (
        "expected a comparison such as `@Resource[id] StringEquals 'x'`, `ActionMatches{'…'}`, "
        "`SubOperationMatches{'…'}`, `Exists @Source[id]`, `NOT` or `(`"
    )
    return Problem("SYN001", f"unexpected {echo(text)}", help_text)


def unexpected(text: str, expected: str) -> Problem:
    return Problem("SYN001", f"unexpected {echo(text)}", f"expected {expected}")


# Comparisons

OPERAND_IN_PARENTHESES = Problem("SYN001", "an operand takes no parentheses", "delete them")
POSTFIX_EXISTS = Problem(
    "SYN001", "`Exists` stands before the attribute", "write `Exists @Source[id]`"
)


def bare_operand(text: str) -> Problem:
    help_text = f"an attribute is one of {ATTRIBUTE_FORMS}; text takes single quotes"
    return Problem("SYN001", f"{echo(text)} is not an operand", help_text)


def lone_operand(text: str, *, attribute: bool) -> Problem:
    help_text = (
        "expected an operator and a value; presence alone is tested by `Exists`"
        if attribute
        else "each comparison is written in full: `@Source[id] StringEquals 'x'`"
    )
    return Problem("SYN001", f"{echo(text)} is not compared with anything", help_text)


def missing_operator(relation: str) -> Problem:
    message = "expected an operator between the two operands"
    return Problem("SYN001", message, f"write an operator such as `{relation}`")


def missing_value(operator: str) -> Problem:
    help_text = (
        "expected a string, a number, `true`, `false`, a GUID, a set in braces or an attribute"
    )
    return Problem("SYN001", f"expected a value after {echo(operator)}", help_text)


def second_operator(text: str) -> Problem:
    return Problem("SYN001", f"unexpected second operator {echo(text)}", "write one operator")


def second_value(operator: str, relation: Relation | None) -> Problem:
    form = quantified_form(relation) if relation else "ForAnyOfAnyValues:StringEquals"
    message = f"{echo(operator)} compares with one value"
    return Problem("SYN001", message, f"write several as a set: `{form} {{…, …}}`")


def foreign_operator(text: str, forms: Sequence[str], note: str = "") -> Problem:
    message = f"{echo(text)} is not an operator of the condition language"
    return Problem("SYN005", message, f"write {' or '.join(f'`{form}`' for form in forms)}{note}")


def foreign_null_test(text: str, attribute: str, *, denied: bool) -> Problem:
    shown = attribute if len(attribute) <= _LONGEST and attribute.isprintable() else "@Source[id]"
    message = f"{echo(text)} is not part of the condition language"
    return Problem("SYN005", message, f"write `{'' if denied else 'NOT '}Exists {shown}`")


def infix_not(relation: str | None) -> Problem:
    meant = f"write `{relation}`, or " if relation else ""
    message = "`NOT` stands before the whole comparison"
    return Problem("SYN001", message, f"{meant}write `NOT` before the left operand")


def unknown_operator(text: str, near: str | None, kind: Kind) -> Problem:
    rows = [row for row in RELATIONS if row.kind is kind and not row.ignore_case]
    listed = ", ".join(f"`{row.name}`" for row in rows)
    help_text = f"did you mean `{near}`?" if near else f"the {kind} operators are {listed}"
    return Problem("SYN003", f"unknown operator {echo(text)}", help_text)


def other_dialect(text: str, instead: str) -> Problem:
    return Problem("SYN003", f"{echo(text)} is not part of Azure's condition language", instead)


def split_operator(text: str, relation: str) -> Problem:
    return Problem("SYN003", f"{echo(text)} is one word", f"write `{relation}`")


# Quantifiers


def unknown_quantifier(text: str, near: str | None) -> Problem:
    help_text = f"did you mean `{near}`?" if near else f"the quantifiers are {_QUANTIFIERS}"
    return Problem("SYN004", f"unknown quantifier {echo(text)}", help_text)


def illegal_pair(quantifier: str, relation: str) -> Problem:
    message = f"`{relation}` takes no quantifier, so `{quantifier}:{relation}` does not exist"
    return Problem("SYN004", message, f"write `{relation}` alone")


def bare_quantifier(quantifier: str, relation: str) -> Problem:
    message = f"the quantifier `{quantifier}` alone is not part of Azure's condition language"
    return Problem("SYN003", message, f"write it with a relation: `{quantifier}:{relation}`")


def quantifier_separator(quantifier: str, relation: str) -> Problem:
    message = "quantifier and relation are joined by a colon, quantifier first"
    return Problem("SYN004", message, f"write `{quantifier}:{relation}`")


def quantifier_in_front(quantifier: str) -> Problem:
    message = "the quantifier stands before the relation, not before the operand"
    return Problem("SYN004", message, f"write `@Source[id] {quantifier}:StringEquals …`")


# Tests


def unknown_function(text: str, near: str | None) -> Problem:
    listed = "`ActionMatches{…}`, `SubOperationMatches{…}` and `Exists @Source[id]`"
    help_text = f"did you mean `{near}`?" if near else f"the tests are {listed}"
    return Problem("SYN003", f"unknown function {echo(text)}", help_text)


def braces_expected(function: str) -> Problem:
    message = f"{echo(function)} takes its patterns in braces"
    return Problem("SYN001", message, "write " + echo(function + "{'…'}"))


def pattern_expected(text: str) -> Problem:
    message = f"expected a quoted pattern, not {echo(text)}"
    return Problem("SYN001", message, "patterns are strings: `'…'`")


def attribute_expected(text: str = "") -> Problem:
    found = f", not {echo(text)}" if text else ""
    message = f"`Exists` takes one attribute reference{found}"
    return Problem("SYN001", message, "write `Exists @Source[id]`")


# Values


def null_value(text: str) -> Problem:
    message = f"there is no {echo(text)} in the condition language"
    return Problem("SYN001", message, "a missing attribute is tested by `NOT Exists @Source[id]`")


def unquoted(text: str, relation: Relation | None) -> Problem:
    kind = relation.kind if relation else None
    if kind is Kind.BOOLEAN:
        return Problem("SYN001", f"{echo(text)} is not a boolean", "write `true` or `false`")
    quoted = echo(f"'{text}'")
    help_text = f"write {quoted}"
    if kind is Kind.GUID:
        help_text = f"a role is named by its GUID, without quotes; as text write {quoted}"
    elif kind is Kind.INTEGER:
        help_text = f"a number is written in digits; as text write {quoted}"
    return Problem("SYN006", f"{echo(text)} is not quoted", help_text)


def placeholder(text: str) -> Problem:
    message = f"the placeholder {echo(text)} was never filled in"
    return Problem("SYN001", message, "put the value in its place")


def malformed_guid(text: str) -> Problem:
    help_text = "a GUID has 32 hexadecimal digits, in groups of 8-4-4-4-12 or without dashes"
    return Problem("TYP104", f"{echo(text)} is not a GUID", help_text)


def decimal(text: str) -> Problem:
    return Problem("TYP107", f"{echo(text)} is not an integer", "only integers can be compared")


def function_call(text: str) -> Problem:
    message = f"{echo(text)} is not part of Azure's condition language"
    return Problem("SYN003", message, "functions cannot be called: write the value itself")


# Sets

EMPTY_SET = Problem("SYN011", "nothing stands between the braces", "write at least one value")
NESTED_SET = Problem("SYN001", "sets cannot be nested", "write one set: `{…, …}`")
LIST_IN_BRACKETS = Problem("SYN001", "a set stands in braces, not in brackets", "write `{…, …}`")
SET_IN_PARENTHESES = Problem(
    "SYN001", "a set stands in braces, not in parentheses", "write `{…, …}`"
)
ATTRIBUTE_IN_SET = Problem(
    "SYN001",
    "a set holds strings, numbers, booleans or GUIDs, not attributes",
    "compare with the attribute itself, outside braces",
)
MISSING_COMMA = Problem("SYN012", "expected a comma between two values of a set", "write `,`")


def unwanted_comma(where: str) -> Problem:
    return Problem("SYN012", f"{where} comma in a set", _DELETE)


def wrong_separator(text: str) -> Problem:
    message = f"values of a set are separated by commas, not by {echo(text)}"
    return Problem("SYN012", message, "write `,`")


# Where parsing stopped

_TERMINALS = {
    "AND": "`AND`",
    "OR": "`OR`",
    "NOT": "`NOT`",
    "ACTION_MATCHES": "`ActionMatches`",
    "SUBOPERATION_MATCHES": "`SubOperationMatches`",
    "EXISTS": "`Exists`",
    "BOOLEAN": "`true` or `false`",
    "GUID": "a GUID",
    "INTEGER": "an integer",
    "WORD": "an operator",
    "STRING": "a string",
    "ATTRIBUTE": "an attribute",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "LBRACE": "`{`",
    "RBRACE": "`}`",
    "COMMA": "`,`",
    "COLON": "`:`",
    "$END": "the end of the condition",
}


def stopped_at(text: str, expected: Sequence[str]) -> Problem:
    found = f"unexpected {echo(text)}" if text else "unexpected end of the condition"
    wanted = ", ".join(_TERMINALS[name] for name in expected if name in _TERMINALS)
    return Problem("SYN001", found, f"expected one of: {wanted}")
