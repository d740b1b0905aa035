"""Turn figures into lines, each beside its goal."""

from collections.abc import Iterator, Mapping

from bench.search.questions import CLASSES

Row = tuple[str, str, str]
All = Mapping[int, Mapping[str, Mapping[str, float]]]


def rows(size: int, figures: All) -> Iterator[Row]:
    """Yield the lines of one size."""
    own = figures[size]
    built, yard = own["arrays"], own["tantivy"]
    took = own["latencies"]
    yield f"search: {size:,} papers, index", f"{built['megabytes']:.0f} MB", ""
    yield _ratio("  to Tantivy's", built, yard, "megabytes", "<= 2.5")
    yield "  papers a second, built", f"{built['papers a second']:.0f}", ""
    yield _ratio("  to Tantivy's", built, yard, "papers a second", ">= 0.5")
    for share in ("p50", "p95"):
        ours, theirs = took[f"arrays {share}"], took[f"tantivy {share}"]
        yield f"  {share} of 200 questions, exact totals", f"{ours:.2f} ms", ""
        yield f"    to Tantivy's {theirs:.2f} ms", f"{ours / theirs:.2f}", "<= 1.0"
        first, other = took[f"arrays first {share}"], took[f"tantivy first {share}"]
        yield "    asked for the first time", f"{first:.2f} / {other:.2f} ms", ""
    for kind in CLASSES:
        values = [took[f"{name} {kind} p50"] for name in ("arrays", "tantivy")]
        yield f"    {kind}", " / ".join(f"{value:.2f}" for value in values) + " ms", ""
    yield "  questions with another total", f"{took['different totals']:.0f}", "0"
    memory = own["memory"]
    yield "  memory of a process that searches", f"{memory['megabytes']:.0f} MB", "<= 600"
    adding = own["adding"]
    said = f"{adding['arrays']:.0f} / {adding['tantivy']:.0f} ms"
    yield "  adding 20 pages until found", said, "<= 60"
    small = min(figures)
    if small < size:
        growth = took["arrays p50"] / figures[small]["latencies"]["arrays p50"]
        yield f"  p50 to that of {small:,} papers", f"{growth:.1f}", "<= 4"


def _ratio(
    name: str, ours: Mapping[str, float], theirs: Mapping[str, float], what: str, goal: str
) -> Row:
    return name, f"{ours[what] / theirs[what]:.2f}", goal
