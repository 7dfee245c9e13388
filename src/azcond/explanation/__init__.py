"""Why a condition is met by a request or not, for people and for programs."""

from azcond.explanation.model import (
    ClauseExplanation,
    Explanation,
    GroupStep,
    LeafStep,
    Need,
    Reading,
    Step,
)
from azcond.explanation.remedies import Change, Remedy
from azcond.explanation.tracing import explain

__all__ = [
    "Change",
    "ClauseExplanation",
    "Explanation",
    "GroupStep",
    "LeafStep",
    "Need",
    "Reading",
    "Remedy",
    "Step",
    "explain",
]
