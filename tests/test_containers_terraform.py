"""Conditions in Terraform: where they are found, what stands around them, and exactly where."""

from __future__ import annotations

import pytest

from azcond.containers import Contents, Fact, trees
from azcond.containers.rewriting import apply_edits
from azcond.containers.values import MOST_CHARACTERS
from azcond.diagnostics import Edit
from azcond.linter.files import FileLinter
from azcond.linter.settings import DEFAULTS
from azcond.source import Span
from container_cases import assert_is_unread
from embedding import found_in

NAME = "main.tf"
SMALL = """\
locals {
  names = ["a", "b"]
}
resource "azurerm_role_assignment" "x" {
  scope     = var.scope
  condition = <<-EOT
    @Resource[a:b] ForAnyOfAnyValues:StringEquals {${join(", ", local.names)}}
    EOT
}
module "m" {
  a = [{ condition = "${upper("@Resource[a:b]")} StringEquals 'é'", principal_id = 1 }]
}
"""


def assignment_with(body: str) -> str:
    return f'resource "azurerm_role_assignment" "x" {{\n{body}\n}}\n'


# --- what is no condition -------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# a condition\n",
        'variable "a" {\n  validation {\n    condition = var.a != ""\n  }\n}\n',
        'check "a" {\n  assert {\n    condition = data.http.a.status_code == 200\n  }\n}\n',
        'resource "a" "b" {\n lifecycle {\n  precondition {\n   condition = true\n  }\n }\n}\n',
        'resource "aws_iam_role" "a" {\n  condition {\n    test = "StringEquals"\n  }\n}\n',
        'resource "aws_lb_listener_rule" "a" {\n  condition {\n    path_pattern {}\n  }\n}\n',
        'data "aws_iam_policy_document" "a" {\n  statement {\n    condition {}\n  }\n}\n',
        'resource "google_project_iam_member" "a" {\n  condition {\n    title = "x"\n  }\n}\n',
        'variable "a" {\n  type = object({ condition = string, principal_id = string })\n}\n',
        'module "a" {\n  condition = "GreaterThan"\n  alarm_condition = var.x\n}\n',
        'locals {\n  condition = { a = "b" }\n  is_condition = true\n}\n',
        'resource "azurerm_monitor_metric_alert" "a" {\n  condition = "x"\n}\n',
        'resource "vault_policy" "x" {\n  condition = "a"\n  role = "b"\n  principal_id = "c"\n}\n',
        'locals {\n  a = { principal_id = 1, role_definition_id = "b", condition = "c > 1" }\n}\n',
        'module "a" {\n  authorization {\n    principal_id = 1\n   role_definition_id = 2\n  }\n}',
    ],
)
def test_other_conditions_make_no_noise(text: str) -> None:
    assert found_in(text, NAME) == Contents()


def test_a_file_of_no_interest_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees.Tree, "__init__", None)
    assert found_in('resource "a" "b" {\n  c = "d"\n}\n' * 1000, NAME) == Contents()


# --- what is broken, deep or large ----------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "line", "column", "message"),
    [
        ('condition = "a', 2, 15, "this condition cannot be read: its Terraform is broken"),
        ('condition = "a\\q b"', 2, 16, "this Terraform cannot be read, and may hold a condition"),
        ('condition = "a" "b"', 2, 19, "this condition cannot be read: its Terraform is broken"),
        ('condition =\n  scope = "x"', 3, 11, "this condition cannot be read: its Terraform is"),
        ("condition = join([", 2, 15, "this condition cannot be read: its Terraform is broken"),
        ('condition = ["a"]', 2, 15, "`condition` must be a string or null, got a list"),
        ('condition = { a = "b" }', 2, 15, "`condition` must be a string or null, got an object"),
        ('condition = "a\n  b"', 2, 17, "a string in quotes cannot span lines"),
    ],
)
def test_a_condition_that_cannot_be_read_is_no_condition(
    body: str, line: int, column: int, message: str
) -> None:
    assert_is_unread(assignment_with(f"  {body}"), NAME, (line, column), message)


def test_what_is_broken_elsewhere_does_not_matter() -> None:
    text = 'output "a" {\n  value = "x" "y"\n}\n'
    condition = 'resource "azurerm_role_assignment" "x" {\n  condition = "a"\n}\n'
    contents = found_in(text + condition, NAME)
    assert [one.text for one in contents.conditions] == ["a"]
    assert contents.unread == ()


