"""Scripts, YAML and Markdown around conditions: places, holes, settings and what is left alone."""

from __future__ import annotations

import pytest

from azcond.containers import Fact, Host, find_conditions
from azcond.containers.rewriting import apply_edits
from azcond.source import Span

CONDITION = "@Resource[Microsoft.KeyVault/vaults:name] StringEquals 'pay'"
NAMES = ("x.sh", "x.ps1", "x.yaml", "x.md")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.sh", "az monitor metrics alert create --condition 'avg CPU > 90' --name condition"),
        ("x.sh", "if [ $condition ]; then condition=ok; fi # the condition"),
        ("x.sh", "az role assignment list --all | jq '.[] | .condition'"),
        ("x.ps1", "if ($condition) { New-Thing -Condition 'sunny' } # condition"),
        ("x.ps1", "$condition = 'sunny'; $x = @{ Condition = 'sunny' }"),
        ("x.ps1", "Get-AzRoleAssignment | Where-Object Condition -ne $null"),
        ("x.yaml", "steps:\n- script: echo\n  condition: and(succeeded(), eq(1, 1))\n"),
        ("x.yaml", "status:\n  conditions:\n  - type: Ready\n    condition: {a: b}\n"),
        ("x.yaml", "condition: [broken: yaml\n  condition"),
        ("x.yaml", "- principalId: x\n  roleName: y\n  condition: dept == 'IT' AND NOT external\n"),
        ("x.yaml", "uses: a/b@v1\nwith:\n  condition: always\n  role: a\n  principalId: x\n"),
        ("x.yaml", "- principalId: x\n  roleDefinitionId: y\n  condition: [a, b]\n"),
        ("x.ps1", "$x = @{ PrincipalId = 1; Condition = 'a > 1'; RoleDefinitionId = 'editor' }"),
        ("x.yaml", "a:\n{{- if .x }}\n- condition: {{ .y }}\n{{- end }}\nkind: RoleBinding\n"),
        (
            "x.md",
            "A condition\n\n```\ncondition ? a : b\n```\n\n```python\nc = '@Resource[a]'\n```",
        ),
        ("x.md", "```\n(\n !(ActionMatches{'x'})\n OR ...\n)\n```\n"),
        ("x.md", '```json\n"condition": "...",\n```\n\n```json\n{"condition": …}\n```'),
    ],
)
def test_what_is_none_of_ours_makes_no_noise(name: str, text: str) -> None:
    contents = find_conditions(text, name)
    assert (contents.conditions, contents.unread, contents.assignments) == ((), (), ())


def places(text: str, name: str, *parts: str) -> list[str]:
    """What the file has for parts of the one condition in it."""
    (found,) = find_conditions(text, name).conditions
    starts = [(found.text.index(part), len(part)) for part in parts]
    return [text[slice(*found.span_in_file(Span(at, at + size)))] for at, size in starts]


def test_places_behind_escapes_in_shells() -> None:
    command = "az role assignment create --role é🔑 --condition"
    text = f'{command} "@Resource[a] \\"q\\" \\$ \\\n end"'
    assert places(text, "x.sh", '"q"', "$", "end") == ['\\"q\\"', "\\$", "end"]
    text = f"{command} '@Resource[a] '\\''q'\\'' end'"
    assert places(text, "x.sh", "'q'", "q", "end") == ["'\\''q'\\''", "q", "end"]
    text = f"{command}=$'@Resource[a] \\'\\u00e9\\n end'"
    assert places(text, "x.sh", "'", "é", "\n", "end") == ["\\'", "\\u00e9", "\\n", "end"]
    text = "cat <<-EOF | x\n\t\t@Resource[a] \\$é\n\tend\n\tEOF\n"
    assert places(text, "x.sh", "$é", "end") == ["\\$é", "end"]


def test_places_behind_escapes_in_powershell() -> None:
    command = "New-AzRoleAssignment -RoleDefinitionName é🔑 -Condition"
    text = f'{command} "@Resource[a] ""q`" `$ `u{{e9}} end"'
    assert places(text, "x.ps1", '"q"', "$", "é", "end") == ['""q`"', "`$", "`u{e9}", "end"]
    text = f"{command} \u2018@Resource[a] \u2019\u2019q'' end\u2019"
    assert places(text, "x.ps1", "\u2019q'", "end") == ["\u2019\u2019q''", "end"]
    text = f'{command} ("@Resource[a] {{{{{{0}}}}}}" -f "b")'
    assert places(text, "x.ps1", "{", "b", "}") == ["{{", "b", "}}"]


