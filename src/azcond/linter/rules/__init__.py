"""One module per rule, named by its slug; each holds one `RULE`."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from azcond.linter.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    rules = [import_module(f"{__name__}.{name}").RULE for name in names]
    return tuple(sorted(rules, key=lambda rule: rule.code))


@cache
def rules_by_code() -> dict[str, Rule]:
    """The rules by code."""
    return {rule.code: rule for rule in all_rules()}
