"""An explanation as plain JSON data."""

from __future__ import annotations

import math
from datetime import datetime
from uuid import UUID

from azcond.ast import Attribute
from azcond.explanation.model import (
    ClauseExplanation,
    Explanation,
    GroupStep,
    LeafStep,
    Reading,
    Step,
)
from azcond.explanation.remedies import Example
from azcond.explanation.values import integer_text
from azcond.formatter import format_expression
from azcond.kinds import Scalar
from azcond.request_values import DictionaryValue, Value
from azcond.truth import Truth

_EXACT_INTEGERS = 2**63


def document(explanation: Explanation) -> dict[str, object]:
    """The explanation under these keys, which stay.

    - `verdict`: "true", "false" or "unknown"; `met`: whether it is "true"
    - `action`, `suboperation` (null: none): what was asked
    - `missing`: the reading of missing attributes in use, "unknown" or "false";
      `readings`: the verdict under each of them; `readings_disagree`: whether only one is met
    - `missing_attributes`: as `@Source[id]`, those that tests asked for in vain
    - `clauses`: in text order
        - `kind`: "guarded", "alternative", "unguarded" or "other"; `conjunct`: alternatives of
          which one is enough have the same number
        - `applies`, `verdict`, `decided`; `span`: two offsets in characters of the condition
        - `targets`: `actions`, `suboperations`, `suboperation_negated`
        - `steps`: in text order, each with `depth`, `verdict` and `decided`, and either
          `need` ("all of", "any of", "none of", "not all of"), whose members follow one deeper,
          or `test` (one line of the language), `negated`, `span` and `values`, a list of
          `attribute`, `present` and `value` (the verdict is that of `NOT test` where negated;
          `required`: the clause cannot be met while it is unknown)
    - `remedy`: `changes`, a smallest set of `test`, `span` and `must_hold` after which the
      condition is met; `examples`, a `subject` ("@Source[id]", "action" or "suboperation") and
      `value` (null: absent) each, which make all changes come true together; `is_possible`:
      whether such values were found; `has_alternatives`: whether other changes would do as well
    """
    other = "false" if explanation.missing == "unknown" else "unknown"
    return {
        "verdict": _verdict(explanation.verdict),
        "met": explanation.met,
        "action": explanation.action,
        "suboperation": explanation.suboperation,
        "missing": explanation.missing,
        "readings": {
            explanation.missing: _verdict(explanation.verdict),
            other: _verdict(explanation.other_verdict),
        },
        "readings_disagree": explanation.readings_disagree,
        "missing_attributes": [format_expression(one) for one in explanation.missing_attributes],
        "clauses": [_clause(clause) for clause in explanation.clauses],
        "remedy": {
            "is_possible": explanation.remedy.is_possible,
            "examples": [_example(example) for example in explanation.remedy.examples],
            "has_alternatives": explanation.remedy.has_alternatives,
            "changes": [
                {
                    "test": format_expression(change.leaf),
                    "span": list(change.leaf.span),
                    "must_hold": change.holds,
                }
                for change in explanation.remedy.changes
            ],
        },
    }


def _example(example: Example) -> dict[str, object]:
    subject = example.subject
    name = format_expression(subject) if isinstance(subject, Attribute) else subject.value
    return {"subject": name, "value": _scalar(example.value)}


def _verdict(verdict: Truth) -> str:
    return verdict.name.lower()


def _clause(clause: ClauseExplanation) -> dict[str, object]:
    return {
        "kind": clause.clause.kind.value,
        "conjunct": clause.clause.conjunct,
        "applies": clause.applies,
        "verdict": _verdict(clause.truth),
        "decided": clause.decided,
        "span": list(clause.span),
        "targets": [
            {
                "actions": list(target.actions),
                "suboperations": list(target.suboperations),
                "suboperation_negated": target.suboperation_negated,
            }
            for target in clause.clause.targets
        ],
        "steps": [_step(step) for step in clause.steps],
    }


def _step(step: Step) -> dict[str, object]:
    common = {"depth": step.depth, "verdict": _verdict(step.truth), "decided": step.decided}
    match step:
        case GroupStep():
            return {"need": step.need.value, **common}
        case LeafStep():
            return {
                "test": format_expression(step.leaf),
                "negated": step.negated,
                "required": step.required,
                **common,
                "span": list(step.leaf.span),
                "values": [_reading(reading) for reading in step.readings],
            }


def _reading(reading: Reading) -> dict[str, object]:
    return {
        "attribute": format_expression(reading.attribute),
        "present": reading.value is not None,
        "value": _value(reading.value),
    }


def _value(value: Value | None) -> object:
    match value:
        case tuple():
            return [_scalar(member) for member in value]
        case DictionaryValue():
            return {key: _scalar(entry) for key, entry in value.entries.items()}
        case _:
            return _scalar(value)


def _scalar(value: Scalar | None) -> str | int | float | bool | None:
    """JSON has no date-times and GUIDs, no infinite numbers and, in practice, no huge integers."""
    match value:
        case datetime():
            return value.isoformat()
        case UUID():
            return str(value)
        case float() if not math.isfinite(value):
            return str(value)
        case int() if abs(value) >= _EXACT_INTEGERS:
            return integer_text(value)
        case _:
            return value
