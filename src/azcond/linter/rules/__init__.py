"""One module per rule, named by its slug; each holds one `RULE`.

Here are the rules that look for something themselves. Those that the parser or the checker
reports have their modules in `azcond.linter.reported_rules`: linting never needs to load them.
Those that look at what stands around conditions are in `azcond.linter.host_rules`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from azcond.linter.rule import Rule

MODULES = (
    "all_of_empty",
    "always_false",
    "always_true",
    "always_true_deny_list",
    "any_principal",
    "any_role",
    "case_sensitive_domain",
    "contradictory_guards",
    "contradictory_values",
    "copy_source",
    "dead_guard",
    "deny_list_bypass",
    "deny_list_of_roles",
    "duplicate_clause",
    "duplicate_value",
    "eligible_assignments",
    "far_reaching_role",
    "granting_role_allowed",
    "granting_role_not_denied",
    "guid_with_storage",
    "impossible_value",
    "internal_attribute",
    "inverted_guard",
    "keyword_style",
    "letter_case",
    "listing_open",
    "listing_refused",
    "needless_quantifier",
    "negated_comparison",
    "negative_on_absent",
    "no_action_guard",
    "not_formatted",
    "open_creation",
    "open_removal",
    "open_super_user",
    "open_version_removal",
    "prefix_without_boundary",
    "preview_attribute",
    "redundant_parentheses",
    "rename_around_path",
    "role_lists_differ",
    "same_effect_open",
    "self_comparison",
    "self_written_tags",
    "simpler_form",
    "subsumed_operand",
    "tags_of_a_new_blob",
    "time_window",
    "trivial_test",
    "unprotected_tags",
    "unsorted_set",
    "untagged_write_refused",
    "visual_editor",
    "wide_guard",
)
"""The modules here. They are listed because searching for them would take longer than loading half of
them, and would pass over one that is missing.
"""


@cache
def finding_rules() -> tuple[Rule, ...]:
    """The rules that look for something in a condition themselves, by code."""
    return load_rules(__name__, MODULES)


@cache
def host_rules() -> tuple[Rule, ...]:
    """The rules about what stands around conditions, by code."""
    from azcond.linter import host_rules as package  # noqa: PLC0415  # few files have any of it

    return load_rules(package.__name__, package.MODULES)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    from azcond.linter import reported_rules  # noqa: PLC0415  # see above

    reported = load_rules(reported_rules.__name__, reported_rules.MODULES)
    return tuple(sorted((*finding_rules(), *host_rules(), *reported), key=_code))


@cache
def rules_by_code() -> dict[str, Rule]:
    """The rules by code."""
    return {rule.code: rule for rule in all_rules()}


def load_rules(package: str, modules: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that the modules of a package hold, by code."""
    rules = [import_module(f"{package}.{name}").RULE for name in modules]
    return tuple(sorted(rules, key=_code))


def _code(rule: Rule) -> str:
    return rule.code
