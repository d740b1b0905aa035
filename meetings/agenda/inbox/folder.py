"""The watched folder: each folder in it is a meeting's; what is kept is removed from it."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG
from typing import IO

from meetings.agenda.inbox.arrivals import Arrival, Source, Unreachable

ASIDE = "khong-nhan"
"""The folder beside refused files, where their sender finds them again."""
CALM_SECONDS = 5  # a file that changed less long ago may still be written
CODE = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}(?![0-9a-f-])", re.IGNORECASE)


class WatchedFolder:
    """A folder that others write into."""

    source = Source.FOLDER

    def __init__(self, root: Path, *, calm: float = CALM_SECONDS) -> None:
        self._root, self._calm = root, calm

    def arrivals(self) -> Iterator[Arrival]:
        """Yield the files that lie in the folders of meetings, the oldest name first."""
        try:
            places = sorted(place for place in self._root.iterdir() if place.is_dir())
        except OSError as error:
            raise Unreachable from error
        for place in places:
            if code := code_in(place.name):
                yield from self._of_meeting(place, code)

    def _of_meeting(self, place: Path, code: str) -> Iterator[Arrival]:
        before = time.time() - self._calm
        for path in sorted(place.rglob("*")):
            way = path.relative_to(place)
            if any(part.startswith(".") or part == ASIDE for part in way.parts):
                continue
            try:
                facts = path.lstat()
            except OSError:
                continue
            if S_ISREG(facts.st_mode) and facts.st_mtime <= before:
                yield _arrival(path, place, code, facts)


def _arrival(path: Path, place: Path, code: str, facts: os.stat_result) -> Arrival:
    way = path.relative_to(place).parent
    return Arrival(
        key=f"{path}:{facts.st_mtime_ns}:{facts.st_size}",
        name=path.name,
        folder="" if way == Path() else way.as_posix(),
        code=code,
        size=facts.st_size,
        open=lambda: _opened(path),
        settle=lambda kept: _settled(path, place, kept=kept),
    )


def code_in(text: str) -> str | None:
    """Return the code of a meeting in the name of a folder or the subject of a mail."""
    found = CODE.search(text)
    return found[0].lower() if found else None


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file itself, never what a link leads to."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        yield file


def _settled(path: Path, place: Path, *, kept: bool) -> None:
    if kept:
        path.unlink(missing_ok=True)
        return
    aside = place / ASIDE
    aside.mkdir(exist_ok=True)
    path.rename(_free(aside / path.name))


def _free(path: Path) -> Path:
    """Return a name that no file has yet; an earlier refused one stays."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem} ({number})")
    return free
