"""Standard Azure role evaluation beside the condition engine: may, who can, what can."""

from azcond.access.decision import Decision, Outcome, Reason
from azcond.access.listing import Access, Capabilities, Case, Holding, Standing
from azcond.access.model import AccessModel
from azcond.access.models import DenyAssignment, Permission, Problem, RoleAssignment, RoleDefinition
from azcond.access.query import AccessQuery
from azcond.access.roles import Plane

__all__ = [
    "Access",
    "AccessModel",
    "AccessQuery",
    "Capabilities",
    "Case",
    "Decision",
    "DenyAssignment",
    "Holding",
    "Outcome",
    "Permission",
    "Plane",
    "Problem",
    "Reason",
    "RoleAssignment",
    "RoleDefinition",
    "Standing",
]
