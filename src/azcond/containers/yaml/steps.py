"""Which language the script of a step is in (Azure Pipelines, "YAML schema reference for Azure
Pipelines"; GitHub Actions, "Workflow syntax").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from azcond.containers.model import Host

SCRIPTS = frozenset(
    {"bash", "inline", "inlinescript", "powershell", "pwsh", "run", "script", "scriptinline"}
)
"""What members are called that hold a script, in lower case."""

_BY_KEY = {"bash": Host.SHELL, "powershell": Host.POWERSHELL, "pwsh": Host.POWERSHELL}
_IS_SHELL = ("shell", "scripttype", "scriptlanguage")
"""What a step says of its shell, the surest first."""

_POWERSHELL = re.compile(r"\A\W*(?:powershell|ps|pscore|pwsh)\b", re.IGNORECASE)
_POWERSHELL_STEP = re.compile(r"\A\W*(?:[\w.-]+[./])?(?:azure)?powershell@", re.IGNORECASE)
_CMDLET = re.compile(r"(?<![\w-])(?:new|set|update)-az\w", re.IGNORECASE)


def language_of_script(name: str, told: Mapping[str, str], script: str) -> Host:
    """The language of the script in a member of a name, in lower case.

    `told` are the scalars beside it and in the step around it, by their names in lower case. Where
    nothing tells, as on an agent whose own shell it is, commands of PowerShell do.
    """
    if name in _BY_KEY:
        return _BY_KEY[name]
    shell = next((told[one] for one in _IS_SHELL if one in told), None)
    if shell is not None:
        is_powershell = _POWERSHELL.search(shell) is not None
    elif "azurepowershellversion" in told:
        is_powershell = True
    else:
        steps = (told[one] for one in ("task", "uses") if one in told)
        is_powershell = any(map(_POWERSHELL_STEP.search, steps))
        is_powershell = is_powershell or _CMDLET.search(script) is not None
    return Host.POWERSHELL if is_powershell else Host.SHELL
