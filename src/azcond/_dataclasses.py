"""`dataclass` as this package needs it, for a small part of what it costs to start with.

`dataclasses` imports `inspect` and compiles up to eight methods for every class while that is
defined, which was a third of all the time of `azcond lint`. Here every class shares the same few
functions, and only `__init__` is compiled, when the class is first called. To everyone else these
are dataclasses: `fields`, `replace` and `asdict` of the standard module take them, `inspect` shows
their signature, and type checkers are told that the decorator is the standard one.
"""

from __future__ import annotations

from operator import attrgetter

TYPE_CHECKING = False  # see `azcond._lazy`
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from dataclasses import dataclass, field, replace
    from typing import Any

__all__ = ["dataclass", "field", "replace"]

_NONE = object()
"""The default of a field that has none, and the value of an argument that is not given."""


class _Field:
    """What `field` says of one field; a plain default is a `_Field` too."""

    __slots__ = ("compare", "default", "factory")

    def __init__(
        self, *, default: Any = _NONE, default_factory: Any = None, compare: bool = True
    ) -> None:
        self.default = default
        self.factory = default_factory
        self.compare = compare


class _OnDemand:
    """An attribute of a class that is made each time somebody asks, which is seldom."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[type], object]) -> None:
        self._make = make

    def __get__(self, instance: object, owner: type) -> object:
        return self._make(owner)


def _dataclass(
    *,
    frozen: bool = False,
    slots: bool = False,
    eq: bool = True,
    repr: bool = True,  # noqa: A002  # the name that the standard decorator gives it
    kw_only: bool = False,
) -> Callable[[type], type]:
    """The decorator; its arguments are those of the standard one, and what it leaves out is not
    used here. Annotations are fields, `ClassVar` included.
    """

    def decorate(cls: type) -> type:
        given = vars(cls)
        names = given.get("__annotations__", {})
        own = {name: _as_field(given.get(name, _NONE)) for name in names}
        fields = {**getattr(cls, "__fields__", {}), **own}
        shared: dict[str, Any] = {
            "__fields__": fields,
            "__match_args__": () if kw_only else tuple(fields),
            "__dataclass_fields__": _OnDemand(_standard_fields),
            "__signature__": _OnDemand(_signature),
            "__kw_only__": kw_only,
            "__init__": _first_init,
            "__replace__": _replace,
        }
        if repr:
            shared["__repr__"] = _repr
        if eq:
            shared |= _comparing(fields, frozen=frozen)
        if frozen:
            shared |= _FREEZING
        body = {key: value for key, value in given.items() if key not in {*names, *_OF_A_CLASS}}
        body = {**shared, **body, "__qualname__": cls.__qualname__}
        if slots:
            body["__slots__"] = tuple(own)
        return type(cls)(cls.__name__, cls.__bases__, body)

    return decorate


_OF_A_CLASS = ("__dict__", "__weakref__")
"""What every class body is given anew."""


def _as_field(given: Any) -> _Field:
    return given if isinstance(given, _Field) else _Field(default=given)


def _comparing(fields: Mapping[str, _Field], *, frozen: bool) -> dict[str, Any]:
    """`__eq__` and `__hash__` over the fields that are compared."""
    compared = [name for name, field in fields.items() if field.compare]
    content: Callable[[Any], object] = attrgetter(*compared) if compared else type

    def __eq__(self: object, other: object) -> bool:  # noqa: N807  # a method
        if type(self) is not type(other):
            return NotImplemented
        return content(self) == content(other)

    def __hash__(self: object) -> int:  # noqa: N807  # a method
        return hash(content(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _repr(self: Any) -> str:
    shown = ", ".join([f"{name}={getattr(self, name)!r}" for name in self.__fields__])
    return f"{type(self).__qualname__}({shown})"


def _refuse_change(_: object, name: str, value: object = None) -> None:  # noqa: ARG001  # set, delete
    from dataclasses import FrozenInstanceError  # noqa: PLC0415  # only where somebody errs

    raise FrozenInstanceError(f"cannot change field {name!r}")


def _get_state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__fields__]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__fields__, state, strict=True):
        object.__setattr__(self, name, value)


_FREEZING = {
    "__setattr__": _refuse_change,
    "__delattr__": _refuse_change,
    "__getstate__": _get_state,
    "__setstate__": _set_state,
}


def _first_init(self: Any, *args: Any, **kwargs: Any) -> None:
    """Stands in for `__init__` until a class is first called."""
    cls = type(self)
    cls.__init__ = _compiled_init(cls)
    cls.__init__(self, *args, **kwargs)


def _compiled_init(cls: Any) -> Callable[..., None]:
    """`__init__` of a class: it sets each slot by the descriptor, past what keeps it frozen."""
    known: dict[str, Any] = {"_none": _NONE, "_set": object.__setattr__}
    parameters, lines = ["self", *(["*"] if cls.__kw_only__ else [])], []
    for name, field in cls.__fields__.items():
        value, parameter = name, name
        if field.factory is not None:
            known[f"_make_{name}"] = field.factory
            parameter, value = f"{name}=_none", f"_make_{name}() if {name} is _none else {name}"
        elif field.default is not _NONE:
            known[f"_default_{name}"] = field.default
            parameter = f"{name}=_default_{name}"
        parameters.append(parameter)
        setter = getattr(getattr(cls, name, None), "__set__", None)
        if setter is not None:
            known[f"_set_{name}"] = setter
            lines.append(f"_set_{name}(self, {value})")
        else:
            lines.append(f"_set(self, {name!r}, {value})")
    text = f"def __init__({', '.join(parameters)}):\n {'; '.join(lines)}"
    exec(text, known)  # noqa: S102  # the text holds nothing but names of fields
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _annotation(cls: type, name: str) -> object:
    homes = (vars(base).get("__annotations__", {}) for base in cls.__mro__)
    return next(home[name] for home in homes if name in home)


def _signature(cls: Any) -> object:
    from inspect import signature  # noqa: PLC0415  # only where somebody looks

    init: Any = _compiled_init(cls)
    init.__annotations__ = {name: _annotation(cls, name) for name in cls.__fields__}
    return signature(init.__get__(cls))


def _standard_fields(cls: Any) -> dict[str, Any]:
    """What `dataclasses` knows a class by."""
    from dataclasses import MISSING, make_dataclass  # noqa: PLC0415  # only where somebody asks
    from dataclasses import field as standard_field  # noqa: PLC0415

    rows = []
    for name, field in cls.__fields__.items():
        default = MISSING if field.default is _NONE else field.default
        made: Any = standard_field(
            default=default,
            default_factory=field.factory or MISSING,
            compare=field.compare,
            kw_only=cls.__kw_only__,
        )
        rows.append((name, _annotation(cls, name), made))
    twin: Any = make_dataclass(cls.__name__, rows)
    return dict(twin.__dataclass_fields__)


def _replace(obj: Any, /, **changes: Any) -> Any:
    """A copy with other values, as `dataclasses.replace`."""
    return type(obj)(**{name: getattr(obj, name) for name in obj.__fields__} | changes)


if not TYPE_CHECKING:
    dataclass, field, replace = _dataclass, _Field, _replace
