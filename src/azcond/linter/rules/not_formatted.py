"""A text that has not the canonical layout."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.checker.findings import safe_fix
from azcond.diagnostics import Edit, Severity
from azcond.formatter import format_expression, lay_out_tree
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.settings import Keywords
from azcond.linter.subject import Subject
from azcond.source import Span


def find(subject: Subject) -> Iterator[Found]:
    """A text that is neither in the canonical layout nor the one-line form that shells need.

    Blanks around it, its indentation and the kind of its line breaks are the file's. Nothing is
    said where the project writes symbols for AND and OR, because the layout has words.
    """
    if subject.settings.keywords is Keywords.SYMBOLS:
        return
    text = subject.text.replace("\r\n", "\n")
    core = text.strip()
    indent = text[: text.index(core)].rpartition("\n")[2]
    laid_out = lay_out_tree(subject.tree)
    if core in {format_expression(subject.tree), laid_out, laid_out.replace("\n", f"\n{indent}")}:
        return
    start = subject.text.index(core[:1])
    first = core.partition("\n")[0].rstrip()
    yield Found(
        Span(start, start + len(first)),
        "the condition has not the canonical layout",
        "`azcond fmt` writes it",
        safe_fix("lay it out", Edit(Span(0, len(subject.text)), laid_out)),
    )


RULE = Rule(
    code="STY501",
    slug="not-formatted",
    title="text that has not the canonical layout",
    severity=Severity.INFO,
    needs=Needs.CONDITION,
    why="Where everyone lays conditions out differently, a change of one value shows up as a "
    "change of every line. The one change that mattered is then easily overlooked in review.",
    bad="""( !(ActionMatches{'Microsoft.KeyVault/vaults/secrets/getSecret/action'}) OR
   @Resource[Microsoft.KeyVault/vaults:name]   StringEquals   'pay-prod' )""",
    good="""(
 (
  !(ActionMatches{'Microsoft.KeyVault/vaults/secrets/getSecret/action'})
 )
 OR
 (
  @Resource[Microsoft.KeyVault/vaults:name] StringEquals 'pay-prod'
 )
)""",
    page="conditions-format",
    find=find,
    mends=Mends.SAFE,
    fix="Safe: the layout is made from the tree alone, and reads as the same tree.",
)
