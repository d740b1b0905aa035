"""Write segments whose posting lists are arrays."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.writing import SegmentWriter

from search_index.arrays import lists
from search_index.arrays.codec import EXTENSION, ArrayCodec, lists_of
from search_index.arrays.fields import Keys
from search_index.arrays.flat import Whole, without
from search_index.arrays.inverting import Inverted, Inverter, compact, merged
from search_index.arrays.lists import Pairs


class ArrayWriter(SegmentWriter):
    """Be Whoosh's writer, with array fields inverted and merged as arrays."""

    def __init__(self, index: Any, **options: Any) -> None:
        super().__init__(index, codec=ArrayCodec(), **options)
        kinds = {name: kind for name, kind in self.schema.items() if isinstance(kind, Keys)}
        derived = {kind.pairs for kind in kinds.values()}
        self._fields = {name: kind for name, kind in kinds.items() if name not in derived}
        self._inverters: dict[str, Inverter] = {}
        self._parts: dict[str, list[Inverted]] = {name: [] for name in self._fields}

    def add_document(self, **fields: Any) -> None:
        """Add a document; the value of an array field is a list of keys."""
        self._check_state()
        self._check_fields(self.schema, fields)
        self.perdocwriter.start_doc(self.docnum)
        for name, value in sorted(fields.items()):
            if value is not None:
                self._add_field(name, value)
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    def add_reader(self, reader: Any) -> None:
        """Add the living documents of a segment by concatenating its lists."""
        self._check_state()
        self._seal()
        base = self.docnum
        names = [name for name, kind in self.schema.items() if _is_kept(kind)]
        numbers = self.write_per_doc(names, reader)
        renumbered = _renumbered(reader.doc_count_all(), base, numbers)
        fields = lists_of(reader).fields
        for name in self._fields:
            if name in fields:
                self._parts[name].append(self._part(name, fields, renumbered))
        for name in set(reader.indexed_field_names()) - set(fields):
            for text in reader.lexicon(name):
                self._add_stock((name, text), reader.postings(name, text), renumbered)
        self._added = True

    def _add_field(self, name: str, value: Any) -> None:
        kind, length = self.schema[name], 0
        if name in self._fields:
            length = self._inverter(name).add(self.docnum, value)
        elif kind.indexed:
            for text, count, weight, more in kind.index(value):
                self.pool.add((name, text, self.docnum, weight, more))
                length += count
        kept = value if kind.stored else None
        self.perdocwriter.add_field(name, kind, kept, length if kind.scorable else 0)
        if kind.column_type:
            column = kind.to_column_value(value)
            self.perdocwriter.add_column_value(name, kind.column_type, column)

    def _inverter(self, name: str) -> Inverter:
        if name not in self._inverters:
            kind = self._fields[name]
            self._inverters[name] = Inverter(placed=kind.placed, paired=bool(kind.pairs))
        return self._inverters[name]

    def _seal(self) -> None:
        """Bring what was added until now into lists, which end where the next ones begin."""
        for name, inverter in self._inverters.items():
            self._parts[name].append(inverter.inverted())
        self._inverters = {}

    def _part(self, name: str, fields: Any, renumbered: Whole) -> Inverted:
        field = fields[name]
        pairs = fields.get(self._fields[name].pairs)
        flat = None
        if isinstance(pairs, Pairs):
            flat = without(pairs.flat(), renumbered)
        return Inverted(field.texts(), without(field.flat(), renumbered), flat)

    def _add_stock(self, term: tuple[str, bytes], matcher: Any, renumbered: Whole) -> None:
        while matcher.is_active():
            doc = int(renumbered[matcher.id()])
            self.pool.add((*term, doc, matcher.weight(), matcher.value()))
            matcher.next()

    def _flush_segment(self) -> None:
        super()._flush_segment()
        self._seal()
        made: dict[str, lists.Arrays] = {}
        for name, parts in self._parts.items():
            if parts:
                made |= _arrays(name, self._fields[name].pairs, compact(merged(parts)))
        name = self.newsegment.make_filename(EXTENSION)
        with self.storage.create_file(name) as file:
            lists.write(file, made)


def _is_kept(kind: Any) -> bool:
    return bool(kind.stored or kind.column_type or kind.scorable)


def _renumbered(size: int, base: int, numbers: dict[int, int] | None) -> Whole:
    if numbers is None:
        return np.arange(base, base + size)
    renumbered = np.full(size, -1)
    renumbered[list(numbers)] = list(numbers.values())
    return renumbered


def _arrays(name: str, pairs: str | None, field: Inverted) -> dict[str, lists.Arrays]:
    if not len(field.lists.keys):
        return {}
    made: dict[str, lists.Arrays] = {name: _texts(field.keys) | lists.parts_of(field.lists)}
    if pairs and field.pairs is not None and len(field.pairs.keys):
        owner = np.frombuffer(name.encode(), np.uint8)
        made[pairs] = lists.parts_of(field.pairs) | {"pair": field.pairs.keys, "of": owner}
    return made


def _texts(keys: Sequence[bytes]) -> dict[str, NDArray[Any]]:
    made: dict[str, NDArray[Any]] = {
        "start": lists.starts(keys),
        "text": np.frombuffer(b"".join(keys), np.uint8),
        "text_at": _ends(map(len, keys)),
    }
    return made


def _ends(sizes: Iterable[int]) -> Any:
    return np.cumsum([0, *sizes], dtype=np.uint32)
