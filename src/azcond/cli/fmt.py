"""`azcond fmt`."""

from __future__ import annotations

import sys
from argparse import Namespace
from functools import partial

import azcond
from azcond.checker import MAX_SIZE, condition_size
from azcond.cli import CLEAN, FINDINGS, UNUSABLE, collect_often
from azcond.cli.configurations import Configurations
from azcond.cli.differences import unified_lines
from azcond.cli.inputs import (
    about_folders,
    add_inputs,
    called,
    check_inputs,
    find_inputs,
    read_input,
)
from azcond.cli.parsing import command_parser, complain, complain_about
from azcond.cli.placing import findings_of
from azcond.containers import EmbeddedCondition, Located, find_conditions
from azcond.containers.files import (
    STDIN,
    InputError,
    Siblings,
    shown_name,
    write_text,
)
from azcond.containers.rewriting import lay_out, rewrite
from azcond.linter.configuration_files import ConfigurationError
from azcond.linter.holes.laying_out import lay_out_partly
from azcond.reports.finding import counted
from azcond.reports.style import visible
from azcond.source import Source

_DESCRIPTION = """\
Lay conditions out in the canonical form, in place, also inside the files of other languages, where
nothing else changes; with -, from standard input to standard output. A condition in a string that
is one line stays one line. A file with a syntax error in a condition is left as it is.

{}"""

_EPILOG = """\
examples:
  azcond fmt conditions/
  azcond fmt --check --diff conditions/
  azcond fmt --minify - < team.cond
  azcond fmt --stdin-filename main.tf - < main.tf

exit status: 0 done (with --check or --diff: nothing to do), 1 with --check or --diff: something
would change, 2 bad usage or a file that cannot be formatted"""


def main(arguments: list[str]) -> int:
    """Run `azcond fmt`."""
    parser = command_parser("fmt", _DESCRIPTION.format(about_folders()), _EPILOG)
    add_inputs(parser)
    parser.add_argument("--check", action="store_true", help="change nothing, say what would be")
    parser.add_argument("--diff", action="store_true", help="change nothing, show the changes")
    parser.add_argument("--minify", action="store_true", help="one line, as short as it gets")
    options = parser.parse_args(arguments)
    check_inputs(parser, options)
    run = _Run(options, dry=options.check or options.diff)
    try:
        for name in find_inputs(options, Configurations(options)):
            run.take(name)
            collect_often()
    except ConfigurationError as error:
        complain(error)
        return UNUSABLE
    if options.paths != [STDIN]:
        print(run.summary())
    if run.failed:
        return UNUSABLE
    return FINDINGS if run.dry and run.changed else CLEAN


class _Run:
    """One run over the files, and what became of them."""

    def __init__(self, options: Namespace, *, dry: bool) -> None:
        self.dry = dry
        self.changed = self.unchanged = self.failed = self.left = 0
        self._options = options
        self._siblings = Siblings()

    def take(self, name: str | InputError) -> None:
        """Format one file, or say why not."""
        try:
            if isinstance(name, InputError):
                raise name
            text = read_input(name, self._options)
            self._format(called(name, self._options), text, shows=name == STDIN and not self.dry)
        except InputError as error:
            self.failed += 1
            complain(error)

    def _format(self, name: str, text: str, *, shows: bool) -> None:
        beside = partial(self._siblings.beside, name)
        read = partial(find_conditions, name=name, beside=beside)
        contents, file = read(text), Source(text)
        wanted = {}
        for number, condition in enumerate(contents.conditions):
            laid_out = self._laid_out(name, file, condition)
            if laid_out is not None:
                wanted[number] = laid_out
        new, changed = rewrite(text, wanted, read)
        self.left += len(contents.conditions) - len(changed)
        for problem in contents.unread:
            complain(InputError.at(name, file, problem.offset, problem.message))
        self.failed += bool(contents.unread)
        if shows:
            sys.stdout.write(new if new.endswith("\n") else f"{new}\n")
        elif new == text:
            self.unchanged += 1
        else:
            self.changed += 1
            self._change(name, text, new)

    def _laid_out(self, name: str, file: Source, condition: EmbeddedCondition) -> str | None:
        """The text of a condition after formatting; nothing where what is not known forbids it."""
        is_long = "\n" in condition.text or _begins_a_line(file.text, condition.offset_in_file(0))
        layout = azcond.format if is_long and not self._options.minify else azcond.minify
        try:
            lay_out_this = lay_out_partly if condition.holes else lay_out
            new = lay_out_this(condition, layout)
        except azcond.ConditionSyntaxError as error:
            complain_about(
                findings_of(name, file, [Located(one, condition) for one in error.diagnostics])
            )
            raise InputError(name, "not formatted: it is not a condition") from None
        except azcond.AzcondError as error:
            raise InputError(name, f"not formatted: {error}") from None
        if new is not None:
            self._warn_of_size(name, new)
        return new

    def _change(self, name: str, text: str, new: str) -> None:
        if not self.dry:
            write_text(name, new)
        if self._options.check:
            print(f"would format {visible(shown_name(name))}")
        if self._options.diff:
            sys.stdout.writelines(unified_lines(shown_name(name), text, new))

    def _warn_of_size(self, name: str, new: str) -> None:
        size = condition_size(new.rstrip("\r\n"))
        if size > MAX_SIZE:
            advice = "" if self._options.minify else "; `--minify` makes it shorter"
            complain(
                f"{shown_name(name)}: the formatted condition has {size:,} bytes, and Azure takes "
                f"at most {MAX_SIZE:,}{advice}"
            )

    def summary(self) -> str:
        """The last line of a run."""
        done = "would be formatted" if self.dry else "formatted"
        line = f"{counted(self.changed, 'file')} {done}, {self.unchanged:,} unchanged"
        if self.left:
            as_is = "as it is" if self.left == 1 else "as they are"
            line += f"; {counted(self.left, 'condition')} of several parts left {as_is}"
        if self.failed:
            line += f"; {counted(self.failed, 'input')} could not be formatted"
        return line


def _begins_a_line(text: str, offset: int) -> bool:
    """Whether only blanks stand before an offset on its line."""
    return not text[text.rfind("\n", 0, offset) + 1 : offset].strip()
