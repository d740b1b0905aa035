"""Keep the pages of documents in a folder and find the documents again."""

import shutil
from contextlib import suppress
from errno import ENOTEMPTY
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import NamedTuple, Self

from search_index import manifest, writing
from search_index.engine import Engine
from search_index.entries import DocumentEntry
from search_index.errors import IndexDamaged
from search_index.manifest import Manifest
from search_index.reading import Snapshot, generation


class State(NamedTuple):
    """Hold what changes with each commit, and when another index takes the folder."""

    folder: int
    generation: int


class SearchIndex(Engine):
    """Search and change the index in a folder.

    One process changes it, any number of threads and processes search it and see each commit
    at their next search. The folder is a cache of the database: where IndexDamaged is raised,
    `start_over` and put everything again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opening = Lock()
        self._state, self._snapshot = self._read()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Return the index in a folder, a new one where there is no folder or it is empty."""
        if not folder.is_dir() or not any(folder.iterdir()):
            _place(_draft(folder), folder)
        return cls(folder)

    @classmethod
    def start_over(cls, folder: Path) -> Self:
        """Move a damaged index aside, in the place of the last one, and return a new one."""
        fresh = _draft(folder)
        if folder.is_dir():
            aside = _aside(folder)
            shutil.rmtree(aside, ignore_errors=True)
            folder.rename(aside)
        _place(fresh, folder)
        return cls(folder)

    def put(self, *entries: DocumentEntry) -> None:
        """Put documents, each in the place of its earlier versions, in one commit."""
        latest = {entry.document: entry for entry in entries}
        if latest:
            self._committed(writing.replace(self._folder, latest.keys(), latest.values()))
            self._tidied()

    def remove(self, *documents: str) -> None:
        """Remove documents in one commit; one that is not there is no error."""
        if documents:
            self._committed(writing.replace(self._folder, documents, ()))
            self._tidied()

    def optimise(self) -> None:
        """Rewrite the index as one piece; slow, and right when nobody waits."""
        self._committed(writing.merge_all(self._folder))

    def forget_damaged(self) -> None:
        """Remove the damaged index that was moved aside, if there is one."""
        shutil.rmtree(_aside(self._folder), ignore_errors=True)

    def source(self) -> Snapshot:
        """Return the state of the newest commit."""
        with self._opening, suppress(FileNotFoundError):  # between two indexes, stay with the old
            if self._state != _state(self._folder):
                self._state, self._snapshot = self._read()
        return self._snapshot

    def _tidied(self) -> None:
        """Merge small segments, after what was committed can be found."""
        made = writing.tidy(self._folder)
        if made is not None:
            self._committed(made)

    def _committed(self, made: int) -> None:
        manifest.write(self._folder, Manifest(made))

    def _read(self) -> tuple[State, Snapshot]:
        """Return the newest generation and the state of the folder before it was read."""
        made = manifest.read(self._folder).generation
        state = _state(self._folder)
        if state.generation < made:
            message = f"{self._folder} has lost commits: {state.generation} is not {made}"
            raise IndexDamaged(message)
        return state, Snapshot(self._folder)


def _aside(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.damaged")


def _state(folder: Path) -> State:
    return State(folder.stat().st_ino, generation(folder))


def _draft(folder: Path) -> Path:
    """Return a folder beside the one given, with an index that has no documents."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    writing.create(draft)
    manifest.write(draft, Manifest(0))
    return draft


def _place(draft: Path, folder: Path) -> None:
    """Give a draft its name, unless another process was faster."""
    try:
        draft.rename(folder)
    except OSError as error:
        if error.errno != ENOTEMPTY:
            raise
        shutil.rmtree(draft)
    writing.sync(folder.parent)
