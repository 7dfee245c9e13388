"""Texts that Terraform takes from files as they are, or as templates (Terraform, "file Function",
"templatefile Function").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from azcond.containers.terraform.folder import Folder, SourceFile
from azcond.containers.values import (
    Record,
    Text,
    Unknown,
    Value,
    cut,
    relocated,
    told,
)

if TYPE_CHECKING:
    from tree_sitter import Node

LOADING = frozenset({"file", "templatefile"})
"""The functions that load a text."""

_MODULE = "path.module"


class Evaluator(Protocol):
    """What is needed of the expressions around a call."""

    folder: Folder

    def of(self, file: SourceFile) -> Evaluator:
        """The expressions of another file."""

    def evaluate_with(self, bound: Mapping[str, Value], node: Node) -> Value:
        """The value of an expression in which some names stand for values, and no others do."""


def load(evaluator: Evaluator, name: str, values: Sequence[Value], unknown: Unknown) -> Value:
    """What a call gives that loads a text, where the call is; not known where the file is not in
    the folder of the module, or below it.
    """
    path = _path(values[0]) if values else None
    text = None if path is None else evaluator.folder.text(path)
    match values:
        case [_] if name == "file" and text is not None:
            return told(text, unknown.place)
        case [_, given] if name == "templatefile" and text is not None:
            bound = given.members if isinstance(given, Record) else {}
            return _filled(evaluator, text, {name: get() for name, get in bound.items()}, unknown)
        case _:
            return unknown


def _path(value: Value) -> str | None:
    """A path, relative to the folder of the module."""
    match value:
        case Text([first, *others]) if first.expression == _MODULE:
            rest = Text(tuple(others)).known
            return f".{rest}" if rest is not None and rest.startswith("/") else None
        case Text():
            return value.known
        case _:
            return None


def _filled(
    evaluator: Evaluator, template: str, bound: Mapping[str, Value], unknown: Unknown
) -> Value:
    """A template, which has the syntax of a heredoc, with values for the names in it."""
    marker = "TEMPLATE"
    while marker in template:
        marker += "_"
    file = SourceFile(f"text = <<{marker}\n{template}\n{marker}\n")
    node = next(iter(file.tree.nodes("expression")), None)
    value = unknown if node is None else evaluator.of(file).evaluate_with(bound, node)
    if not isinstance(value, Text):
        return unknown
    inside = Text(tuple(cut(value.pieces, 0, len(value.written) - 1)))  # as it ends with a line
    return relocated(inside, unknown.place)