def test_places_behind_escapes_in_yaml() -> None:
    text = 'é: 🔑\ncondition: "@Resource[a] \\"q\\" \\u00e9\n   end"\n'
    assert places(text, "x.yaml", '"q"', "é", "end") == ['\\"q\\"', "\\u00e9", "end"]
    text = "é: 🔑\r\ncondition: >\r\n  @Resource[a]\r\n  q\r\n\r\n  end\r\n"
    assert places(text, "x.yaml", "q", " q", "end") == ["q", "\r\n  q", "end"]
    text = "- condition: |\n    @Resource[a]\n    é\n     end\n"
    assert places(text, "x.yaml", "é", " end") == ["é", " end"]


@pytest.mark.parametrize(
    ("name", "text", "expressions"),
    [
        ("x.sh", 'c="@Resource[a] $x ${y:-z} $(w) `v`"', ["$x", "${y:-z}", "$(w)", "`v`"]),
        ("x.sh", 'x=1; x=2; c="@Resource[a] $x"', ["$x"]),
        ("x.sh", 'x="$x"; c="@Resource[a] $x"', ["$x"]),
        ("x.sh", 'az role assignment create --condition "$c"', ["$c"]),
        ("x.ps1", '$c = "@Resource[a] $x $($y.z) ${w}"', ["$x", "$($y.z)", "${w}"]),
        ("x.ps1", "$c = '@Resource[a] ' + $x + (Get-Y)", ["$x", "Get-Y"]),
        ("x.ps1", "$c = '@Resource[a] {0:N}' -f $x", []),
        ("x.ps1", "New-AzRoleAssignment -Condition $c", ["$c"]),
        (
            "x.yaml",
            "condition: '@Resource[a] {{ .x }} ${{ y }} $(z)'",
            ["{{ .x }}", "${{ y }}", "$(z)"],
        ),
        ("x.md", "```\n@Resource[a] StringEquals {<role-id>}\n```", ["<role-id>"]),
    ],
)
def test_what_is_only_known_later_is_a_hole(name: str, text: str, expressions: list[str]) -> None:
    found = find_conditions(text, name).conditions
    assert [hole.expression for one in found for hole in one.holes] == expressions


def test_an_escape_at_the_start_of_a_line_is_one() -> None:
    text = '$c = @"\n@Resource[a]\n`$b\n"@\n'
    (found,) = find_conditions(text, "x.ps1").conditions
    assert (found.text, found.holes) == ("@Resource[a]\n$b", ())
    text = "read -r -d '' c <<EOF\n@Resource[a]\n\\$b\nEOF\n"
    (found,) = find_conditions(text, "x.sh").conditions
    assert (found.text, found.holes) == ("@Resource[a]\n$b", ())


def test_a_lost_dollar_is_shown() -> None:
    text = 'New-AzRoleAssignment -Condition "@Resource[a/tags:b<$key_case_sensitive$>] x"'
    assert find_conditions(text, "x.ps1").conditions[0].text == "@Resource[a/tags:b<$>] x"
    text = 'az role assignment create --condition "@Resource[a/tags&$keys$&] x"'
    assert find_conditions(text, "x.sh").conditions[0].text == "@Resource[a/tags&$&] x"


