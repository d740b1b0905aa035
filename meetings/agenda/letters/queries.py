"""What a letter of invitation says: what the office wrote, else what the meeting suggests."""

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.agenda.queries import Item, numbered_items, participants_of
from meetings.models import (
    Body,
    BodyKind,
    InvitationLetter,
    ItemKind,
    Meeting,
    Participant,
    ParticipantRole,
)
from meetings.organisation.queries import people
from meetings.policy import Asker

LEADING = frozenset(
    {
        BodyKind.PROVINCIAL_COMMITTEE,
        BodyKind.EXECUTIVE_COMMITTEE,
        BodyKind.STANDING_COMMITTEE,
        BodyKind.STANDING_MEMBERS,
    }
)
"""Bodies that write under the name of the committee above them all."""
UNNAMED = frozenset({ItemKind.OPENING, ItemKind.BREAK, ItemKind.CLOSING})
"""Kinds of item that no letter lists."""


@dataclass(frozen=True)
class Words:
    """What the office writes into a letter; the rest comes from the meeting itself."""

    superior: str = ""
    issuer: str = ""
    symbol: str = ""
    place: str = ""
    addressees: str = ""
    text: str = ""
    note: str = ""
    capacity: str = ""
    signer_title: str = ""
    signer_name: str = ""
    recipients: str = ""


NAMES = tuple(field.name for field in fields(Words))
OF_THE_HOUSE = ("superior", "issuer", "symbol", "place", "capacity", "signer_title", "signer_name")
"""What one letter of a body passes on to the next."""


@dataclass(frozen=True)
class Guest:
    """Somebody on the list that goes with a letter."""

    name: str
    posts: str


@dataclass(frozen=True)
class Facts:
    """What a meeting itself puts into its letter."""

    meeting: Meeting
    items: tuple[str, ...]
    chairs: tuple[str, ...]
    guests: tuple[Guest, ...]


def saved_letter(session: Session, meeting: Meeting) -> InvitationLetter | None:
    """Return what the office wrote for a meeting."""
    query = select(InvitationLetter).where(InvitationLetter.meeting_id == meeting.id)
    return session.scalars(query).one_or_none()


def words_of(session: Session, meeting: Meeting) -> Words:
    """Return the words of a letter: those that were saved, else what the last one passes on."""
    saved = saved_letter(session, meeting)
    if saved is not None:
        return Words(**{name: getattr(saved, name) for name in NAMES})
    last = session.scalars(
        select(InvitationLetter)
        .join(Meeting, Meeting.id == InvitationLetter.meeting_id)
        .where(Meeting.body_id == meeting.body_id)
        .order_by(InvitationLetter.created_at.desc())
        .limit(1)
    ).one_or_none()
    house = {name: getattr(last, name) for name in OF_THE_HOUSE} if last else _house(meeting.body)
    return Words(
        **house,
        addressees="Các đồng chí trong danh sách kèm theo",
        text=f"{meeting.body.name} trân trọng kính mời các đồng chí dự {meeting.title}.",
        note=(
            "Đề nghị các đồng chí nghiên cứu trước tài liệu, trả lời giấy mời trên hệ thống phòng "
            "họp không giấy và dự họp đúng thành phần, thời gian."
        ),
        recipients="Như trên",
    )


def facts_of(session: Session, meeting: Meeting, *, by: Asker) -> Facts:
    """Return what goes into a letter; a closed item is left out, for the letter goes to all."""
    shut: set[Any] = set()
    items = []
    for _number, item in numbered_items(session, meeting):
        if item.closed or item.parent_id in shut:
            shut.add(item.id)
        elif _is_listed(item):
            items.append(item.title)
    posts = _posts(session, meeting, by=by)
    parts = participants_of(session, meeting)
    guests = tuple(Guest(p.person.display_name, posts.get(p.person_id, "")) for p in parts)
    return Facts(meeting, tuple(items), _chairs(parts, posts), guests)


def _is_listed(item: Item) -> bool:
    return item.parent_id is None and item.kind not in UNNAMED


def _chairs(parts: list[Participant], posts: dict[Any, str]) -> tuple[str, ...]:
    chairs = [part for part in parts if part.role is ParticipantRole.CHAIR]
    told = ((part.person.display_name, posts.get(part.person_id, "")) for part in chairs)
    return tuple(", ".join(filter(None, names)) for names in told)


def _posts(session: Session, meeting: Meeting, *, by: Asker) -> dict[Any, str]:
    """Return the first post of everybody on the day of a meeting, by person."""
    listed = people(session, by=by, on=clock.local(meeting.starts_at).date())
    first = ((one.person.id, one.posts[0]) for one in listed if one.posts)
    return {person: f"{post.title} {post.body.name}" for person, post in first}


def _house(body: Body) -> dict[str, str]:
    """Return what the organisation tells of the head of a letter."""
    if body.kind in LEADING:
        top = body
        while top.parent:
            top = top.parent
        return {"issuer": top.name.upper(), "symbol": f"GM/{top.symbol or body.symbol}"}
    superior = body.parent.name.upper() if body.parent else ""
    return {"superior": superior, "issuer": body.name.upper(), "symbol": f"GM/{body.symbol}"}
