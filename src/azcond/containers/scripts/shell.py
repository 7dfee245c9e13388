"""Conditions in shell scripts: `az role assignment create --condition …` (role-assignments-cli),
variables that hold one, and JSON in arguments and here documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from azcond.containers.model import Contents, EmbeddedCondition, Holder, Host, Unread
from azcond.containers.recognising import looks_like_condition
from azcond.containers.remarks import find_comments
from azcond.containers.scripts.commands import (
    AZ_FACTS,
    AZ_SPELLED,
    OF_INTEREST,
    Argument,
    Command,
    add_parameter,
    find_in_json_text,
    is_a_condition,
    not_part_of,
    read_holder,
    with_default_version,
)
from azcond.containers.scripts.errors import find_unread, unread
from azcond.containers.scripts.shell_words import Words
from azcond.containers.trees import Tree
from azcond.containers.values import Text, condition_of, cut, trimmed
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_LANGUAGE = "shell script"
_CONDITION = "--condition"
_FLAG = re.compile(r"(--[a-z-]+)(=?)")
_ASSIGNMENT = re.compile(r"\brole\s+assignment\s+(create|update)\b")


def find_in_shell(text: str) -> Contents:
    """Every condition of a shell script; what is only known when it runs is a hole."""
    if not OF_INTEREST.search(text):
        return Contents()
    finder = _Finder(Tree("bash", text))
    return finder.contents()


class _Finder:
    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._words = Words(tree)
        self._broken: list[Unread] = []

    def contents(self) -> Contents:
        """The contents of the script."""
        conditions: list[EmbeddedCondition] = []
        assignments: list[Holder] = []
        for node in self._tree.nodes("command", "array"):
            condition, holder = self._assignment(node)
            conditions += [] if condition is None else [condition]
            assignments += [] if holder is None else [holder]
        inner = list(self._json())
        conditions += chain.from_iterable(one.conditions for one in inner)
        assignments += chain.from_iterable(one.assignments for one in inner)
        conditions += not_part_of(conditions, self._variables(self._words.grown))
        return Contents(
            tuple(sorted(conditions, key=lambda one: one.offset_in_file(0))),
            self._unread(chain.from_iterable(one.unread for one in inner)),
            tuple(chain.from_iterable(one.roles for one in inner)),
            tuple(assignments),
            tuple(find_comments(self._tree)),
        )

    def _unread(self, inner: Iterable[Unread]) -> tuple[Unread, ...]:
        """What cannot be read, each place once."""
        found = {one.offset: one for one in (*find_unread(self._tree, _LANGUAGE), *inner)}
        found.update({one.offset: one for one in self._broken})
        return tuple(found[offset] for offset in sorted(found))

    def _embedded(self, node: Node, text: Text, holder: Holder) -> EmbeddedCondition:
        if node.has_error:
            self._broken.append(unread(self._tree, node, _LANGUAGE))
        return condition_of(text, holder, Host.SHELL)

    def _assignment(self, node: Node) -> tuple[EmbeddedCondition | None, Holder | None]:
        """The condition that a command gives an assignment, and the assignment."""
        words = [child for child in node.children if child.is_named]
        plain = " ".join(self._tree.written(one) for one in words if one.child_count <= 1)
        made = _ASSIGNMENT.search(plain)
        if made is None and _CONDITION not in plain:
            return None, None
        given, ends = self._arguments(words)
        condition = given.pop(_CONDITION, None)
        if condition is not None and made is None:
            condition = condition if looks_like_condition(condition.value.written) else None
        if made is None and condition is None:
            return None, None
        if condition is None and _CONDITION in ends:
            offset = ends[_CONDITION] - len(_CONDITION)
            self._broken.append(Unread(f"the value of `{_CONDITION}` cannot be read", offset))
        facts = {AZ_FACTS[flag]: one for flag, one in given.items() if flag in AZ_FACTS}
        start = self._tree.span(node).start
        head = words[min(3, len(words) - 1)] if node.type == "command" else words[0]
        command = Command(
            f"az role assignment {made[1]}" if made else "a command",
            Span(start, self._tree.span(head).end),
            facts,
            partial(add_parameter, ends.get(_CONDITION), AZ_SPELLED, _quoted),
            _quoted,
            has_condition=_CONDITION in ends,
        )
        holder = read_holder(command)
        if condition is None:
            return None, holder if made and made[1] == "create" else None
        holder = with_default_version(holder)
        if not condition.value.written:
            return None, holder
        return self._embedded(node, condition.value, holder), holder

    def _arguments(self, words: list[Node]) -> tuple[dict[str, Argument], dict[str, int]]:
        """The values of the flags, and where each ends."""
        found: dict[str, Argument] = {}
        ends: dict[str, int] = {}
        flag = ""
        for word in words:
            span = self._tree.span(word)
            match = _FLAG.match(self._tree.text, *span)
            if match and match.end() == span.end and not match[2]:
                flag = match[1]
                ends.setdefault(flag, span.end)
                continue
            value = self._words.text(word)
            if match and match[2]:
                flag = match[1]
                value = Text(tuple(cut(value.pieces, len(match[0]), len(value.written))))
                span = Span(match.end(), span.end)
            if flag:
                written = self._tree.text[slice(*span)]
                found[flag] = Argument(value, span, written)
                ends[flag] = span.end
            flag = ""
        return found, ends

    def _json(self) -> Iterator[Contents]:
        kinds = ("concatenation", "raw_string", "string", "redirected_statement")
        for node in self._tree.nodes(*kinds):
            if node.parent is not None and node.parent.type == "concatenation":
                continue
            is_heredoc = node.type == "redirected_statement"
            text = self._words.heredoc(node) if is_heredoc else self._words.text(node)
            found = None if text is None else find_in_json_text(text, Host.SHELL)
            if found is not None:
                yield found

    def _variables(self, left_out: set[str]) -> Iterator[EmbeddedCondition]:
        """The conditions of which it is not known what they are used for."""
        for node in self._tree.nodes("variable_assignment", "redirected_statement"):
            is_heredoc = node.type == "redirected_statement"
            called, text = self._document(node) if is_heredoc else self._variable(node)
            if text is None or called in left_out or not is_a_condition(text):
                continue
            yield self._embedded(node, text, Holder("object", called))

    def _variable(self, node: Node) -> tuple[str, Text | None]:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None or value is None or value.type == "array":
            return "", None
        return self._tree.written(name), self._words.text(value)

    def _document(self, node: Node) -> tuple[str, Text | None]:
        """What is read from the script, or written to a file, by a command of its own."""
        body = node.child_by_field_name("body")
        words = [] if body is None else self._tree.written(body).split()
        is_output = node.parent is not None and node.parent.type == "command_substitution"
        if not words or is_output:
            return "", None
        text = self._words.heredoc(node)
        if words[0] == "read":
            return words[-1], text and trimmed(text, " \t\r\n")
        return "a here document", text


def _quoted(text: str) -> str:
    return '"' + re.sub(r'([$`"\\])', r"\\\1", text) + '"'
