"""The demo's slow step: typeset a paper, receive it like any file, lay it before its item."""

from datetime import date, timedelta
from functools import lru_cache
from io import BytesIO
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock, events
from meetings.agenda import services as agenda
from meetings.demo import issuing
from meetings.demo.furnishing import COPIES_APART
from meetings.demo.papers import Paper, read_papers
from meetings.documents import services as documents
from meetings.documents.quarantine.services import Received, examine, let_go, quarantine
from meetings.installation import Installation
from meetings.intake import Limits, Verdict
from meetings.jobs import Run, Unrepairable, handles
from meetings.models import (
    AccessLevel,
    AgendaItem,
    AgendaPaper,
    Body,
    Document,
    DocumentType,
    Job,
    JobState,
    MeetingState,
    User,
)
from meetings.press.layouts import lay_out
from meetings.press.pdf import UnavailableError, typeset

KIND = "demo.paper"


@handles(KIND)
def bring_in(run: Run) -> None:
    """Bring one paper in; a paper that a first attempt brought in stays as it is."""
    installation = run.installation
    paper = _papers(run.payload["day"])[run.payload["key"]]
    with installation.database.reading() as session:
        if _is_here(session, paper, run.payload):
            return
    name = f"{paper.symbol or paper.key}.pdf".replace("/", "_")
    settings = installation.settings
    content = BytesIO(_pdf(paper.key, run.payload["day"]))
    received = quarantine(content, name, settings.quarantine_folder, settings.max_upload)
    try:
        verdict = examine(received, Limits())
        installation.database.write(
            lambda session: _receive(session, run, paper, received=received, verdict=verdict)
        )
    finally:
        let_go(received)


@lru_cache(maxsize=1)
def _papers(day: str) -> dict[str, Paper]:
    return read_papers(date.fromisoformat(day))


@lru_cache(maxsize=4)  # the copies of one paper follow each other
def _pdf(key: str, day: str) -> bytes:
    try:
        return typeset(lay_out(_papers(day)[key].document))
    except UnavailableError as error:
        raise Unrepairable(str(error)) from error


def _is_here(session: Session, paper: Paper, payload: Any) -> bool:
    same = select(Document.id).where(
        Document.body_id == UUID(payload["body"]),
        Document.title == _title(paper, payload["copy"]),
        Document.issued_on == _issued_on(paper, payload["copy"]),
    )
    return session.scalar(same) is not None


def _title(paper: Paper, copy: int) -> str:
    return f"{paper.title} (đợt {copy})" if copy else paper.title


def _issued_on(paper: Paper, copy: int) -> date:
    return paper.issued_on - timedelta(days=copy * COPIES_APART.days)


def _receive(
    session: Session, run: Run, paper: Paper, *, received: Received, verdict: Verdict
) -> None:
    payload = run.payload
    by = session.get_one(User, UUID(payload["by"]))
    item = session.get_one(AgendaItem, UUID(payload["item"])) if payload["item"] else None
    document = documents.receive(
        session,
        run.installation,
        received,
        verdict,
        body=session.get_one(Body, UUID(payload["body"])),
        access_level=AccessLevel[paper.access.upper()],
        by=by,
        topic=events.office_topic(item.meeting_id) if item else "",
    )
    _describe(session, run.installation, document, paper, payload["copy"])
    laid = agenda.lay_paper(session, item, document) if item else None
    if paper.released:
        _release(session, document, laid, by)
        issuing.settle(session, _papers(payload["day"]), paper, document, by)
    _call_next(session)


def _call_next(session: Session) -> None:
    """Let the next paper follow once this one's pages are ready, in the order of the queue."""
    following = session.scalar(
        select(Job)
        .where(Job.kind == KIND, Job.state == JobState.WAITING, Job.attempts == 0)
        .order_by(Job.due_at, Job.id)
        .limit(1)
    )
    if following:
        following.due_at, following.not_before = clock.now(), None


def _describe(
    session: Session, installation: Installation, document: Document, paper: Paper, copy: int
) -> None:
    documents.describe(
        session,
        installation,
        document,
        title=_title(paper, copy),
        doc_type=DocumentType(paper.doc_type),
        symbol=_symbol(paper, copy),
        issued_on=_issued_on(paper, copy),
        issuer=paper.issuer.name,
        signer=paper.document.signature.name,
        access_level=document.access_level,
    )


def _symbol(paper: Paper, copy: int) -> str:
    """Return the paper's symbol, a copy's with a number of its own."""
    number = paper.number + 10_000 * copy
    return paper.symbol.replace(f"{paper.number:02d}", f"{number:02d}", 1)


def _release(session: Session, document: Document, laid: AgendaPaper | None, by: User) -> None:
    if laid is None:
        documents.archive(session, document)
    elif laid.item.meeting.state is not MeetingState.PLANNED:
        agenda.release_paper(session, laid, by=by)
