"""What several rules ask of a condition: which operations it leaves open, what it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from azcond.access.roles import Plane, ReadyPermission
from azcond.actions import action_matches, is_wildcard
from azcond.ast import (
    And,
    Attribute,
    AttributeSource,
    Comparison,
    Exists,
    Expression,
    Leaf,
    Not,
    Operand,
    fold_nodes,
    leaves,
    operand_attributes,
    polarities,
)
from azcond.catalogue import KnownAttribute, all_actions, find_action, find_attribute_by_id
from azcond.clauses import Clause, Target, find_clauses
from azcond.kinds import fold
from azcond.linter.demands import Demands
from azcond.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azcond.linter.subject import Subject

BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
READ = f"{BLOBS}/read"
WRITE = f"{BLOBS}/write"
ADD = f"{BLOBS}/add/action"
DELETE = f"{BLOBS}/delete"
WRITE_TAGS = f"{BLOBS}/tags/write"
MOVE = f"{BLOBS}/move/action"
SUPER_USER = f"{BLOBS}/runAsSuperUser/action"
DELETE_VERSION = f"{BLOBS}/deleteBlobVersion/action"
DELETE_FOR_GOOD = f"{BLOBS}/permanentDelete/action"

LIST = "Blob.List"
TAG_HEADERS = "Blob.Write.WithTagHeaders"

ASSIGN = "Microsoft.Authorization/roleAssignments/write"
UNASSIGN = "Microsoft.Authorization/roleAssignments/delete"

ROLE = "role-definition-id"
PRINCIPALS = frozenset({"principal-id", "principal-type"})
TAGS = frozenset({"blob-index-tags", "blob-index-tag-keys"})
PATH = frozenset({"blob-path"})

_OF_EVERY_REQUEST = (AttributeSource.PRINCIPAL, AttributeSource.ENVIRONMENT)


_known_by_id = lru_cache(maxsize=4096)(find_attribute_by_id)


def known_attribute_of(operand: Operand) -> KnownAttribute | None:
    """What the catalogue knows of an operand, if that is an attribute; from any source."""
    return _known_by_id(operand.id) if isinstance(operand, Attribute) else None


def attribute_key(operand: Operand) -> str | None:
    """The catalogue's key of an operand, if that is an attribute that the catalogue knows."""
    known = known_attribute_of(operand)
    return None if known is None else known.key


def reads(leaf: Leaf, keys: frozenset[str], source: AttributeSource | None = None) -> bool:
    """Whether a leaf reads one of the attributes, from that source if one is given."""
    return any(
        attribute_key(attribute) in keys and source in (None, attribute.source)
        for attribute in operand_attributes(leaf)
    )


def readers(
    parts: Iterable[Expression], keys: frozenset[str], source: AttributeSource | None = None
) -> Iterator[Comparison]:
    """The comparisons that read one of the attributes, in text order."""
    for part in parts:
        for leaf in leaves(part):
            if isinstance(leaf, Comparison) and reads(leaf, keys, source):
                yield leaf


def may_grant(subject: Subject, action: str, suboperation: str | None = None) -> bool:
    """Whether the role may grant an operation whatever its own conditions say.

    True when no role is known. An entry of the role whose own condition limits the operation does
    not count, unless the condition under lint is that very condition.
    """
    if subject.role is None:
        return True
    entries = subject.role.permissions
    if subject.entry is not None:
        return _grants(entries[subject.entry], action)
    return any(
        _grants(entry, action) and _leaves_open(entry, action, suboperation) for entry in entries
    )


def _grants(entry: ReadyPermission, action: str) -> bool:
    folded = fold(action)
    is_management = folded.startswith("microsoft.authorization/")
    return entry.grants(folded, Plane.MANAGEMENT if is_management else Plane.DATA)


def _leaves_open(entry: ReadyPermission, action: str, suboperation: str | None) -> bool:
    if entry.filter is None:
        return True
    if entry.filter.condition is None:
        return False
    return Demands(find_clauses(entry.filter.condition)).of(action, suboperation).is_free


def is_open(subject: Subject, action: str, suboperation: str | None = None) -> bool:
    """Whether the condition demands nothing of an operation that the role may grant."""
    return subject.demands.of(action, suboperation).is_free and may_grant(
        subject, action, suboperation
    )


