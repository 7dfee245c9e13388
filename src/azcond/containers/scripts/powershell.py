"""Conditions in PowerShell scripts: `New-AzRoleAssignment -Condition …`, tables of parameters,
variables that hold a condition, and JSON in strings (role-assignments-powershell).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from azcond.containers.model import Contents, EmbeddedCondition, Fact, Holder, Host, Unread
from azcond.containers.recognising import (
    looks_like_condition,
    may_be_of_azure,
    tells_of_azure,
)
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
    is_an_assignment,
    not_part_of,
    read_holder,
    with_default_version,
)
from azcond.containers.scripts.errors import find_unread, unread
from azcond.containers.scripts.powershell_words import (
    Expressions,
    core,
    double_quotes,
    parse_powershell,
)
from azcond.containers.values import Text, condition_of
from azcond.diagnostics import Edit
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_LANGUAGE = "PowerShell script"
_CONDITION = "condition"
_FACTS = {
    "applicationid": Fact.PRINCIPAL,
    "conditionversion": Fact.VERSION,
    "description": Fact.DESCRIPTION,
    "objectid": Fact.PRINCIPAL,
    "objecttype": Fact.PRINCIPAL_TYPE,
    "principalid": Fact.PRINCIPAL,
    "roledefinitionid": Fact.ROLE,
    "roledefinitionname": Fact.ROLE,
    "scope": Fact.SCOPE,
    "signinname": Fact.PRINCIPAL,
}
_SPELLED = {
    Fact.DESCRIPTION: "-Description",
    Fact.PRINCIPAL_TYPE: "-ObjectType",
    Fact.VERSION: "-ConditionVersion",
}
_REST_OF_ENTRY = re.compile(r"[ \t]*;?[ \t]*(?:#[^\r\n]*)?(\r?\n[ \t]*)(?=['\"\w])")
_COMMAND = re.compile(
    r"(?P<verb>new|set|update)-az(?P<kind>roleassignment|roleeligibilityschedulerequest"
    r"|roleassignmentschedulerequest)\Z",
    re.IGNORECASE,
)
_AZ = re.compile(r"\brole\s+assignment\s+(?P<verb>create|update)\b")
_STRINGS = (
    *("verbatim_string_characters", "expandable_string_literal"),
    *("verbatim_here_string_characters", "expandable_here_string_literal"),
)


def find_in_powershell(text: str) -> Contents:
    """Every condition of a PowerShell script; what is only known when it runs is a hole."""
    return _Finder(text).contents() if OF_INTEREST.search(text) else Contents()


class _Given(NamedTuple):
    """The parameters of a command or the entries of a table, and where each ends."""

    arguments: dict[str, Argument]
    ends: dict[str, int]


class _Finder:
    def __init__(self, text: str) -> None:
        self._source = text
        self._tree = parse_powershell(text)
        self._expressions = Expressions(self._tree, text)
        self._conditions: list[EmbeddedCondition] = []
        self._assignments: list[Holder] = []
        self._broken: list[Unread] = []

    def contents(self) -> Contents:
        """The contents of the script."""
        for node in self._tree.nodes("command", "hash_literal_expression"):
            if node.type == "command":
                self._take_command(node)
            else:
                self._take_table(node)
        inner = list(self._json())
        self._conditions += chain.from_iterable(one.conditions for one in inner)
        self._conditions += not_part_of(self._conditions, self._variables())
        return Contents(
            tuple(sorted(self._conditions, key=lambda one: one.offset_in_file(0))),
            self._unread(chain.from_iterable(one.unread for one in inner)),
            tuple(chain.from_iterable(one.roles for one in inner)),
            (*self._assignments, *chain.from_iterable(one.assignments for one in inner)),
            tuple(find_comments(self._tree)),
        )

    def _unread(self, inner: Iterable[Unread]) -> tuple[Unread, ...]:
        """What cannot be read, each place once."""
        every = (*find_unread(self._tree, _LANGUAGE), *inner, *self._broken)
        found = {one.offset: one for one in every}
        return tuple(found[offset] for offset in sorted(found))

    def _embedded(self, node: Node, text: Text, holder: Holder) -> Iterator[EmbeddedCondition]:
        if node.has_error:
            self._broken.append(unread(self._tree, node, _LANGUAGE))
        if text.written:
            yield condition_of(text, holder, Host.POWERSHELL)

    def _take_command(self, node: Node) -> None:
        name = next((one for one in node.children if one.type.startswith("command_name")), None)
        called = "" if name is None else self._tree.written(name).strip()
        made = _COMMAND.match(called)
        is_az = called.lower() in {"az", "az.cmd"}
        az = _AZ.search(self._tree.written(node)) if is_az else None
        given = self._parameters(node)
        condition = given.arguments.pop("--condition" if is_az else _CONDITION, None)
        if not (made or az or _is_meant(condition)):
            return
        names: Mapping[str, Fact] = AZ_FACTS if is_az else _FACTS
        facts = _facts(given, names)
        end = given.ends.get("--condition" if is_az else _CONDITION)
        shown = f"az role assignment {az['verb']}" if az else called or "a command"
        holder = read_holder(
            Command(
                shown,
                self._tree.span(node if name is None else name),
                facts,
                partial(add_parameter, end, AZ_SPELLED if is_az else _SPELLED, _quoted),
                _quoted,
                has_condition=condition is not None,
                is_pim=bool(made and made["kind"].lower() != "roleassignment"),
            )
        )
        holder = with_default_version(holder) if az and condition is not None else holder
        verb = (made or az or {"verb": ""})["verb"].lower()
        if condition is not None or (verb in {"new", "create"} and is_an_assignment(facts)):
            self._assignments.append(holder)
        if condition is not None:
            self._conditions += self._embedded(node, condition.value, holder)

    def _parameters(self, command: Node) -> _Given:
        given, name = _Given({}, {}), ""
        elements = next((one for one in command.children if one.type == "command_elements"), None)
        for child in elements.children if elements is not None else ():
            if child.type == "command_parameter":
                written = self._tree.written(child).strip().lower()
                name = written if written.startswith("--") else written.removeprefix("-")
            elif child.type != "command_argument_sep":
                if name:
                    self._give(given, name, child, child)
                name = ""
        return given

    def _give(self, given: _Given, name: str, value: Node, whole: Node) -> None:
        start, end = self._tree.span(value)
        written = self._source[start:end]
        start, end = end - len(written.lstrip()), start + len(written.rstrip())
        text = self._expressions.text(value)
        given.arguments[name] = Argument(text, Span(start, end), written.strip())
        given.ends[name] = self._tree.span(whole).end if whole is not value else end

    def _take_table(self, node: Node) -> None:
        """A table with the parameters of an assignment."""
        body = next((one for one in node.children if one.type == "hash_literal_body"), None)
        entries = [one for one in body.children if one.type == "hash_entry"] if body else []
        given = _Given({}, {})
        for entry in entries:
            key, value = (
                entry.children[0],
                next((one for one in entry.children if one.type == "pipeline"), None),
            )
            if value is not None:
                name = self._tree.written(core(key)).strip().strip("'\"").lower()
                self._give(given, name, value, value)
        condition = given.arguments.pop(_CONDITION, None)
        facts = _facts(given, _FACTS)
        if not (_is_of_azure(given, facts, condition) or _is_meant(condition)):
            return
        start, end = self._tree.span(node)
        command = Command(
            "a table of parameters",
            Span(start, min(start + 2, end)),
            facts,
            partial(self._add_entry, given.ends.get(_CONDITION)),
            _quoted,
            has_condition=condition is not None,
        )
        holder = read_holder(command)
        self._assignments.append(holder)
        if condition is not None:
            self._conditions += self._embedded(node, condition.value, holder)

    def _add_entry(self, end: int | None, fact: Fact, text: str) -> Edit | None:
        """Another entry of a table, behind that of the condition."""
        if end is None or fact not in _SPELLED:
            return None
        rest = _REST_OF_ENTRY.match(self._tree.text, end)
        separator = rest[1] if rest else "; "
        entry = f"{separator}{_SPELLED[fact].removeprefix('-')} = {_quoted(text)}"
        return Edit(Span(end, end), entry)

    def _json(self) -> Iterator[Contents]:
        for node in self._tree.nodes(*_STRINGS):
            found = find_in_json_text(self._expressions.text(node), Host.POWERSHELL)
            if found is not None:
                yield found

    def _variables(self) -> Iterator[EmbeddedCondition]:
        """The conditions of which it is not known what they are used for."""
        for node in self._tree.nodes("script_parameter", "assignment_expression"):
            called = self._tree.written(node).split("=")[0].strip()
            if node.type == "script_parameter":
                default = node.children[-1]
                if default.type == "script_parameter_default":
                    yield from self._object(self._name_of(node), default.children[-1])
            elif called.lower().endswith(".condition") and node.child_count > 1:
                yield from self._object(called, node.children[-1])
        for name, values in self._expressions.variables.items():
            for value in values if name not in self._expressions.grown else ():
                yield from self._object(self._expressions.spelled[name], value)

    def _name_of(self, parameter: Node) -> str:
        names = [self._tree.written(one) for one in parameter.children if one.type == "variable"]
        return names[0].strip() if names else "a parameter"

    def _object(self, name: str, value: Node) -> Iterator[EmbeddedCondition]:
        text = self._expressions.text(value)
        if is_a_condition(text):
            yield from self._embedded(value, text, Holder("object", name))


def _is_meant(condition: Argument | None) -> bool:
    return condition is not None and looks_like_condition(condition.value.written)


def _is_of_azure(given: _Given, facts: Mapping[Fact, Argument], condition: Argument | None) -> bool:
    """Whether a table has the parameters of an assignment, or seems to, as far as it is told."""
    members = {name: one.value.written for name, one in given.arguments.items()}
    if condition is None:
        return is_an_assignment(facts) and tells_of_azure(members, "")
    is_untold = condition.value.known is None
    return tells_of_azure(members, "") or (is_untold and may_be_of_azure(members))


def _facts(given: _Given, names: Mapping[str, Fact]) -> dict[Fact, Argument]:
    return {names[name]: one for name, one in given.arguments.items() if name in names}


def _quoted(text: str) -> str:
    return f"'{double_quotes(text)}'"
