"""Expressions in the strings of ARM templates, `"[concat('…', variables('ids'))]"`.

What they make is worked out as far as the template tells (template-expressions); the rest, such as
the value of a parameter, which a deployment may set, is a hole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from azcond.containers.model import Quoting
from azcond.containers.rbac_json.arm_functions import Call, Data, Items, Unknown, Value, apply
from azcond.containers.rbac_json.fragments import Fragment, Fragments, joined, known_text, literal
from azcond.containers.recognising import looks_like_condition
from azcond.jsontext import Path
from azcond.source import Span

_TOKEN = re.compile(
    r"""
      (?P<blank>\s+)
    | (?P<string>'(?:[^']|'')*+')
    | (?P<call>[a-z_][\w.]*\s*\()
    | (?P<member>\.\s*[a-z_]\w*)
    | (?P<word>-?\d+|[a-z_]\w*)
    | (?P<mark>[\[\],)])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MOST_CHARACTERS = 65_536
_DEEPEST = 40
"""Variables may refer to each other; what goes deeper or grows longer is not followed."""
_INDEX = re.compile(r"\d{1,6}")

Lookup = Callable[[str], Data | None]
"""Gives a variable of the template by its name, in lower case, whatever it is."""


class _BrokenError(Exception):
    """Not an expression."""


class _Open:
    """A call that is being read; with the name `[` an index of `base`, without one the whole."""

    def __init__(self, name: str, start: int, base: Value = ()) -> None:
        self.name = name
        self.start = start
        self.base = base
        self.arguments: list[tuple[Value, Span]] = []
        self.operand: Value | None = None
        self.span = Span(start, start)

    def take(self, value: Value, span: Span) -> None:
        """Take an operand, which may stand only where none is yet."""
        if self.operand is not None:
            raise _BrokenError
        self.operand, self.span = value, span

    def end_argument(self, *, is_last: bool) -> None:
        """Close the argument that is being read."""
        if self.operand is not None:
            self.arguments.append((self.operand, self.span))
            self.operand = None
        elif self.arguments or not is_last:
            raise _BrokenError


def is_expression(text: str) -> bool:
    """Whether Resource Manager evaluates a string of a template."""
    return text.startswith("[") and text.endswith("]") and not text.startswith("[[")


def hole(text: str, home: Path, span: Span) -> Fragment:
    """A part of a string that stands for what is not known."""
    written = text[span.start : span.end]
    return Fragment(written, home, span, expression=written)


