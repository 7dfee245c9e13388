"""STY508: ids of roles in code, without their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from azcond.access.known import KnownRoles
from azcond.containers import EmbeddedCondition, Holder, Host
from azcond.diagnostics import Edit, Fix, Severity
from azcond.kinds import fold
from azcond.linter.host_file import HostFile
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.source import Span

_GUID = re.compile(
    r"(?<![\w-])[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}(?![\w-])", re.IGNORECASE
)

_MARKS: Mapping[Host, str] = {
    Host.TERRAFORM: "#",
    Host.BICEP: "//",
    Host.POWERSHELL: "#",
    Host.SHELL: "#",
    Host.YAML: "#",
}
"""What begins a comment in the languages that have comments to the end of a line."""

_LINES_ABOVE = 10
"""How far above what it explains a comment may begin."""

_CONTINUES = ("\\", "`")
"""What makes the next line part of a line, in shells."""


def _find(file: HostFile) -> Iterator[Found]:
    for condition in file.contents.conditions:
        if condition.host not in _MARKS or condition.holder is None:
            continue
        places = _unexplained(file, condition, condition.holder)
        if not places:
            continue
        guid, name = next(iter(places))
        more = f", and {len(places) - 1} more" if len(places) > 1 else ""
        yield Found(
            next(iter(places.values())),
            f"nothing here says that `{guid}` is `{name}`{more}",
            "name the roles in a comment",
            _fix(file, condition, condition.holder, places),
        )


def _unexplained(
    file: HostFile, condition: EmbeddedCondition, holder: Holder
) -> dict[tuple[str, str], Span]:
    """Id and name of the roles that are not named nearby, and where the file has them first."""
    found: dict[tuple[str, str], Span] = {}
    for guid, name, span in _role_ids(file.known_text(condition), file.settings.roles):
        if (guid, name) not in found:
            found[guid, name] = condition.span_in_file(span)
    if not found:
        return found
    mark = _MARKS[condition.host]
    around = _comments(_lines_at(file, file.place(holder).start, condition.extent.end), mark)
    return {
        role: span
        for role, span in found.items()
        if _plain(role[1]) not in around
        and _plain(role[1]) not in _plain(_lines_at(file, span.start, span.end, above=1))
    }


def _role_ids(text: str, roles: KnownRoles) -> Iterator[tuple[str, str, Span]]:
    for match in _GUID.finditer(text):
        role = roles.find(match[0])
        if role is not None:
            yield role.id, role.name, Span(*match.span())


def _lines_at(file: HostFile, start: int, end: int, above: int = _LINES_ABOVE) -> str:
    """The lines from some above one offset to that of another."""
    first, _ = file.source.line_column(start)
    last, _ = file.source.line_column(max(start, end))
    begin = file.source.line_span(max(1, first - above)).start
    return file.text[begin : file.source.line_span(last).end]


def _comments(lines: str, mark: str) -> str:
    """What comments of some lines say, for comparing."""
    return " ".join(_plain(line.partition(mark)[2]) for line in lines.splitlines())


def _plain(text: str) -> str:
    """Letters and digits only, as `storage_blob_data_reader` and `Storage Blob Data Reader`."""
    return re.sub(r"[\W_]", "", fold(text))


def _fix(
    file: HostFile,
    condition: EmbeddedCondition,
    holder: Holder,
    roles: Mapping[tuple[str, str], Span],
) -> Fix | None:
    """A comment on lines of its own above the holder, if there is a place for one."""
    place = holder.place(None)
    if place is None:
        return None
    line, _ = file.source.line_column(place.start)
    start = file.source.line_span(line).start
    indent = file.text[start : place.start]
    before = file.text[file.source.line_span(max(1, line - 1)).start : start].rstrip("\r\n")
    if indent.strip() or before.endswith(_CONTINUES):
        return None
    ending = "\r\n" if file.text[:start].endswith("\r\n") else "\n"
    mark = _MARKS[condition.host]
    comment = "".join(f"{indent}{mark} {guid}: {name}{ending}" for guid, name in roles)
    return Fix("name the roles in a comment", (Edit(Span(start, start), comment),), safe=True)


_HCL = """\
{}resource "azurerm_role_assignment" "deployer" {{
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
      ForAnyOfAnyValues:GuidEquals {{acdd72a7-3385-48ef-bd42-f606fba81ae7}}
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
      ForAnyOfAnyValues:GuidEquals {{acdd72a7-3385-48ef-bd42-f606fba81ae7}}
     )
    )
  EOT
}}
"""

RULE = Rule(
    code="STY508",
    slug="unexplained-role",
    title="id of a role in code that nothing explains",
    severity=Severity.INFO,
    needs=Needs.HOST,
    why=(
        "Nobody knows the ids of roles by heart, so a review cannot tell `Reader` from `Owner` and "
        "passes both."
    ),
    bad=_HCL.format(""),
    good=_HCL.format("# acdd72a7-3385-48ef-bd42-f606fba81ae7: Reader\n"),
    example_file="main.tf",
    page="built-in-roles",
    find_in_file=_find,
    mends=Mends.SAFE,
    fix="A comment changes nothing that is deployed.",
)
