"""`NamedTuple` as that of `typing`, without what it makes of annotations.

`typing` compiles the annotation of every field, which nobody reads here, and the first use of the
compiler in a process costs as much as importing ten modules.
"""

from __future__ import annotations

from collections import namedtuple

TYPE_CHECKING = False  # see `azcond._lazy`
if TYPE_CHECKING:
    from typing import Any, NamedTuple

__all__ = ["NamedTuple"]


class _Maker(type):
    """Makes of a class body, whose annotations are the fields, a named tuple class."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        if not bases:
            return super().__new__(cls, name, bases, body)
        fields = list(body.get("__annotations__", ()))
        defaults: Any = [body.pop(field) for field in fields if field in body]
        module: str = body["__module__"]
        made: Any = namedtuple(name, fields, defaults=defaults, module=module)  # type: ignore[misc]  # noqa: PYI024  # the fields are not known here
        for key, value in body.items():
            setattr(made, key, value)
        return made


class _NamedTuple(metaclass=_Maker):
    """The base that classes name; it is not among their bases."""


if not TYPE_CHECKING:
    NamedTuple = _NamedTuple
