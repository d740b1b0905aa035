"""The documents of a meeting and those of a body, to be searched by themselves."""

from sqlalchemy import Select

from meetings.models import AgendaItem, AgendaPaper, Body, Document, Meeting
from meetings.policy import Asker, readable_documents, readable_papers


def papers_of(meeting: Meeting, *, by: Asker) -> Select[Document]:
    """Select the papers of a meeting that a person may read."""
    laid = readable_papers(by).join(AgendaItem, AgendaItem.id == AgendaPaper.item_id)
    laid = laid.where(AgendaItem.meeting_id == meeting.id)
    ids = laid.with_only_columns(AgendaPaper.document_id)
    return readable_documents(by).where(Document.id.in_(ids))


def documents_of(body: Body, *, by: Asker) -> Select[Document]:
    """Select the documents of a body that a person may read."""
    return readable_documents(by).where(Document.body_id == body.id)
