"""The command line: `azcond lint`, `eval`, `explain`, `fmt` and others, one module per command.

Only the module of the command that runs is imported. Results go to standard output, everything
else to standard error.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

import azcond

COMMANDS = {
    "lint": "find mistakes in conditions: syntax, types, schema, security",
    "eval": "decide whether a condition is met by a request",
    "explain": "say why a condition is met or not met by a request",
    "fmt": "lay condition files out in the canonical form",
    "access": "decide whether a principal may do something somewhere, and say why",
    "who-can": "list who may do something somewhere",
    "what-can": "list what a principal may do somewhere",
    "role": "show what a role grants, and check an action against it",
    "rule": "say what a rule finds, why that matters and what to write instead",
    "catalogue": "make roles of your own known",
}
"""Every command, with one line about it; each is a module of this package with a `main`, which has
an underscore where the command has a dash."""

_HELP = f"""\
usage: azcond COMMAND …

Work with the conditions of Azure role assignments.

commands:
{{}}

options:
  -h, --help     show this help, or with a command the help of that command
  -V, --version  show the version

examples:
  azcond lint infra/
  azcond eval role.json --request request.json
  azcond explain role.json --role 'Key Vault Data Access Administrator' --request request.json
  azcond fmt --check conditions/
  azcond who-can Microsoft.KeyVault/vaults/secrets/getSecret/action --scope … --model tenant/
  azcond rule SEC301

azcond {azcond.__version__}"""

MET = CLEAN = 0
NOT_MET = FINDINGS = 1
UNUSABLE = 2
"""Bad usage, input that cannot be read, a decision that cannot be made."""

_USUAL = gc.get_threshold()
_SELDOM = 100_000

_INTERRUPTED = 130
_BROKEN_PIPE = 141


def main() -> int:
    """The command of the shell: a process that runs one command and ends, so it collects seldom."""
    gc.set_threshold(_SELDOM)
    status = run()
    gc.freeze()  # nothing is searched for garbage once more at the end
    return status


def collect_often() -> None:
    """Collect garbage as usual from here on: of many files each leaves some."""
    if gc.get_threshold()[0] == _SELDOM:
        gc.set_threshold(*_USUAL)


def run(arguments: list[str] | None = None) -> int:
    """Run a command line (that of the process unless given) and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _dispatch(sys.argv[1:] if arguments is None else arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except SystemExit as exit_:  # how argparse ends
        return exit_.code if isinstance(exit_.code, int) else UNUSABLE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return _BROKEN_PIPE
    except OSError as error:
        _discard_output()
        return _refuse(f"the output cannot be written: {error.strerror}")
    return status


def _dispatch(arguments: list[str]) -> int:
    first = arguments[0] if arguments else "--help"
    if first in COMMANDS:
        command = import_module(f"{__name__}.{first.replace('-', '_')}")
        return int(command.main(arguments[1:]))
    if first in {"-V", "--version"}:
        print(f"azcond {azcond.__version__}")
    elif first in {"-h", "--help", "help"}:
        print(_HELP.format("\n".join(f"  {name:<9} {COMMANDS[name]}" for name in COMMANDS)))
        return CLEAN if arguments else UNUSABLE
    else:
        kind = "option" if first.startswith("-") else "command"
        known = ", ".join(f"`{name}`" for name in COMMANDS)
        return _refuse(f"no {kind} {first!r}: expected one of the commands {known}")
    return CLEAN


def _refuse(message: str) -> int:
    print(f"azcond: {message}", file=sys.stderr)
    return UNUSABLE


def _discard_output() -> None:
    """Keep the interpreter from writing again to what is gone, as it flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
