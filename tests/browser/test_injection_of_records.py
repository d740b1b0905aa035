"""Injection by notes, answers, letters, opinions and records: written down, shown, never run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy.orm import Session

from meetings import clock, vault
from meetings.installation import Installation
from meetings.members.records import services as records
from meetings.members.records.services import Draft
from meetings.models import (
    BodyKind,
    Consultation,
    ConsultationOpinion,
    ConsultationQuestion,
    ConsultationReply,
    EventKind,
    InvitationAnswer,
    InvitationLetter,
    MeetingKind,
    MeetingTemplate,
    NoteKind,
    Outcome,
    PaperPlace,
    Role,
    SavedSearch,
    SentNote,
    SpecialDay,
    Stance,
    User,
    Verdict,
)
from meetings.web.forms import trimmed
from tests import factories
from tests.browser.observer import Observer, observing, texts
from tests.browser.payloads import PAYLOADS

pytestmark = pytest.mark.browser
LETTER = {
    "la": "superior",
    "lb": "issuer",
    "lc": "symbol",
    "ld": "place",
    "le": "addressees",
    "lf": "text",
    "lg": "note",
    "li": "signer_title",
    "lj": "signer_name",
    "lk": "recipients",
}
RECORD = {"ma": "full_name", "mb": "birth_name", "mc": "home_village", "md": "occupation"}
ROWS = (
    "gt",
    "gq",
    "ga",
    "nt",
    "nq",
    "st",
    "sq",
    "ar",
    "cq",
    "co",
    "tn",
    "wp",
    "sd",
    "sn",
    "mo",
    "mr",
    "kr",
    "ki",
    "kx",
)
PLACES = ("xn", "xs", "xe", "pn", "pp", "vn")
FIELDS = (*LETTER, *RECORD, *ROWS, *PLACES)


def all_of(code: str) -> str:
    return texts(code)[0]


def shown(code: str, index: int) -> str:
    """Return how a page shows a payload: forms trim, a letter is shown in its form."""
    return trimmed(PAYLOADS[index]) if code in LETTER else PAYLOADS[index]


@dataclass
class Poisoned:
    """A world in which every text is hostile."""

    world: Any
    keeper: User
    pages: list[tuple[str, str]]


@pytest.fixture
def poisoned(installation: Installation, session: Session, world) -> Poisoned:
    keeper = factories.user(session, (Role.RECORD_KEEPER, world.commune))
    pages = [
        *_notes(session, world),
        *_preparation(session, world),
        *_opinions(session, world),
        *_comments(session, world),
        *_places(session, world),
        *_record(session, installation, world, keeper),
    ]
    session.commit()
    return Poisoned(world, keeper, pages)


def _notes(session: Session, world) -> list[tuple[str, str]]:
    document = factories.document(session, world.office)
    factories.paper(session, world.item, document)
    factories.note(session, world.delegate, item_id=world.item.id, text=all_of("nt"))
    marked = {"kind": NoteKind.HIGHLIGHT, "page": 1, "text": ""}
    about = {"document_id": document.id, "quote": all_of("nq")}
    factories.note(session, world.delegate, **marked, **about)
    sent = SentNote(
        kind=NoteKind.TEXT, text=all_of("st"), quote=all_of("sq"), document_id=document.id, page=1
    )
    receiver = {"receiver_id": world.delegate.person_id, "read_at": clock.now(), "notes": [sent]}
    factories.sending(session, world.meeting, world.other_delegate, **receiver)
    session.add(SavedSearch(user_id=world.delegate.id, name=all_of("sn"), words="x"))
    return [("delegate", page) for page in ("/notes", "/notes/received", "/archive/searches")]


def _preparation(session: Session, world) -> list[tuple[str, str]]:
    part = factories.participant(session, world.meeting, factories.person(session))
    session.add(InvitationAnswer(participant_id=part.id, coming=False, reason=all_of("ar")))
    words = {name: all_of(code) for code, name in LETTER.items()}
    session.add(InvitationLetter(meeting_id=world.meeting.id, capacity="", **words))
    session.add(PaperPlace(item_id=world.planned_item.id, title=all_of("wp")))
    session.add(SpecialDay(day=clock.today() + timedelta(days=9), working=False, name=all_of("sd")))
    template = MeetingTemplate(
        body_id=world.office.id,
        kind=MeetingKind.WORK_SESSION,
        name=all_of("tn"),
        place="",
        minutes=60,
        agenda=[],
        stages=[],
    )
    session.add(template)
    session.flush()
    at = f"/meetings/{world.meeting.id}"
    ways = (f"{at}/answers", f"{at}/invitation-letter", "/special-days")
    planned = f"/meetings/{world.planned_meeting.id}/prepare"
    return [("clerk", way) for way in (*ways, planned, f"/meeting-templates/{template.id}/call")]


def _opinions(session: Session, world) -> list[tuple[str, str]]:
    form = factories.add(
        session,
        Consultation(
            meeting_id=world.meeting.id,
            due_at=clock.now() + timedelta(days=1),
            follower_id=world.clerk.person_id,
        ),
    )
    question = factories.add(
        session,
        ConsultationQuestion(
            consultation_id=form.id, item_id=world.item.id, position=0, text=all_of("cq")
        ),
    )
    reply = factories.add(
        session, ConsultationReply(consultation_id=form.id, person_id=world.delegate.person_id)
    )
    session.add(
        ConsultationOpinion(
            reply_id=reply.id, question_id=question.id, stance=Stance.OTHER, text=all_of("co")
        )
    )
    at = f"/meetings/{world.meeting.id}"
    return [("clerk", f"{at}/consultation"), ("delegate", f"{at}/opinion")]


def _comments(session: Session, world) -> list[tuple[str, str]]:
    paper = factories.paper(session, world.item, factories.document(session, world.office))
    factories.comment_round(session, paper)
    words = {"text": all_of("gt"), "quote": all_of("gq"), "answer": all_of("ga")}
    answered = {"verdict": Verdict.PARTLY, "answered_at": clock.now()}
    factories.comment(session, paper, world.delegate, **words, **answered)
    return [("clerk", f"/papers/{paper.id}/comments"), ("delegate", "/comments")]


def _places(session: Session, world) -> list[tuple[str, str]]:
    words = {"name": all_of("xn"), "site": all_of("xs"), "equipment": [all_of("xe")]}
    factories.room(session, world.office, **words)
    factories.bridge_point(session, world.meeting, name=all_of("pn"), place=all_of("pp"))
    factories.service(session, world.meeting, note=all_of("vn"))
    points = f"/meetings/{world.meeting.id}/points"
    return [("clerk", page) for page in ("/rooms", points, "/services")]


def _record(
    session: Session, installation: Installation, world, keeper: User
) -> list[tuple[str, str]]:
    factories.members_on(session, installation.keys)
    cell = factories.body(session, world.commune, kind=BodyKind.CELL)
    facts = {name: all_of(code) for code, name in RECORD.items()}
    drafts = [
        Draft(
            EventKind.REGISTERED, date(2020, 1, 6), cell.id, facts=facts | {"birth_date": "1966"}
        ),
        Draft(EventKind.ADMITTED, date(2020, 2, 3), decision=all_of("mo")),
    ]
    key = vault.members_key(session, installation.keys)
    member = records.enter(session, key, drafts, by=keeper)
    records.look(session, member, all_of("mr"), by=keeper)
    custody = factories.custody(
        session,
        member,
        world.commune,
        keeper,
        reference=all_of("kr"),
        inventory=[all_of("ki")],
        outcome=Outcome.REFUSED,
        closed_at=clock.now(),
        closed_by=keeper.id,
        reason=all_of("kx"),
    )
    places = (f"/members/{member.id}", f"/bodies/{cell.id}/members", f"/custodies/{custody.id}")
    return [("keeper", place) for place in places]


@pytest.fixture
def observer(app: Flask, browser: Browser, sign_in, poisoned) -> Iterator[Observer]:
    world = poisoned.world
    people = {"clerk": world.clerk, "delegate": world.delegate, "keeper": poisoned.keeper}
    with observing(app, browser, sign_in, people, FIELDS, shown) as observer:
        yield observer


def test_nothing_that_is_written_into_a_record_ever_runs(observer: Observer, poisoned: Poisoned):
    """Each payload must be found on a page, letter by letter, in each of the fields."""
    for who, path in poisoned.pages:
        observer.visit(who, path)
    missing = {(code, index) for code in FIELDS for index in range(len(PAYLOADS))} - observer.pairs
    assert observer.problems == []
    assert missing == set()
    assert len(observer.pairs) == len(PAYLOADS) * len(FIELDS) == 120 * 39
