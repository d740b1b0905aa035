"""Measure whole questions as the page asks them: `python -m bench.search.asking FOLDER [PAPERS]`.

FOLDER is as for `bench.search`. Three people ask an archive of that many papers with bodies,
circulations and meetings: one who sees everything, one who researches, one who is a member.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from sqlalchemy import select

from bench.search.archive import fill, opened
from bench.search.corpus import papers
from bench.search.questions import Question, questions
from meetings.archive import queries
from meetings.archive.kept.facets import Filters
from meetings.installation import Installation
from meetings.models import User
from search_index import parse

ASKED_FROM = 2000
MEAN_PAGES = 6.0
TIMES = 3
SHARES = (0.5, 0.95)


def main() -> None:
    """Fill an installation, ask, and print a line for each person."""
    if len(sys.argv) < 2 or not Path(sys.argv[1]).is_dir():
        sys.exit(__doc__)
    data, size = Path(sys.argv[1]), int((sys.argv[2:] or ["10000"])[0])
    asked = list(map(_typed, questions(list(islice(papers(data, size, MEAN_PAGES), ASKED_FROM)))))
    with tempfile.TemporaryDirectory() as folder:
        installation = opened(Path(folder))
        fill(installation, papers(data, size, MEAN_PAGES))
        measure(installation, asked)
        installation.close()


def measure(installation: Installation, asked: Sequence[str]) -> None:
    """Ask every question of the index and, as each person, of index and database together."""
    allowed = installation.index.versions()
    index = installation.index
    _print("index alone", asked, lambda text: index.search(parse(text), allowed=allowed))
    with installation.database.reading() as session:
        people = session.scalars(select(User)).all()
    for person in people:
        _print(f"page, {person.username}", asked, partial(_ask, installation, person))


def _ask(installation: Installation, person: User, text: str) -> object:
    with installation.database.reading() as session:
        return queries.search(
            session, installation, text, Filters(), by=person, page=1, unfinished=True
        )


def _print(name: str, asked: Sequence[str], ask: Callable[[str], object]) -> None:
    taken = sorted(min(_cost(ask, text) for _ in range(TIMES)) for text in asked)
    shares = [f"{taken[int(len(taken) * share)]:8.2f}" for share in SHARES]
    print(f"{name:<24} p50 {shares[0]} ms   p95 {shares[1]} ms", flush=True)


def _cost(ask: Callable[[str], object], text: str) -> float:
    """Return milliseconds of the processor: others may use the machine too."""
    start = time.process_time()
    ask(text)
    return (time.process_time() - start) * 1000


def _typed(question: Question) -> str:
    words = " ".join(question.words)
    return {"phrase": f'"{words}"', "prefix": f"{words}*"}.get(question.kind, words)


if __name__ == "__main__":
    main()
