"""Say what an engine has to do, and do for all of them what does not depend on their lists.

An engine files the keys of units and says which units have one. Analysis, the query language, the
order of the answers, what is hidden and what is suggested are decided here, above all engines.
"""

from abc import ABC, abstractmethod

from search_index.entries import DocumentEntry, Results
from search_index.query import Query
from search_index.ranking import Window, rank
from search_index.suggestions import suggestion
from search_index.units import Chosen, Order, Source
from search_index.view import View


class Engine(ABC):
    """Keep documents and find them again."""

    @abstractmethod
    def put(self, *entries: DocumentEntry) -> None:
        """Put documents, each in the place of its earlier versions, in one commit."""

    @abstractmethod
    def remove(self, *documents: str) -> None:
        """Remove documents in one commit; one that is not there is no error."""

    @abstractmethod
    def optimise(self) -> None:
        """Rewrite what is kept without what was removed; slow, and right when nobody waits."""

    @abstractmethod
    def source(self) -> Source:
        """Return the state of the newest commit."""

    def search(
        self,
        query: Query,
        *,
        allowed: Chosen,
        limit: int = 20,
        offset: int = 0,
        among: Chosen | None = None,
        nearest: bool = False,
        order: Order | None = None,
    ) -> Results:
        """Return the documents among the allowed ones that match, as if there were no others.

        Hits are of the documents in `among` alone, if it is given. With `nearest`, documents with
        any of what was asked are the answer where none has all of it. Without an order the best
        come first.
        """
        window = Window(limit, offset, among, order)
        return rank(View(self.source(), allowed), query, window, nearest=nearest)

    def suggestion(self, text: str, *, allowed: Chosen) -> str | None:
        """Return a text in which mistyped words are put right by what the allowed ones say."""
        return suggestion(View(self.source(), allowed), text)

    def versions(self) -> dict[str, str]:
        """Return the version that is kept of each document."""
        known = self.source().catalogue
        return dict(zip(known.documents, known.versions, strict=True))
