"""IAC701: a part of a condition that its file does not tell."""

from __future__ import annotations

from azcond.diagnostics import Diagnostic, Severity, diagnostic_at
from azcond.linter.rule import Needs, Rule
from azcond.linter.showing import shown
from azcond.source import Source, Span

_CODE = "IAC701"


def report_hole(source: Source, span: Span, expression: str) -> Diagnostic:
    """The finding about a hole whose surroundings are checked."""
    return diagnostic_at(
        source,
        span,
        _CODE,
        Severity.INFO,
        f"{shown(expression)} is known only where this is deployed, so the rest is checked alone",
        "check the deployed condition as well, or write the value here",
    )


def report_unchecked(source: Source, span: Span, expression: str) -> Diagnostic:
    """The finding about a hole that keeps the whole condition from being checked."""
    return diagnostic_at(
        source,
        span,
        _CODE,
        Severity.INFO,
        f"nobody can check this condition here: it depends on what {shown(expression)} is",
        "check the deployed condition; holes inside of strings and of sets keep the rest checkable",
    )


_TERRAFORM = """\
resource "azurerm_role_assignment" "delegate" {{
  scope                = var.scope
  role_definition_name = "Role Based Access Control Administrator"
  principal_id         = var.delegate_id
  principal_type       = "Group"
  condition_version    = "2.0"
  condition            = <<-EOT
    (
     (
      !(ActionMatches{{'Microsoft.Authorization/roleAssignments/write'}})
     )
     OR
     (
      @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {{{roles}}}
     )
    )
    AND
    (
     (
      !(ActionMatches{{'Microsoft.Authorization/roleAssignments/delete'}})
     )
     OR
     (
      @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {{{roles}}}
     )
    )
  EOT
}}
"""

RULE = Rule(
    code=_CODE,
    slug="unresolved",
    title="part of a condition that cannot be resolved statically",
    severity=Severity.INFO,
    needs=Needs.HOST,
    why=(
        "What a variable holds decides what a delegate can assign, and nobody who reviews the file "
        "sees it. The rest of the condition is checked, and the values only where they are deployed."
    ),
    bad=_TERRAFORM.format(roles='${join(", ", var.role_ids)}'),
    good=_TERRAFORM.format(roles="acdd72a7-3385-48ef-bd42-f606fba81ae7"),
    example_file="main.tf",
    page="conditions-format",
)