class Evaluator:
    """Works out the strings of one scope of a template."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self._known: dict[Path, Fragments] = {}
        self._depth = 0

    def string(self, text: str, home: Path) -> Fragments:
        """What a string of the template makes; never fails."""
        if text.startswith("[["):  # an escaped bracket
            (rest,) = literal(text, home)
            opening = Fragment("[", home, Span(0, 2), verbatim=False)
            return (opening, rest._replace(text=text[2:], span=Span(2, len(text))))
        if not is_expression(text):
            return literal(text, home)
        if home not in self._known:
            unknown = (hole(text, home, Span(1, len(text) - 1)),)
            self._known[home] = unknown  # for what refers to itself
            if self._depth < _DEEPEST:
                self._depth += 1
                made = _Reading(self, text, home).fragments()
                is_short = sum(len(one.text) for one in made) <= _MOST_CHARACTERS
                self._known[home] = made if made and is_short else unknown
                self._depth -= 1
        return self._known[home]

    def borrowed(self, data: Data) -> Value:
        """A value that stands elsewhere. It is changed there only if it is a condition by itself;
        other things may be made from it too.
        """
        if not isinstance(data.value, str):
            return data
        fragments = self.string(data.value, data.path)
        if looks_like_condition(joined(fragments)):
            return fragments
        return tuple([fragment._replace(quoting=None) for fragment in fragments])


class _Reading:
    """Reads one expression from left to right, with a stack of what is open."""

    def __init__(self, evaluator: Evaluator, source: str, home: Path) -> None:
        self._evaluator = evaluator
        self._source = source
        self._home = home

    def fragments(self) -> Fragments:
        """What the expression makes; nothing if it is broken."""
        stack = [_Open("", 1)]
        try:
            for token in self._tokens():
                self._step(stack, token)
        except _BrokenError:
            return ()
        made = stack[0].operand
        return () if len(stack) != 1 or made is None else self._text(made, stack[0].span)

    def _tokens(self) -> Iterator[re.Match[str]]:
        at, end = 1, len(self._source) - 1
        while at < end:
            token = _TOKEN.match(self._source, at, end)
            if token is None:
                raise _BrokenError
            at = token.end()
            if token.lastgroup != "blank":
                yield token

    def _step(self, stack: list[_Open], token: re.Match[str]) -> None:
        top, (start, end) = stack[-1], token.span()
        whole = Span(top.start, end)
        match token.lastgroup, token[0]:
            case "string", _:
                top.take(self._quoted(start, end), Span(start, end))
            case "word", _:
                top.take(Unknown(Span(start, end)), Span(start, end))
            case "call", name:
                stack.append(_Open(name[:-1].rstrip().lower(), start))
            case "member", name if top.operand is not None:
                top.span = Span(top.span.start, end)
                top.operand = self._member(top.operand, name[1:].strip(), top.span)
            case "mark", "[" if top.operand is not None:
                stack.append(_Open("[", top.span.start, top.operand))
                top.operand = None
            case "mark", ",":
                top.end_argument(is_last=False)
            case "mark", ")" if top.name not in {"", "["}:
                top.end_argument(is_last=True)
                stack.pop()
                stack[-1].take(self._called(top, whole), whole)
            case "mark", "]" if top.name == "[":
                stack.pop()
                stack[-1].take(self._indexed(top, whole), whole)
            case _:
                raise _BrokenError

    def _quoted(self, start: int, end: int) -> Fragments:
        """A literal of the expression, in which two quotes stand for one."""
        quoting = Quoting(lambda text: text.replace("'", "''"), has_lines=True)
        found: list[Fragment] = []
        start, end = start + 1, end - 1
        while (at := self._source.find("''", start, end)) >= 0:
            if at > start:
                found.append(self._run(start, at, quoting))
            found.append(Fragment("'", self._home, Span(at, at + 2), False, quoting))  # noqa: FBT003  # not verbatim
            start = at + 2
        return (*found, self._run(start, end, quoting))

    def _run(self, start: int, end: int, quoting: Quoting) -> Fragment:
        return Fragment(self._source[start:end], self._home, Span(start, end), quoting=quoting)

    def _called(self, call: _Open, span: Span) -> Value:
        texts = [self._text(*argument) for argument in call.arguments]
        if call.name == "createarray":
            return Items(texts)
        if call.name == "variables" and len(texts) == 1:
            name = known_text(texts[0])
            found = None if name is None else self._evaluator.lookup(name.lower())
            return Unknown(span) if found is None else self._evaluator.borrowed(found)
        lists = [self._items(value, place) for value, place in call.arguments]
        made = apply(call.name, Call(texts, lists, span, self._home, self._source))
        return Unknown(span) if made is None else made

    def _items(self, value: Value, span: Span) -> Sequence[Fragments] | None:
        if isinstance(value, Items):
            return value.texts
        if not isinstance(value, Data) or not isinstance(value.value, list):
            return None
        members = [Data(one, (*value.path, index)) for index, one in enumerate(value.value)]
        return [self._text(self._evaluator.borrowed(member), span) for member in members]

    def _member(self, value: Value, name: str, span: Span) -> Value:
        if isinstance(value, Data) and isinstance(value.value, dict):
            for key, inner in value.value.items():
                if key.lower() == name.lower():
                    return self._evaluator.borrowed(Data(inner, (*value.path, key)))
        return Unknown(span)

    def _indexed(self, call: _Open, span: Span) -> Value:
        operand, base = call.operand, call.base
        if operand is None or call.arguments:
            raise _BrokenError
        if not isinstance(operand, Unknown):
            name = known_text(self._text(operand, call.span))
            return Unknown(span) if name is None else self._member(base, name, span)
        index = self._source[operand.span.start : operand.span.end]
        if isinstance(base, Data) and isinstance(base.value, list) and _INDEX.fullmatch(index):
            for member in base.value[int(index) :]:
                return self._evaluator.borrowed(Data(member, (*base.path, int(index))))
        return Unknown(span)

    def _text(self, value: Value, span: Span) -> Fragments:
        """A value as text; what is none, or is not known, is a hole."""
        if isinstance(value, Unknown | Data | Items):
            return (hole(self._source, self._home, span),)
        return value
