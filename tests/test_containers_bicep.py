"""Conditions in Bicep: where they are found, what stands around them, and exactly where."""

from __future__ import annotations

from pathlib import Path

import pytest

from azcond.containers import find_conditions
from conftest import Golden
from container_cases import (
    assert_can_be_rewritten,
    assert_parts_are_whole,
    assert_settings_hold,
    conditions_of,
    contents_of,
    described,
    files_of,
    read,
)

FILES = files_of("bicep")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_files_hold_and_where(path: Path, golden: Golden) -> None:
    golden(Path(f"{path}.found"), described(read(path), contents_of(path)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_places_changes_and_settings(path: Path) -> None:
    text = read(path)
    for line_break in ("\n", "\r\n"):
        changed = text.replace("\r\n", "\n").replace("\n", line_break)
        assert_parts_are_whole(changed, find_conditions(changed, path.name))
        assert_can_be_rewritten(changed, path.name)
        assert_settings_hold(changed, path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_that_is_cut_off_gives_no_condition_that_it_has_not(path: Path) -> None:
    text = read(path)
    whole = {condition.text for condition in conditions_of(path)}
    for end in range(0, len(text), 1 + len(text) // 400):
        contents = find_conditions(text[:end], path.name)
        wrong = [one for one in contents.conditions if one.text not in whole and not one.holes]
        assert not wrong or contents.unread, text[:end][-80:]
