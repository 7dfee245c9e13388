"""What grammars cannot do is said of the file, and no file takes forever."""

from __future__ import annotations

import sys

import pytest

from azcond.containers import find_conditions, trees

TEXTS = {
    "a.tf": "condition = \"@Resource[a:b] StringEquals 'x'\"\n",
    "a.bicep": "var condition = '@Resource[a:b] StringEquals \\'x\\''\n",
    "a.md": "```terraform\ncondition = \"@Resource[a:b] StringEquals 'x'\"\n```\n",
    "a.ps1": "$condition = \"@Resource[a:b] StringEquals 'x'\"\n",
    "a.sh": "condition=\"@Resource[a:b] StringEquals 'x'\"\n",
    "a.yaml": 'roleAssignments: [{principalId: x, condition: "@Resource[a:b] StringEquals 1"}]\n',
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_language_without_its_grammar_is_not_read(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_conditions(TEXTS[name], name).unread == ()
    assert len(find_conditions(TEXTS[name], name).conditions) == 1
    for module in [one for one in sys.modules if one.startswith("tree_sitter")]:
        monkeypatch.setitem(sys.modules, module, None)
    trees._language.cache_clear()  # noqa: SLF001  # as in a fresh process
    (unread,) = find_conditions(TEXTS[name], name).unread
    assert unread.message.endswith("is not read: more packages are needed: install `azcond[iac]`")
    assert find_conditions("nothing = 1\n", name).unread == ()


def test_a_text_that_takes_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "_MOST_SECONDS", 0.0)
    (unread,) = find_conditions(f"{TEXTS['a.tf']}a = 1\n" * 1000, "a.tf").unread
    assert unread.message == "this Terraform is not read: nothing makes sense for too long"
