"""Conditions that a file tells only in part: what is said of them, mended and laid out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azcond import Diagnostic, Severity, format, lint, minify  # noqa: A004  # names of the library
from azcond.access.known import BUILT_IN
from azcond.containers import EmbeddedCondition, Hole, Host
from azcond.linter.engine import find_unread
from azcond.linter.holes.defaults import look_with_defaults
from azcond.linter.holes.filled import Filled
from azcond.linter.holes.laying_out import lay_out_partly
from azcond.linter.holes.looking import look_partly
from azcond.linter.holes.mending import fix_partly
from azcond.linter.rules import all_rules
from azcond.linter.selection import Selection
from azcond.source import Span
from partly_known import Case, filled_with, punctured, with_holes

C = "Microsoft.Storage/storageAccounts/blobServices/containers"
RA = "Microsoft.Authorization/roleAssignments"
NAME = f"@Resource[{C}:name]"
READ = f"!(ActionMatches{{'{C}/blobs/read'}} AND NOT SubOperationMatches{{'Blob.List'}})"
TAGS = f"!(ActionMatches{{'{C}/blobs/tags/read'}})"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
ADMIN = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
IDS = '${join(", ", var.role_ids)}'


def delegation(roles: str, relation: str = "ForAnyOfAnyValues:GuidEquals", more: str = "") -> str:
    clauses = [
        f"((!(ActionMatches{{'{RA}/{verb}'}})) OR (@{source}[{RA}:RoleDefinitionId] {relation} "
        f"{{{roles}}}{more}))"
        for verb, source in (("write", "Request"), ("delete", "Resource"))
    ]
    return " AND ".join(clauses)


WRITE, DELETE = delegation(IDS).split(" AND ")


def codes(text: str, *, info: bool = False) -> list[str]:
    """The codes of what is found beside the holes themselves."""
    return [
        one.code
        for one in look_partly(with_holes(text), lint)
        if one.code != "IAC701" and (info or one.severity is not Severity.INFO)
    ]


@pytest.mark.parametrize(
    "text",
    [
        delegation(IDS),
        delegation("${local.first}, ${local.second}"),
        delegation("'${var.role_id}'"),
        delegation("${var.role_id}, " + READER),
        delegation(IDS, "ForAnyOfAnyValues:GuidNotEquals"),
        delegation(IDS, "ForAnyOfAllValues:GuidNotEquals"),
        delegation(f'{OWNER}, ${{join(", ", var.more)}}', "ForAnyOfAllValues:GuidNotEquals"),
        delegation(OWNER, "ForAnyOfAnyValues:GuidNotEquals", " AND ${local.principals}")
        .replace(OWNER, f"{OWNER}, {ADMIN}, f58310d9-a9f6-439a-9e8d-f62e7b41a168")
        .replace("AnyOfAny", "AnyOfAll"),
        f"{WRITE} AND ${{local.delete_clause}}",
        f"{WRITE} AND (${{local.delete_clause}})",
        f"{WRITE} ${{local.more}}",
        f"${{local.guard}} {DELETE} AND ${{local.write}}",
        f"{READ} OR {NAME} StringEquals '${{var.container}}'",
        f"{READ} OR {NAME} StringEquals ${{local.quoted}}",
        f"{READ} OR {NAME} StringLike 'logs-${{var.stage}}-*'",
        f"{READ} OR {NAME} ForAnyOfAnyValues:StringEquals {{'${{join(\"', '\", var.names)}}'}}",
        f"{READ} OR {NAME} ForAnyOfAnyValues:StringEquals ${{local.set}}",
        f"{READ} OR {NAME} ${{var.operator}} 'logs'",
        f"{TAGS} OR @Resource[{C}/blobs:path] StringStartsWith '${{var.team}}'",
        f"{READ} OR @Environment[UtcNow] DateTimeLessThan '${{var.day}}T00:00:00Z'",
        f"{READ} OR @Environment[isPrivateLink] BoolEquals ${{var.private}}",
        f"{READ} OR ${{local.expression}}",
        "!(ActionMatches{'${var.action}'}) OR " + f"{NAME} StringEquals 'logs'",
        f"!(ActionMatches{{'{C}/blobs/${{var.verb}}'}}) OR {NAME} StringEquals 'logs'",
        f"(${{var.guard}}) OR ({NAME} StringEquals 'logs')",
        f"{READ} OR {NAME} StringNotEquals 'logs' OR {NAME} StringNotEquals '${{var.other}}'",
        f"{READ} OR ({NAME} StringEquals 'logs' AND {NAME} StringEquals '${{var.same}}')",
        "${var.condition}",
        "(${var.condition})",
    ],
)
def test_what_a_hole_may_be_is_no_finding(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WRITE, ["ACT209"]),
        (f"{WRITE} AND ({READ} OR ${{x}})", ["ACT209"]),
        (f"{DELETE.replace('@Resource', '@Request')} AND {WRITE}", ["TYP102"]),
        (f"${{local.write}} AND {DELETE.replace('@Resource', '@Request')}", ["TYP102"]),
        (f"{delegation(f'{OWNER}, {IDS}')}", ["SEC302"]),
        (f"{delegation(f'{IDS}, {OWNER}')}", ["SEC302"]),
        (delegation(f"{OWNER}, {ADMIN}, {IDS}", "ForAnyOfAnyValues:GuidNotEquals"), ["SEC301"] * 2),
        (f"{READ} OR {NAME} StringEqual '${{var.container}}'", ["SYN003"]),
        (f"{READ} OR ({NAME} StringEquals '${{var.container}}'", ["SYN002"]),
        (f"{READ} OR {NAME} StringEquals '${{var.team}}/*'", ["COR411", "TYP112"]),
        (f"{READ} OR {NAME} StringEquals {{'logs', '${{var.name}}'}}", ["TYP108"]),
        (f"{NAME} StringEquals '${{var.container}}'", ["ACT214"]),
        (
            f"{READ} OR @Request[{RA}:RoleDefinitionId] StringEquals '${{var.role}}'",
            ["ACT210", "TYP103"],
        ),
        (
            f"{READ} OR {NAME} ForAnyOfAnyValues:StringEquals {{'logs', 'logs', '${{x}}'}}",
            ["COR404"],
        ),
        (f"{TAGS} OR @Resource[{C}/blobs:pat] StringStartsWith '${{var.team}}/'", ["TYP101"]),
        (
            f"{READ} OR {NAME} StringEquals '${{x}}' AND @Resource[{C}/blobs:path] StringLike 'a'",
            ["SYN010", "ACT206"],
        ),
    ],
)
def test_what_no_hole_can_mend_is_found(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_each_hole_is_named_at_its_place() -> None:
    text = delegation(IDS)
    found = look_partly(with_holes(text), lint)
    named = [one for one in found if one.code == "IAC701"]
    assert [text[one.span.start : one.span.end] for one in named] == [IDS, IDS]
    assert {one.severity for one in named} == {Severity.INFO}
    assert named[0].message.startswith('`join(", ", var.role_ids)` is known only where')


@pytest.mark.parametrize(
    "text", ["${var.condition}", "((${a}))", f"({NAME} StringEquals ${{a}} AND (${{b}})", "${a}b c"]
)
def test_what_nobody_can_check_says_so(text: str) -> None:
    found = look_partly(with_holes(text), lint)
    assert {one.code for one in found} == {"IAC701"}
    assert all("nobody can check" in one.message for one in found)


def test_places_are_those_of_the_text_as_it_is_written() -> None:
    text = (
        f"{READ}\nOR ({NAME} StringEquals '${{format(\"%s\", 'x')}}'\n  OR {NAME} StringEqual 'b')"
    )
    (found,) = [one for one in look_partly(with_holes(text), lint) if one.code == "SYN003"]
    assert text[found.span.start : found.span.end] == "StringEqual"
    assert (found.line, found.column) == (3, text.rpartition("\n")[2].index("StringEqual") + 1)
    assert found.fix is not None
    assert [edit.span for edit in found.fix.edits] == [found.span]


def test_a_condition_that_is_too_long_without_its_holes_is_reported() -> None:
    names = ", ".join(f"'name-{number}'" for number in range(900))
    text = f"{READ} OR {NAME} ForAnyOfAnyValues:StringEquals {{'${{x}}', {names}}}"
    (found,) = [one for one in look_partly(with_holes(text), lint) if one.code == "LIM601"]
    assert found.message.endswith("what is not known aside")
    assert found.span.end == len(text)


CONDITIONS = [
    (text.strip(), rule.role)
    for rule in all_rules()
    for text in (rule.bad, rule.good)
    if rule.example_file is None and not find_unread(text)
]
SAID_ONCE = {"SEC302", "LIM601", "LIM604", "LIM608"}
BY_MEANING = {"COR401", "COR402", "COR403", "COR405", "COR409", "COR410", "COR416", "STY507"}
SILENCED_BY = {
    code: {rule.code for rule in all_rules() if code in rule.silences}
    for code in (rule.code for rule in all_rules())
}


@pytest.mark.parametrize("seed", range(30))
def test_findings_are_those_of_every_text_that_the_holes_may_be(seed: int) -> None:
    rng = Random(seed)
    for text, role in rng.sample(CONDITIONS, 10):
        known = BUILT_IN.find(role) if role is not None else None
        look = partial(lint, role=known)
        case = punctured(rng, text, rng.choice((1, 1, 2)))
        claimed = [one for one in look_partly(case.condition, look) if one.code != "IAC701"]
        for truth in case.truths:
            filled = filled_with(case.condition, truth)
            found = look(filled.text)
            if not find_unread(filled.text) and not _is_wrong_by_itself(case, filled, found):
                missing = [one for one in claimed if not _is_found(one, filled, found)]
                assert missing == [], (case.condition.text, filled.text)


def _is_wrong_by_itself(case: Case, filled: Filled, found: list[Diagnostic]) -> bool:
    """Whether what stands for a hole is an error, after which rules see other things."""
    for one in found:
        place = filled.place_of(one.span)
        if one.severity is Severity.ERROR and (place is None or _has_hole(case.condition, place)):
            return True
    return False


def _has_hole(condition: EmbeddedCondition, place: Span) -> bool:
    return any(h.span.start < place.end and place.start < h.span.end for h in condition.holes)


def _is_found(one: Diagnostic, filled: Filled, found: list[Diagnostic]) -> bool:
    """Whether a finding is there, or one that says the same better."""
    codes = {other.code for other in found}
    if one.code in SAID_ONCE:
        return one.code in codes
    if codes & SILENCED_BY[one.code] or (one.code in BY_MEANING and codes & BY_MEANING):
        return True
    return (one.code, one.span) in {(o.code, filled.place_of(o.span)) for o in found}


def test_most_findings_apart_from_the_hole_stay() -> None:
    rng, stay, lost = Random(5), 0, 0
    for text, role in rng.choices(CONDITIONS, k=120):
        look = partial(lint, role=BUILT_IN.find(role) if role is not None else None)
        case = punctured(rng, text, 1)
        claimed = {(one.code, one.span) for one in look_partly(case.condition, look)}
        always: set[tuple[str, Span]] | None = None
        for truth in case.truths:
            filled = filled_with(case.condition, truth)
            if find_unread(filled.text):
                continue
            places = {(one.code, filled.place_of(one.span)) for one in look(filled.text)}
            apart = {(c, p) for c, p in places if p and not _has_hole(case.condition, p)}
            always = apart if always is None else always & apart
        plain = {one for one in always or () if not one[0].startswith("STY")}
        stay, lost = stay + len(plain & claimed), lost + len(plain - claimed)
    assert stay > 5 * lost


def test_fixes_that_touch_no_hole_are_applied() -> None:
    text = f"  {READ} or {NAME} StringEqual '${{var.container}}'\r\n"
    unsafe = Selection()
    fixed = fix_partly(with_holes(text), lint, unsafe, unsafe=True)
    assert fixed.text == text.replace("StringEqual ", "StringEquals ")
    assert fixed.count == 1
    assert fix_partly(with_holes(text), lint, unsafe).text == text


def test_a_safe_fix_is_proven_for_every_filling() -> None:
    text = f"{READ} OR {NAME} ForAnyOfAnyValues:StringEquals {{'logs', 'logs', '${{x}}', '${{x}}'}}"
    fixed = fix_partly(with_holes(text), lint, Selection())
    assert fixed.text == text.replace("'logs', 'logs'", "'logs'")
    mixed = f"{READ} OR {NAME} StringEquals ${{x}} AND {NAME} StringEquals 'logs'"
    grouped = fix_partly(with_holes(mixed), lint, Selection()).text
    assert grouped == mixed.replace("OR ", "OR (") + ")"


LAID_OUT = """\
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 )
 OR
 (
  @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {
   ${join(", ", var.role_ids)}, acdd72a7-3385-48ef-bd42-f606fba81ae7
  }
 )
)
AND
(${local.delete})
AND
(
 @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringLike 'a-${var.b}*'
 OR
 ${var.attribute} StringEquals ${var.value}
)"""


def test_holes_stay_as_they_are_in_another_layout() -> None:
    text = (
        f"{WRITE.replace(IDS, f'{IDS},{READER.upper()}')} && (${{local.delete}}) &&"
        f" ({NAME} stringlike 'a-${{var.b}}*' || ${{var.attribute}} StringEquals ${{var.value}})"
    )
    assert lay_out_partly(with_holes(text), format) == LAID_OUT
    assert lay_out_partly(with_holes(LAID_OUT), format) == LAID_OUT
    short = lay_out_partly(with_holes(LAID_OUT), minify)
    assert short is not None
    assert "\n" not in short
    assert lay_out_partly(with_holes(short), format) == LAID_OUT


@pytest.mark.parametrize(
    "text",
    [
        f"{NAME} ${{var.operator}} 'logs'",
        f"{READ} OR ${{b}}",  # b may be an OR, or an AND, which the layout would put apart
        f"{NAME} StringEquals 'a' ${{rest}}",
        f"${{guard}} ({NAME} StringEquals 'a')",
        f"{NAME} StringEqual '${{a}}'",
        "${a}b",
    ],
)
def test_no_layout_where_a_hole_may_be_more_than_a_value(text: str) -> None:
    assert lay_out_partly(with_holes(text), format) is None


@given(st.text(alphabet="@[]{}()'$:,!& \nANDORab1-", max_size=40), st.data())
@settings(max_examples=150, deadline=None)
def test_any_text_with_any_holes_is_taken(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = [Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    holes = tuple(Hole(span, "var.x") for span in spans)
    whole = with_holes(text)
    condition = EmbeddedCondition(text, None, Host.TERRAFORM, whole.find_parts, holes)
    for one in look_partly(condition, lint):
        assert 0 <= one.span.start <= one.span.end <= len(text)
        assert "azcond" not in f"{one.message}{one.help}"
    fix_partly(condition, lint, Selection(), unsafe=True)
    laid_out = lay_out_partly(condition, format)
    assert laid_out is None or all(text[s.start : s.end] in laid_out for s in spans)


# --- defaults -------------------------------------------------------------------------------


def with_defaults(text: str, **defaults: str) -> list[Diagnostic]:
    """What is found with defaults for some expressions, by their last words."""
    condition = with_holes(text)
    holes = [
        hole._replace(default=default)
        for hole in condition.holes
        for default in [defaults.get(hole.expression.rpartition(".")[2].strip(")"))]
    ]
    condition = replace(condition, holes=tuple(holes))
    found = look_partly(condition, lint)
    every = look_with_defaults(condition, found, lint, BUILT_IN)
    assert every == sorted(every, key=lambda one: (one.span, one.code))
    assert all(one in every for one in found)
    return [one for one in every if one not in found]


def test_what_a_default_brings_about_is_found_where_it_is_used() -> None:
    text = delegation(IDS, "ForAnyOfAnyValues:GuidNotEquals")
    found = with_defaults(text, role_ids=f"{OWNER}, {ADMIN}")
    assert [one.code for one in found] == ["SEC301", "SEC301"]
    for one in found:
        assert text[slice(*one.span)] == IDS
        assert one.message.endswith(f", with the default in `{IDS[2:-1]}`")
        assert one.fix is None


def test_other_holes_stay_unknown() -> None:
    text = delegation("${var.one}, ${var.two}", "ForAnyOfAnyValues:GuidNotEquals")
    (found, _) = with_defaults(text, one=f"{OWNER}, {ADMIN}")
    assert (found.code, text[slice(*found.span)]) == ("SEC301", "${var.one}")
    (found, _) = with_defaults(text, two=f"{OWNER}, {ADMIN}")
    assert (found.code, text[slice(*found.span)]) == ("SEC301", "${var.two}")


@pytest.mark.parametrize(
    ("text", "default"),
    [
        (delegation(IDS), READER),
        (delegation(IDS), "not a condition"),
        (delegation(OWNER, "ForAnyOfAnyValues:GuidNotEquals"), READER),
        (delegation(f"{OWNER}, {ADMIN}, ${{role_ids}}", "ForAnyOfAnyValues:GuidNotEquals"), READER),
        ("(${role_ids})", delegation(f"{OWNER}, {ADMIN}", "ForAnyOfAnyValues:GuidNotEquals")),
    ],
)
def test_a_default_is_not_blamed_for_what_it_does_not_bring_about(text: str, default: str) -> None:
    assert with_defaults(text, role_ids=default) == []


@pytest.mark.parametrize("seed", range(20))
def test_what_defaults_bring_about_is_in_what_they_make(seed: int) -> None:
    rng = Random(seed)
    for text, _ in rng.sample(CONDITIONS, 5):
        case = punctured(rng, text, 3)
        for truth in (*case.truths, ["')", "{", "''"]):
            given = [rng.choice((one, one, None)) for one in truth[: len(case.condition.holes)]]
            pairs = zip(case.condition.holes, given, strict=True)
            holes = tuple([hole._replace(default=one or None) for hole, one in pairs])
            condition = replace(case.condition, holes=holes)
            found = look_partly(condition, lint)
            every = look_with_defaults(condition, found, lint, BUILT_IN)
            more = [one for one in every if one not in found]
            assert all(
                any(one.span == hole.span and hole.default for hole in holes) for one in more
            )
            if all(hole.default for hole in holes):
                made = lint(filled_with(condition, [hole.default or "" for hole in holes]).text)
                assert {one.code for one in more} <= {one.code for one in made}
