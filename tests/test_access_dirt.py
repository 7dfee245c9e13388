"""What is odd about the patterns of role definitions."""

from __future__ import annotations

import pytest

from azcond.access import Permission, RoleDefinition
from azcond.access.dirt import dirt_of


def dirt(*permissions: Permission) -> list[str]:
    return list(dirt_of(RoleDefinition("r", "Role", permissions)))


@pytest.mark.parametrize(
    ("patterns", "notes"),
    [
        (("*", "a/b", "a/*/read", "*/read"), []),
        (("a/b", "c/d", "a/b"), ["`a/b` stands 2 times in actions, where once is enough"]),
        (("a/b", "A/B", "a/B"), ["`a/b` stands 3 times in actions, where once is enough"]),
        ((" a/b",), ["`a/b` has blanks around it, which are ignored"]),
        (("a/b\n",), ["`a/b` has blanks around it, which are ignored"]),
        (("a/b/",), ["`a/b/` ends with `/`, as no action does"]),
        (("a/b/*",), []),
        (("a/{b}/c",), ["`a/{b}/c` has `{b}` in it, which stands only for itself"]),
        (("a/{}", "a/}{"), ["`a/{}` has `{}` in it, which stands only for itself"]),
        (
            (" a/",),
            ["`a/` has blanks around it, which are ignored, and ends with `/`, as no action does"],
        ),
    ],
)
def test_each_odd_pattern_has_one_note(patterns: tuple[str, ...], notes: list[str]) -> None:
    assert dirt(Permission(actions=patterns)) == notes


def test_only_within_one_list_once_is_enough() -> None:
    both = Permission(("a/b",), ("a/b",), ("a/b",), ("a/b",))
    assert dirt(both, both) == []


def test_all_lists_and_entries_are_looked_at() -> None:
    first = Permission(not_actions=("a/", "b"), data_actions=("c/",))
    second = Permission(actions=("a/",), not_data_actions=("d", "d"))
    assert [note.partition(" ")[0] for note in dirt(first, second)] == ["`a/`", "`c/`", "`d`"]
