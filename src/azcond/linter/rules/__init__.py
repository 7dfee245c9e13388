"""One module per rule, named by its slug; each holds one `RULE`.

Here are the rules that look for something themselves. Those that the parser or the checker
reports have their modules in `azcond.linter.reported_rules`: linting never needs to load them.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from types import ModuleType

from azcond.linter.rule import Rule


@cache
def finding_rules() -> tuple[Rule, ...]:
    """The rules that look for something themselves, by code."""
    return _load(import_module(__name__))


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    from azcond.linter import reported_rules  # noqa: PLC0415  # see above

    return tuple(sorted((*finding_rules(), *_load(reported_rules)), key=_code))


@cache
def rules_by_code() -> dict[str, Rule]:
    """The rules by code."""
    return {rule.code: rule for rule in all_rules()}


def _load(package: ModuleType) -> tuple[Rule, ...]:
    names = [module.name for module in pkgutil.iter_modules(package.__path__)]
    rules = [import_module(f"{package.__name__}.{name}").RULE for name in names]
    return tuple(sorted(rules, key=_code))


def _code(rule: Rule) -> str:
    return rule.code
