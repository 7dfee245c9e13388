"""What a condition means, said a second time: slowly, plainly and apart from the library.

Only the nodes of the tree are shared with azcond. A request here is a plain dict with the keys
`action`, `suboperation`, `resource`, `request`, `principal` and `environment`; a verdict is
`True`, `False` or `None` for unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from azcond.ast import (
    ActionMatches,
    And,
    Attribute,
    Comparison,
    Exists,
    Expression,
    Literal,
    Not,
    Or,
    SetLiteral,
    SubOperationMatches,
)

Verdict = bool | None
PlainRequest = Mapping[str, Any]

ABSENT = object()
ILL_TYPED = object()


def decide(node: Expression, request: PlainRequest, missing: str = "unknown") -> Verdict:
    """The verdict of a tree; recursive, so for trees of moderate depth only."""
    if isinstance(node, And):
        return _least([decide(operand, request, missing) for operand in node.operands])
    if isinstance(node, Or):
        return _not(_least([_not(decide(item, request, missing)) for item in node.operands]))
    if isinstance(node, Not):
        return _not(decide(node.operand, request, missing))
    if isinstance(node, ActionMatches):
        return any(action_pattern_matches(str(p.value), request["action"]) for p in node.patterns)
    if isinstance(node, SubOperationMatches):
        given = _suboperation(request)
        if given is None:
            return False
        return any(action_pattern_matches(str(p.value), given) for p in node.patterns)
    if isinstance(node, Exists):
        return look_up(node.attribute, request) is not ABSENT
    return _compare(node, request, missing)


def _least(verdicts: Sequence[Verdict]) -> Verdict:
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _not(verdict: Verdict) -> Verdict:
    return None if verdict is None else not verdict


# --- comparisons ---------------------------------------------------------------------------


def _compare(node: Comparison, request: PlainRequest, missing: str) -> Verdict:
    relation = node.operator.relation.name
    quantifier = node.operator.quantifier
    operands = [_operand(side, relation, request) for side in (node.left, node.right)]
    if quantifier is None:
        operands = [_only_one(values) for values in operands]
    if any(values is ILL_TYPED for values in operands):
        return None
    sides = zip((node.left, node.right), operands, strict=True)
    absent = [side for side, values in sides if values is ABSENT]
    if any(_is_legacy_suboperation(side) for side in absent):
        return False
    if absent:
        return None if missing == "unknown" else False
    left, right = operands
    holds = _relation(relation)
    name = quantifier.name if quantifier else "ForAnyOfAnyValues"
    return cross_product(name, holds, left, right)


def cross_product(
    quantifier: str, holds: Callable[[Any, Any], bool], left: Iterable[Any], right: Iterable[Any]
) -> bool:
    """The truth of a quantified relation, from the table of the four quantifiers."""
    rows = [[holds(one, other) for other in right] for one in left]
    if quantifier == "ForAnyOfAnyValues":
        return True in [True in row for row in rows]
    if quantifier == "ForAllOfAnyValues":
        return False not in [True in row for row in rows]
    if quantifier == "ForAnyOfAllValues":
        return True in [False not in row for row in rows]
    assert quantifier == "ForAllOfAllValues", quantifier
    return False not in [False not in row for row in rows]


def _only_one(values: Any) -> Any:
    if isinstance(values, list) and len(values) != 1:
        return ILL_TYPED
    return values


def _operand(side: object, relation: str, request: PlainRequest) -> Any:
    """A list of comparable values, `ABSENT` or `ILL_TYPED`."""
    if isinstance(side, Literal):
        return _all_typed([_comparable_literal(side, relation)])
    if isinstance(side, SetLiteral):
        return _all_typed([_comparable_literal(item, relation) for item in side.items])
    assert isinstance(side, Attribute)
    value = look_up(side, request)
    if value is ABSENT:
        return ABSENT
    values = list(value) if isinstance(value, list | tuple) else [value]
    return _all_typed([comparable(item, relation) for item in values])


def _all_typed(values: list[Any]) -> Any:
    return ILL_TYPED if any(value is ILL_TYPED for value in values) else values


def _comparable_literal(literal: Literal, relation: str) -> Any:
    """A bare GUID is no string, although both are held as text."""
    if (literal.kind.value == "guid") != relation.startswith("Guid"):
        return ILL_TYPED
    return comparable(literal.value, relation)


def comparable(value: Any, relation: str) -> Any:
    if relation.startswith("Bool"):
        return value if isinstance(value, bool) else ILL_TYPED
    if relation.startswith("Numeric"):
        is_integer = isinstance(value, int) and not isinstance(value, bool)
        return value if is_integer else ILL_TYPED
    if relation.startswith("DateTime"):
        return _instant(value)
    if relation.startswith("Guid"):
        return _guid(value)
    if not isinstance(value, str):
        return ILL_TYPED
    return fold(value) if relation.endswith("IgnoreCase") else value


def fold(text: str) -> str:
    """Lower case where that is one character for one."""
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def _guid(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.int
    if not isinstance(value, str):
        return ILL_TYPED
    lengths = [len(part) for part in value.split("-")]
    digits = value.replace("-", "")
    if lengths not in ([32], [8, 4, 4, 4, 12]) or set(digits) - set("0123456789abcdefABCDEF"):
        return ILL_TYPED
    return int(digits, 16)


_TIME = re.compile(
    r"(?P<clock>\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d)(?P<fraction>\.\d{1,7})?"
    r"(?P<zone>Z|[+-]([01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)
_START = datetime(1, 1, 1, tzinfo=UTC)


def _instant(value: Any) -> Any:
    """Seconds as an exact fraction, so that a seventh digit counts."""
    if isinstance(value, datetime):
        return Fraction((value - _START) // timedelta(microseconds=1), 10**6)
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return ILL_TYPED
    try:
        clock = datetime.fromisoformat(match["clock"] + "Z")
    except ValueError:
        return ILL_TYPED
    seconds = (clock - _START) // timedelta(seconds=1)
    zone = match["zone"].replace("Z", "+00:00")
    minutes = int(zone[1:3]) * 60 + int(zone[4:])
    east = -60 if zone[0] == "+" else 60
    return Fraction("0" + (match["fraction"] or ".0")) + seconds + minutes * east


# --- relations -----------------------------------------------------------------------------


def _relation(name: str) -> Callable[[Any, Any], bool]:
    test = re.sub("^(Bool|String|Numeric|DateTime|Guid)|IgnoreCase$", "", name)
    if test.startswith("Not"):
        positive = _relation("String" + test.removeprefix("Not"))
        return lambda left, right: not positive(left, right)
    tests: dict[str, Callable[[Any, Any], bool]] = {
        "Equals": lambda left, right: left == right,
        "StartsWith": lambda left, right: left[: len(right)] == right,
        "Like": like,
        "GreaterThan": lambda left, right: left > right,
        "GreaterThanEquals": lambda left, right: left >= right,
        "LessThan": lambda left, right: left < right,
        "LessThanEquals": lambda left, right: left <= right,
    }
    return tests[test]


def like(value: str, pattern: str) -> bool:
    r"""`*` any run, `?` any one character, `\*` and `\?` themselves; the whole value."""
    expression, at = "", 0
    while at < len(pattern):
        character = pattern[at]
        if character == "\\" and pattern[at + 1 : at + 2] in ("*", "?"):
            expression += re.escape(pattern[at + 1])
            at += 2
            continue
        expression += {"*": ".*", "?": "."}.get(character, re.escape(character))
        at += 1
    return re.fullmatch(expression, value, re.DOTALL) is not None


def action_pattern_matches(pattern: str, action: str) -> bool:
    """`*` any run, in any case; everything else is itself."""
    expression = ".*".join(re.escape(part) for part in fold(pattern).split("*"))
    return re.fullmatch(expression, fold(action), re.DOTALL) is not None


# --- attributes ----------------------------------------------------------------------------

_CASE_SENSITIVE = "<$key_case_sensitive$>"
_KEYS = "&$keys$&"


def _is_legacy_suboperation(side: object) -> bool:
    return (
        isinstance(side, Attribute)
        and side.source.value == "Request"
        and side.id.lower() == "suboperation"
    )


def _suboperation(request: PlainRequest) -> str | None:
    """As a member of its own, or as the attribute that it was in the first preview."""
    given = request.get("suboperation")
    for name, value in request.get("request", {}).items():
        if name.lower() == "suboperation" and value:
            given = value[0] if isinstance(value, list) else value
    return given


def look_up(attribute: Attribute, request: PlainRequest) -> Any:
    """The value of an attribute as the request gives it, or `ABSENT`."""
    if _is_legacy_suboperation(attribute):
        given = _suboperation(request)
        return ABSENT if given is None else given
    given = request.get(attribute.source.value.lower(), {})
    wanted = attribute.id
    if ":" not in wanted and wanted.lower().endswith(_KEYS):
        return _keys(given, fold(wanted[: -len(_KEYS)]))
    value = _find(given, wanted)
    return ABSENT if value is None else value


def _entries(given: Mapping[str, Any], wanted_type: str) -> Iterable[tuple[str, Any]]:
    """Every key of a dictionary attribute as written, with its value."""
    for name, value in given.items():
        type_id, colon, key = name.partition(":")
        if fold(type_id) != wanted_type:
            continue
        if colon:
            yield re.sub(r"<\$key_case_sensitive\$>\Z", "", key, flags=re.IGNORECASE), value
        elif isinstance(value, Mapping):
            yield from value.items()


def _keys(given: Mapping[str, Any], wanted_type: str) -> Any:
    for name, value in given.items():
        if fold(name) == wanted_type + _KEYS and value is not None:
            return value
    keys = [key for key, _ in _entries(given, wanted_type)]
    is_given = any(fold(n) == wanted_type and isinstance(v, Mapping) for n, v in given.items())
    return keys if keys or is_given else ABSENT


def _find(given: Mapping[str, Any], wanted: str) -> Any:
    type_id, colon, key = wanted.partition(":")
    if not colon:
        return next((v for name, v in given.items() if fold(name) == fold(wanted)), None)
    exact = key.lower().endswith(_CASE_SENSITIVE)
    if exact:
        key = key[: -len(_CASE_SENSITIVE)]
    for name, value in _entries(given, fold(type_id)):
        if name == key or (not exact and fold(name) == fold(key)):
            return value
    return None
