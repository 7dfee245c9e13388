"""AND, OR and NOT in another spelling than the project's."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.checker.findings import Findings, safe_fix
from azcond.diagnostics import Severity
from azcond.linter.gaps import find_tokens
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.settings import Keywords
from azcond.linter.subject import Subject

_WORDS = {"&&": "AND", "||": "OR", "AND": "AND", "OR": "OR", "NOT": "NOT"}
_SYMBOLS = {"AND": "&&", "OR": "||", "NOT": "!"}


def find(subject: Subject) -> Iterator[Found]:
    """Keywords that the settings spell otherwise; `!` is as good as NOT, which guards show."""
    wanted = _WORDS if subject.settings.keywords is Keywords.WORDS else _SYMBOLS
    findings = Findings(subject.text)
    for token in find_tokens(subject.tree, subject.text):
        better = wanted.get(token.text.upper())
        if better is not None and better != token.text:
            yield Found(
                token.span,
                f"`{token.text}` is written `{better}` here",
                None,
                safe_fix(f"write `{better}`", findings.replace(token.span, better)),
            )


RULE = Rule(
    code="STY502",
    slug="keyword-style",
    title="AND, OR or NOT in another spelling than the project's",
    severity=Severity.INFO,
    needs=Needs.CONDITION,
    why="`&&` and `AND` are the same, and readers who meet both in one condition wonder whether "
    "they are. The portal writes words, and so does most documentation.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 ||
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders'
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders'
 )
)""",
    page="conditions-format",
    find=find,
    mends=Mends.SAFE,
    fix="Safe: both spellings are the same word of the language.",
)
