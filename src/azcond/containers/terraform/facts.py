"""What Terraform says beside a condition: version, role, principal, scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azcond.containers.model import Fact, Field, Holder
from azcond.containers.surroundings import assignment, fact_of, in_loop
from azcond.containers.terraform.expressions import Expressions
from azcond.containers.terraform.objects import Attribute, Object
from azcond.containers.terraform.roles import read_role
from azcond.containers.values import Null, Text

if TYPE_CHECKING:
    from azcond.access.models import RoleDefinition


def read_assignment(expressions: Expressions, found: Object) -> Holder:
    """The role assignment that an object is."""
    facts: dict[Fact, Field] = {}
    definition: RoleDefinition | None = None
    if found.home:  # what is assigned in the arguments of a module has the scope of that module
        facts[Fact.SCOPE] = Field(None, found.home)
    for one in (*found.outer, *found.attributes):
        fact = fact_of(one.member.name)
        if fact is Fact.ROLE:
            role = read_role(expressions, one.node, _written(expressions, found, one))
            facts[fact], definition = role
        elif fact is not None:
            facts |= _read_fact(expressions, found, one)
    around = found.surroundings(expressions.file.text)
    return assignment(found.name, around, facts, definition, is_pim=found.is_pim)


def _read_fact(expressions: Expressions, found: Object, one: Attribute) -> dict[Fact, Field]:
    """The fact that an attribute gives, if it gives one; what is null is not given."""
    fact = fact_of(one.member.name)
    value = expressions.evaluate(one.node)
    if fact is None or isinstance(value, Null):
        return {}
    known = value.known if isinstance(value, Text) else None
    written = _written(expressions, found, one) if known is None else known
    return {fact: Field(known, written)}


def _written(expressions: Expressions, found: Object, one: Attribute) -> str:
    written = expressions.file.tree.written(one.node)
    return in_loop(written, found.name) if found.is_looped else written
