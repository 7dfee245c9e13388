"""What the tests of all containers share: contents as text, and what holds of any contents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from azcond.containers import Contents, EmbeddedCondition, Fact, Holder, find_conditions
from azcond.containers.rewriting import apply_edits, rewrite
from azcond.source import Source, Span
from conftest import FIXTURES

FOLDER = FIXTURES / "containers"


def files_of(*hosts: str) -> list[Path]:
    """The fixtures of some languages."""
    found = [path for host in hosts for path in sorted((FOLDER / host).iterdir())]
    return [path for path in found if path.suffix != ".found"]


def read(path: Path) -> str:
    """The text of a fixture, with the line breaks that it has."""
    return path.read_bytes().decode("utf-8")


def contents_of(path: Path) -> Contents:
    return find_conditions(read(path), path.name)


def conditions_of(path: Path) -> tuple[EmbeddedCondition, ...]:
    return contents_of(path).conditions


def described(text: str, contents: Contents) -> str:
    """Everything that contents say, with lines and columns."""
    file = Source(text)
    lines: list[str] = []
    for condition in contents.conditions:
        lines += _condition(file, condition)
    with_condition = [one.holder for one in contents.conditions]
    for holder in contents.assignments:
        if not any(holder is one for one in with_condition):
            lines += [f"{_at(file, holder.place(None))} without a condition, {_named(holder)}"]
            lines += _facts(file, holder)
    for comment in contents.comments:
        covers = f"{_at(file, comment.covers)} to {_end(file, comment.covers)}"
        lines += [f"{_at(file, comment.span)} comment, covers {covers}", f"  {comment.text!r}"]
    for problem in contents.unread:
        lines += [f"{_at(file, Span(problem.offset, problem.offset))} unread"]
        lines += [f"  {problem.message}"]
    return "".join(f"{line}\n" for line in lines) or "nothing\n"


def _condition(file: Source, condition: EmbeddedCondition) -> Iterator[str]:
    place = condition.span_in_file(Span(0, len(condition.text)))
    holder = condition.holder
    yield f"{_at(file, place)} to {_end(file, place)} {_named(holder) if holder else 'no name'}"
    yield f"  {condition.text!r}"
    if condition.earlier is not None:
        yield f"  was {condition.earlier!r}"
    for hole in condition.holes:
        place = condition.span_in_file(hole.span)
        yield f"  hole {_at(file, place)} to {_end(file, place)} {hole.expression}"
    if holder is not None:
        yield from _facts(file, holder)


def _named(holder: Holder) -> str:
    return f"{'PIM ' if holder.is_pim else ''}{holder.kind} {holder.title}"


def _facts(file: Source, holder: Holder) -> Iterator[str]:
    for fact in Fact:
        if fact in holder.facts:
            value, written = holder.facts[fact]
            at = _at(file, holder.place(fact))
            shown = f"not known: {written}" if value is None else repr(value)
            yield f"  {at} {fact}: {shown}"


def _at(file: Source, place: Span | None) -> str:
    return "nowhere" if place is None else ":".join(map(str, file.line_column(place.start)))


def _end(file: Source, place: Span) -> str:
    return ":".join(map(str, file.line_column(place.end)))


def assert_is_unread(text: str, name: str, place: tuple[int, int], message: str) -> None:
    """There is no condition, and what is said last begins so and stands at that line and column."""
    contents = find_conditions(text, name)
    assert contents.conditions == ()
    problem = contents.unread[-1]
    assert problem.message.startswith(message)
    assert Source(text).line_column(problem.offset) == place


def assert_can_be_rewritten(text: str, name: str) -> None:
    """Each condition that is known can be put in brackets, and nothing else changes."""

    def read_again(changed: str) -> Contents:
        return find_conditions(changed, name)

    contents = read_again(text)
    for number, condition in enumerate(contents.conditions):
        if condition.holes or any(part.quoting is None for part in condition.parts):
            continue
        new = f"('\\\"\t${{é🚀') OR {condition.text} AND 'it''s `$x %{{`'"
        changed, which = rewrite(text, {number: new}, read_again)
        assert which == {number}
        start, end = condition.span_in_file(Span(0, len(condition.text)))
        assert changed.startswith(text[:start])
        assert changed.endswith(text[end:])
        back, which = rewrite(changed, {number: condition.text}, read_again)
        assert which == {number}  # perhaps with other escapes
        assert (back[:start], back[-len(text) + end :]) == (text[:start], text[-len(text) + end :])


def assert_settings_hold(text: str, name: str) -> None:
    """A fact that is set is what is then read, and nothing else changes."""
    for number, holder in enumerate(find_conditions(text, name).assignments):
        for fact in Fact:
            edit = holder.setting(fact, "a \"new\" 'one'")
            if edit is not None:
                after = find_conditions(apply_edits(text, [edit]), name)
                assert after.assignments[number].value(fact) == "a \"new\" 'one'"
                assert len(after.unread) == len(find_conditions(text, name).unread)


def assert_parts_are_whole(text: str, contents: Contents) -> None:
    """Parts follow each other without a gap; what is verbatim stands in the file as it is."""
    for condition in contents.conditions:
        at = 0
        for part in condition.parts:
            assert part.start == at <= part.end
            at = part.end
            assert 0 <= part.place.start <= part.place.end <= len(text)
            if part.verbatim:
                assert text[slice(*part.place)] == condition.text[part.start : part.end]
        assert at == len(condition.text)
