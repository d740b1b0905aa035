"""The register: numbered documents by kind and term, as far as the person asking may read them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from meetings.archive.kept.shelf import leading_number
from meetings.documents.relations.queries import BINDING, Standing, Validity, standings_of
from meetings.intake.citations import System, find_citations
from meetings.models import AccessLevel, Body, BodyKind, Document, DocumentType, Term
from meetings.policy import Asker, complete_registers, readable_bodies, readable_documents

LONGEST_GAP = 200
"""More missing numbers than this are a run that was never taken in, not gaps in one."""


@dataclass(frozen=True)
class Filters:
    """What narrows the register down, and its order."""

    doc_type: DocumentType | None = None
    year: int | None = None
    body: UUID | None = None
    validity: Validity | None = None
    sort: str = "number"


@dataclass(frozen=True)
class Line:
    """A document of the register."""

    document: Document
    number: int
    standing: Standing


@dataclass(frozen=True)
class Run:
    """The documents that are numbered together, and the numbers that are missing."""

    kind: str
    organ: str
    since: date | None
    year: int | None
    lines: Sequence[Line]
    gaps: Sequence[str]

    @property
    def same_type(self) -> bool:
        """Tell whether all are of one type; decisions and regulations share a run."""
        return len({line.document.doc_type for line in self.lines}) == 1

    @property
    def mark(self) -> str:
        """Return what stands after the number of each."""
        return f"{self.kind}/{self.organ}" if self.kind else self.organ


@dataclass(frozen=True)
class Register:
    """The runs that pass the filters, and what one may filter by."""

    runs: Sequence[Run]
    total: int
    types: Sequence[DocumentType]
    years: Sequence[int]
    bodies: Sequence[Body]


RunKey = tuple[str, str, date | None, int | None]


def register_of(session: Session, filters: Filters, *, by: Asker) -> Register:
    """Return the register with its runs, the youngest run first."""
    wanted = readable_documents(by).where(Document.doc_type.in_(BINDING), Document.symbol != "")
    documents = session.scalars(wanted).all()
    standings = standings_of(session, documents, by=by)
    every = [Line(one, leading_number(one.symbol), standings[one.id]) for one in documents]
    bodies = {body.id: body for body in session.scalars(readable_bodies(by))}
    runs = _runs(every, bodies, _terms(session, by))
    complete = _complete(session, by)
    shown = []
    for key, lines in runs.items():
        kept = [line for line in lines if _passes(line, filters)]
        if kept:
            gaps = _gaps(lines) if _may_know(key, lines, bodies, complete) else []
            shown.append(Run(*key, _sorted(kept, filters.sort), gaps))
    shown.sort(key=lambda run: (run.kind, run.organ, run.since or date.min, run.year or 0))
    total = sum(len(run.lines) for run in shown)
    return Register(shown, total, *_facets(documents, bodies))


def _runs(
    lines: Iterable[Line], bodies: Mapping[UUID, Body], terms: Mapping[str, Sequence[date]]
) -> Mapping[RunKey, list[Line]]:
    runs: defaultdict[RunKey, list[Line]] = defaultdict(list)
    for line in lines:
        runs[_key(line.document, bodies, terms)].append(line)
    return runs


def _key(
    document: Document, bodies: Mapping[UUID, Body], terms: Mapping[str, Sequence[date]]
) -> RunKey:
    """Return the run of a document: by kind, organ and term, of the State by year."""
    cited = find_citations(f"số {document.symbol}")
    kind, organ = (cited[0].kind, cited[0].organ) if cited else ("", document.symbol)
    day = document.issued_on
    body = bodies.get(document.body_id)
    of_state = bool(cited) and cited[0].system is not System.PARTY
    if of_state or (body and body.kind is BodyKind.STATE_BODY):
        return kind, organ, None, day.year if day else None
    days = terms.get(organ, ())
    place = bisect_right(days, day) if day else 0
    return kind, organ, days[place - 1] if place else None, None


def _terms(session: Session, by: Asker) -> Mapping[str, Sequence[date]]:
    """Return the first days of terms by the symbol under which a body numbers."""
    dated: Any = readable_bodies(by).join(Term, Term.body_id == Body.id)
    rows = session.execute(dated.with_only_columns(Body.symbol, Term.starts_on))
    found: defaultdict[str, set[date]] = defaultdict(set)
    for symbol, day in rows:
        found[symbol].add(day)
    return {symbol: sorted(days) for symbol, days in found.items()}


def _complete(session: Session, by: Asker) -> frozenset[UUID]:
    if by.clearance is not AccessLevel.RESTRICTED:
        return frozenset()
    return frozenset(body.id for body in session.scalars(complete_registers(by)))


def _may_know(
    key: RunKey, lines: Sequence[Line], bodies: Mapping[UUID, Body], complete: frozenset[UUID]
) -> bool:
    """Tell whether a person reads everything that any body numbers in this run."""
    numbering = {body.id for body in bodies.values() if body.symbol == key[1]}
    return numbering | {line.document.body_id for line in lines} <= complete


def _gaps(lines: Sequence[Line]) -> list[str]:
    """Return the missing numbers between the first and the last, as spans."""
    numbers = {line.number for line in lines if line.number}
    if not numbers or max(numbers) - min(numbers) > LONGEST_GAP + len(numbers):
        return []
    missing = [n for n in range(min(numbers), max(numbers)) if n not in numbers]
    spans: list[list[int]] = []
    for number in missing:
        if spans and spans[-1][-1] == number - 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return [f"{s[0]:02d}" if len(s) == 1 else f"{s[0]:02d}–{s[-1]:02d}" for s in spans]


def _passes(line: Line, filters: Filters) -> bool:
    document = line.document
    year = document.issued_on.year if document.issued_on else None
    return (
        filters.doc_type in {None, document.doc_type}
        and filters.year in {None, year}
        and filters.body in {None, document.body_id}
        and filters.validity in {None, line.standing.validity}
    )


def _sorted(lines: Iterable[Line], sort: str) -> Sequence[Line]:
    if sort == "date":
        return sorted(lines, key=lambda line: (line.document.issued_on or date.min, line.number))
    return sorted(lines, key=lambda line: (line.number, line.document.issued_on or date.min))


def _facets(
    documents: Sequence[Document], bodies: Mapping[UUID, Body]
) -> tuple[Sequence[DocumentType], Sequence[int], Sequence[Body]]:
    types = {document.doc_type for document in documents}
    years = {document.issued_on.year for document in documents if document.issued_on}
    owners = {document.body_id for document in documents} & bodies.keys()
    ordered = sorted((bodies[owner] for owner in owners), key=lambda body: body.position)
    return [kind for kind in DocumentType if kind in types], sorted(years, reverse=True), ordered
