"""What the documentation lists, as of a day: actions, suboperations, attributes and roles.

The facts stand in data files, each row under the page it comes from; here are the queries. The
data loads on first use; damaged data raises `CatalogueError`.
"""

from azcond.catalogue.actions import (
    KnownAction,
    Operation,
    all_actions,
    find_action,
    has_known_provider,
    is_unconditional,
    suboperations,
)
from azcond.catalogue.attributes import (
    AttributeType,
    KnownAttribute,
    Status,
    all_attributes,
    attributes_by_key,
    find_attribute,
    find_attribute_by_id,
)
from azcond.catalogue.loading import as_of
from azcond.catalogue.roles import all_roles, role_guid, role_name
from azcond.catalogue.suggestions import (
    suggest_action,
    suggest_attribute,
    suggest_role,
    suggest_suboperation,
    suggest_value,
)

__all__ = [
    "AttributeType",
    "KnownAction",
    "KnownAttribute",
    "Operation",
    "Status",
    "all_actions",
    "all_attributes",
    "all_roles",
    "as_of",
    "attributes_by_key",
    "find_action",
    "find_attribute",
    "find_attribute_by_id",
    "has_known_provider",
    "is_unconditional",
    "role_guid",
    "role_name",
    "suboperations",
    "suggest_action",
    "suggest_attribute",
    "suggest_role",
    "suggest_suboperation",
    "suggest_value",
]
