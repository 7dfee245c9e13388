"""What language a text is in that nothing else tells about."""

from __future__ import annotations

import re

from azcond.containers.model import Host
from azcond.containers.recognising import opens_like_condition

_FOREIGN = (
    (Host.SHELL, r"\A\#!.*\b(?:ba|da|k|z)?sh\b"),
    (Host.POWERSHELL, r"\A\#!.*\bpwsh\b"),
    (Host.MARKDOWN, r"^(?:```|~~~)"),
    (
        Host.YAML,
        r"\A---\s | ^(?:apiVersion|jobs|kind|metadata|on|pool|stages|steps|trigger)\s*:",
    ),
    (
        Host.TERRAFORM,
        r"""^\s*(?:resource|data|module|variable|output|provider)(?:[ \t]+"[^"\r\n]*")+\s*\{
          | ^\s*(?:terraform|locals|moved|import)\s*\{""",
    ),
    (
        Host.BICEP,
        r"""^\s*(?:resource|module)\s+\w+\s+' | ^\s*param\s+\w+ | ^\s*var\s+\w+\s*=
          | ^\s*targetScope\s*=""",
    ),
    (
        Host.POWERSHELL,
        r"^\s*\$\w+\s*= | ^\s*param\s*\( | ^\s*(?:Connect|Get|New|Remove|Set)-Az\w+",
    ),
    (Host.SHELL, r"^\s*az\s+(?:deployment|rest|role)\b | ^\s*export\s+\w+= | ^\s*set\s+-[a-z]"),
)
"""What files of other languages have, and no condition; what comes first counts first."""


def foreign_host(text: str) -> Host | None:
    """The language that a text without a name clearly is in, if it is not one condition."""
    if opens_like_condition(text):
        return None
    for host, signs in _FOREIGN:
        if re.search(signs, text, re.MULTILINE | re.VERBOSE):
            return host
    return None
