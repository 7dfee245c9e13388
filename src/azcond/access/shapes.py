"""The shapes that roles, assignments and deny assignments have in JSON: where they are validated.

Sources of the shapes: the output of `az role definition list`, `az role assignment list`, the REST
API and ARM (members under `properties`), `Get-AzRoleDefinition`, `Get-AzRoleAssignment` and
`Get-AzDenyAssignment` (initial capitals), and rows of the Resource Graph table
`authorizationresources`. Member names compare without case; unknown members are ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, TypeVar

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

from azcond.access.models import (
    EVERYONE,
    DenyAssignment,
    Permission,
    RoleAssignment,
    RoleDefinition,
)
from azcond.access.scopes import assignable_fault
from azcond.errors import AzcondError
from azcond.jsontext import Path, json_name

PROPERTIES = "properties"
"""The member under which the REST API, ARM and Resource Graph put the others."""


class ShapeError(AzcondError):
    """An entry of another shape: what was expected, and where in the entry."""

    def __init__(self, message: str, path: Path = ()) -> None:
        super().__init__(message, path)
        self.message = message
        self.path = path


def _or(instead: Any) -> BeforeValidator:
    """Null means the same as a member that is not there."""
    return BeforeValidator(lambda given: instead if given is None else given)


_Patterns = Annotated[tuple[StrictStr, ...], _or(())]
_Text = Annotated[StrictStr, _or("")]
_Flag = Annotated[StrictBool, _or(instead=False)]
_Shown = Annotated[str, BeforeValidator(lambda given: given if isinstance(given, str) else "")]
"""Text that is only shown, so that nothing else is worth losing an entry for."""


class _Entry(BaseModel):
    """An object whose members are found in any case, also inside its `properties`."""

    model_config = ConfigDict(extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _flatten(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        names = _names(cls)
        members = {names.get(str(name).lower(), name): value for name, value in given.items()}
        inner = members.pop(PROPERTIES, None)
        if isinstance(inner, Mapping):
            members |= {names.get(str(name).lower(), name): v for name, v in inner.items()}
        return members


_E = TypeVar("_E", bound=_Entry)


@cache
def _names(entry: type[_Entry]) -> dict[str, str]:
    """Every member name of a shape, by its lower-case form."""
    names = {PROPERTIES: PROPERTIES}
    for name, field in entry.model_fields.items():
        alias = field.validation_alias or name
        choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
        names |= {str(choice).lower(): str(choice) for choice in choices}
    return names


class _Permissions(_Entry):
    actions: _Patterns = ()
    not_actions: _Patterns = Field((), alias="notActions")
    data_actions: _Patterns = Field((), alias="dataActions")
    not_data_actions: _Patterns = Field((), alias="notDataActions")
    condition: StrictStr | None = None
    condition_version: StrictStr | None = Field(None, alias="conditionVersion")

    @property
    def is_given(self) -> bool:
        """Whether any of the four lists is there."""
        lists = {"actions", "not_actions", "data_actions", "not_data_actions"}
        return not lists.isdisjoint(self.model_fields_set)

    def permission(self) -> Permission:
        return Permission(
            self.actions,
            self.not_actions,
            self.data_actions,
            self.not_data_actions,
            self.condition,
            self.condition_version,
        )


class _WithPermissions(_Permissions):
    """What has permission entries; Azure PowerShell puts the only one at the top."""

    permissions: list[_Permissions] | None = None

    def entries(self) -> tuple[Permission, ...]:
        given = [self] if self.permissions is None and self.is_given else self.permissions
        if given is None or not all(entry.is_given for entry in given):
            where: Path = () if given is None else ("permissions",)
            raise ShapeError("expected `permissions` with `actions` or `dataActions`", where)
        return tuple([entry.permission() for entry in given])


class _Role(_WithPermissions):
    id: _Text = ""
    name: _Text = ""
    role_name: _Text = Field("", alias="roleName")
    description: _Shown = ""
    assignable_scopes: _Patterns = Field((), alias="assignableScopes")
    role_type: _Shown = Field("", validation_alias=AliasChoices("roleType", "type"))
    is_custom: _Flag = Field(default=False, alias="isCustom")

    def value(self) -> RoleDefinition:
        # With a `roleName`, `name` is the GUID; Azure PowerShell has the role's name there.
        identity = (self.name if self.role_name else "") or self.id.rpartition("/")[2]
        name = self.role_name or self.name or identity
        if not name:
            raise ShapeError("expected a role definition with `roleName`, `name` or `id`")
        return RoleDefinition(
            id=identity or name,
            name=name,
            permissions=self.entries(),
            description=self.description,
            assignable_scopes=self.assignable_scopes,
            is_custom=self.is_custom or "custom" in self.role_type.lower(),
        )


class _Assignment(_Entry):
    id: _Shown = Field("", validation_alias=AliasChoices("roleAssignmentId", "id"))
    principal_id: StrictStr = Field(validation_alias=AliasChoices("principalId", "objectId"))
    role_id: _Text = Field("", alias="roleDefinitionId")
    role_name: _Text = Field("", alias="roleDefinitionName")
    scope: StrictStr
    condition: StrictStr | None = None
    condition_version: StrictStr | None = Field(None, alias="conditionVersion")
    principal_type: _Shown = Field("", validation_alias=AliasChoices("principalType", "objectType"))
    principal_name: _Shown = Field(
        "", validation_alias=AliasChoices("principalName", "signInName", "displayName")
    )
    type: _Text = ""
    assignment_type: _Text = Field("", alias="assignmentType")

    def value(self) -> RoleAssignment:
        if not self.principal_id:
            raise ShapeError("expected a role assignment with `principalId`", ("principalId",))
        if not (self.role_id or self.role_name):
            raise ShapeError("expected a role assignment with `roleDefinitionId`")
        fault = assignable_fault(self.scope)
        if fault:
            raise ShapeError(fault, ("scope",))
        return RoleAssignment(
            principal_id=self.principal_id,
            role=self.role_id or self.role_name,
            scope=self.scope,
            condition=self.condition,
            condition_version=self.condition_version,
            id=self.id,
            principal_type=self.principal_type,
            principal_name=self.principal_name,
            eligible=self._is_eligible(),
        )

    def _is_eligible(self) -> bool:
        """Whether Privileged Identity Management only offers it, or was only asked for it."""
        kind = f"/{self.type}/{self.id}".lower()
        return "eligib" in self.assignment_type.lower() or any(one in kind for one in _NOT_ACTIVE)


_NOT_ACTIVE = ("/roleeligibilityschedule", "/roleassignmentschedulerequests")


class _Principal(_Entry):
    id: _Text = Field("", validation_alias=AliasChoices("id", "objectId"))
    type: _Text = Field("", validation_alias=AliasChoices("type", "objectType"))

    def value(self) -> str:
        """The id; nothing where it cannot be read."""
        if not self.id and self.type.lower() in {"everyone", "systemdefined"}:
            return EVERYONE
        return self.id if self.id == self.id.strip() else ""


class _Denial(_WithPermissions):
    id: _Shown = ""
    name: _Shown = Field("", validation_alias=AliasChoices("denyAssignmentName", "name"))
    scope: StrictStr
    principals: list[_Principal]
    exclude_principals: Annotated[list[_Principal], _or(())] = Field([], alias="excludePrincipals")
    here_only: _Flag = Field(default=False, alias="doNotApplyToChildScopes")

    def value(self) -> DenyAssignment:
        fault = assignable_fault(self.scope)
        if fault:
            raise ShapeError(fault, ("scope",))
        entries = self.entries()
        if not any(entry.actions or entry.data_actions for entry in entries):
            raise ShapeError("expected a deny assignment that denies something", ("permissions",))
        principals = tuple([principal.value() for principal in self.principals])
        if not principals or "" in principals:
            raise ShapeError("expected `principals` with their `id`", ("principals",))
        return DenyAssignment(
            scope=self.scope,
            permissions=entries,
            principals=principals,
            exclude_principals=tuple([one.value() for one in self.exclude_principals]),
            does_not_apply_to_child_scopes=self.here_only,
            id=self.id,
            name=self.name,
        )


def read_role(given: Any) -> RoleDefinition:
    """A role definition; `ShapeError` for another shape."""
    return _validated(_Role, given).value()


def read_assignment(given: Any) -> RoleAssignment:
    """A role assignment; `ShapeError` for another shape."""
    return _validated(_Assignment, given).value()


def read_denial(given: Any) -> DenyAssignment:
    """A deny assignment; `ShapeError` for another shape."""
    return _validated(_Denial, given).value()


def _validated(shape: type[_E], given: Any) -> _E:
    try:
        return shape.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        message = _wording(first["type"], first["loc"], first["input"])
        raise ShapeError(message, first["loc"]) from None


_EXPECTED = {
    "string_type": "a string",
    "bool_type": "true or false",
    "tuple_type": "a list of strings",
    "list_type": "a list",
    "model_type": "an object",
}


def _wording(kind: str, path: Path, given: Any) -> str:
    name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    member = f"`{name.removeprefix('.')}`" if name else "an entry"
    if kind == "missing":
        return f"{member} is missing"
    return f"{member} must be {_EXPECTED.get(kind, 'of another kind')}, got {json_name(given)}"