@pytest.mark.parametrize(
    ("name", "text", "added"),
    [
        (
            "x.sh",
            f'az role assignment create --condition "{CONDITION}" \\\n  --role R',
            ' --assignee-principal-type "User"',
        ),
        (
            "x.ps1",
            f'New-AzRoleAssignment -Condition "{CONDITION}" `\n  -ObjectId p',
            " -ObjectType 'User'",
        ),
        (
            "x.ps1",
            f'$x = @{{\r\n  ObjectId = 1\r\n  Condition = "{CONDITION}"\r\n  Scope = "s"\r\n}}',
            "\r\n  ObjectType = 'User'",
        ),
        ("x.ps1", f'$x = @{{ObjectId = 1; Condition = "{CONDITION}"}}', "; ObjectType = 'User'"),
        ("x.yml", f'- principalId: p\n  condition: "{CONDITION}"\n', 'principalType: "User"\n  '),
        ("x.yml", f'- condition: "{CONDITION}"\n  principalId: p\n', 'principalType: "User"\n  '),
        ("x.yml", f'{{principal_id: p, condition: "{CONDITION}"}}', 'principal_type: "User", '),
    ],
)
def test_adding_a_fact(name: str, text: str, added: str) -> None:
    (found,) = find_conditions(text, name).conditions
    assert found.holder is not None
    edit = found.holder.setting(Fact.PRINCIPAL_TYPE, "User")
    assert edit is not None
    assert edit.replacement == added
    (after,) = find_conditions(apply_edits(text, [edit]), name).conditions
    assert after.holder is not None
    assert after.holder.text(Fact.PRINCIPAL_TYPE) == "User"
    assert after.text == found.text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.sh", f'az role assignment create --condition "{CONDITION}'),
        ("x.sh", "az role assignment create --role R --condition"),
        ("x.ps1", f'New-AzRoleAssignment -Condition "{CONDITION}'),
        ("x.yaml", f'principalId: p\ncondition: "{CONDITION}'),
        ("x.yaml", "principalId: p\nconditionVersion: 2.0\ncondition: [a]"),
        ("x.yaml", "".join(f"{' ' * n}a:\n" for n in range(300)) + "condition"),
        ("x.yaml", f'{{{{- if .x }}}}\nassignments:\n- condition: "{CONDITION}"\n{{{{- end }}}}\n'),
        ("x.yaml", "roleAssignments:\n{{- if .x }}\n- condition: {{ .y }}\n{{- end }}\n"),
        ("x.yaml", f'a:\n\tb: x\nassignments:\n- condition: "{CONDITION}"\n'),
        ("x.md", f"```\n{CONDITION}\n"),
        ("x.md", f'```json\n{{"condition": "{CONDITION}" "x"}}\n```'),
    ],
)
def test_what_is_broken_is_not_passed_over(name: str, text: str) -> None:
    assert find_conditions(text, name).unread


def test_a_comment_above_a_fence_covers_it() -> None:
    text = f"<!-- azcond: ignore[X] why -->\n\n```\n{CONDITION}\n```\nend"
    (comment,) = find_conditions(text, "x.md").comments
    assert comment.text == "azcond: ignore[X] why"
    assert text[slice(*comment.covers)].strip() == f"```\n{CONDITION}\n```"


@pytest.mark.parametrize("name", NAMES)
def test_files_without_a_word_about_access_are_not_even_parsed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("azcond.containers.trees.Tree.__init__", None)
    assert find_conditions("a: b\n```\nc\n```\n" * 3, name).conditions == ()


def test_each_condition_knows_its_language() -> None:
    fence = "# x\n\n```{}\n{}\n```\n"
    command = f'az role assignment create --condition "{CONDITION}"'
    assert find_conditions(command, "x.sh").conditions[0].host is Host.SHELL
    assert find_conditions(fence.format("bash", command), "x.md").conditions[0].host is Host.SHELL
    assert find_conditions(fence.format("", CONDITION), "x.md").conditions[0].host is Host.MARKDOWN


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.ps1", "param(= '@Resource[a]')"),
        ("x.ps1", "param($x = '@Resource[a] StringEquals ''b''')"),
        ("x.sh", "c=(--condition"),
        ("x.yaml", "? condition\n: *nowhere\n"),
        ("x.md", "```json\n```\n\n~~~condition"),
    ],
)
def test_odd_texts_are_read_somehow(name: str, text: str) -> None:
    assert len(find_conditions(text, name).conditions) <= 1


SCRIPT = (
    f'New-AzRoleAssignment -ObjectId $a -RoleDefinitionName Reader `\n -Condition "{CONDITION}"'
)
COMMAND = f'az role assignment create --assignee $a --role Reader \\\n --condition "{CONDITION}"'


