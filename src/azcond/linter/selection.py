"""Which findings are shown, and how severe they are taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from azcond._dataclasses import dataclass, field, replace
from azcond.diagnostics import Diagnostic, Severity
from azcond.errors import AzcondError
from azcond.kinds import fold
from azcond.linter.rules import all_rules, rules_by_code

ALL = "ALL"
"""The selector that every code answers to."""

_UNSELECTED = -1


class SelectionError(AzcondError):
    """A selector or a profile that there is not."""


def selector(given: str) -> str:
    """A code, the beginning of one (`SEC`, `SEC3`) or `ALL`, in its usual spelling.

    Raises `SelectionError`, with what was probably meant, for what no rule answers to.
    """
    spelled = given.strip().upper()
    if spelled == ALL or (spelled and any(code.startswith(spelled) for code in rules_by_code())):
        return spelled
    raise unknown_rule(given)


def unknown_rule(given: str) -> SelectionError:
    """The error for what is no rule, with what was probably meant."""
    return SelectionError(f"no rule `{given}`{_suggestion(given)}")


def selectors(given: Iterable[str]) -> tuple[str, ...]:
    """Selectors, of which each text may list several with commas between.

    Raises `SelectionError` for what is none, and for a text that lists nothing.
    """
    found: list[str] = []
    for text in given:
        listed = [selector(one) for one in text.split(",") if one.strip()]
        if not listed:
            raise SelectionError("no rule is named: expected a code, its beginning, or `ALL`")
        found += listed
    return tuple(found)


def _suggestion(given: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  # slow to load, and seldom needed

    names = {fold(name): rule.code for rule in all_rules() for name in (rule.code, rule.slug)}
    near = get_close_matches(fold(given), names, 1, 0.6)
    if near:
        return f": did you mean `{names[near[0]]}`?"
    return ": expected a code such as `SEC301`, the beginning of one such as `SEC`, or `ALL`"


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules that are on: `select` if given, else all findings above info; and `extend`.

    What a longer selector says comes before what a shorter one says, so that `SEC305` can be on
    while `SEC` is off; of two that are equally long, `ignore` comes first. `severities` has those
    that stand in for the usual ones, by code.
    """

    select: tuple[str, ...] | None = None
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    show_info: bool = False

    def ignoring(self, selectors: Iterable[str]) -> Selection:
        """The same, without some more."""
        more = tuple(selectors)
        return replace(self, ignore=(*self.ignore, *more)) if more else self

    def with_profile(self, profile: Profile) -> Selection:
        """The same on top of a profile."""
        extend = (*profile.extend, *self.extend)
        return replace(self, extend=extend, severities={**profile.severities, **self.severities})

    def with_options(
        self, select: tuple[str, ...] | None, extend: tuple[str, ...], ignore: tuple[str, ...]
    ) -> Selection:
        """The same with other selectors instead of those that are on, and with more."""
        own = self.extend if select is None else ()
        return replace(
            self,
            select=self.select if select is None else select,
            extend=(*own, *extend),
            ignore=(*self.ignore, *ignore),
        )

    def apply(
        self, findings: Iterable[Diagnostic], unread: Collection[Diagnostic] = ()
    ) -> list[Diagnostic]:
        """The findings to show, with the severities they have here.

        Those of `unread`, which keep a text from being read at all, are shown whatever is selected:
        nobody knows what else there is to find.
        """
        shown = []
        for finding in findings:
            weighed = finding if finding in unread else self._weigh(finding)
            if finding in unread or self._is_shown(weighed):
                shown.append(weighed)
        return shown

    def asks_for(self, code: str) -> bool:
        """Whether a selector takes a code in, be it by `ALL`: rules that are opt-in need that."""
        wanted = max(_longest(self.extend, code), _longest(self.select or (), code))
        return wanted > _longest(self.ignore, code)

    def _weigh(self, finding: Diagnostic) -> Diagnostic:
        severity = self.severities.get(finding.code, finding.severity)
        return finding if severity is finding.severity else replace(finding, severity=severity)

    def _is_shown(self, finding: Diagnostic) -> bool:
        wanted = _longest(self.extend, finding.code)
        if self.select is not None:
            wanted = max(wanted, _longest(self.select, finding.code))
        elif self.show_info or finding.severity is not Severity.INFO:
            wanted = max(wanted, _longest((ALL,), finding.code))
        return wanted > _longest(self.ignore, finding.code)


def _longest(selectors: tuple[str, ...], code: str) -> int:
    """The length of the longest selector that a code answers to; `ALL` is the shortest."""
    return max(
        (0 if one == ALL else len(one) for one in selectors if one == ALL or code.startswith(one)),
        default=_UNSELECTED,
    )


@dataclass(frozen=True, slots=True)
class Profile:
    """A ready choice for a kind of use: rules on top of the usual ones, and other severities."""

    name: str
    summary: str
    extend: tuple[str, ...]
    severities: Mapping[str, Severity]


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

_ROWS = (
    Profile(
        "delegation",
        "for who lets others assign roles",
        ("TYP111", "SEC305", "SEC306", "SEC317", "SEC318"),
        {"SEC313": _ERROR},
    ),
    Profile(
        "storage",
        "for blobs and queues",
        ("TYP113", "LIM604", "LIM608"),
        {"ACT205": _ERROR, "ACT208": _ERROR, "COR412": _ERROR},
    ),
    Profile(
        "strict",
        "everything but style, and no condition that leans on what the pages leave open",
        ("SYN", "TYP", "ACT", "SEC", "COR", "LIM"),
        {"SYN010": _ERROR, "TYP111": _WARNING, "COR406": _ERROR, "COR408": _ERROR},
    ),
)

PROFILES: dict[str, Profile] = {row.name: row for row in _ROWS}
"""Every profile by its name."""


def profile_named(name: str) -> Profile:
    """The profile of that name; `SelectionError` where there is none."""
    profile = PROFILES.get(name)
    if profile is None:
        known = ", ".join(f"`{known}`" for known in PROFILES)
        raise SelectionError(f"no profile `{name}`: expected one of {known}")
    return profile
