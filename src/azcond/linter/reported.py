"""Rules that the parser or the checker report: what `azcond.codes` says of them, and the rest."""

from __future__ import annotations

from azcond.codes import CODES
from azcond.linter.rule import Mends, Needs, Rule


def reported(  # noqa: PLR0913  # one argument per field that the row does not have
    code: str,
    *,
    needs: Needs,
    why: str,
    bad: str,
    good: str,
    page: str,
    mends: Mends = Mends.NO,
    fix: str = "",
) -> Rule:
    """The rule of a code, with the name, the title and the severity that its row has."""
    row = CODES[code]
    return Rule(
        code=row.code,
        slug=row.slug,
        title=row.title,
        severity=row.severity,
        needs=needs,
        why=why,
        bad=bad,
        good=good,
        page=page,
        mends=mends,
        fix=fix,
    )
