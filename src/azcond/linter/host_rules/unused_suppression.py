"""IAC707: a comment that silences nothing."""

from __future__ import annotations

from collections.abc import Sequence

from azcond.diagnostics import Diagnostic, Edit, Fix, Severity, diagnostic_at
from azcond.linter.rule import Mends, Needs, Rule
from azcond.linter.showing import shown
from azcond.source import Source, Span

_CODE = "IAC707"
_HOW = "write `azcond: ignore[SEC301] reason`, with the codes of the findings to silence"


def report_unused(
    source: Source, span: Span, codes: Sequence[str], replacement: tuple[Span, str]
) -> Diagnostic:
    """The finding about codes that silence nothing, with what to write in place of which span."""
    named = ", ".join(shown(code) for code in codes)
    place, text = replacement
    fix = Fix("remove what is not needed", (Edit(place, text),), safe=True)
    message = f"nothing here has to be silenced for {named}"
    return diagnostic_at(source, span, _CODE, Severity.WARNING, message, "remove it", fix)


def report_unknown(source: Source, span: Span, code: str) -> Diagnostic:
    """The finding about what is no code, and so silences nothing."""
    message = f"{shown(code)} is not the code of a rule, so it silences nothing"
    return diagnostic_at(source, span, _CODE, Severity.WARNING, message, _HOW)


def report_blocking(source: Source, span: Span, code: str) -> Diagnostic:
    """The finding about a code of what keeps a condition from being read."""
    message = f"{shown(code)} keeps the condition from being read here, so it cannot be silenced"
    advice = "mend it: nobody knows what else there is to find"
    return diagnostic_at(source, span, _CODE, Severity.WARNING, message, advice)


def report_malformed(source: Source, span: Span) -> Diagnostic:
    """The finding about a comment that names no code, or is not one of those that silence."""
    message = "this comment names no rule in the way that silences one, so it silences nothing"
    return diagnostic_at(source, span, _CODE, Severity.WARNING, message, _HOW)


_TERRAFORM = """\
resource "azurerm_role_assignment" "reader" {{
  scope                = var.scope
  role_definition_name = "Storage Blob Data Reader"
  principal_id         = var.reader_id
  principal_type       = "Group"
  condition_version    = "2.0"
{comment}  condition            = <<-EOT
    (
     (
      !(ActionMatches{{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}})
     )
     OR
     (
      @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'
     )
    )
  EOT
}}
"""

RULE = Rule(
    code=_CODE,
    slug="unused-suppression",
    title="comment that silences nothing",
    severity=Severity.WARNING,
    needs=Needs.HOST,
    why=(
        "A comment that outlives its finding silences the next one of its kind, which nobody has "
        "looked at. One that is misspelt silences nothing, and whoever wrote it believes that it "
        "does."
    ),
    bad=_TERRAFORM.format(comment="  # azcond: ignore[SEC301] the list was replaced in May\n"),
    good=_TERRAFORM.format(comment=""),
    example_file="main.tf",
    page="conditions-format",
    mends=Mends.SAFE,
    fix="The comment is taken out, or the code from its list; conditions stay as they are.",
)