def test_circles_depth_and_doubling_come_to_an_end() -> None:
    doubling = "".join(f'a{n} = "${{local.a{n - 1}}}${{local.a{n - 1}}}"\n' for n in range(1, 99))
    chain = "".join(f'c{n} = "${{local.c{n - 1}}}x"\n' for n in range(1, 2000))
    first = 'a0 = "xx"\nc0 = "x"\no = "${local.p}"\np = "${local.o}"\n'
    text = f"locals {{\n{first}{doubling}{chain}}}\n"
    text += assignment_with('  condition = "EXPRESSION"')
    for name in ("a98", "c1999", "o"):
        (condition,) = found_in(text.replace("EXPRESSION", f"${{local.{name}}}"), NAME).conditions
        assert condition.holes
        assert len(condition.text) <= MOST_CHARACTERS
    for nested in ("(" * 5000 + '"a"' + ")" * 5000, "[" * 5000, '"${' * 500 + "a" + '}"' * 500):
        contents = found_in(text.replace('"EXPRESSION"', nested), NAME)
        assert contents.conditions or contents.unread


def test_a_file_cut_off_anywhere_gives_no_condition_that_it_has_not() -> None:
    text = SMALL
    whole = [condition.text for condition in found_in(text, NAME).conditions]
    assert len(whole) == 2
    for end in range(len(text)):
        contents = found_in(text[:end], NAME)
        for condition in contents.conditions:
            assert condition.text in whole or contents.unread or condition.holes, text[:end]


# --- facts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "fact", "after"),
    [
        (
            assignment_with('  scope        = var.s\n  condition    = "a" # why'),
            Fact.VERSION,
            '  condition    = "a" # why\n  condition_version = "new"\n}\n',
        ),
        (
            assignment_with("  principal_id         = var.p").replace("\n", "\r\n"),
            Fact.PRINCIPAL_TYPE,
            '  principal_id         = var.p\r\n  principal_type       = "new"\r\n}\r\n',
        ),
        (
            assignment_with('  condition_version = "1.0"\n  condition = "a"'),
            Fact.VERSION,
            '{\n  condition_version = "new"\n  condition = "a"\n}\n',
        ),
        (
            assignment_with("  condition = <<EOT\na\nEOT"),
            Fact.VERSION,
            'EOT\n  condition_version = "new"\n}\n',
        ),
        (
            'locals {\n  a = { principal_id = 1, role_definition_name = 2, condition = "c" }\n}',
            Fact.VERSION,
            'condition = "c", condition_version = "new" }\n}',
        ),
        (
            'locals {\n  a = {\n    "principalId" : 1,\n    "roleDefinitionName" : 2,\n  }\n}',
            Fact.PRINCIPAL_TYPE,
            '"principalType": "new",\n    "roleDefinitionName" : 2,\n  }\n}',
        ),
        (assignment_with('  condition_version = var.v\n  condition = "a"'), Fact.VERSION, None),
        ('module "m" {\n  principal_id = 1\n  condition = "@Resource[a"\n}', Fact.VERSION, None),
        (assignment_with(""), Fact.VERSION, None),
    ],
)
def test_facts_are_set_in_the_spelling_of_the_file(
    before: str, fact: Fact, after: str | None
) -> None:
    (holder,) = found_in(before, NAME).assignments
    edit = holder.setting(fact, "new")
    if after is None:
        assert edit is None
    else:
        assert edit is not None
        changed = apply_edits(before, [edit])
        assert changed.endswith(after)
        (again,) = found_in(changed, NAME).assignments
        assert again.value(fact) == "new"


def test_a_condition_is_for_every_entry_of_the_role_that_is_defined_beside_it() -> None:
    blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
    entry = f'  permissions {{\n    data_actions = ["{blobs}/ACTION"]\n  }}\n'
    role = entry.replace("ACTION", "read") + entry.replace("ACTION", "delete")
    text = f'resource "azurerm_role_definition" "r" {{\n{role}}}\n' + assignment_with(
        "  role_definition_id = azurerm_role_definition.r.role_definition_resource_id\n"
        f"  condition = \"!(ActionMatches{{'{blobs}/delete'}}) OR @Resource[a:b] StringEquals 'c'\""
    )
    contents = found_in(text, NAME)
    (holder,) = contents.assignments
    assert [holder.definition] == list(contents.roles)
    codes = {one.code for one in FileLinter(DEFAULTS).look(contents.conditions[0])}
    assert "ACT212" not in codes


