"""Texts that are conditions: how they read, and where their nodes stand."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given

import azcond
from azcond.ast import (
    ActionMatches,
    And,
    Attribute,
    AttributeSource,
    Comparison,
    Exists,
    Expression,
    Literal,
    Not,
    Operand,
    Or,
    SetLiteral,
    SubOperationMatches,
    leaves,
    postorder,
)
from azcond.diagnostics import Severity
from azcond.kinds import Kind
from azcond.source import Span
from conftest import FIXTURES
from spelling import spell
from strategies import random_tree, texts

NOWHERE = Span(0, 0)
GUID = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


def tree(text: str) -> Expression:
    return azcond.parse(text).ast


def comparison(text: str) -> Comparison:
    node = tree(text)
    assert isinstance(node, Comparison)
    return node


def test_a_spelled_tree_parses_to_that_tree() -> None:
    for seed in range(1500):
        rng = Random(seed)
        expected = random_tree(rng)
        text = spell(expected, rng)
        assert tree(text) == expected, text


# --- structure -----------------------------------------------------------------------------

A, B, C = (f"Exists @Request[{name}]" for name in "abc")
a, b, c = (Exists(Attribute(AttributeSource.REQUEST, name, NOWHERE), NOWHERE) for name in "abc")


def conj(*operands: Expression) -> And:
    return And(operands, NOWHERE)


def disj(*operands: Expression) -> Or:
    return Or(operands, NOWHERE)


def deny(operand: Expression) -> Not:
    return Not(operand, NOWHERE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (A, a),
        (f"(({A}))", a),
        (f"{A} AND {B} AND {C}", conj(a, b, c)),
        (f"({A} AND {B}) AND {C}", conj(conj(a, b), c)),
        (f"{A} AND ({B} AND {C})", conj(a, conj(b, c))),
        (f"{A} AND {B} OR {C}", disj(conj(a, b), c)),
        (f"{A} OR {B} AND {C}", disj(a, conj(b, c))),
        (f"({A} OR {B}) AND {C}", conj(disj(a, b), c)),
        (f"{A} OR {B} OR {C}", disj(a, b, c)),
        (f"NOT {A} AND {B}", conj(deny(a), b)),
        (f"NOT ({A} AND {B})", deny(conj(a, b))),
        (f"NOT NOT !{A}", deny(deny(deny(a)))),
        (f"!{A}||{B}&&!{C}", disj(deny(a), conj(b, deny(c)))),
        (f"{A} and {B} Or not {C}", disj(conj(a, b), deny(c))),
        ("Exists(@Request[a])", a),
        ("exists ( @request [a] )", a),
    ],
)
def test_precedence_and_grouping(text: str, expected: Expression) -> None:
    assert tree(text) == expected


def test_not_covers_the_whole_comparison() -> None:
    node = tree("NOT @Resource[a:b] StringEquals 'x'")
    assert isinstance(node, Not)
    assert isinstance(node.operand, Comparison)


# --- words, blanks and literals ------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "ActionMatches{'a/b'}",
        "ActionMatches {'a/b'}",
        "actionmatches\n{\t'a/b'\r\n}",
        "ACTIONMATCHES{'a/b'}",
    ],
)
def test_blanks_and_case_are_free(text: str) -> None:
    assert tree(text) == ActionMatches((Literal(Kind.STRING, "a/b", NOWHERE),), NOWHERE)


def test_several_patterns_stand_in_one_set() -> None:
    node = tree("SubOperationMatches{'a','b'}")
    assert isinstance(node, SubOperationMatches)
    assert [pattern.value for pattern in node.patterns] == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        "@Resource[a:b]StringEquals'x'",
        "@resource[a:b] stringequals 'x'",
        "@RESOURCE[a:b]\nSTRINGEQUALS\n'x'",
        "@Resource [a:b] sTRINGeQUALS 'x'",
    ],
)
def test_a_comparison_needs_blanks_between_words_only(text: str) -> None:
    node = comparison(text)
    assert node.left == Attribute(AttributeSource.RESOURCE, "a:b", NOWHERE)
    assert node.operator.name == "StringEquals"
    assert node.right == Literal(Kind.STRING, "x", NOWHERE)


@pytest.mark.parametrize("text", ["forallofanyvalues:stringlike", "FORALLOFANYVALUES : StringLike"])
def test_a_quantified_operator_is_found_in_any_case(text: str) -> None:
    assert comparison(f"@Request[a] {text} {{'x'}}").operator.name == "ForAllOfAnyValues:StringLike"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("'x'", Kind.STRING, "x"),
        ("''", Kind.STRING, ""),
        (r"'it\'s'", Kind.STRING, "it's"),
        (r"'\'\''", Kind.STRING, "''"),
        (r"'a\b\*'", Kind.STRING, r"a\b\*"),
        (r"'a\\'b'", Kind.STRING, r"a\'b"),
        ("'a\r\nb'", Kind.STRING, "a\r\nb"),
        ("'“\u00a0\u200b” // -- #'", Kind.STRING, "“\u00a0\u200b” // -- #"),
        ("'AND OR NOT ( } @x[y]'", Kind.STRING, "AND OR NOT ( } @x[y]"),
        ("5", Kind.INTEGER, 5),
        ("-5", Kind.INTEGER, -5),
        ("007", Kind.INTEGER, 7),
        ("-0", Kind.INTEGER, 0),
        ("1" + "0" * 300, Kind.INTEGER, 10**300),
        ("true", Kind.BOOLEAN, True),
        ("FALSE", Kind.BOOLEAN, False),
        ("True", Kind.BOOLEAN, True),
        (GUID, Kind.GUID, GUID),
        (GUID.upper(), Kind.GUID, GUID),
        (GUID.replace("-", ""), Kind.GUID, GUID),
        ("1" * 32, Kind.GUID, "11111111-1111-1111-1111-111111111111"),
        (f"'{GUID}'", Kind.STRING, GUID),
    ],
)
def test_literals(text: str, kind: Kind, value: object) -> None:
    literal = comparison(f"@Resource[a] StringEquals {text}").right
    assert literal == Literal(kind, value, NOWHERE)  # type: ignore[arg-type]  # read from a table
    assert type(literal.value) is type(value)


def test_integers_next_to_32_digits_stay_integers() -> None:
    for digits in (31, 33):
        literal = comparison(f"@Resource[a] NumericEquals {'1' * digits}").right
        assert literal == Literal(Kind.INTEGER, int("1" * digits), NOWHERE)


def test_guids_of_every_spelling_mix_in_a_set() -> None:
    bare, quoted, dashless = GUID, f"'{GUID.upper()}'", GUID.replace("-", "")
    node = comparison(f"@Resource[a] ForAnyOfAnyValues:GuidEquals{{{bare},{quoted} , {dashless}}}")
    assert node.right == SetLiteral((Literal(Kind.GUID, GUID, NOWHERE),) * 3, NOWHERE)


def test_a_quoted_guid_under_another_relation_is_a_string() -> None:
    right = comparison(f"@Resource[a] StringEquals '{GUID}'").right
    assert right == Literal(Kind.STRING, GUID, NOWHERE)


def test_a_quoted_text_under_a_guid_relation_that_is_no_guid_stays_a_string() -> None:
    right = comparison("@Resource[a] GuidEquals 'Reader'").right
    assert right == Literal(Kind.STRING, "Reader", NOWHERE)


def test_sets_and_literals_stand_on_either_side() -> None:
    node = comparison("{1,-2} ForAllOfAllValues:NumericLessThan @Principal[x y:z]")
    assert isinstance(node.left, SetLiteral)
    assert [item.value for item in node.left.items] == [1, -2]
    assert node.right == Attribute(AttributeSource.PRINCIPAL, "x y:z", NOWHERE)


@pytest.mark.parametrize(
    "identifier",
    [
        "UtcNow",
        "Example/items/tags:Cost centre",
        "Example/items/tags:Project<$key_case_sensitive$>",
        "Example/items/tags&$keys$&",
        "Example/items/tags:größe (m²)",
        "Microsoft.Directory/CustomSecurityAttributes/Id:Set_Name",
        "a:b:c'd\"{e}(f)",
    ],
)
def test_an_attribute_id_is_taken_raw(identifier: str) -> None:
    node = tree(f"Exists @Environment[{identifier}]")
    assert node == Exists(Attribute(AttributeSource.ENVIRONMENT, identifier, NOWHERE), NOWHERE)


# --- spans ---------------------------------------------------------------------------------


@given(texts())
def test_the_span_of_a_node_covers_a_text_that_reads_as_the_node(text: str) -> None:
    for node in postorder(tree(text)):
        assert tree(text[node.span.start : node.span.end]) == node


@given(texts())
def test_the_spans_inside_a_leaf_cover_what_they_name(text: str) -> None:
    for leaf in leaves(tree(text)):
        match leaf:
            case Exists():
                assert_attribute_span(text, leaf.attribute)
            case Comparison():
                assert "".join(text[slice(*leaf.operator.span)].split()).lower() == (
                    leaf.operator.name.lower()
                )
                assert_operand_span(text, leaf.left)
                assert_operand_span(text, leaf.right)
                assert leaf.left.span.end <= leaf.operator.span.start
                assert leaf.operator.span.end <= leaf.right.span.start
            case ActionMatches() | SubOperationMatches():
                for pattern in leaf.patterns:
                    assert_operand_span(text, pattern)


def assert_operand_span(text: str, operand: Operand) -> None:
    covered = text[slice(*operand.span)]
    match operand:
        case Attribute():
            assert_attribute_span(text, operand)
        case SetLiteral():
            assert (covered[0], covered[-1]) == ("{", "}")
            for item in operand.items:
                assert_operand_span(text, item)
        case Literal(kind=Kind.GUID):
            assert covered.strip("'").replace("-", "").lower() == str(operand.value).replace(
                "-", ""
            )
        case Literal(kind=Kind.STRING):
            assert covered[1:-1].replace("\\'", "'") == operand.value
        case Literal():
            assert covered.lower() == str(operand.value).lower()


def assert_attribute_span(text: str, attribute: Attribute) -> None:
    covered = text[slice(*attribute.span)]
    assert covered.startswith("@")
    assert covered.endswith(f"[{attribute.id}]")


# --- conditions ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", sorted((FIXTURES / "conditions").glob("*.cond")), ids=lambda path: path.stem
)
def test_fixture_conditions_are_free_of_errors(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert azcond.parse(text).text == text
    assert not [found for found in azcond.lint(text) if found.severity is Severity.ERROR]


def test_the_key_vault_condition_reads_as_two_clauses() -> None:
    text = (FIXTURES / "conditions" / "key-vault-data-access-administrator.cond").read_text()
    node = tree(text)
    assert isinstance(node, And)
    for clause, verb, source in zip(
        node.operands, ("write", "delete"), ("Request", "Resource"), strict=True
    ):
        assert isinstance(clause, Or)
        guard, expression = clause.operands
        action = Literal(Kind.STRING, f"Microsoft.Authorization/roleAssignments/{verb}", NOWHERE)
        assert guard == Not(ActionMatches((action,), NOWHERE), NOWHERE)
        assert isinstance(expression, Comparison)
        assert expression.operator.name == "ForAnyOfAnyValues:GuidEquals"
        assert isinstance(expression.left, Attribute)
        assert expression.left.source.value == source
        assert isinstance(expression.right, SetLiteral)
        assert len(expression.right.items) == 8


def test_conditions_are_equal_when_their_trees_are() -> None:
    condition = azcond.parse(f"{A} AND {B}")
    assert condition == azcond.parse(f"( exists(@Request[a])&&{B} )")
    assert hash(condition) == hash(azcond.parse(f"({A}) and ({B})"))
    assert condition != azcond.parse(f"{B} AND {A}")
    assert condition != azcond.parse(f"{A} OR {B}")
