"""Measure one thing in a process of its own."""

import dataclasses
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import psutil

from bench.search.corpus import Paper, papers
from bench.search.product import Arrays
from bench.search.questions import Question, questions
from bench.search.rivals import Tantivy

Figures = dict[str, float]
ENGINES = {kind.name: kind for kind in (Tantivy, Arrays)}
ASKED_FROM = 4000
TIMES = 7
MEBIBYTE = 1 << 20
MEAN_PAGES = {10_000: 6.0}
FEWER_PAGES = 2.1


def step(name: str, data: str, size: str, folder: str) -> Figures:
    """Do one step and return its figures."""
    return STEPS[name](Path(data), int(size), Path(folder))


def _papers(data: Path, size: int) -> Iterator[Paper]:
    return papers(data, size, MEAN_PAGES.get(size, FEWER_PAGES if size > 10_000 else 6.0))


def _questions(data: Path, size: int) -> list[Question]:
    return questions(list(islice(_papers(data, size), ASKED_FROM)))


class _Timed:
    """Hand papers on and leave out the time in which they are made up."""

    def __init__(self, source: Iterable[Paper]) -> None:
        self._source = iter(source)
        self.resting = 0.0
        self.count = 0

    def __iter__(self) -> "_Timed":
        return self

    def __next__(self) -> Paper:
        start = time.process_time()
        try:
            return next(self._source)
        finally:
            self.resting += time.process_time() - start
            self.count += 1


def _build(name: str) -> Callable[[Path, int, Path], Figures]:
    def build(data: Path, size: int, folder: Path) -> Figures:
        engine = ENGINES[name](folder / name)
        source = _Timed(_papers(data, size))
        start = time.process_time()
        engine.build(source)
        took = time.process_time() - start - source.resting
        files = [file for file in (folder / name).rglob("*") if file.is_file()]
        return {
            "papers a second": size / took,
            "megabytes": sum(file.stat().st_size for file in files) / 1e6,
        }

    return build


def _latencies(data: Path, size: int, folder: Path) -> Figures:
    """Ask both engines every question in turn; the best of some times is what it costs."""
    engines = {name: kind(folder / name) for name, kind in ENGINES.items()}
    for engine in engines.values():
        engine.open()
    times: dict[str, list[float]] = defaultdict(list)
    different = 0
    for question in _questions(data, size):
        totals = set()
        for name, engine in engines.items():
            taken = [_time(partial(engine.ask, question)) for _ in range(TIMES)]
            times[f"{name} first"].append(taken[0])
            times[name].append(min(taken))
            times[f"{name} {question.kind}"].append(min(taken))
            totals.add(engine.ask(question)[0])
        different += len(totals) > 1
    figures = {f"{name} p50": _share(taken, 0.5) for name, taken in times.items()}
    figures |= {f"{name} p95": _share(taken, 0.95) for name, taken in times.items()}
    return figures | {"different totals": different}


def _memory(data: Path, size: int, folder: Path) -> Figures:
    """Ask every question in a process that does nothing else."""
    asked = _questions(data, size)
    before = psutil.Process().memory_info().rss
    engine = Arrays(folder / Arrays.name)
    engine.open()
    for question in asked:
        engine.ask(question)
    after = psutil.Process().memory_info().rss
    return {"megabytes": after / MEBIBYTE, "without index": before / MEBIBYTE}


def _adding(data: Path, _: int, folder: Path) -> Figures:
    """Add papers of twenty pages, each until it is found."""
    source = (paper for paper in papers(data, 3000, 6.0) if len(paper.pages) == 20)
    figures = {}
    for name, kind in ENGINES.items():
        engine = kind(folder / name)
        engine.open()
        taken = []
        for at, paper in enumerate(islice(source, 5)):
            new = dataclasses.replace(paper, id=f"new{at}", number=f"{9000 + at}-ZZ/TU")
            taken.append(_time(partial(_added, engine, new)))
        figures[name] = sorted(taken)[len(taken) // 2]
    return figures


def _added(engine: Tantivy | Arrays, paper: Paper) -> None:
    engine.add(paper)
    if paper.id not in engine.ask(Question("number", (paper.number,)))[1]:
        raise AssertionError


def _time(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def _share(values: Iterable[float], share: float) -> float:
    line = sorted(values)
    return line[min(len(line) - 1, int(len(line) * share))]


STEPS: dict[str, Callable[[Path, int, Path], Figures]] = {
    "tantivy": _build("tantivy"),
    "arrays": _build("arrays"),
    "latencies": _latencies,
    "memory": _memory,
    "adding": _adding,
}
