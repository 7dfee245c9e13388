"""Roles, assignments and deny assignments out of JSON: the edge where their shape is validated.

Sources of the shapes: the output of `az role definition list`, `az role assignment list`, the REST
API and ARM (members under `properties`), `Get-AzRoleDefinition`, `Get-AzRoleAssignment` and
`Get-AzDenyAssignment` (initial capitals), and rows of the Resource Graph table
`authorizationresources`. Member names compare without case; unknown members are ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple, Protocol, Self, TypeVar

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails  # noqa: TC002  # as TC001

from azcond.access.models import (
    EVERYONE,
    DenyAssignment,
    Permission,
    Problem,
    RoleAssignment,
    RoleDefinition,
)
from azcond.errors import AccessDataError
from azcond.jsontext import Document, JsonTextError, locate, read_documents
from azcond.source import Source

_LISTS = ("value", "data")
"""Members under which the REST API and Resource Graph put a list."""

_Patterns = Annotated[
    tuple[StrictStr, ...], BeforeValidator(lambda given: () if given is None else given)
]
_Text = Annotated[StrictStr, BeforeValidator(lambda given: "" if given is None else given)]
_Flag = Annotated[StrictBool, BeforeValidator(lambda given: False if given is None else given)]


class _Entry(BaseModel):
    """An object whose members are found in any case, also inside its `properties`."""

    model_config = ConfigDict(extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _flatten(cls, given: Any) -> Any:
        if isinstance(given, str):
            return {"id": given}
        if not isinstance(given, Mapping):
            return given
        members = {str(name).lower(): value for name, value in given.items()}
        inner = members.pop("properties", None)
        if isinstance(inner, Mapping):
            members |= {str(name).lower(): value for name, value in inner.items()}
        return members


class _Permissions(_Entry):
    actions: _Patterns = ()
    not_actions: _Patterns = Field((), alias="notactions")
    data_actions: _Patterns = Field((), alias="dataactions")
    not_data_actions: _Patterns = Field((), alias="notdataactions")
    condition: StrictStr | None = None
    condition_version: StrictStr | None = Field(None, alias="conditionversion")

    def permission(self) -> Permission:
        return Permission(
            self.actions,
            self.not_actions,
            self.data_actions,
            self.not_data_actions,
            self.condition,
            self.condition_version,
        )


class _Role(_Permissions):
    """A role definition; Azure PowerShell puts its one permission entry at the top."""

    id: _Text = ""
    name: _Text = ""
    role_name: _Text = Field("", alias="rolename")
    permissions: list[_Permissions] | None = None
    description: _Text = ""
    assignable_scopes: _Patterns = Field((), alias="assignablescopes")
    role_type: _Text = Field("", validation_alias=AliasChoices("roletype", "type"))
    is_custom: _Flag = Field(default=False, alias="iscustom")

    def value(self) -> RoleDefinition:
        # With a `roleName`, `name` is the GUID; Azure PowerShell has the role's name there.
        identity = (self.name if self.role_name else "") or self.id.rpartition("/")[2]
        name = self.role_name or self.name or identity
        if not name:
            raise AccessDataError("expected a role definition with `roleName`, `name` or `id`")
        entries = [self] if self.permissions is None else self.permissions
        return RoleDefinition(
            id=identity or name,
            name=name,
            permissions=tuple([entry.permission() for entry in entries]),
            description=self.description,
            assignable_scopes=self.assignable_scopes,
            is_custom=self.is_custom or "custom" in self.role_type.lower(),
        )


class _Assignment(_Entry):
    id: _Text = Field("", validation_alias=AliasChoices("roleassignmentid", "id"))
    principal_id: StrictStr = Field(validation_alias=AliasChoices("principalid", "objectid"))
    role: StrictStr = Field(validation_alias=AliasChoices("roledefinitionid", "roledefinitionname"))
    scope: StrictStr
    condition: StrictStr | None = None
    condition_version: StrictStr | None = Field(None, alias="conditionversion")
    principal_type: _Text = Field("", validation_alias=AliasChoices("principaltype", "objecttype"))
    principal_name: _Text = Field(
        "", validation_alias=AliasChoices("principalname", "signinname", "displayname")
    )
    type: _Text = ""
    assignment_type: _Text = Field("", alias="assignmenttype")

    def value(self) -> RoleAssignment:
        kind = f"{self.type} {self.assignment_type}".lower()
        return RoleAssignment(
            principal_id=self.principal_id,
            role=self.role,
            scope=self.scope,
            condition=self.condition,
            condition_version=self.condition_version,
            id=self.id,
            principal_type=self.principal_type,
            principal_name=self.principal_name,
            eligible="eligib" in kind,
        )


class _Principal(_Entry):
    id: StrictStr = Field(validation_alias=AliasChoices("id", "objectid"))


class _Denial(_Entry):
    id: _Text = ""
    name: _Text = Field("", validation_alias=AliasChoices("denyassignmentname", "name"))
    scope: StrictStr
    permissions: list[_Permissions] | None = None
    principals: list[_Principal]
    exclude_principals: Annotated[
        list[_Principal], BeforeValidator(lambda given: [] if given is None else given)
    ] = Field([], alias="excludeprincipals")
    here_only: _Flag = Field(default=False, alias="donotapplytochildscopes")
    own: _Permissions | None = None

    @model_validator(mode="before")
    @classmethod
    def _own_permissions(cls, given: Any) -> Any:
        """Azure PowerShell puts the one permission entry at the top."""
        return {**given, "own": given} if isinstance(given, Mapping) else given

    def value(self) -> DenyAssignment:
        entries = [self.own] if self.own and self.permissions is None else self.permissions or []
        if not any(entry.actions or entry.data_actions for entry in entries):
            raise AccessDataError("expected a deny assignment with `permissions`")
        return DenyAssignment(
            scope=self.scope,
            permissions=tuple([entry.permission() for entry in entries]),
            principals=tuple([principal.id for principal in self.principals]),
            exclude_principals=tuple([principal.id for principal in self.exclude_principals]),
            does_not_apply_to_child_scopes=self.here_only,
            id=self.id,
            name=self.name,
        )


def read_model(
    roles: Any, assignments: Any, deny_assignments: Any, hierarchy: Any
) -> dict[str, Any]:
    """The constructor arguments of an `AccessModel`; see `AccessModel.from_json`."""
    problems: list[Problem] = []
    return {
        "roles": list(_read(roles, "roles", _Role, problems)),
        "assignments": list(_read(assignments, "assignments", _Assignment, problems)),
        "deny_assignments": list(
            _read(deny_assignments, "deny assignments", _Denial, problems, _forbid_everything)
        ),
        "hierarchy": _read_hierarchy(hierarchy),
        "problems": problems,
    }


def read_roles(given: Any) -> tuple[list[RoleDefinition], list[Problem]]:
    """Role definitions from parsed JSON or a path, and what could not be read of them."""
    problems: list[Problem] = []
    return list(_read(given, "roles", _Role, problems)), problems


class _Item(NamedTuple):
    """One entry, what to call its place, and where its text stands if it came from a file."""

    value: Any
    where: str
    text: str
    start: int
    path: tuple[str | int, ...]


def _items(given: Any, name: str) -> Iterator[_Item]:
    if isinstance(given, str | Path):
        text, where = _load(Path(given)), str(given)
        for value, span in _documents(text, where):
            yield from _spread(_Item(value, where, text, span.start, ()))
    else:
        yield from _spread(_Item(given, name, "", 0, ()))


def _spread(item: _Item) -> Iterator[_Item]:
    value = item.value
    if isinstance(value, Mapping):
        for member in _LISTS:
            if isinstance(value.get(member), list):
                inner = item._replace(value=value[member], path=(*item.path, member))
                yield from _spread(inner)
                return
        yield item
    elif isinstance(value, list | tuple):
        for index, entry in enumerate(value):
            yield item._replace(value=entry, path=(*item.path, index))
    else:
        yield item


def _load(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise AccessDataError(f"{path}: cannot be read: {reason}") from None


def _documents(text: str, where: str) -> list[Document]:
    try:
        return read_documents(text)
    except JsonTextError as error:
        line, column = Source(text).line_column(error.offset)
        raise AccessDataError(f"{where}:{line}:{column}: {error.message}") from None


V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)


class _Reader(Protocol[V_co]):
    """An entry model that turns into a value of ours."""

    @classmethod
    def model_validate(cls, obj: Any) -> Self:
        """The validated entry; `ValidationError` for another shape."""

    def value(self) -> V_co:
        """The value of ours."""


def _read(
    given: Any,
    name: str,
    reader: type[_Reader[V]],
    problems: list[Problem],
    instead: Callable[[_Item], V] | None = None,
) -> Iterator[V]:
    """The entries of a document. A bad one is a problem, and `instead` stands for it if given."""
    for item in _items(given, name):
        try:
            yield reader.model_validate(item.value).value()
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            problems.append(_problem(item, first["loc"], _wording(first)))
        except AccessDataError as error:
            problems.append(_problem(item, (), str(error)))
        else:
            continue
        if instead is not None:
            yield instead(item)


def _forbid_everything(item: _Item) -> DenyAssignment:
    """What stands for a deny assignment that cannot be read: nobody may do anything below it."""
    everything = Permission(actions=("*",), data_actions=("*",))
    scope = item.value.get("scope") if isinstance(item.value, Mapping) else None
    return DenyAssignment(
        scope=scope if isinstance(scope, str) else "/",
        permissions=(everything,),
        principals=(EVERYONE,),
        name=f"unreadable deny assignment ({_place(item, ())})",
    )


def _problem(item: _Item, path: tuple[str | int, ...], message: str) -> Problem:
    return Problem(_place(item, path), message)


def _place(item: _Item, path: tuple[str | int, ...]) -> str:
    full = (*item.path, *path)
    if not item.text:
        return item.where + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in full)
    offset = locate(item.text, full, item.start)
    line, column = Source(item.text).line_column(offset)
    return f"{item.where}:{line}:{column}"


def _wording(error: ErrorDetails) -> str:
    member = ".".join(str(part) for part in error["loc"]) or "the entry"
    if error["type"] == "missing":
        return f"`{member}` is missing"
    return f"`{member}`: {error['msg'][:1].lower()}{error['msg'][1:]}"


def _read_hierarchy(given: Any) -> dict[str, tuple[str, ...]]:
    if given is None:
        return {}
    where = "hierarchy"
    if isinstance(given, str | Path):
        where = str(given)
        given = _documents(_load(Path(given)), where)[0].value
    if not isinstance(given, Mapping):
        raise AccessDataError(f"{where}: expected an object of scopes and lists of their ancestors")
    for scope, above in given.items():
        if not isinstance(above, list | tuple) or not all(isinstance(one, str) for one in above):
            raise AccessDataError(f"{where}: `{scope}`: expected a list of scopes, nearest first")
    return {str(scope): tuple(above) for scope, above in given.items()}
