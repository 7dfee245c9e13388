"""Linting a whole repository: what a file costs, alone and among thousands, and the memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from os import cpu_count
from pathlib import Path

import azcond
from benchmarks.report import Group, Row
from benchmarks.subjects import BLOBS, KEY_VAULT_ROLES, ROLE_ATTRIBUTE
from benchmarks.timing import Peer, best_times

MOST_FILES = 2_000
FEWEST_FILES = 20
FLAT = 1.5
_TIMES_FEWER = 10
_IN_A_FOLDER = 20
_PLAIN_EVERY = 5
"""Of so many files one holds no condition, as most files of a repository do not."""

_PACKAGE = str(Path(azcond.__file__).parent.parent)
_MEASURED = f"""
import pathlib, resource, sys
sys.path.insert(0, {_PACKAGE!r})
from azcond.cli import main
status = main()
lines = pathlib.Path("/proc/self/status")
if lines.exists():  # what the system counts by itself begins with the parent's memory
    peak = next(one.split()[1] for one in lines.read_text().splitlines() if "VmHWM" in one)
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak, file=sys.stderr)
sys.exit(status)
"""

_TERRAFORM = """\
resource "azurerm_role_assignment" "team{number}" {{
  scope                = azurerm_storage_account.team{number}.id
  role_definition_name = "Role Based Access Control Administrator"
  principal_id         = var.principal_id
  principal_type       = "ServicePrincipal"
  condition_version    = "2.0"
  condition            = <<-EOT
    {condition}
  EOT
}}
"""
_BICEP = """\
param principalId string

resource delegate{number} 'Microsoft.Authorization/roleAssignments@2022-04-01' = {{
  name: guid(resourceGroup().id, principalId, 'delegate{number}')
  properties: {{
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'f58310d9-a9f6-439a-9e8d-f62e7b41a168')
    principalId: principalId
    principalType: 'ServicePrincipal'
    conditionVersion: '2.0'
    condition: '''
    {condition}
    '''
  }}
}}
"""  # noqa: E501  # as people write it
_PLAIN = {
    ".tf": 'variable "team{number}" {{\n  type    = string\n  default = "conditional"\n}}\n',
    ".bicep": "param team{number} string = 'conditional'\noutput team string = team{number}\n",
    ".json": '{{"name": "team{number}", "settings": {{"retention": 7, "conditional": true}}}}\n',
}


def repositories(rounds: int, many: int = MOST_FILES) -> list[Group]:
    """The time for each file, and the memory of the process that lints them all."""
    few = many // _TIMES_FEWER
    jobs = cpu_count() or 1
    with _repository(few) as small, _repository(many) as large:
        peers = [
            Peer(f"{few:,} files, one process", partial(_lint, small, 1), few),
            Peer(f"{many:,} files, one process", partial(_lint, large, 1), many),
            Peer(f"{many:,} files, {jobs} processes", partial(_lint, large, jobs), many),
        ]
        times = best_times(peers, rounds)
        rows = [
            Row(peer.name, seconds, seconds / times[0], FLAT if peer is peers[1] else None)
            for peer, seconds in zip(peers, times, strict=True)
        ]
        memory = [
            Row(f"{size:,} files", _peak(folder), unit="B")
            for size, folder in ((few, small), (many, large))
        ]
    first, last = memory
    growth = Row(last.name, last.amount, last.amount / first.amount, FLAT, unit="B")
    return [
        Group("linting a repository, for each file", peers[0].name, tuple(rows)),
        Group("peak memory of linting a repository, one process", first.name, (first, growth)),
    ]


@contextmanager
def _repository(size: int) -> Iterator[Path]:
    """A folder with so many Terraform, Bicep and ARM files."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for number in range(size):
            folder = root / f"team{number // _IN_A_FOLDER}"
            folder.mkdir(exist_ok=True)
            suffix = tuple(_WRITERS)[number % len(_WRITERS)]
            is_plain = number % _PLAIN_EVERY == 0
            text = _PLAIN[suffix].format(number=number) if is_plain else _WRITERS[suffix](number)
            (folder / f"file{number}{suffix}").write_text(text, encoding="utf-8")
        yield root


def _terraform(number: int) -> str:
    return _TERRAFORM.format(number=number, condition=_condition(number, "\n    "))


def _bicep(number: int) -> str:
    return _BICEP.format(number=number, condition=_condition(number, "\n    "))


def _arm(number: int) -> str:
    resource = {
        "type": "Microsoft.Authorization/roleAssignments",
        "apiVersion": "2022-04-01",
        "name": f"[guid(resourceGroup().id, 'team{number}')]",
        "properties": {
            "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions',"
            " 'f58310d9-a9f6-439a-9e8d-f62e7b41a168')]",
            "principalId": "[parameters('principalId')]",
            "principalType": "ServicePrincipal",
            "conditionVersion": "2.0",
            "condition": _condition(number, " "),
        },
    }
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    return json.dumps({"$schema": schema, "resources": [resource]}, indent=2)


_WRITERS: dict[str, Callable[[int], str]] = {".tf": _terraform, ".bicep": _bicep, ".json": _arm}


def _condition(number: int, between: str) -> str:
    """A delegation of a few roles, or a limit to a folder; no two files have the same."""
    roles = [KEY_VAULT_ROLES[(number + one) % len(KEY_VAULT_ROLES)] for one in range(3)]
    values = f"ForAnyOfAnyValues:GuidEquals {{{', '.join(roles)}}}"
    assignments = ROLE_ATTRIBUTE.partition(":")[0]
    delegation = [
        f"(!(ActionMatches{{'{assignments}/{verb}'}}) OR (@{source}[{ROLE_ATTRIBUTE}] {values}))"
        for verb, source in (("write", "Request"), ("delete", "Resource"))
    ]
    folder = f"@Resource[{BLOBS}:path] StringStartsWith 'team{number}/'"
    reading = f"(!(ActionMatches{{'{BLOBS}/read'}} AND NOT SubOperationMatches{{'Blob.List'}})"
    return f"{between}AND{between}".join([*delegation, f"{reading} OR ({folder}))"])


def _lint(folder: Path, jobs: int) -> str:
    """Lint a folder in a process of its own; gives the last thing that it says."""
    line = [sys.executable, "-c", _MEASURED, "lint", "--isolated", "--jobs", str(jobs), str(folder)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603  # this interpreter
    if done.returncode not in {0, 1}:
        raise AssertionError(done.stderr)
    return done.stderr


def _peak(folder: Path) -> float:
    """The most memory that linting a folder takes, in bytes."""
    kibibytes = int(_lint(folder, 1).splitlines()[-1])
    return float(kibibytes if sys.platform == "darwin" else kibibytes * 1024)
