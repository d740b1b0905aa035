"""Give Whoosh the posting lists of array fields; everything else of a segment stays Whoosh's."""

import secrets
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.codec.whoosh3 import W3Codec, W3Segment, W3TermInfo
from whoosh.formats import Positions
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermNotFound

from search_index.arrays.lists import Lists, Pairs, Postings, Texts

EXTENSION = ".arr"
Term = tuple[str, bytes]

_OPEN: WeakValueDictionary[str, Lists] = WeakValueDictionary()


def lists_of(reader: Any) -> Lists:
    """Return the lists of the segment that a reader has open."""
    return _OPEN[reader.segment().segment_id()]


class ArraySegment(W3Segment):
    """Be Whoosh's segment with one file more, which stays outside the compound one.

    Its name is unlike any other, as what is known of a segment is kept under its name.
    """

    @classmethod
    def _random_id(cls, size: int = 16) -> str:
        return secrets.token_hex(size)

    def list_files(self, storage: Any) -> list[str]:
        """Return the files that Whoosh puts together."""
        return [name for name in super().list_files(storage) if not name.endswith(EXTENSION)]


class ArrayCodec(W3Codec):
    """Read array fields from their file, other fields as Whoosh does."""

    length_stats = False

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        """Return the description of a segment to be written."""
        del storage
        return ArraySegment(self, indexname)

    def terms_reader(self, storage: Any, segment: Any) -> "ArrayTerms":
        """Return a reader of all terms of a segment."""
        with storage.open_file(segment.make_filename(EXTENSION)) as file:
            lists = _OPEN.setdefault(segment.segment_id(), Lists(file))
        return ArrayTerms(super().terms_reader(storage, segment), lists)


class ArrayTerms(TermsReader):
    """Look terms up in the arrays or, for fields that are not there, in Whoosh's own table."""

    def __init__(self, stock: Any, lists: Lists) -> None:
        self.stock = stock
        self.lists = lists
        self.fields = lists.fields

    def __contains__(self, term: Term) -> bool:
        field = self.fields.get(term[0])
        return field.find(term[1]) >= 0 if field else term in self.stock

    def indexed_field_names(self) -> list[str]:
        """Return the names of all fields that have terms."""
        return [*self.fields, *self.stock.indexed_field_names()]

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        """Return a cursor over the terms of a field."""
        field = self.fields.get(fieldname)
        return ArrayCursor(field) if field else self.stock.cursor(fieldname, fieldobj)

    def terms(self) -> Iterator[Term]:
        """Yield all terms."""
        own = ((name, key) for name, field in self.fields.items() for key in field.texts())
        return chain(own, self.stock.terms())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """Yield the terms of a field from the first that is not less."""
        field = self.fields.get(fieldname)
        if field is None:
            return iter(self.stock.terms_from(fieldname, prefix))
        if isinstance(field, Texts):
            later = range(field.first_from(prefix), field.size)
            return ((fieldname, field.key(at)) for at in later)
        return ((fieldname, key) for key in sorted(field.texts()) if key >= prefix)

    def items(self) -> Iterator[tuple[Term, Any]]:
        """Yield all terms with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, Any]]:
        """Yield the terms of a field with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def postings(self, fieldname: str, text: bytes) -> Postings:
        """Return the list of a term of an array field; raise KeyError where there is none."""
        field, at = self._place(fieldname, text)
        return field.postings(at)

    def term_info(self, fieldname: str, text: bytes) -> Any:
        """Return what Whoosh's scorers and matchers ask of a term."""
        if fieldname not in self.fields:
            return self.stock.term_info(fieldname, text)
        found = self.postings(fieldname, text)
        return W3TermInfo(
            weight=float(found.counts.sum()),
            df=len(found.docs),
            minlength=1,
            maxlength=255,
            maxweight=float(found.counts.max()),
            minid=int(found.docs[0]),
            maxid=int(found.docs[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a term occurs."""
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents have a term."""
        if fieldname not in self.fields:
            return int(self.stock.doc_frequency(fieldname, text))
        field, at = self._place(fieldname, text)
        return int(field.row[at + 1] - field.row[at])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        """Return a view of a list that goes step by step."""
        if fieldname not in self.fields:
            return self.stock.matcher(fieldname, text, format_, scorer)
        term = fieldname, text
        try:
            return ArrayMatcher(term, *self._place(*term), format_, scorer)
        except KeyError as error:
            raise TermNotFound(*term) from error

    def close(self) -> None:
        """Close what Whoosh opened; arrays live as long as anybody reads them."""
        self.stock.close()

    def _place(self, fieldname: str, text: bytes) -> tuple[Texts | Pairs, int]:
        field = self.fields[fieldname]
        at = field.find(text)
        if at < 0:
            raise KeyError(text)
        return field, at


class ArrayCursor(FieldCursor):
    """Walk over the terms of a field."""

    def __init__(self, field: Texts | Pairs) -> None:
        self._keys = sorted(field.texts())
        self._at = 0

    def first(self) -> str | None:
        """Go to the first term."""
        self._at = 0
        return self.text()

    def find(self, term: bytes | str) -> str | None:
        """Go to the first term that is not less."""
        key = term if isinstance(term, bytes) else term.encode()
        self._at = bisect_left(self._keys, key)
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """Return the term at which the cursor stands."""
        return self._keys[self._at].decode() if self.is_valid() else None

    def is_valid(self) -> bool:
        """Tell whether the cursor stands at a term."""
        return self._at < len(self._keys)


class ArrayMatcher(LeafMatcher):
    """Go through a list step by step, for queries that are not evaluated with arrays."""

    def __init__(
        self,
        term: Term,
        field: Texts | Pairs,
        key: int,
        format_: Any,
        scorer: Any,
        at: int = 0,
    ) -> None:
        self._term, self._field, self._key = term, field, key
        self.format, self.scorer = format_, scorer
        self._found = field.postings(key)
        self._docs: list[int] = self._found.docs.tolist()
        self._at = at

    def is_active(self) -> bool:
        """Tell whether a document is left."""
        return self._at < len(self._docs)

    def id(self) -> int:
        """Return the document."""
        return self._docs[self._at]

    def all_ids(self) -> Iterator[int]:
        """Yield all documents."""
        return iter(self._docs)

    def weight(self) -> float:
        """Return how often the document has the key."""
        return float(self._found.counts[self._at])

    def value(self) -> bytes:
        """Return the places in the form in which Whoosh stores them."""
        if not self._field.placed:
            return b""
        begin, end = self._ends[self._at : self._at + 2]
        encoded: bytes = Positions().encode(self._places[begin:end].tolist())
        return encoded

    def supports_block_quality(self) -> bool:
        """Skip nothing: lists of common syllables have no weak blocks."""
        return False

    def next(self) -> None:
        """Go to the next document."""
        self._at += 1

    def skip_to(self, docnum: int) -> None:
        """Go to the first document that is not less."""
        if not self.is_active():
            raise ReadTooFar
        self._at += int(np.searchsorted(self._found.docs[self._at :], docnum))

    def copy(self) -> "ArrayMatcher":
        """Return a matcher at the same document."""
        place = self._term, self._field, self._key
        return ArrayMatcher(*place, self.format, self.scorer, self._at)

    def reset(self) -> None:
        """Go back to the first document."""
        self._at = 0

    @cached_property
    def _places(self) -> Any:
        return self._field.places(self._key, self._found.counts)

    @cached_property
    def _ends(self) -> list[int]:
        return [0, *np.cumsum(self._found.counts, dtype=np.int64).tolist()]
