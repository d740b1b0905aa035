"""Rows in the shapes that programs are told, each with its address."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from flask import request, url_for

from meetings import paging
from meetings.agenda.queries import Line
from meetings.api import shapes
from meetings.models import Body, Document, DocumentVersion, Meeting, Person, Post
from meetings.paging import Leaf

Row = TypeVar("Row")
Shape = TypeVar("Shape", bound=shapes.Shape)


def at(endpoint: str, **values: Any) -> str:
    """Return the whole address of something."""
    return url_for(f"api.{endpoint}", _external=True, **values)


def kind(shape: type[shapes.Shape]) -> str:
    """Return what OParl calls a shape."""
    return f"{shapes.VOCABULARY}{shape.__name__}"


def system() -> shapes.System:
    """Tell where everything begins."""
    return shapes.System(
        id=at("system"),
        type=kind(shapes.System),
        name="Nghị Sự",
        oparl_version=shapes.VOCABULARY,
        body=at("bodies"),
        **_lists(),
    )


def body(row: Body) -> shapes.Body:
    """Tell of a body that stands above all the others."""
    return shapes.Body(
        id=at("body", body=row.id),
        type=kind(shapes.Body),
        name=row.name,
        short_name=row.symbol,
        **_lists(),
    )


def organization(row: Body) -> shapes.Organization:
    """Tell of a body in its tree."""
    above = row.parent_id
    return shapes.Organization(
        id=at("organization", body=row.id),
        type=kind(shapes.Organization),
        name=row.name,
        short_name=row.symbol,
        classification=row.kind,
        sub_organization_of=at("organization", body=above) if above else None,
        start_date=row.opened_on,
        end_date=row.closed_on,
    )


def person(row: Person, posts: Sequence[Post]) -> shapes.Person:
    """Tell of a person and the posts they hold."""
    return shapes.Person(
        id=at("person", person=row.id),
        type=kind(shapes.Person),
        name=row.full_name,
        form_of_address=row.honorific,
        membership=[
            shapes.Membership(
                organization=at("organization", body=post.body_id),
                role=post.title,
                start_date=post.since,
                end_date=post.until,
            )
            for post in posts
        ],
    )


def meeting_in_list(row: Meeting) -> shapes.MeetingInList:
    """Tell of a meeting without its agenda."""
    return shapes.MeetingInList(**_meeting(row))


def meeting(row: Meeting, lines: Sequence[Line]) -> shapes.Meeting:
    """Tell of a meeting with the lines of its agenda."""
    return shapes.Meeting(**_meeting(row), agenda_item=[agenda_item(row, line) for line in lines])


def agenda_item(row: Meeting, line: Line) -> shapes.AgendaItem:
    """Tell of a line of an agenda."""
    return shapes.AgendaItem(
        id=at("agenda_item", item=line.item.id),
        type=kind(shapes.AgendaItem),
        name=line.item.title,
        meeting=at("meeting", meeting=row.id),
        number=line.number,
        kind=line.item.kind,
        presenter=line.item.presenter,
        start=line.starts_at,
        end=line.ends_at,
        closed=line.item.closed,
        paper=[at("paper", document=paper.document_id) for paper in line.papers],
    )


def paper(
    row: Document, versions: Mapping[UUID, DocumentVersion], taken: Collection[UUID]
) -> shapes.Paper:
    """Tell what is recorded of a document."""
    version = versions.get(row.id)
    return shapes.Paper(
        id=at("paper", document=row.id),
        type=kind(shapes.Paper),
        name=row.title,
        reference=row.symbol,
        date=row.issued_on,
        paper_type=row.doc_type,
        main_file=_file(row, version, taken) if version and version.viewing else None,
    )


def _file(row: Document, version: DocumentVersion, taken: Collection[UUID]) -> shapes.File:
    return shapes.File(
        id=at("file", document=row.id),
        type=kind(shapes.File),
        name=row.title,
        file_name=version.file_name,
        mime_type="application/pdf",
        pages=version.page_count,
        date=version.created_at,
        download_url=at("download", document=row.id) if row.id in taken else None,
    )


def listing(leaf: Leaf[Row], tell: Callable[[Row], Shape]) -> shapes.Listing[Shape]:
    """Tell a page of a list, and where its neighbours are."""
    return shapes.Listing(
        data=[tell(row) for row in leaf.rows],
        pagination=shapes.Pagination(
            total_elements=leaf.total,
            elements_per_page=paging.ROWS,
            current_page=leaf.page,
            total_pages=leaf.pages,
        ),
        links=shapes.Links(
            first=_page(1),
            prev=_page(leaf.page - 1) if leaf.page > 1 else None,
            next=_page(leaf.page + 1) if leaf.page < leaf.pages else None,
            last=_page(leaf.pages),
        ),
    )


def _page(number: int) -> str:
    return url_for(request.endpoint or "", _external=True, page=number)


def _lists() -> dict[str, str]:
    return {
        "organization": at("organizations"),
        "person": at("people"),
        "meeting": at("meetings"),
        "paper": at("papers"),
    }


def _meeting(row: Meeting) -> dict[str, Any]:
    return {
        "id": at("meeting", meeting=row.id),
        "type": kind(shapes.Meeting),
        "name": row.title,
        "meeting_state": row.state,
        "classification": row.kind,
        "organization": [at("organization", body=row.body_id)],
        "location": row.place,
        "start": row.starts_at,
        "end": row.ends_at,
    }
