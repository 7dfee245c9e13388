"""Standard Azure role evaluation beside the condition engine: may, who can, what can.

Names are loaded on first use: reading role definitions needs neither decisions nor explanations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azcond._lazy import load_on_use

if TYPE_CHECKING:
    from azcond.access.decision import Decision as Decision
    from azcond.access.model import AccessModel as AccessModel
    from azcond.access.models import DenyAssignment as DenyAssignment
    from azcond.access.models import Permission as Permission
    from azcond.access.models import Problem as Problem
    from azcond.access.models import ProblemKind as ProblemKind
    from azcond.access.models import RoleAssignment as RoleAssignment
    from azcond.access.models import RoleDefinition as RoleDefinition
    from azcond.access.outcomes import Access as Access
    from azcond.access.outcomes import Capabilities as Capabilities
    from azcond.access.outcomes import Case as Case
    from azcond.access.outcomes import ConditionOutcome as ConditionOutcome
    from azcond.access.outcomes import Holders as Holders
    from azcond.access.outcomes import Holding as Holding
    from azcond.access.outcomes import Outcome as Outcome
    from azcond.access.outcomes import Reason as Reason
    from azcond.access.outcomes import SetAside as SetAside
    from azcond.access.outcomes import Standing as Standing
    from azcond.access.query import AccessQuery as AccessQuery
    from azcond.access.roles import Plane as Plane

_HOMES = {
    "Access": "outcomes",
    "AccessModel": "model",
    "AccessQuery": "query",
    "Capabilities": "outcomes",
    "Case": "outcomes",
    "ConditionOutcome": "outcomes",
    "Decision": "decision",
    "DenyAssignment": "models",
    "Holders": "outcomes",
    "Holding": "outcomes",
    "Outcome": "outcomes",
    "Permission": "models",
    "Plane": "roles",
    "Problem": "models",
    "ProblemKind": "models",
    "Reason": "outcomes",
    "RoleAssignment": "models",
    "RoleDefinition": "models",
    "SetAside": "outcomes",
    "Standing": "outcomes",
}

__all__ = [*sorted(_HOMES)]  # noqa: PLE0604  # the names are the keys above

__getattr__ = load_on_use(__name__, _HOMES)
