"""The answers that programs are given, in the vocabulary of OParl 1.1 (https://oparl.org).

What stands here is checked by nobody at run time: it is what the schema is made from.
"""

from datetime import date, datetime
from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct

from meetings.models import BodyKind, DocumentType, ItemKind, MeetingKind, MeetingState

Url = Annotated[str, Meta(extra_json_schema={"format": "uri"})]
Count = Annotated[int, Meta(ge=0)]
VOCABULARY = "https://schema.oparl.org/1.1/"


class Shape(Struct, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """The parent of every shape."""


class Named(Shape):
    """Something with an address and a name."""

    id: Annotated[Url, Meta(description="Its address, which is also its identity.")]
    type: Annotated[Url, Meta(description="Its kind in the vocabulary of OParl.")]
    name: str


class Lists(Named):
    """Where the lists begin."""

    organization: Url
    person: Url
    meeting: Url
    paper: Url


class System(Lists):
    """The product itself: where everything begins."""

    oparl_version: Url
    body: Url


class Body(Lists):
    """A committee that stands above all the others of this system."""

    short_name: str


class Organization(Named):
    """A body of the organisation, in its tree."""

    short_name: str
    classification: BodyKind
    sub_organization_of: Url | None
    start_date: date | None
    end_date: date | None


class Membership(Shape):
    """A post that a person holds today."""

    organization: Url
    role: str
    start_date: date
    end_date: date | None


class Person(Named):
    """A person with the posts of today."""

    form_of_address: str
    membership: list[Membership]


class AgendaItem(Named):
    """An item of an agenda, with its hours and the papers before it."""

    meeting: Url
    number: str
    kind: ItemKind
    presenter: str
    start: datetime
    end: datetime
    closed: Annotated[bool, Meta(description="Only those named to read here see the item.")]
    paper: list[Url]


class MeetingInList(Named):
    """A meeting as it stands in a list."""

    meeting_state: MeetingState
    classification: MeetingKind
    organization: list[Url]
    location: str
    start: datetime
    end: datetime


class Meeting(MeetingInList):
    """A meeting with the items that the person may see."""

    agenda_item: list[AgendaItem]


class File(Named):
    """The pages of a paper, as they are shown."""

    file_name: str
    mime_type: str
    pages: Count
    date: Annotated[datetime, Meta(description="When the file was received.")]
    download_url: Annotated[
        Url | None, Meta(description="Where a copy is made that bears the person's name.")
    ]


class Paper(Named):
    """A document, with what is recorded of it."""

    reference: str
    date: date | None
    paper_type: DocumentType
    main_file: File | None


class Pagination(Shape):
    """Where a page stands in its list."""

    total_elements: Count
    elements_per_page: Count
    current_page: Annotated[int, Meta(ge=1)]
    total_pages: Annotated[int, Meta(ge=1)]


class Links(Shape):
    """The pages around a page."""

    first: Url
    prev: Url | None
    next: Url | None
    last: Url


Row = TypeVar("Row")


class Listing(Shape, Generic[Row]):
    """One page of a list."""

    data: list[Row]
    pagination: Pagination
    links: Links


class Problem(Shape):
    """What went wrong (RFC 9457), with a sentence for whoever runs the program."""

    type: str
    title: str
    status: int
    request: Annotated[str, Meta(description="The number under which the server wrote it down.")]
