"""What the functions of ARM template expressions make of texts (template-functions-string)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from azcond.containers.formats import ITEM, doubling
from azcond.containers.model import Quoting
from azcond.containers.rbac_json.fragments import Fragment, Fragments, known_text
from azcond.jsontext import Path
from azcond.source import Span

_MOST_FRAGMENTS = 2_000
_ROLE_DEFINITIONS = "microsoft.authorization/roledefinitions"


class Data(NamedTuple):
    """A value of the template that is not a string, and where it stands."""

    value: Any
    path: Path


class Unknown(NamedTuple):
    """What cannot be told from the template; where the expression says it."""

    span: Span


class Items(NamedTuple):
    """A list of texts."""

    texts: Sequence[Fragments]


Value = Fragments | Data | Items | Unknown


class Call(NamedTuple):
    """A call of a function: its arguments as texts, and as lists where they are some, and where it
    stands in which string.
    """

    texts: Sequence[Fragments]
    lists: Sequence[Sequence[Fragments] | None]
    span: Span
    home: Path
    source: str


def apply(name: str, call: Call) -> Fragments | None:
    """What a call gives as text, as far as it is known; nothing if nothing is."""
    function = _FUNCTIONS.get(name)
    found = None if function is None or not call.texts else function(call)
    return found if found is None or len(found) <= _MOST_FRAGMENTS else None


def _concat(call: Call) -> Fragments | None:
    return _chained(call.texts)


def _chained(texts: Iterable[Fragments]) -> Fragments | None:
    found: list[Fragment] = []
    for text in texts:
        found += text
        if len(found) > _MOST_FRAGMENTS:
            return None
    return tuple(found)


def _join(call: Call) -> Fragments | None:
    if len(call.texts) != 2 or call.lists[0] is None:  # noqa: PLR2004  # a list and a separator
        return None
    texts: list[Fragments] = []
    for text in call.lists[0]:
        texts += [call.texts[1], text] if texts else [text]
    return _chained(texts)


def _format(call: Call) -> Fragments | None:
    template, *arguments = call.texts
    if known_text(template) is None:
        return None
    quotings: dict[int, Quoting] = {}
    found: list[Fragment] = []
    for fragment in template:
        pieces = _formatted(_in_format(fragment, quotings), arguments)
        if pieces is None or len(found) > _MOST_FRAGMENTS:
            return None
        found += pieces
    return tuple(found)


def _in_format(fragment: Fragment, quotings: dict[int, Quoting]) -> Fragment:
    """A fragment of a format, in which two braces stand for one."""
    quoting = fragment.quoting
    if quoting is None:
        return fragment
    return fragment._replace(quoting=quotings.setdefault(id(quoting), doubling(quoting, "{}")))


def _formatted(fragment: Fragment, arguments: Sequence[Fragments]) -> list[Fragment] | None:
    if not fragment.verbatim:
        return None if set(fragment.text) & set("{}") else [fragment]
    found: list[Fragment] = []
    at = 0
    for match in ITEM.finditer(fragment.text):
        found.append(_slice(fragment, at, match.start()))
        at = match.end()
        if match[1] is not None and int(match[1]) < len(arguments):
            found += arguments[int(match[1])]
        elif match[0] in {"{{", "}}"}:
            escape = _slice(fragment, match.start(), at)
            found.append(escape._replace(text=match[0][0], verbatim=False))
        else:
            return None
        if len(found) > _MOST_FRAGMENTS:
            return None
    return [*found, _slice(fragment, at, len(fragment.text))]


def _slice(fragment: Fragment, start: int, end: int) -> Fragment:
    first = fragment.span.start
    return fragment._replace(text=fragment.text[start:end], span=Span(first + start, first + end))


def _of_texts(function: Callable[..., str], count: int) -> Callable[[Call], Fragments | None]:
    """A function whose result has no text of its own in the file."""

    def apply_to(call: Call) -> Fragments | None:
        texts = [text for text in map(known_text, call.texts) if text is not None]
        if len(texts) != len(call.texts) or len(texts) != count:
            return None
        return (Fragment(function(*texts), call.home, call.span, verbatim=False),)

    return apply_to


def _resource_id(call: Call) -> Fragments | None:
    """The id of a role definition: it ends in what is known, whatever subscription it is in."""
    *_, kind, name = (call.texts[0], *call.texts)
    if (known_text(kind) or "").lower() != _ROLE_DEFINITIONS:
        return None
    written = call.source[call.span.start : call.span.end]
    scope = Fragment(written, call.home, call.span, expression=written)
    path = f"/providers/{known_text(kind)}/"
    return (scope, Fragment(path, call.home, call.span, verbatim=False), *name)


def _string(call: Call) -> Fragments | None:
    return call.texts[0] if len(call.texts) == 1 else None


def _replaced(text: str, old: str, new: str) -> str:
    return text.replace(old, new) if old else text


_FUNCTIONS: Mapping[str, Callable[[Call], Fragments | None]] = {
    "concat": _concat,
    "format": _format,
    "join": _join,
    "replace": _of_texts(_replaced, 3),
    "resourceid": _resource_id,
    "string": _string,
    "subscriptionresourceid": _resource_id,
    "tenantresourceid": _resource_id,
    "tolower": _of_texts(str.lower, 1),
    "toupper": _of_texts(str.upper, 1),
    "trim": _of_texts(str.strip, 1),
}
