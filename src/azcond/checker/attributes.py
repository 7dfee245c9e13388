"""How the checker reads an attribute of a condition."""

from __future__ import annotations

from azcond.ast import Attribute, Operand
from azcond.catalogue import KnownAttribute, find_attribute_by_id
from azcond.references import find_residue


def intended_id(attribute: Attribute) -> str:
    """The id as written, with its end mended where a shell damaged it."""
    residue = find_residue(attribute.id)
    if residue is None:
        return attribute.id
    return attribute.id[: residue.span.start] + residue.intended


def known_attribute(operand: Operand) -> KnownAttribute | None:
    """What the catalogue knows about an operand, if that is an attribute; from any source."""
    return find_attribute_by_id(intended_id(operand)) if isinstance(operand, Attribute) else None
