"""What an explanation says. Nesting is a depth, so nothing here recurses."""

from __future__ import annotations

from enum import StrEnum

from azcond._dataclasses import dataclass
from azcond.ast import Attribute, Leaf
from azcond.clauses import Clause
from azcond.explanation.remedies import Remedy
from azcond.interpreter import Missing
from azcond.request_values import Value
from azcond.source import Span
from azcond.truth import Truth


@dataclass(frozen=True, slots=True)
class Reading:
    """An attribute and the value seen; `None` when it is absent."""

    attribute: Attribute
    value: Value | None


class Need(StrEnum):
    """How many members of a group have to hold."""

    ALL = "all of"
    ANY = "any of"
    NONE = "none of"
    NOT_ALL = "not all of"


@dataclass(frozen=True, slots=True)
class GroupStep:
    """AND or OR, perhaps negated; its members follow, one level deeper."""

    need: Need
    depth: int
    truth: Truth
    decided: bool


@dataclass(frozen=True, slots=True)
class LeafStep:
    """One leaf; `truth` is that of `NOT leaf` where it is negated.

    `required` says that the clause cannot be met while the leaf is unknown. `readings` are the
    attributes it reads, in text order.
    """

    leaf: Leaf
    negated: bool
    depth: int
    truth: Truth
    decided: bool
    required: bool
    readings: tuple[Reading, ...]


Step = GroupStep | LeafStep


@dataclass(frozen=True, slots=True)
class ClauseExplanation:
    """One clause: whether it is for the request, what it gives, and its tests where it is for it.

    `decided` says that the verdict follows from this clause, as it does for a step: of an AND that
    is not met, the members that are not; of one that is met, all; the other way round for OR.
    """

    clause: Clause
    applies: bool
    truth: Truth
    decided: bool
    steps: tuple[Step, ...]

    @property
    def span(self) -> Span:
        """Where the clause stands in the text of the condition."""
        return self.clause.span


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a condition gives what it gives for a request.

    `verdict` is under the reading of missing attributes that was asked for, `other_verdict` under
    the other one. `remedy` holds a smallest set of changes for a condition that is not met.
    """

    action: str
    suboperation: str | None
    missing: Missing
    verdict: Truth
    other_verdict: Truth
    clauses: tuple[ClauseExplanation, ...]
    remedy: Remedy

    @property
    def met(self) -> bool:
        """Whether the condition is met."""
        return bool(self.verdict)

    @property
    def readings_disagree(self) -> bool:
        """Whether the two readings of a missing attribute decide differently."""
        return bool(self.verdict) is not bool(self.other_verdict)

    @property
    def leaves(self) -> tuple[LeafStep, ...]:
        """Every leaf that was asked, in text order."""
        return tuple(
            [step for clause in self.clauses for step in clause.steps if isinstance(step, LeafStep)]
        )

    @property
    def missing_attributes(self) -> tuple[Attribute, ...]:
        """The attributes that tests asked for and the request does not have, each once."""
        absent = (r.attribute for leaf in self.leaves for r in leaf.readings if r.value is None)
        return tuple(dict.fromkeys(absent))

    def to_text(self, width: int = 100) -> str:
        """The explanation for people, in lines of about `width` characters."""
        from azcond.explanation.rendering import render  # noqa: PLC0415  # renders what is here

        return render(self, width)

    def to_json(self) -> dict[str, object]:
        """The explanation as plain JSON data; `azcond.explanation.document` lists the keys."""
        from azcond.explanation.document import document  # noqa: PLC0415  # renders what is here

        return document(self)
