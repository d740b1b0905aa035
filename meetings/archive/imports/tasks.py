"""Taking in one file of an old archive, through the same gate as every other file."""

from datetime import date
from pathlib import Path
from typing import NoReturn
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import jobs
from meetings.archive.imports.queries import path_in
from meetings.archive.imports.services import KIND
from meetings.documents import services as documents
from meetings.documents.issuing import services as issuing
from meetings.documents.issuing.queries import Circulation
from meetings.documents.issuing.services import Facts
from meetings.documents.quarantine.services import Received, examine, let_go, quarantine
from meetings.intake import Reason, Verdict
from meetings.models import AccessLevel, Body, Document, DocumentType, DocumentVersion, Job, User


@jobs.handles(KIND, jobs.Urgency.WHEN_IDLE)
def take_in(run: jobs.Run) -> None:
    """Take a file in and issue it as its row says; what is there already stays as it is."""
    path = path_in(Path(run.payload["folder"]), run.payload["file"])
    if path is None:
        message = "file not found"
        raise jobs.Unrepairable(message)
    settings = run.installation.settings
    with path.open("rb") as file:
        received = quarantine(file, path.name, settings.quarantine_folder, settings.max_upload)
    try:
        verdict = examine(received)
        if verdict.reason:
            _refuse(run, verdict.reason)
        run.installation.database.write(lambda session: _keep(session, run, received, verdict))
    finally:
        let_go(received)


def _refuse(run: jobs.Run, reason: Reason) -> NoReturn:
    """Give a file up; of a state secret not even its row is remembered."""
    if reason is Reason.CLASSIFIED:
        run.installation.database.write(
            lambda session: setattr(session.get_one(Job, run.job_id), "payload", {})
        )
    raise jobs.Unrepairable(reason.value)


def _keep(session: Session, run: jobs.Run, received: Received, verdict: Verdict) -> None:
    told, body = run.payload, session.get_one(Body, UUID(run.payload["body"]))
    if _is_here(session, body, received.sha256):
        return
    by = session.get_one(User, UUID(told["by"]))
    document = documents.receive(
        session,
        run.installation,
        received,
        verdict,
        body=body,
        access_level=AccessLevel(told["level"]),
        by=by,
        title=told["title"],
    )
    document.doc_type, document.issuer = DocumentType(told["doc_type"]), told["issuer"]
    day = date.fromisoformat(told["issued_on"]) if told["issued_on"] else None
    facts = Facts(told["symbol"], day, told["signer"])
    circulation = Circulation.read(told["circulation"])
    issuing.issue(session, document, facts, circulation, by=by)


def _is_here(session: Session, body: Body, sha256: str) -> bool:
    same = (
        select(Document.id)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .where(Document.body_id == body.id, DocumentVersion.plain_sha256 == sha256)
    )
    return session.scalar(same.limit(1)) is not None
