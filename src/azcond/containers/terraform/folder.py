"""What the files of a folder name for each other: locals, and where roles are looked up.

Terraform reads all files of a folder as one module (Terraform, "Files and Configuration
Structure").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from azcond.containers.below import text_below
from azcond.containers.trees import Tree

if TYPE_CHECKING:
    from tree_sitter import Node

SUFFIXES = (".tf", ".tofu")
_REFERENCE = re.compile(r"\blocal\.([\w-]+)")
_OF_ROLES = ("azurerm_role_definition",)


class Named(NamedTuple):
    """Something with a name: the node, and the file that it stands in."""

    file: SourceFile
    node: Node


class SourceFile:
    """One file of a folder. What it names is looked up on demand."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def tree(self) -> Tree:
        """The tree of the file."""
        return Tree("hcl", self.text)

    def blocks(self) -> Iterator[tuple[tuple[str, ...], Node]]:
        """The blocks of the file, each with its type and its labels."""
        for node in statements(self.tree.root):
            if node.type == "block":
                yield tuple(labels(self.tree, node)), node

    @cached_property
    def locals(self) -> Mapping[str, Node]:
        """The expressions of the local values, by name."""
        return {
            self.tree.written(attribute.children[0]): attribute.children[-1]
            for words, block in self.blocks()
            if words == ("locals",)
            for attribute in body_of(block)
            if attribute.type == "attribute" and not attribute.has_error
        }

    @cached_property
    def defaults(self) -> Mapping[str, Node]:
        """The expressions of the defaults of variables, by name."""
        return {
            words[1]: attribute.children[-1]
            for words, block in self.blocks()
            if words[:1] == ("variable",) and len(words) > 1
            for attribute in body_of(block)
            if attribute.type == "attribute" and not attribute.has_error
            if self.tree.written(attribute.children[0]) == "default"
        }

    @cached_property
    def roles(self) -> Mapping[str, Node]:
        """The blocks that define or look up a role, by the address that expressions have."""
        return {
            ".".join(words[1:] if words[0] == "resource" else words): block
            for words, block in self.blocks()
            if words[0] in {"data", "resource"} and words[1:2] == _OF_ROLES
        }


class Folder:
    """A file that is read, and those beside it, of which each is read when a name leads there."""

    def __init__(self, own: SourceFile, beside: Callable[[str], Mapping[str, str]]) -> None:
        self.own = own
        self._beside = beside

    def local(self, name: str) -> Named | None:
        """The expression of a local value."""
        return self._find(name, lambda file: file.locals.get(name))

    def default(self, name: str) -> Named | None:
        """The expression of the default of a variable."""
        return self._find(name, lambda file: file.defaults.get(name))

    def role(self, address: str) -> Named | None:
        """The block that defines or looks up a role: `data.azurerm_role_definition.reader`."""
        return self._find(address.rpartition(".")[2], lambda file: file.roles.get(address))

    def text(self, path: str) -> str | None:
        """The text of a file in the folder, or below it."""
        return text_below(self._beside, path)

    def _find(self, word: str, find: Callable[[SourceFile], Node | None]) -> Named | None:
        if node := find(self.own):
            return Named(self.own, node)
        for text in self._texts:
            if word in text and (node := find(file := _file_beside(text))):
                return Named(file, node)
        return None

    @cached_property
    def _texts(self) -> list[str]:
        return [text for suffix in SUFFIXES for text in self._beside(suffix).values()]

    @cached_property
    def _references(self) -> Counter[str]:
        """How often each local value is written in the file that is read."""
        return Counter(_REFERENCE.findall(self.own.text))

    @cached_property
    def _references_beside(self) -> frozenset[str]:
        return frozenset(name for text in self._texts for name in _REFERENCE.findall(text))

    def is_used_once(self, name: str) -> bool:
        """Whether a change of a local value changes just one place that uses it."""
        return self._references[name] == 1 and not self.is_used_beside(name)

    def is_used_beside(self, name: str) -> bool:
        """Whether another file uses a local value."""
        return name in self._references_beside


@lru_cache(maxsize=32)
def _file_beside(text: str) -> SourceFile:
    """A file beside others, which may lead there one after the other."""
    return SourceFile(text)


def statements(root: Node) -> Iterator[Node]:
    """The blocks and attributes of a file, those between broken ones too."""
    pending = [root]
    while pending:
        node = pending.pop()
        if node.type in {"block", "attribute"}:
            yield node
        elif node.type in {"config_file", "body", "ERROR"}:
            pending.extend(reversed(node.named_children))


def labels(tree: Tree, block: Node) -> Iterator[str]:
    """The words before the body of a block, without quotes."""
    for child in block.children:
        if child.type in {"identifier", "string_lit"}:
            yield tree.written(child).strip('"')
        else:
            return


def body_of(block: Node) -> Iterator[Node]:
    """The attributes, blocks and comments in a block."""
    for child in block.children:
        if child.type == "body":
            yield from child.named_children
