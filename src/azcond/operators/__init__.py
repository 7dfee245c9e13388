"""The operator table: every fact about a relation or a quantifier stands here once.

The parser's lookup and its "did you mean", the checker, the interpreter, the compiler, the
formatter's spelling and the operator tests all derive from these rows.
"""

from azcond.operators.like import has_escape, has_wildcard, like_pattern, like_segments
from azcond.operators.predicates import (
    AT_LEAST,
    AT_MOST,
    EQUAL,
    LESS,
    LIKE,
    MORE,
    NOT_EQUAL,
    NOT_LIKE,
    NOT_STARTS,
    STARTS,
    Predicate,
)
from azcond.operators.quantifiers import QUANTIFIERS, Quantifier, quantifier_named
from azcond.operators.relation import Example, Relation
from azcond.operators.relations import RELATIONS, relation_named

__all__ = [
    "AT_LEAST",
    "AT_MOST",
    "EQUAL",
    "LESS",
    "LIKE",
    "MORE",
    "NOT_EQUAL",
    "NOT_LIKE",
    "NOT_STARTS",
    "QUANTIFIERS",
    "RELATIONS",
    "STARTS",
    "Example",
    "Predicate",
    "Quantifier",
    "Relation",
    "has_escape",
    "has_wildcard",
    "like_pattern",
    "like_segments",
    "quantifier_named",
    "relation_named",
]
