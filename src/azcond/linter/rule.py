"""What a lint rule is: how it finds, and everything that is said about it, in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from azcond._dataclasses import dataclass
from azcond.diagnostics import Fix, Severity
from azcond.source import Span

if TYPE_CHECKING:
    from azcond.linter.host_file import HostFile
    from azcond.linter.subject import Subject


class Needs(StrEnum):
    """What a rule has to know beside the text."""

    CONDITION = "condition"
    CATALOGUE = "catalogue"
    ROLE = "role"
    HOST = "host"


class Mends(StrEnum):
    """Whether findings of a rule come with a fix, and of which sort."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    NO = "no"


class Found(NamedTuple):
    """One finding of a rule. `severity` stands in for the rule's own where a case is different.

    The span, and those of the fix, are in the condition; those of a host rule are in the file.
    """

    span: Span
    message: str
    help: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, complete: tests and documentation run on what stands here.

    `bad` fires this rule and no other above info; `good` is clean at error and security level.
    Both are complete conditions, for the built-in role named by `role` where the rule needs one;
    `good_role` is the role of the good one where the remedy is to assign another. Of a host rule
    both are whole files, with the name `example_file`.
    `find` is nothing where the parser or the checker reports the code; host rules look at what
    stands around conditions, with `find_in_file`. A finding of this rule keeps those of `silences`
    quiet at the same place or inside it. `fix` says in a sentence why the fix is safe or is not.
    A rule that is `opt_in` looks only where a selector asks for it.
    """

    code: str
    slug: str
    title: str
    severity: Severity
    needs: Needs
    why: str
    bad: str
    good: str
    page: str
    find: Callable[[Subject], Iterable[Found]] | None = None
    find_in_file: Callable[[HostFile], Iterable[Found]] | None = None
    example_file: str | None = None
    opt_in: bool = False
    mends: Mends = Mends.NO
    fix: str = ""
    role: str | None = None
    good_role: str | None = None
    silences: tuple[str, ...] = ()
    since: str = "0.1.0"
