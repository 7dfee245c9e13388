"""Fixing and formatting inside the files of other languages: only the condition changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from azcond.cli import run

BEFORE = (
    "!(ActionMatches{'Microsoft.KeyVault/vaults/secrets/getSecret/action'})  OR "
    "@Environment[isPrivateLink] BoolEquals 'true'"
)
FIXED = BEFORE.replace("'true'", "true")
ONE_LINE = FIXED.replace("!(A", "NOT A").replace("'})  OR", "'} OR")
LAID_OUT = """(
 (
  !(ActionMatches{'Microsoft.KeyVault/vaults/secrets/getSecret/action'})
 )
 OR
 (
  @Environment[isPrivateLink] BoolEquals true
 )
)"""

TERRAFORM = """\
# Größe 🔑
resource "azurerm_role_assignment" "a" {{
  principal_type    = "User"
  condition_version = "2.0"
  condition         = {}
  description       = "ä\\u00e4"
}}
"""
BICEP = """\
// Größe 🔑
resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = {{
  name: guid('a')
  properties: {{
    principalType: 'User'
    conditionVersion: '2.0'
    condition: {}
  }}
}}
"""
POWERSHELL = """\
# Größe 🔑
New-AzRoleAssignment -ObjectId $id -Scope $scope -RoleDefinitionName 'Key Vault Secrets User' `
  -ConditionVersion '2.0' -Condition {}
Write-Host "ä"
"""
SHELL = """\
# Größe 🔑
az role assignment create --assignee x --role 'Key Vault Secrets User' --scope "$scope" \\
  --condition-version 2.0 --condition {}
echo ä
"""
YAML = """\
# Größe 🔑
roleAssignments:
  - roleDefinitionId: 4633458b-17de-408a-b874-0445c86b69e6
    principalType: User
    conditionVersion: "2.0"
    condition: {}
note: ä
"""
JSON = """\
{{"note": "Größe 🔑", "roleDefinitionId": "4633458b-17de-408a-b874-0445c86b69e6",
  "principalId": "x", "principalType": "User", "conditionVersion": "2.0",
  "condition":   {},
  "description": "\\u00e4"}}
"""
MARKDOWN = "# Größe 🔑\n\n> ```terraform\n> {}\n> ```\n\nä\n"


def doubled(text: str) -> str:
    return text.replace("'", "''")


ONE_LINE_LITERALS = [
    ("a.tf", TERRAFORM, '"{}"', str),
    ("a.bicep", BICEP, "'{}'", lambda text: text.replace("'", "\\'")),
    ("a.bicep", BICEP, "'''{}'''", str),
    ("a.ps1", POWERSHELL, "'{}'", doubled),
    ("a.ps1", POWERSHELL, '"{}"', str),
    ("a.sh", SHELL, '"{}"', str),
    ("a.sh", SHELL, "$'{}'", lambda text: text.replace("'", "\\'")),
    ("a.yaml", YAML, '"{}"', str),
    ("a.yaml", YAML, "'{}'", doubled),
    ("a.json", JSON, '"{}"', str),
    ("a.json", JSON, '"{}"', lambda text: text.replace("'", "\\u0027")),
]
LINES_LITERALS = [
    ("a.tf", TERRAFORM, "<<EOT\n{}\nEOT", ""),
    ("a.tf", TERRAFORM, "<<-EOT\n    {}\n  EOT", "    "),
    ("a.bicep", BICEP, "'''\n{}\n'''", ""),
    ("a.ps1", POWERSHELL, "@'\n{}\n\n'@", ""),
    ("a.yaml", YAML, "|\n      {}", "      "),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(text: str, line_break: str, mark: str) -> bytes:
    return (mark + text).replace("\n", line_break).encode()


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize(("name", "host", "literal", "escape"), ONE_LINE_LITERALS)
def test_a_condition_in_one_line_is_mended_there(  # noqa: PLR0913, PLR0917  # ways to write it
    here: Path, name: str, host: str, literal: str, escape: object, line_break: str, mark: str
) -> None:
    assert callable(escape)
    file = here / name

    def expected(text: str) -> bytes:
        return written(host.format(literal.format(escape(text))), line_break, mark)

    file.write_bytes(expected(BEFORE))
    run(["lint", "--fix", "--isolated", name])
    assert file.read_bytes() == expected(FIXED)
    assert run(["fmt", name]) == 0
    assert file.read_bytes() == expected(ONE_LINE)
    assert run(["fmt", "--check", name]) == 0


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize(("name", "host", "literal", "indent"), LINES_LITERALS)
def test_a_condition_on_lines_of_its_own_is_laid_out_there(  # noqa: PLR0913, PLR0917  # as above
    here: Path, name: str, host: str, literal: str, indent: str, line_break: str, mark: str
) -> None:
    file = here / name

    def expected(text: str) -> bytes:
        lines = text.replace("\n", f"\n{indent}")
        return written(host.format(literal.format(lines)), line_break, mark)

    file.write_bytes(expected(BEFORE))
    run(["lint", "--fix", "--isolated", name])
    assert file.read_bytes() == expected(FIXED)
    assert run(["fmt", name]) == 0
    assert file.read_bytes() == expected(LAID_OUT)
    assert run(["fmt", "--check", name]) == 0


def test_a_fence_in_a_quote_is_mended_in_its_language(here: Path) -> None:
    file = here / "a.md"

    def quoted(text: str) -> str:
        inner = TERRAFORM.format(f'"{text}"').strip()
        return MARKDOWN.format(inner.replace("\n", "\n> "))

    before, after = quoted(BEFORE), quoted(FIXED)
    file.write_bytes(before.encode())
    run(["lint", "--fix", "--isolated", "a.md"])
    assert file.read_bytes() == after.encode()