# --- blocks for several things --------------------------------------------------------------

ENTRIES = """\
locals {
  list = [for one in values(local.entries) : one]
  entries = {
    reads = {
      role      = "Storage Blob Data Reader"
      principal = azuread_group.readers.object_id
      condition = "@Resource[a:b] StringEquals 'é'"
    }
    writes = {
      role      = "Storage Blob Data Contributor"
      principal = azuread_group.writers.object_id
      condition = "@Resource[a:b] StringEquals 'ö'"
    }
  }
}
"""
EACH = """\
resource "azurerm_role_assignment" "x" {{
  for_each             = {}
  scope                = var.scope
  role_definition_name = each.value.role
  principal_id         = each.value.principal
  description          = "for ${{each.key}}"
  condition            = {}
}}
"""
KEYED = "{ for one in local.list : basename(one.role) => one }"


@pytest.mark.parametrize(
    ("for_each", "keys"),
    [
        ("local.entries", ["reads", "writes"]),
        ("{ for key, one in local.entries : upper(key) => one }", ["READS", "WRITES"]),
        (KEYED, ["Storage Blob Data Reader", "Storage Blob Data Contributor"]),
    ],
)
def test_a_block_is_one_assignment_for_each_entry_of_a_map(for_each: str, keys: list[str]) -> None:
    text = ENTRIES + EACH.format(for_each, "each.value.condition")
    contents = found_in(text, NAME)
    holders = [one.holder for one in contents.conditions if one.holder is not None]
    assert [one.name.partition(",")[0] for one in holders] == [
        f'azurerm_role_assignment.x["{key}"]' for key in keys
    ]
    assert list(contents.assignments) == holders
    for one, character, role in zip(
        contents.conditions, "éö", ("Reader", "Contributor"), strict=True
    ):
        assert one.text == f"@Resource[a:b] StringEquals '{character}'"
        assert text[slice(*one.extent)] == one.text
        assert one.holder is not None
        assert one.holder.value(Fact.ROLE) == f"Storage Blob Data {role}"
    described_as = [one.value(Fact.DESCRIPTION) for one in holders]
    assert described_as == [f"for {key}" for key in keys]
    assert len({one.facts[Fact.PRINCIPAL].written for one in holders}) == len(keys)


def test_a_condition_is_changed_in_the_entry_that_has_it() -> None:
    text = ENTRIES.replace("local.entries) : one", "[])") + EACH.format(
        "{ for key, one in local.entries : key => one }", "each.value.condition"
    )
    (reads, _) = found_in(text, NAME).conditions
    (edit,) = reads.edits_in_file([Edit(Span(0, 1), '"')])
    assert apply_edits(text, [edit]) == text.replace("@Resource", '\\"Resource', 1)


@pytest.mark.parametrize(
    ("for_each", "condition", "count"),
    [
        ("var.entries", "each.value.condition", 3),  # and each entry, without its role
        ("merge(local.entries, {})", "each.value.condition", 3),
        ("local.entries", "each.value.missing", 3),
        ("local.entries", "\"@Resource[a:b] StringEquals '${each.key}'\"", 3),
        ("toset([var.a])", "each.value", 3),
        ('toset(["@Resource[a:b]", "b"])', "each.key", 4),
        ("{ for i, one in local.list : i => one if true }", "each.value.condition", 3),
        ('{ for i, one in local.list : "x" => one }', "each.value.condition", 3),
        ("{}", "each.value.condition", 3),
        (f"{{ {', '.join(f'a{n} = 1' for n in range(201))} }}", "each.key", 3),
    ],
)
def test_a_block_is_read_once_where_its_entries_are_not_told(
    for_each: str, condition: str, count: int
) -> None:
    contents = found_in(ENTRIES + EACH.format(for_each, condition), NAME)
    assert len(contents.conditions) == count
    assert len([one for one in contents.assignments if "x" in one.name]) == count - 2
