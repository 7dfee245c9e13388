"""Charts of the figures, as SVG for the web and PNG for a look."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.growth import Curves
from benchmarks.peers.results import PeerRow, PeerTable

_OURS, _PEER, _FLOOR = "#0b5cad", "#8a8f98", "#c9a227"
_LINES = ("#0b5cad", "#c8553d", "#3a7d44", "#7a5195", "#a07a00")
_STYLE = {
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.size": 10,
    "figure.dpi": 110,
    "svg.fonttype": "none",
    "svg.hashsalt": "azcond",
}


def draw(tables: Sequence[PeerTable], curves: Sequence[Curves], folder: Path) -> None:
    """Write a chart for each table and each set of curves.

    Raises `ModuleNotFoundError` when there is no plotting library.
    """
    matplotlib: Any = import_module("matplotlib")  # untyped here: it may be absent
    matplotlib.use("Agg")
    pyplot: Any = import_module("matplotlib.pyplot")
    with pyplot.rc_context(_STYLE):
        for table in tables:
            name = table.title.lower().replace(" ", "-")
            _save(pyplot, _peers(pyplot, table), folder / f"peers-{name}")
        for one in curves:
            _save(pyplot, _growth(pyplot, one), folder / f"growth-{one.size}")


def _save(pyplot: Any, figure: Any, path: Path) -> None:
    figure.savefig(path.with_suffix(".svg"), bbox_inches="tight", metadata={"Date": None})
    figure.savefig(path.with_suffix(".png"), bbox_inches="tight")
    pyplot.close(figure)


def _peers(pyplot: Any, table: PeerTable) -> Any:
    """Two bars for each engine: everything prepared, and from the caller's plain dict."""
    rows = sorted(
        (row for row in table.rows if row.ready and row.plain),
        key=lambda row: row.ready.best if row.ready else 0,
        reverse=True,
    )
    figure, axes = pyplot.subplots(figsize=(8, 0.5 * len(rows) + 1.4))
    for at, row in enumerate(rows):
        assert row.ready
        assert row.plain
        for shift, seconds, alpha in ((0.2, row.ready.best, 1), (-0.2, row.plain.best, 0.45)):
            axes.barh(at + shift, seconds * 1e6, height=0.38, color=_colour(row), alpha=alpha)
            axes.text(seconds * 1.08e6, at + shift, _micro(seconds), va="center", fontsize=8)
    axes.set_yticks(range(len(rows)), [row.name for row in rows])
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda micro, _: f"{micro:,g}")
    _, right = axes.get_xlim()
    axes.set_xlim(right=right * 3)
    axes.set_xlabel("µs for one decision, log scale; dark: all prepared, light: from a plain dict")
    axes.set_title(f"One decision: {table.title}", loc="left")
    return figure


def _colour(row: PeerRow) -> str:
    if row.name == "azcond":
        return _OURS
    return _FLOOR if row.is_floor else _PEER


def _micro(seconds: float) -> str:
    micro = seconds * 1e6
    return f"{micro:.2f}" if micro < 10 else f"{micro:,.0f}"  # noqa: PLR2004  # two digits tell


def _duration(seconds: float) -> str:
    for size, unit in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= size * 0.999:  # powers of ten come a little below themselves
            return f"{seconds / size:,.0f} {unit}"
    return f"{seconds * 1e9:.0f} ns"


def _growth(pyplot: Any, one: Curves) -> Any:
    """Time by size, both log, each line with its slope."""
    figure, axes = pyplot.subplots(figsize=(7, 4.4))
    for colour, line in zip(_LINES, one.lines, strict=False):
        sizes, seconds = zip(*line.points, strict=True)
        label = f"{line.name} (slope {line.slope:.2f})"
        axes.plot(sizes, seconds, marker="o", markersize=4, color=colour, label=label)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.xaxis.set_major_formatter(lambda size, _: f"{size:,g}")
    axes.yaxis.set_major_formatter(lambda seconds, _: _duration(seconds))
    axes.set_xlabel(f"{one.size}, log scale")
    axes.set_ylabel("time, log scale")
    axes.grid(visible=True, which="major", alpha=0.25)
    axes.set_title(one.title, loc="left")
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=9)
    return figure
