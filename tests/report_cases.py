"""One fixed set of findings for all reports: what each has to escape, count and point at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from azcond.diagnostics import Edit, Fix, Severity, diagnostic_at
from azcond.reports.finding import Finding, Outcome, Tally, UnreadInput
from azcond.reports.formats import report_named
from azcond.reports.style import Style
from azcond.source import Source, Span

MAIN = """\
# Zugriffe für 日本 🚀
condition = "@Resource[Microsoft.KeyVault/vaults:name] StringEqual 'pay'"
condition = "@Resource[Microsoft.KeyVault/vaults:name] StringEqual 'pay'"
"""

ODD = "(\n  'a\x1b[31m|`b`\u202e'\n)\r\nlast\ufffe"

UNREAD = (
    UnreadInput("infra/broken, 100%.json", 3, 17, "not JSON: expected `,` or `]`"),
    UnreadInput("über/<nowhere>|.tf", None, None, "no such file\x07 or directory"),
)


def cases() -> list[Finding]:
    """The findings, file by file."""
    file = Source(MAIN)
    found = []
    for number, holder in enumerate(("deployer", "deployer")):
        start = MAIN.index("@Resource", MAIN.index("pay") * number)
        condition = Span(start, MAIN.index('"', start))
        at = MAIN.index("StringEqual", start)
        span = Span(at, at + len("StringEqual"))
        edit = Edit(span, "StringEquals")
        own = Edit(Span(at - start, at - start + len("StringEqual")), "StringEquals")
        one = diagnostic_at(
            Source(MAIN[condition.start : condition.end]),
            own.span,
            "SYN003",
            Severity.ERROR,
            "unknown operator `StringEqual`",
            "did you mean `StringEquals`?",
            Fix("write `StringEquals`", (own,), safe=False),
        )
        path = "infra/zugriffe, 100%/main.tf"
        found.append(Finding(path, file, span, condition, ("assignment", holder), one, (edit,)))
    start = MAIN.index("🚀")
    outside = Span(start, start + 1)
    about_file = diagnostic_at(
        file, outside, "SEC316", Severity.SECURITY, "anyone can be `Owner` here: 日本 🚀"
    )
    found.append(
        Finding("infra/zugriffe, 100%/main.tf", file, outside, None, ("object", "a|b"), about_file)
    )
    return [*found, *_odd_cases()]


def _odd_cases() -> Iterator[Finding]:
    file = Source(ODD)
    whole = Span(0, ODD.index("\r"))
    inner = Span(ODD.index("'a"), ODD.index("'\n") + 1)
    message = "the text `a\x1b[31m|b` ends\r\n::error::50% ##vso[task.complete];] <b>&\"'\ud800"
    warning = diagnostic_at(
        file, inner, "COR411", Severity.WARNING, message, "see *this* | `that|`"
    )
    yield Finding("odd\x07/-.cond", file, inner, whole, None, warning)
    title = Fix("lay it out", (Edit(whole, "('a')"),), safe=True)
    info = diagnostic_at(file, whole, "STY501", Severity.INFO, "not laid out", None, title)
    yield Finding("odd\x07/-.cond", file, whole, whole, None, info)


def report(
    name: str,
    findings: Iterable[Finding] | None = None,
    unread: tuple[UnreadInput, ...] = UNREAD,
    *,
    style: Style | None = None,
) -> str:
    """A report of findings, those above unless others are given, with all counts in it."""
    tally = Tally(files=4, conditions=5, partly_known=1, hidden=6, suppressed=2, known=3)
    tally.unread = len(unread)
    outcome = Outcome(tally, unread)
    lines = report_named(name)(
        _counting(cases() if findings is None else findings, tally), outcome, style or Style()
    )
    return "".join(f"{line}\n" for line in lines)


def _counting(findings: Iterable[Finding], tally: Tally) -> Iterator[Finding]:
    for finding in findings:
        tally.count(finding)
        yield finding
