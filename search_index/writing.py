"""Write documents into a Whoosh index; a commit is on disk when it returns.

The folder holds pickles, so whoever can write to it can run code: it is never restored from
an upload, and nobody but its owner may enter it.
"""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh.fields import STORED, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.query import Or, Term
from whoosh.reading import SegmentReader
from whoosh.util.filelock import try_for

from search_index import merging
from search_index.arrays import ArrayWriter, Keys, Words
from search_index.entries import DocumentEntry
from search_index.errors import IndexBusy
from search_index.keys import units_of

PATIENCE = 10.0
"""Seconds to wait for another writer."""

_MEGABYTES = 64
_LOCK = "MAIN_WRITELOCK"  # as Whoosh names it


class Storage(FileStorage):
    """Keep index files in a folder; whatever a commit names reaches the disk before its name."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._written: set[str] = set()

    def create_file(self, name: str, **options: Any) -> Any:
        """Open a new file, to be brought to disk by the commit."""
        self._written.add(name)
        return super().create_file(name, **options)

    def rename_file(self, oldname: str, newname: str, **options: Any) -> None:
        """Rename a file; this is the step by which Whoosh commits, and it has no other use."""
        folder = Path(self.folder)
        for name in filter(self.file_exists, self._written):
            sync(folder / name)
        self._written.clear()
        super().rename_file(oldname, newname, **options)
        sync(folder)
        for abandoned in folder.glob("*.toc.*"):
            abandoned.unlink()


def create(folder: Path) -> None:
    """Make an index without documents in an empty folder."""
    schema = Schema(
        document=Keys(),
        words=Words(pairs="pairs", scorable=False),
        exact=Keys(),
        pairs=Keys(),
        cites=Keys(),
        symbol=Keys(),
        head=STORED(),
    )
    FileIndex.create(Storage(folder), schema)


def replace(folder: Path, removed: Collection[str], added: Collection[DocumentEntry]) -> int:
    """Remove documents and add others in one commit; return the generation it makes."""
    with _writer(folder) as writer:
        with writer.searcher() as searcher:
            old = Or([Term("document", document) for document in removed])
            writer.delete_by_query(old, searcher=searcher)
        for document in added:
            for unit in units_of(document):
                writer.add_document(**unit)
        writer.commit(merge=False)
        return int(writer.generation)


def tidy(folder: Path) -> int | None:
    """Merge segments if there are many; return the generation it makes, if any."""
    if not merging.choose(TOC.read(Storage(folder), "MAIN").segments):
        return None
    with _writer(folder) as writer:
        writer.commit(mergetype=_merge)
        return int(writer.generation)


def merge_all(folder: Path) -> int:
    """Bring everything into one segment; return the generation it makes."""
    with _writer(folder) as writer:
        writer.commit(optimize=True)
        return int(writer.generation)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _writer(folder: Path) -> Iterator[Any]:
    """Open the one writer; what was not committed at the end is given up."""
    index = FileIndex(Storage(folder))
    with locked(folder):
        writer = ArrayWriter(index, limitmb=_MEGABYTES, _lk=False)
        try:
            yield writer
        finally:
            if not writer.is_closed:
                writer.cancel()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of the writer, which goes whatever fails, as on a full disk."""
    lock = Storage(folder).lock(_LOCK)
    if not try_for(lock.acquire, timeout=PATIENCE, delay=0.05):
        message = f"{folder} has been written to by another process for {PATIENCE} s"
        raise IndexBusy(message)
    try:
        yield
    finally:
        lock.release()


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Merge what was chosen; return the segments that stay."""
    chosen = merging.choose(segments)
    for segment in chosen:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in chosen]
