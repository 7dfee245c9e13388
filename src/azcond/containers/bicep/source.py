"""A file of Bicep and what it names.

The grammar does not know everything that Bicep has come to know. What it does not is written in
another way before parsing, of the same length, so that everything keeps its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from azcond.containers.bicep.strings import Code, string_segments
from azcond.containers.trees import Tree

if TYPE_CHECKING:
    from tree_sitter import Node

_WORD = r"[A-Za-z_]\w*"
_REWRITTEN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    # Parameter files: `param name = value`.
    (re.compile(rf"(?m)^([ \t]*)param(?=[ \t]+{_WORD}[ \t]*=)"), lambda m: f"{m[1]}var  "),
    # Variables with a type: `var name string = value`.
    (
        re.compile(rf"(?m)^([ \t]*var[ \t]+{_WORD})([ \t]+[\w\[\]?|{{}}.()<> \t]+?)(?=[ \t]*=)"),
        lambda m: m[1] + " " * len(m[2]),
    ),
    # Types taken from resources: `param name resourceInput<'…'>`.
    (
        re.compile(r"\bresource(?:Input|Output)(<'[^'\r\n]*'>[\w.]*)"),
        lambda m: f"object{' ' * (len(m[0]) - 6)}",
    ),
    # Extensions, which declare no values.
    (re.compile(r"(?m)^[ \t]*(?:extension|extends)[ \t][^\r\n{]*$"), lambda m: " " * len(m[0])),
    # Strings on several lines with interpolation, which is read elsewhere: `$'''…'''`.
    (re.compile(r"(?<=[\s\[(:=,?])(\$+)(?=''')"), lambda m: " " * len(m[1])),
)

_SPREAD = "..."
_TOKEN = re.compile(
    r"'''.*?'''+|'(?:[^'\\\r\n]|\\.)*'|//[^\r\n]*|/\*.*?\*/|[\[\]{}]|\.\.\.(?=[\w(\[{])", re.DOTALL
)


def _without_spreads(text: str) -> str:
    """A text in which what is spread is one member of the list, or a property of the object."""
    opened: list[str] = []

    def rewritten(match: re.Match[str]) -> str:
        token = match[0]
        if token in {"[", "{"}:
            opened.append(token)
        elif token in {"]", "}"}:
            del opened[-1:]
        elif token == _SPREAD:
            return "_: " if opened[-1:] == ["{"] else "   "
        return token

    return _TOKEN.sub(rewritten, text)


_ROLE = re.compile(r"Microsoft\.Authorization/roleDefinitions@", re.IGNORECASE)


class BicepFile:
    """The tree of a file, and what is declared at the top of it."""

    def __init__(self, text: str) -> None:
        rewritten = _without_spreads(text) if _SPREAD in text else text
        for pattern, replacement in _REWRITTEN:
            rewritten = pattern.sub(replacement, rewritten)
        self.tree = Tree("bicep", rewritten)
        self.tree.text = text

    def declarations(self) -> Iterator[Node]:
        """The resources, modules, variables and parameters of the file, in order."""
        pending = [self.tree.root]
        while pending:
            node = pending.pop()
            if node.type.endswith("_declaration"):
                yield node
            elif node.type in {"infrastructure", "ERROR"}:
                pending.extend(reversed(node.named_children))

    def name_of(self, declaration: Node) -> str:
        """The name that a declaration declares."""
        names = (one for one in declaration.children if one.type == "identifier")
        found = next(names, None)
        return "" if found is None else self.tree.written(found)

    @cached_property
    def variables(self) -> Mapping[str, Node]:
        """The values of the variables, by name."""
        return self._values("variable_declaration")

    @cached_property
    def defaults(self) -> Mapping[str, Node]:
        """The defaults of the parameters, by name."""
        return self._values("parameter_declaration")

    def _values(self, kind: str) -> Mapping[str, Node]:
        found = (one for one in self.declarations() if one.type == kind)
        return {self.name_of(one): value for one in found if (value := value_of(one)) is not None}

    @cached_property
    def names(self) -> Counter[str]:
        """How often each name is written, also in strings whose interpolation has no nodes."""
        found = Counter(self.tree.written(node) for node in self.tree.nodes("identifier"))
        for node in self.tree.nodes("string"):
            for code in string_segments(self.tree, node) if node.children else ():  # no type
                if isinstance(code, Code) and code.node is None:
                    found.update(re.findall(_WORD, code.expression))
        return found

    @cached_property
    def bound(self) -> frozenset[str]:
        """The names that loops and lambdas of the file give to each member of a list."""
        names = set()
        for node in self.tree.nodes("for_statement", "for_loop_parameters", "lambda_expression"):
            for child in node.children:
                if child.type in {"identifier", "loop_variable", "loop_enumerator"}:
                    names.add(self.tree.written(child))
                elif child.type in {"in", "=>"}:
                    break
        return frozenset(names)

    @cached_property
    def roles(self) -> Mapping[str, Node]:
        """The resources that define a role or refer to one, by name."""
        return {
            self.name_of(one): one
            for one in self.declarations()
            if one.type == "resource_declaration" and _ROLE.match(resource_type(self.tree, one))
        }

    @cached_property
    def target_scope(self) -> str:
        """The scope of what says no other (Bicep, "Scope functions")."""
        for node in self.tree.nodes("target_scope_assignment"):
            return f"{self.tree.written(node.children[-1]).strip(_QUOTE)}()"
        return "resourceGroup()"


_QUOTE = "'"


def value_of(declaration: Node) -> Node | None:
    """The value that a declaration gives, which stands behind its equals sign."""
    after = False
    for child in declaration.children:
        if after and child.is_named and child.type != "comment":
            return None if child.type == "ERROR" else child
        after = after or child.type == "="
    return None


def resource_type(tree: Tree, declaration: Node) -> str:
    """The type of a resource as it is written, with its version."""
    for child in declaration.children:
        if child.type == "string":
            return tree.written(child).strip(_QUOTE)
    return ""


def is_existing(declaration: Node) -> bool:
    """Whether a resource is only referred to."""
    return any(child.type == "existing" for child in declaration.children)


def object_of(node: Node | None) -> tuple[Node | None, bool]:
    """The object that a resource or module is given, and whether that is once in each round of a
    loop; a condition of the deployment stands before it.
    """
    is_looped = False
    while node is not None and node.type in {"for_statement", "if_statement"}:
        is_looped = is_looped or node.type == "for_statement"
        inner = [one for one in node.named_children if one.type in {"if_statement", "object"}]
        node = inner[-1] if inner else None
    return (node if node is not None and node.type == "object" else None), is_looped
