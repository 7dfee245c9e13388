"""Standard Azure role evaluation beside the condition engine: may, who can, what can."""

from azcond.access.decision import Decision
from azcond.access.model import AccessModel
from azcond.access.models import (
    DenyAssignment,
    Permission,
    Problem,
    ProblemKind,
    RoleAssignment,
    RoleDefinition,
)
from azcond.access.outcomes import (
    Access,
    Capabilities,
    Case,
    ConditionOutcome,
    Holders,
    Holding,
    Outcome,
    Reason,
    Standing,
)
from azcond.access.query import AccessQuery
from azcond.access.roles import Plane

__all__ = [
    "Access",
    "AccessModel",
    "AccessQuery",
    "Capabilities",
    "Case",
    "ConditionOutcome",
    "Decision",
    "DenyAssignment",
    "Holders",
    "Holding",
    "Outcome",
    "Permission",
    "Plane",
    "Problem",
    "ProblemKind",
    "Reason",
    "RoleAssignment",
    "RoleDefinition",
    "Standing",
]
