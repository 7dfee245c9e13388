"""Conditions in the fenced code of Markdown, which is read as what its language says.

Microsoft's documentation has conditions in fences without a language, as they are. Much code in
documentation is a fragment, with dots for what is left out and names for what is to be filled in:
what cannot be read is passed over there, and so is a condition that something is left out of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from azcond._dataclasses import replace
from azcond.containers import SUFFIXES, find_in
from azcond.containers.assembling import Assembly
from azcond.containers.commenting import comment_text, speaks_to_azcond
from azcond.containers.model import (
    Comment,
    Contents,
    EmbeddedCondition,
    Hole,
    Host,
    Quoting,
    Unread,
)
from azcond.containers.nesting import Nesting
from azcond.containers.recognising import opens_like_condition
from azcond.containers.trees import Tree
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_OF_INTEREST = re.compile(
    r"condition|\b(?:environment|principal|request|resource)\s*\[|operationmatches|actionmatches"
    r"|role_?(?:assignment|definition)|azcond|abac",
    re.IGNORECASE,
)
_LANGUAGES = {
    **dict.fromkeys(("bicep", "bicepparam"), Host.BICEP),
    **dict.fromkeys(("hcl", "terraform", "tf", "tofu"), Host.TERRAFORM),
    **dict.fromkeys(("json", "jsonc", "json5", "ndjson"), Host.JSON),
    **dict.fromkeys(
        ("azurepowershell", "azurepowershell-interactive", "powershell", "ps1", "pwsh"),
        Host.POWERSHELL,
    ),
    **dict.fromkeys(("azurecli", "azurecli-interactive", "bash", "sh", "shell", "zsh"), Host.SHELL),
    **dict.fromkeys(("yaml", "yml"), Host.YAML),
}
_OUR_OWN = frozenset({"abac", "azcond", "condition"})
_PLAIN = frozenset({"", "abac", "azcond", "condition", "plain", "plaintext", "text", "txt"})

_WHOLE = {
    Host.BICEP: re.compile(
        r"^[ \t]*(?:@\w+\(|(?:module|param|resource|targetScope|using|var)\b)", re.MULTILINE
    ),
    Host.JSON: re.compile(r"\A\s*[^\s\"]"),
    Host.TERRAFORM: re.compile(
        r"^[ \t]*(?:data|locals|module|resource|variable)\b[^={\r\n]*\{", re.MULTILINE
    ),
}
"""How code begins that is more than the members of an object."""

_LANGUAGE = re.compile(r"[\s{.]*([\w-]*)")
_HTML_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->))*+-->")
_STRING = r"'(?:[^'\\]|\\.)*+'"
_LEFT_OUT = re.compile(rf"{_STRING}|(?P<dots>\.\.\.|…)", re.DOTALL)
_TO_FILL_IN = re.compile(r"<[a-z][^<>$'\n]{0,60}>", re.IGNORECASE)


def find_in_markdown(text: str) -> Contents:
    """Every condition in the fences of a Markdown text.

    A comment `<!-- azcond: … -->` is about the block that follows it.
    """
    if not _OF_INTEREST.search(text):
        return Contents()
    tree = Tree("markdown", text)
    found = [_find_in_fence(tree, node) for node in tree.nodes("fenced_code_block")]
    comments = chain(_comments(tree), *(one.comments for one in found))
    return Contents(
        tuple(chain.from_iterable(one.conditions for one in found)),
        tuple(chain.from_iterable(one.unread for one in found)),
        tuple(chain.from_iterable(one.roles for one in found)),
        tuple(chain.from_iterable(one.assignments for one in found)),
        tuple(sorted(comments, key=lambda comment: comment.span)),
    )


def _find_in_fence(tree: Tree, fence: Node) -> Contents:
    content = next((one for one in fence.children if one.type == "code_fence_content"), None)
    info = next((tree.written(one) for one in fence.children if one.type == "info_string"), "")
    language = _LANGUAGE.match(info)
    name = language[1].lower() if language else ""
    if content is None:
        return Contents()
    if name not in _OUR_OWN and not _OF_INTEREST.search(tree.text, *tree.span(content)):
        return Contents()
    outer = _content(tree, fence, content)
    if name in _PLAIN:
        is_one = name in _OUR_OWN or opens_like_condition(outer.text)
        inner = _as_condition(outer.text) if is_one else Contents()
    else:
        host = _LANGUAGES.get(name)
        if host is None or host not in SUFFIXES:
            return Contents()
        is_fragment = _is_fragment(host, outer.text)
        outer = _as_whole(host, outer) if is_fragment else outer
        inner = find_in(host, outer.text)
        inner = replace(inner, unread=_shown_unread(inner, outer.text, is_fragment=is_fragment))
    found = Nesting(outer, is_code=False).contents(inner)
    found = replace(found, conditions=tuple(_whole(found.conditions)))
    return found if _is_closed(fence) or not found.conditions else _unclosed(tree, fence, found)


def _is_closed(fence: Node) -> bool:
    return sum(child.type == "fenced_code_block_delimiter" for child in fence.children) > 1


def _unclosed(tree: Tree, fence: Node, found: Contents) -> Contents:
    """What is found in a fence that takes in all the text behind it."""
    message = "this fence is not closed, so where its condition ends is not known"
    return replace(found, unread=(*found.unread, Unread(message, tree.span(fence).start)))


def _as_condition(text: str) -> Contents:
    condition = Assembly()
    condition.add(text, Span(0, len(text)), Quoting(str, has_lines=True))
    return Contents((condition.condition(None, Host.MARKDOWN),))


def _content(tree: Tree, fence: Node, content: Node) -> EmbeddedCondition:
    """The text of a fence, without what marks its lines as part of a quote or of a list."""
    marks = [child for child in fence.children if child.type == "block_continuation"]
    prefix = tree.written(marks[0]) if marks else ""
    delimiter = tree.written(fence.children[0]).strip()
    quoting = Quoting(partial(_encode, prefix, delimiter), has_lines=True)
    runs: list[Span] = []
    at, end = tree.span(content)
    for child in content.children:
        if child.type == "block_continuation":
            start, after = tree.span(child)
            runs.append(Span(at, start))
            at = after
    runs.append(Span(at, end))
    while len(runs) > 1 and runs[-1].start == runs[-1].end:
        runs.pop()
    assembly = Assembly()
    for number, run in enumerate(runs, 1):
        text = tree.text[slice(*run)]
        if number == len(runs):
            text = text.rstrip("\r\n")  # the line break before the closing fence
        assembly.add(text, Span(run.start, run.start + len(text)), quoting)
    return assembly.condition(None, Host.MARKDOWN)


def _encode(prefix: str, delimiter: str, text: str) -> str | None:
    return None if delimiter in text else text.replace("\n", f"\n{prefix}")


def _is_fragment(host: Host, text: str) -> bool:
    """Whether a text seems to be a part of something that documentation does not show."""
    whole = _WHOLE.get(host)
    return whole is not None and not whole.search(text)


def _as_whole(host: Host, outer: EmbeddedCondition) -> EmbeddedCondition:
    """A fragment as a text that can be read; members in Terraform may stand alone."""
    match host:
        case Host.JSON:
            return _wrapped(outer, "{", "\n}")
        case Host.BICEP if outer.text.lstrip().startswith(("{", "[")):
            return _wrapped(outer, "var fragment = ", "\n")
        case Host.BICEP:
            return _wrapped(outer, "var fragment = {\n", "\n}\n")
        case _:
            return outer


def _wrapped(outer: EmbeddedCondition, opening: str, closing: str) -> EmbeddedCondition:
    first, last = outer.parts[0].place.start, outer.parts[-1].place.end
    assembly = Assembly()
    assembly.add_escape(opening, Span(first, first), None)
    for part in outer.parts:
        assembly.add(outer.text[part.start : part.end], part.place, part.quoting)
    assembly.add_escape(closing, Span(last, last), None)
    return assembly.condition(None, Host.MARKDOWN)


def _shown_unread(inner: Contents, text: str, *, is_fragment: bool) -> tuple[Unread, ...]:
    """What cannot be read of code that seems to be whole."""
    return () if is_fragment or _is_left_out(text) else inner.unread


def _is_left_out(text: str) -> bool:
    return any(match["dots"] for match in _LEFT_OUT.finditer(text))


def _whole(conditions: tuple[EmbeddedCondition, ...]) -> Iterator[EmbeddedCondition]:
    """The conditions that nothing is left out of; what is to be filled in are holes."""
    for condition in conditions:
        if _is_left_out(condition.text):
            continue
        places = [Span(*match.span()) for match in _TO_FILL_IN.finditer(condition.text)]
        known = [one.span for one in condition.holes]
        new = [
            Hole(span, condition.text[slice(*span)])
            for span in places
            if not any(one.start < span.end and span.start < one.end for one in known)
        ]
        yield replace(condition, holes=tuple(sorted((*condition.holes, *new))))


def _comments(tree: Tree) -> Iterator[Comment]:
    if not speaks_to_azcond(tree.text):
        return
    for node in tree.nodes("html_block"):
        start, end = tree.span(node)
        for match in _HTML_COMMENT.finditer(tree.text, start, end):
            if speaks_to_azcond(match[0]):
                span = Span(*match.span())
                yield Comment(comment_text(match[0]), span, _following(tree, node) or span)


def _following(tree: Tree, node: Node) -> Span | None:
    """The block after an HTML block."""
    sibling = node.next_named_sibling
    while sibling is None and node.parent is not None and node.parent.type == "section":
        node = node.parent
        sibling = node.next_named_sibling
    while sibling is not None and sibling.type in {"block_continuation", "html_block"}:
        sibling = sibling.next_named_sibling
    return None if sibling is None else tree.span(sibling)
