"""Working on files in several processes."""

from __future__ import annotations

import signal
from argparse import Namespace
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from azcond.cli.configurations import Configurations
from azcond.cli.file_work import FileOutcome, FileWork
from azcond.containers.files import InputError

_MOST_AT_ONCE = 32
"""How many files a process takes at a time: few enough that all end at about the same time."""

_own: list[FileWork] = []
"""The work of this process."""


def work_in_parallel(
    names: Sequence[str | InputError], options: Namespace, jobs: int
) -> Iterator[FileOutcome]:
    """What came of each file, in the order of the names. Raises what `FileWork.take` raises."""
    size = max(1, min(_MOST_AT_ONCE, len(names) // (4 * jobs)))
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(options,)) as pool:
        try:
            yield from pool.map(_take, names, chunksize=size)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _start(options: Namespace) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one ends it
    _own.append(FileWork(options, Configurations(options)))


def _take(name: str | InputError) -> FileOutcome:
    return _own[-1].take(name)