def targets_for(
    subject: Subject, action: str, suboperation: str | None = None
) -> Iterator[tuple[Clause, Target]]:
    """The clauses that are for an operation, each with the target that says so."""
    for clause in subject.clauses:
        target = next((t for t in clause.targets if t.matches(action, suboperation)), None)
        if target is not None:
            yield clause, target


def can_be_met(tree: Expression, is_absent: Callable[[Attribute], bool]) -> bool:
    """Whether a demand can still be met where some attributes are absent.

    A comparison with an absent attribute is not met, and neither is its negation; `Exists` of it
    is false. Anything else is taken for possible.
    """
    positive = polarities(tree)

    def combine(node: Expression, operands: Sequence[bool]) -> bool:
        if isinstance(node, Not):
            return operands[0]
        if operands:
            return all(operands) if isinstance(node, And) is positive[id(node)] else any(operands)
        if isinstance(node, Exists):
            return not (positive[id(node)] and is_absent(node.attribute))
        if isinstance(node, Comparison):
            return not any(is_absent(attribute) for attribute in operand_attributes(node))
        return True

    return fold_nodes(tree, combine)


def offers(action: str, attribute: Attribute, suboperation: str | None = None) -> bool:
    """Whether an operation is documented to have an attribute; Principal and Environment always.

    Attributes that the catalogue does not know count as had by every operation.
    """
    known = known_attribute_of(attribute)
    found = find_action(action)
    if known is None or found is None or attribute.source in _OF_EVERY_REQUEST:
        return True
    return any(
        operation.suboperation == suboperation and operation.has(attribute.source, known)
        for operation in found.operations
    )


def can_ask(action: str, parts: Iterable[Expression], suboperation: str | None = None) -> bool:
    """Whether an operation has every attribute that some demands read."""
    return all(
        offers(action, attribute, suboperation)
        for part in parts
        for leaf in leaves(part)
        for attribute in operand_attributes(leaf)
    )


def place_for(subject: Subject, action: str, suboperation: str | None = None) -> Span:
    """Where the condition is for an operation: its target, or the first clause that has none."""
    targets = targets_for(subject, action, suboperation)
    return next((target.span for _, target in targets), subject.clauses[0].span)


def open_tag_writes(subject: Subject) -> list[str]:
    """The actions by which blob index tags can be changed freely.

    Tags also come with the content of a blob; without a role it is not known whether anyone who
    is limited can write content at all.
    """
    found = [WRITE_TAGS] if is_open(subject, WRITE_TAGS) else []
    if subject.role is not None:
        found += [action for action in (WRITE, ADD) if is_open(subject, action, TAG_HEADERS)]
    return found


@cache
def operations_below(resource: str) -> tuple[tuple[str, str | None], ...]:
    """Every documented operation whose action is below a resource type: action, suboperation."""
    return tuple(
        (action.id, operation.suboperation)
        for action in all_actions()
        if action.id.startswith(f"{resource}/")
        for operation in action.operations
    )


def role_lists(subject: Subject, action: str) -> bool:
    """Whether the role, or the entry under lint, grants an action, as data or as management.

    Conditions aside. True when no role is known.
    """
    if subject.role is None:
        return True
    entries = subject.role.permissions
    if subject.entry is not None:
        entries = entries[subject.entry : subject.entry + 1]
    folded = fold(action)
    return any(entry.grants(folded, plane) for entry in entries for plane in Plane)


def granted_beside(subject: Subject, patterns: Iterable[Iterable[str]]) -> str | None:
    """An action that the role grants beside those of some patterns; nothing if there is none.

    An empty text where the role is not known, or grants by a wildcard only.
    """
    if subject.role is None:
        return ""
    entries = subject.role.permissions
    if subject.entry is not None:
        entries = entries[subject.entry : subject.entry + 1]
    named = [pattern for group in patterns for pattern in group]
    granted = [a for e in entries for a in (*e.permission.actions, *e.permission.data_actions)]
    beside = [a.strip() for a in granted if not any(action_matches(p, a.strip()) for p in named)]
    literal = [action for action in beside if not is_wildcard(action)]
    return literal[0] if literal else "" if beside else None
