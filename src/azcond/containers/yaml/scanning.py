"""Conditions in YAML: the values of members named `condition` that are ours, and the scripts of
pipelines and workflows. Pipelines have conditions of their own, which are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from azcond.containers import find_in
from azcond.containers.model import (
    Contents,
    EmbeddedCondition,
    Fact,
    Holder,
    Host,
    Unread,
)
from azcond.containers.nesting import Nesting
from azcond.containers.rbac_json.names import (
    BESIDE_A_CONDITION,
    CONDITION,
    FACT_NAMES,
    OF_PIM,
    names_of,
    spelled,
)
from azcond.containers.recognising import (
    looks_like_condition,
    may_be_of_azure,
    tells_of_azure,
)
from azcond.containers.remarks import find_comments
from azcond.containers.scripts.commands import (
    OF_INTEREST,
    Argument,
    Command,
    is_an_assignment,
    read_holder,
)
from azcond.containers.scripts.masks import Masks
from azcond.containers.trees import Tree
from azcond.containers.values import Text, condition_of
from azcond.containers.yaml.broken import find_broken
from azcond.containers.yaml.scalars import encode_double, read_scalar
from azcond.containers.yaml.steps import SCRIPTS, language_of_script
from azcond.diagnostics import Edit
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_PAIRS = ("block_mapping_pair", "flow_pair")
_LINE = re.compile(r"(?P<blanks>[ \t]*+)(?P<marks>(?:[-?:][ \t]++)*+)[^\s].*+\n?|.*\n")
_MARK = re.compile(r"[-?:]")
_DEEPEST = 100
"""The grammar has room for some 250 levels, of which one line may open two at the same column."""
_ADDABLE = frozenset({Fact.DESCRIPTION, Fact.PRINCIPAL_TYPE, Fact.VERSION})


def find_in_yaml(text: str) -> Contents:
    """Every condition of a YAML text, in one document or several."""
    if not OF_INTEREST.search(text):
        return Contents()
    deep = _find_deep(text)
    if deep is not None:
        return Contents(unread=(Unread("this YAML is nested too deeply to read", deep),))
    return _Finder(Tree("yaml", text)).contents()


def _find_deep(text: str) -> int | None:
    """Where a text is nested deeper than the grammar can take, which ends the process."""
    columns: list[int] = []
    for line in _LINE.finditer(text):
        start = line.start()
        while columns and columns[-1] >= line.end("blanks") - start:
            columns.pop()
        marks = [one.start() - start for one in _MARK.finditer(text, *line.span("marks"))]
        columns += [*marks, line.end("marks") - start]
        if len(columns) > _DEEPEST:
            return start
    return None


class _Member(NamedTuple):
    """A member of a mapping, with its name as spelled there."""

    name: str
    pair: Node
    value: Node


class _Finder:
    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._conditions: list[EmbeddedCondition] = []
        self._assignments: list[Holder] = []
        self._problems: list[Unread] = []
        self._inner: list[Contents] = []
        self._anchors = {
            tree.written(node).removeprefix("&"): node.parent
            for node in tree.nodes("anchor")
            if node.parent is not None
        }

    def contents(self) -> Contents:
        """The contents of the text."""
        for node in self._tree.nodes("block_mapping", "flow_mapping", "ERROR"):
            self._take_mapping(node)
        inner = self._inner
        unread = (*self._problems, *find_broken(self._tree))
        every = chain(unread, *(one.unread for one in inner))
        conditions = chain(self._conditions, *(one.conditions for one in inner))
        comments = chain(find_comments(self._tree), *(one.comments for one in inner))
        return Contents(
            tuple(sorted(conditions, key=lambda one: one.offset_in_file(0))),
            tuple(sorted(every, key=lambda one: one.offset)),
            tuple(chain.from_iterable(one.roles for one in inner)),
            (*self._assignments, *chain.from_iterable(one.assignments for one in inner)),
            tuple({one.span: one for one in comments}.values()),
        )

    def _take_mapping(self, node: Node) -> None:
        members = {one.name: one for one in self._members(node)}
        names = names_of(members)
        facts = self._facts(members, names)
        named = names.get(CONDITION)
        holder = self._holder(node, members, names, facts)
        given = None if named is None else self._scalar(members[named].value)
        is_one = named is not None or is_an_assignment(facts)
        is_ours = is_one and self._is_of_azure(node, members)
        if named is not None and given is None and is_ours and self._is_told(members[named].value):
            message = "`condition` must be a text, got a mapping or a list"
            offset = self._tree.span(members[named].value).start
            self._problems.append(Unread(message, offset))
        is_meant = given is not None and _is_meant(given, names)
        if given is not None and not _is_null(given) and (is_ours or is_meant):
            self._conditions.append(condition_of(given, holder, Host.YAML))
        if is_an_assignment(facts) and (is_ours or is_meant):
            self._assignments.append(holder)
        for folded, name in names.items():
            value = members[name]
            if folded != CONDITION and folded.endswith(CONDITION):
                self._take_other(value)
            elif folded in SCRIPTS:
                self._take_script(node, folded, value)

    def _is_of_azure(self, mapping: Node, members: Mapping[str, _Member]) -> bool:
        """Whether a mapping is a part of Azure's access control for sure."""
        given = {}
        for folded, name in names_of(members).items():
            text = self._scalar(members[name].value)
            given[folded] = "" if text is None else text.written
        return tells_of_azure(given, self._called(mapping))

    def _members(self, mapping: Node) -> Iterator[_Member]:
        for pair in mapping.children:
            key = pair.child_by_field_name("key") if pair.type in _PAIRS else None
            value = None if key is None else pair.child_by_field_name("value")
            name = None if key is None else read_scalar(self._tree, key)
            if name is not None and value is not None:
                yield _Member(name.written, pair, value)

    def _is_told(self, value: Node) -> bool:
        """Whether a value stands here, and not behind an alias."""
        return not any(child.type == "alias" for child in value.children)

    def _scalar(self, value: Node) -> Text | None:
        """What a value says that is a scalar, here or behind an alias."""
        alias = next((one for one in value.children if one.type == "alias"), None)
        if alias is None:
            return read_scalar(self._tree, value)
        anchor = self._anchors.get(self._tree.written(alias).removeprefix("*"))
        return None if anchor is None else read_scalar(self._tree, anchor)

    def _facts(
        self, members: Mapping[str, _Member], names: Mapping[str, str]
    ) -> dict[Fact, Argument]:
        found = {}
        for fact, called in FACT_NAMES.items():
            name = next((names[one] for one in called if one in names), None)
            text = None if name is None else self._scalar(members[name].value)
            if name is not None and text is not None and text.written:
                span = self._tree.span(members[name].value)
                found[fact] = Argument(text, span, self._tree.text[slice(*span)].strip())
        return found

    def _holder(
        self,
        mapping: Node,
        members: Mapping[str, _Member],
        names: Mapping[str, str],
        facts: Mapping[Fact, Argument],
    ) -> Holder:
        named = read_scalar(self._tree, members[names["name"]].value) if "name" in names else None
        called = self._called(mapping) if named is None else named.written
        if BESIDE_A_CONDITION.isdisjoint(names):
            return Holder("object", called)
        first = next(iter(members.values())).pair
        start = self._tree.span(first).start
        key = first.child_by_field_name("key")
        end = start if key is None else self._tree.span(key).end
        add = partial(self._add, members, names)
        is_pim = not OF_PIM.isdisjoint(names)
        command = Command(
            called,
            Span(start, end),
            facts,
            add,
            _quoted,
            is_pim=is_pim,
            has_condition=self._is_given(members, names),
        )
        return read_holder(command)

    def _is_given(self, members: Mapping[str, _Member], names: Mapping[str, str]) -> bool:
        """Whether a mapping has a condition, if perhaps one that is not a text."""
        if CONDITION not in names:
            return False
        value = members[names[CONDITION]].value
        text = self._scalar(value)
        return text is None or not _is_null(text)

    def _called(self, mapping: Node) -> str:
        """The name of the member that a mapping is in."""
        around = mapping.parent
        while around is not None and around.type not in _PAIRS:
            around = around.parent
        key = None if around is None else around.child_by_field_name("key")
        return "a mapping" if key is None else self._tree.written(key).strip("'\"")

    def _add(
        self,
        members: Mapping[str, _Member],
        names: Mapping[str, str],
        fact: Fact,
        text: str,
    ) -> Edit | None:
        """Another member, before that of the condition or of the role."""
        beside = (CONDITION, *FACT_NAMES[Fact.ROLE], *FACT_NAMES[Fact.PRINCIPAL])
        name = next((names[one] for one in beside if one in names), None)
        if name is None or fact not in _ADDABLE:
            return None
        pair = members[name].pair
        start = self._tree.span(pair).start
        before = self._tree.text[:start]
        line = max(before.rfind("\n"), before.rfind("\r")) + 1
        is_block = pair.type == "block_mapping_pair"
        line_break = "\r\n" if "\r\n" in self._tree.text else "\n"
        separator = line_break + " " * (start - line) if is_block else ", "
        return Edit(Span(start, start), f"{spelled(fact, members)}: {_quoted(text)}{separator}")

    def _take_other(self, member: _Member) -> None:
        """A value of which no more is known than that it is called a condition."""
        text = read_scalar(self._tree, member.value)
        if text is not None and looks_like_condition(text.written):
            holder = Holder("object", member.name)
            self._conditions.append(condition_of(text, holder, Host.YAML))

    def _take_script(self, mapping: Node, folded: str, member: _Member) -> None:
        """A script of a pipeline or a workflow."""
        text = read_scalar(self._tree, member.value)
        if text is None or not OF_INTEREST.search(text.written):
            return
        told = {**self._told(_around(mapping)), **self._told(mapping)}
        host = language_of_script(folded, told, text.written)
        masks = Masks(text)
        outer = condition_of(text, None, Host.YAML)
        self._inner.append(masks.taken_off(Nesting(outer).contents(find_in(host, masks.text))))

    def _told(self, mapping: Node | None) -> dict[str, str]:
        """The scalars of a mapping, by their names in lower case."""
        members = () if mapping is None else self._members(mapping)
        found = ((one.name.lower(), self._scalar(one.value)) for one in members)
        return {name: text.written for name, text in found if text is not None}


def _around(mapping: Node) -> Node | None:
    """The mapping in which another one is the value of a member."""
    around = mapping.parent
    while around is not None and around.type in {"block_node", "flow_node"}:
        around = around.parent
    return around.parent if around is not None and around.type in _PAIRS else None


def _is_meant(text: Text, names: Mapping[str, str]) -> bool:
    """Whether a text seems to be a condition, as far as it is told."""
    is_untold = text.known is None and may_be_of_azure(dict.fromkeys(names, ""))
    return is_untold or looks_like_condition(text.written)


def _is_null(text: Text) -> bool:
    return text.written.strip().lower() in {"", "~", "null"}


def _quoted(text: str) -> str:
    return f'"{encode_double(text)}"'