@pytest.mark.parametrize(
    ("step", "host"),
    [
        ("- task: AzurePowerShell@5\n  inputs:\n    Inline: |", Host.POWERSHELL),
        ("- TASK: PowerShell@2\n  Inputs:\n    targetType: inline\n    script: |", Host.POWERSHELL),
        (
            "- task: 'AzureCLI@2'\n  inputs:\n    scriptType: 'pscore'\n    inlineScript: |",
            Host.POWERSHELL,
        ),
        ("- task: AzureCLI@2\n  inputs:\n    scriptType: ps\n    InlineScript: |", Host.POWERSHELL),
        ("- task: AzureCLI@2\n  inputs:\n    scriptType: bash\n    InlineScript: |", Host.SHELL),
        ("- task: Bash@3\n  inputs:\n    targetType: inline\n    script: |", Host.SHELL),
        ("- uses: azure/powershell@v2\n  with:\n    inlineScript: |", Host.POWERSHELL),
        ("- uses: Azure/cli@v2\n  with:\n    inlineScript: |", Host.SHELL),
        ("- shell: pwsh\n  run: |", Host.POWERSHELL),
        ("- shell: bash\n  run: |", Host.SHELL),
        ("- script: |", Host.SHELL),
        ("- run: |", Host.POWERSHELL),
    ],
)
def test_scripts_of_steps_are_read_in_their_language(step: str, host: Host) -> None:
    script = COMMAND if host is Host.SHELL else SCRIPT
    lines = "\n".join(f"      {line}" for line in script.splitlines())
    (found,) = find_conditions(f"steps:\n{step}\n{lines}\n", "x.yml").conditions
    assert (found.text, found.host) == (CONDITION, host)


@pytest.mark.parametrize(
    ("name", "text", "texts"),
    [
        ("x.ps1", f'$c = "{CONDITION}"; $ra.Condition = $c', [CONDITION]),
        ("x.ps1", f'$c = "{CONDITION}"; $d = $c; Write-Host -Object "is $c"', [CONDITION]),
        ("x.ps1", f'$c = "{CONDITION}"; Invoke-Other -Rule $c', [CONDITION]),
        (
            "x.ps1",
            f'$c = "{CONDITION}"; $x = "$c OR a"; $y = "$c OR b"',
            [f"{CONDITION} OR a", f"{CONDITION} OR b"],
        ),
        ("x.sh", f'c="{CONDITION}"; d="$c"; echo "is $c"', [CONDITION]),
        ("x.sh", f'c="{CONDITION}"\nother --rule "$c"\n', [CONDITION]),
        ("x.sh", f'c="{CONDITION}"\naz role assignment create --condition "$c"\n', [CONDITION]),
        (
            "x.sh",
            f"read -r -d '' c <<E\n\n{CONDITION}\n\nE\naz role assignment create --condition $c",
            [CONDITION],
        ),
    ],
)
def test_a_variable_is_read_once(name: str, text: str, texts: list[str]) -> None:
    assert [one.text for one in find_conditions(text, name).conditions] == texts


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("bicep", "condition: '@Resource[a]'", ["@Resource[a]"]),
        ("bicep", "// x\ncondition: '''\n@Resource[a]'''\nprincipalId: p", ["@Resource[a]"]),
        ("bicep", "{\n  condition: '@Resource[a]'\n}", ["@Resource[a]"]),
        ("bicep", "properties: {\n  condition: '@Resource[a]'", []),
        ("bicep", 'condition: "@Resource[a]"', []),
        ("hcl", 'condition = "@Resource[a]"', ["@Resource[a]"]),
        ("hcl", 'condition = "@Resource[a]', []),
        ("hcl", 'condition: "@Resource[a]"\n}', []),
    ],
)
def test_a_fragment_in_documentation_is_read_or_passed_over(
    language: str, text: str, found: list[str]
) -> None:
    contents = find_conditions(f"# é\n\n```{language}\n{text}\n```\n", "x.md")
    assert ([one.text for one in contents.conditions], contents.unread) == (found, ())
    for one in contents.conditions:
        start, end = one.extent
        assert f"# é\n\n```{language}\n{text}\n```\n"[start:end] == "@Resource[a]"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "bicep",
            "resource r 'Microsoft.Authorization/roleAssignments@x' = {\n condition: 'it's'\n}",
        ),
        ("hcl", 'resource "azurerm_role_assignment" "x" {\n  condition = "@Resource[a]\n}'),
    ],
)
def test_a_broken_resource_in_documentation_is_unread(language: str, text: str) -> None:
    assert find_conditions(f"```{language}\n{text}\n```\n", "x.md").unread
