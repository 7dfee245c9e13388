"""IAC703: a list that does not come out as the values of a set."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from azcond.containers import EmbeddedCondition, Hole, Host
from azcond.diagnostics import Edit, Fix, Severity
from azcond.kinds import fold
from azcond.linter.host_file import HostFile
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.source import Span

_ENCODED = re.compile(r"\s*(?:jsonencode|string|tostring)\(\s*+(.*\S)\s*\)\s*", re.DOTALL)
"""A function that makes JSON of a list; `string` of a text is that text."""

_QUOTED = re.compile(r'\bformatlist\(\s*"(\\")%[sv]\1"')

_ARRAYS: Mapping[Host, tuple[re.Pattern[str], str]] = {
    Host.BICEP: (
        re.compile(r"^[ \t]*param[ \t]+(\w+)[ \t]+(?:array\b|[^\r\n=]*\[\])", re.MULTILINE),
        "{}",
    ),
    Host.JSON: (
        re.compile(r'"(\w+)"\s*:\s*\{[^{}]*"type"\s*:\s*"array"', re.IGNORECASE),
        "parameters('{}')",
    ),
}
"""How a parameter is declared that is an array, and how it is used."""

_EMPTY = re.compile(r"\{\s{0,99}\}")
_WORD = re.compile(r"\w")

_JOINED: Mapping[Host, Callable[[str], str]] = {
    Host.TERRAFORM: lambda listed: f'join(", ", {listed})',
    Host.BICEP: lambda listed: f"join({listed}, ', ')",
    Host.JSON: lambda listed: f"join({listed}, ', ')",
}
"""How a language writes the members of a list with commas between."""


def _find(file: HostFile) -> Iterator[Found]:
    arrays: dict[Host, frozenset[str]] = {}
    for condition in file.contents.conditions:
        host = condition.host
        if condition.holes and host not in arrays:
            arrays[host] = _declared_arrays(file.text, host)
        for hole in condition.holes:
            listed = _list_of(hole, arrays[host])
            if listed is not None:
                yield Found(
                    condition.span_in_file(hole.span),
                    "a list comes out with brackets and double quotes here, which no condition has",
                    "join its members with commas; GUIDs need no quotes, texts need single ones",
                    _fix(file, condition, hole, listed),
                )
            yield from _find_quoted(condition, hole)
        yield from _find_empty(file, condition)


def _declared_arrays(text: str, host: Host) -> frozenset[str]:
    """The uses, folded, of the parameters that are declared to be arrays."""
    if host not in _ARRAYS:
        return frozenset()
    declared, used = _ARRAYS[host]
    return frozenset(fold(used.format(match[1])) for match in declared.finditer(text))


def _find_quoted(condition: EmbeddedCondition, hole: Hole) -> Iterator[Found]:
    """Members that are put between double quotes before they are joined."""
    match = _QUOTED.search(hole.expression)
    if match is None or condition.host is not Host.TERRAFORM:
        return
    single = match[0].replace(match[1], "'")
    yield Found(
        condition.span_in_file(hole.span),
        "the members of this list come out in double quotes, and a condition has single ones",
        f"write `{single}`",
    )


def _list_of(hole: Hole, arrays: frozenset[str]) -> str | None:
    """The list that a hole shows as it is, or as JSON."""
    match = _ENCODED.fullmatch(hole.expression)
    listed = match[1] if match is not None else hole.expression.strip()
    is_json = match is not None and hole.expression.lstrip().startswith("json")
    return listed if is_json or hole.is_list or fold(listed) in arrays else None


def _fix(file: HostFile, condition: EmbeddedCondition, hole: Hole, listed: str) -> Fix | None:
    """Join the members, where the file has the expression just once at the place of the hole."""
    write = _JOINED.get(condition.host)
    start, end = condition.span_in_file(hole.span)
    written = file.text[start:end]
    if write is None or written.count(hole.expression) != 1:
        return None
    at = start + written.index(hole.expression)
    edit = Edit(Span(at, at + len(hole.expression)), write(listed))
    return Fix("join the members with commas", (edit,), safe=False)


def _find_empty(file: HostFile, condition: EmbeddedCondition) -> Iterator[Found]:
    """Sets that are empty because a known list is; where braces stand alone, the parser tells."""
    for match in _EMPTY.finditer(file.known_text(condition)):
        start, end = match.span()
        places = [condition.span_in_file(Span(at, at + 1)) for at in range(start, end)]
        between = (file.text[one.end : other.start] for one, other in pairwise(places))
        if any(map(_WORD.search, between)):
            yield Found(
                condition.span_in_file(Span(start, end)),
                "this list has no members, so the set is empty",
                "leave the comparison out where there is nothing to compare with",
            )


_HCL = """\
locals {{
  delegable = var.delegable_role_ids
}}

resource "azurerm_role_assignment" "deployer" {{
  scope                = azurerm_resource_group.apps.id
  role_definition_name = "Role Based Access Control Administrator"
  principal_id         = azuread_service_principal.deployer.object_id
  principal_type       = "ServicePrincipal"
  condition_version    = "2.0"
  condition            = <<-EOT
    (
     (
      !(ActionMatches{{'Microsoft.Authorization/roleAssignments/write'}})
     )
     OR
     (
      @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
      ForAnyOfAnyValues:GuidEquals {{${{{}}}}}
     )
    )
    AND
    (
     (
      !(ActionMatches{{'Microsoft.Authorization/roleAssignments/delete'}})
     )
     OR
     (
      @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
      ForAnyOfAnyValues:GuidEquals {{${{join(", ", local.delegable)}}}}
     )
    )
  EOT
}}
"""

RULE = Rule(
    code="IAC703",
    slug="rendered-list",
    title="list that does not come out as the values of a set",
    severity=Severity.ERROR,
    needs=Needs.HOST,
    why=(
        "The text that reaches Azure has brackets, double quotes or nothing where the values "
        "belong, and is refused. The code looks right and passes validation, so it fails only when "
        "it is deployed."
    ),
    bad=_HCL.format("jsonencode(local.delegable)"),
    good=_HCL.format('join(", ", local.delegable)'),
    example_file="main.tf",
    page="conditions-format",
    find_in_file=_find,
    mends=Mends.UNSAFE,
    fix="The members are joined as they are; texts among them still need their quotes.",
    silences=("SYN011",),
)
