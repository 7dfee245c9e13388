"""How a finding spells what was meant in the strings of the file that it is in."""

from __future__ import annotations

import pytest

from azcond.containers import Host, find_in
from azcond.linter.files import FileLinter
from azcond.linter.selection import Selection
from azcond.linter.settings import DEFAULTS
from azcond.source import Source

REFERENCE = (
    "@Resource[Microsoft.OperationalInsights/workspaces/tables/record:Team{}] StringEquals {}"
)
SHELL = "az role assignment create --role Reader --condition {}\n"
POWERSHELL = "New-AzRoleAssignment -RoleDefinitionName Reader -Condition {}\n"
WHOLE, LOST = "<$key_case_sensitive$>", "<$>"
VARIABLE = "`$` starts a variable here, which leaves a damaged `<$key_case_sensitive$>`"
DAMAGED = "the end of this attribute id is a damaged `<$key_case_sensitive$>`"
OR_QUOTED = ", or put the condition into single quotes"


def double(suffix: str) -> str:
    return '"' + REFERENCE.format(suffix, "'pay'") + '"'


@pytest.mark.parametrize(
    ("host", "text", "message", "advice"),
    [
        (Host.SHELL, SHELL.format(double(WHOLE)), VARIABLE, r"write `<\$key_case_sensitive\$>`"),
        (Host.SHELL, SHELL.format(double(LOST)), DAMAGED, r"write `<\$key_case_sensitive\$>`"),
        (
            Host.SHELL,
            f'c="{REFERENCE.format(WHOLE, "1")}"\n' + SHELL.format('"$c"'),
            VARIABLE,
            r"write `<\$key_case_sensitive\$>`",
        ),
        (
            Host.SHELL,
            f'c="Team{WHOLE}"\n' + SHELL.format(double("").replace("Team", "$c")),
            VARIABLE,
            "escape each `$`",
        ),
        (
            Host.POWERSHELL,
            POWERSHELL.format(double(WHOLE)),
            VARIABLE,
            "write `` <`$key_case_sensitive`$> ``",
        ),
    ],
)
def test_a_dollar_is_said_as_the_file_has_to_spell_it(
    host: Host, text: str, message: str, advice: str
) -> None:
    found = FileLinter(DEFAULTS, Selection(select=("SYN009",))).lint(
        find_in(host, text), Source(text)
    )
    (one,) = (located.diagnostic for located in found.located)
    assert (one.message, one.help) == (message, advice + OR_QUOTED)


@pytest.mark.parametrize(
    ("host", "text"),
    [
        (Host.CONDITION, REFERENCE.format(LOST, "'pay'")),
        (Host.SHELL, SHELL.format("'" + REFERENCE.format(LOST, "1") + "'")),
    ],
)
def test_where_a_dollar_is_no_variable_nothing_else_is_said(host: Host, text: str) -> None:
    found = FileLinter(DEFAULTS, Selection(select=("SYN009",))).lint(
        find_in(host, text), Source(text)
    )
    (one,) = (located.diagnostic for located in found.located)
    assert one.message == DAMAGED
    assert one.help is not None
    assert one.help.startswith("write `<$key_case_sensitive$>`; ")
