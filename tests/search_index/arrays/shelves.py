"""Small indexes of the same documents, one with arrays, one as Whoosh writes it."""

from itertools import pairwise
from random import Random

from whoosh.fields import NUMERIC, STORED, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from search_index.arrays import ArrayCollector, ArrayWriter, Keys, Layout, Wanted, Words

LAYOUT = Layout("id", date="day")
COMMON = ["ban", "cua", "hanh", "chinh", "tinh", "uy", "xa", "thuong", "vu", "ke"]
SELDOM = [f"ten{number}" for number in range(60)]


def schema():
    return Schema(
        id=Keys(),
        words=Words(pairs="pairs"),
        pairs=Keys(),
        kind=Keys(),
        group=Keys(),
        day=NUMERIC(sortable=True, bits=32),
        head=STORED(),
    )


def rows(random: Random, count: int, first: int = 0):
    """Documents as fields: most words common, some that few documents have."""
    made = []
    for number in range(first, first + count):
        size = random.randint(0, 40)
        words = [random.choice(COMMON if random.random() < 0.9 else SELDOM) for _ in range(size)]
        made.append(
            {
                "id": [f"d{number:04}"],
                "words": words,
                "kind": [random.choice(["bc", "kl", "nq"])],
                "group": random.sample(["1", "2", "3", "4"], random.randint(0, 3)),
                "day": random.choice([0, 20240101, 20240501, 20250101]),
                "head": number,
            }
        )
    return made


def with_pairs(row):
    """Add what the array writer derives by itself."""
    words = row["words"]
    return row | {"pairs": [f"{a}_{b}" for a, b in pairwise(words)]}


def arrays(folder, *batches):
    """Write each batch as a segment of arrays."""
    folder.mkdir()
    index = FileIndex.create(FileStorage(str(folder)), schema(), "MAIN")
    for batch in batches:
        writer = ArrayWriter(index)
        for row in batch:
            writer.add_document(**row)
        writer.commit(merge=False)
    return index


def stock(folder, *batches):
    """Write each batch as a segment with Whoosh's own writer and codec."""
    folder.mkdir()
    index = FileIndex.create(FileStorage(str(folder)), schema(), "MAIN")
    for batch in batches:
        writer = SegmentWriter(index)
        for row in batch:
            writer.add_document(**with_pairs(row))
        writer.commit(merge=False)
    return index


def merge(index):
    """Bring all segments into one."""
    ArrayWriter(index).commit(optimize=True)


def remove(index, *names, writer=ArrayWriter):
    """Delete documents by their ids."""
    opened = writer(index)
    for name in names:
        opened.delete_by_term("id", name)
    opened.commit(merge=False)


def ask(index, query, statistics=None, **wanted):
    """Return the collector after it answered."""
    with index.searcher() as searcher:
        collector = ArrayCollector(
            Wanted(**{"layout": LAYOUT, "limit": 1000, **wanted}),
            statistics=statistics(searcher) if statistics else None,
        )
        searcher.search_with_collector(query, collector)
        return collector


def names(index, query, **wanted):
    """Return the ids of the documents found, in order."""
    return [item.name for item in ask(index, query, **wanted).items]
