from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.agenda.access import services as access
from meetings.agenda.access.queries import readers_of
from meetings.models import (
    AccessLevel,
    AgendaItem,
    AgendaPaper,
    AuditEntry,
    Document,
    Event,
    Widening,
    WideningDecision,
    WideningKind,
)

EARLIER = {"readable_from": "2026-01-01T08:00", "readable_until": ""}
FACTS = {"title": "Phương án nhân sự", "doc_type": "report"}
KINDS = ("level", "window", "readers", "everybody", "item")


@pytest.fixture(params=KINDS)
def wish(request, world, office):
    """An address and a form that would let more persons read, and which list or fact it is."""
    both = [str(user.person_id) for user in (world.delegate, world.other_delegate)]
    paper = office.paper
    return {
        "level": (f"/documents/{paper.document_id}/edit", FACTS | {"access_level": "1"}),
        "window": (f"/papers/{paper.id}/window", EARLIER),
        "readers": (f"/papers/{paper.id}/readers", {"readers": both}),
        "everybody": (f"/papers/{paper.id}/readers", {}),
        "item": (f"/agenda-items/{world.item.id}/readers", {"readers": both}),
    }[request.param]


def state(installation, office):
    """Return what decides who reads the paper, and the same of the other one."""
    with installation.database.reading() as session:
        return [
            (
                session.get_one(Document, paper.document_id).access_level,
                session.get_one(AgendaPaper, paper.id).readable_from,
                frozenset(readers_of(session, paper)),
                frozenset(readers_of(session, session.get_one(AgendaItem, paper.item_id))),
            )
            for paper in (office.paper, office.other)
        ]


def asked(installation):
    with installation.database.reading() as session:
        return session.scalars(select(Widening).order_by(Widening.created_at)).all()


def decide(client, widening, deed):
    return client.submit(f"/widenings/{widening.id}/{deed}")


def page(client, address="/widenings"):
    return client.get(address).get_data(as_text=True)


def test_what_widens_waits_and_holds_once_a_second_person_agrees(
    installation, office, sign_in, wish
):
    before, asker = state(installation, office), sign_in(office.asker)
    assert asker.submit(wish[0], **wish[1]).status_code == 303
    assert state(installation, office) == before
    (widening,) = asked(installation)
    assert (widening.asked_by, widening.decision) == (office.asker.id, None)
    assert decide(sign_in(office.second), widening, "agree").status_code == 303
    after = state(installation, office)
    changed = [old != new for old, new in zip(before[0], after[0], strict=True)]
    assert changed.count(True) == 1
    assert after[1][:3] == before[1][:3], "the other paper keeps its level, time and list"
    (widening,) = asked(installation)
    assert widening.decision is WideningDecision.AGREED
    assert widening.decided_by == office.second.id


def test_nothing_changes_when_the_second_person_refuses(installation, office, sign_in, wish):
    before = state(installation, office)
    sign_in(office.asker).submit(wish[0], **wish[1])
    (widening,) = asked(installation)
    assert decide(sign_in(office.second), widening, "refuse").status_code == 303
    assert state(installation, office) == before
    assert asked(installation)[0].decision is WideningDecision.REFUSED
    assert decide(sign_in(office.second), widening, "agree").status_code == 404


def test_the_asker_sees_that_it_waits_and_cannot_agree(installation, office, world, sign_in, wish):
    asker = sign_in(office.asker)
    asker.submit(wish[0], **wish[1])
    (widening,) = asked(installation)
    prepare = page(asker, f"/meetings/{world.meeting.id}/prepare")
    assert "Chờ người thứ hai đồng ý" in prepare
    own = page(asker)
    assert f"/widenings/{widening.id}/agree" not in own
    assert f"/widenings/{widening.id}/refuse" in own
    assert decide(asker, widening, "agree").status_code == 404
    assert f"/widenings/{widening.id}/agree" in page(sign_in(office.second))
    assert decide(asker, widening, "refuse").status_code == 303, "it may be taken back"


def test_only_a_cleared_clerk_of_the_office_decides(installation, office, world, sign_in):
    paper = office.paper
    address = f"/documents/{paper.document_id}/edit"
    sign_in(office.asker).submit(address, **FACTS, access_level="0")
    (widening,) = asked(installation)
    for user in (world.clerk, world.delegate, world.researcher, world.administrator):
        for deed in ("agree", "refuse"):
            assert decide(sign_in(user), widening, deed).status_code == 404
    assert FACTS["title"] not in page(sign_in(world.clerk))
    assert sign_in(world.delegate).get("/widenings").status_code == 403


def test_every_step_leaves_a_line_in_the_ledger(installation, office, sign_in):
    address = f"/papers/{office.paper.id}/window"
    for deed in ("agree", "refuse"):
        sign_in(office.asker).submit(address, **EARLIER)
        decide(sign_in(office.second), asked(installation)[-1], deed)
        EARLIER["readable_from"] = ""
    with installation.database.reading() as session:
        lines = session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
    found = [(line.action, line.actor_id) for line in lines]
    assert ("paper:access", office.asker.id) in found
    assert ("widening:agree", office.second.id) in found


def test_the_page_says_what_is_asked_for_in_words(office, world, sign_in):
    asker = sign_in(office.asker)
    both = [str(user.person_id) for user in (world.delegate, world.other_delegate)]
    asker.submit(f"/papers/{office.paper.id}/readers", readers=both)
    asker.submit(f"/papers/{office.other.id}/window", **EARLIER | {"readable_from": ""})
    edit = f"/documents/{office.other.document_id}/edit"
    asker.submit(edit, **FACTS | {"title": "Kết quả kiểm tra"}, access_level="1")
    text = page(sign_in(office.second))
    for said in (
        world.other_delegate.person.full_name,
        office.asker.person.full_name,
        "ngay bây giờ",
        "không thời hạn",
        "Nội bộ",
        "Phương án nhân sự",
    ):
        assert said in text


def test_what_narrows_holds_at_once_and_only_the_rest_waits(session, office, world):
    one, two = world.delegate.person_id, world.other_delegate.person_id
    access.set_readers(session, office.paper, {one, two})
    new = world.outsider.person_id
    assert access.wish_readers(session, office.paper, {two, new}, by=office.asker)
    assert readers_of(session, office.paper) == {two}
    assert not access.wish_readers(session, office.paper, {two}, by=office.asker)
    (widening,) = session.scalars(select(Widening))
    assert widening.decision is WideningDecision.SUPERSEDED


def test_a_window_is_narrowed_at_once_and_widened_later(session, office):
    start = office.paper.readable_from
    end = start + timedelta(hours=3)
    assert not access.wish_window(session, office.paper, start=start, end=end, by=office.asker)
    sooner, shorter = start - timedelta(hours=1), end - timedelta(hours=1)
    assert access.wish_window(session, office.paper, start=sooner, end=shorter, by=office.asker)
    assert (office.paper.readable_from, office.paper.readable_until) == (start, shorter)


def test_papers_that_are_not_restricted_wait_for_nobody(session, office, world):
    for paper in (office.paper, office.other):
        paper.document.access_level = AccessLevel.INTERNAL
    session.flush()
    assert not access.wish_readers(session, office.paper, set(), by=office.asker)
    assert not access.wish_readers(session, world.item, set(), by=office.asker)
    assert not access.wish_window(session, office.paper, start=None, end=None, by=office.asker)
    assert office.paper.readable_from is None
    assert session.scalars(select(Widening)).all() == []


def test_asking_anew_takes_the_place_of_what_waited(session, office, world):
    for hours in (2, 1):
        start = clock.now() + timedelta(hours=hours)
        access.wish_window(session, office.paper, start=start, end=None, by=office.asker)
    access.wish_readers(session, office.paper, set(), by=office.asker)
    kinds = {
        (widening.kind, widening.decision): datetime.fromisoformat(widening.what["start"])
        for widening in session.scalars(select(Widening))
        if widening.kind is WideningKind.WINDOW
    }
    assert kinds.keys() == {
        (WideningKind.WINDOW, WideningDecision.SUPERSEDED),
        (WideningKind.WINDOW, None),
    }
    assert kinds[WideningKind.WINDOW, None] == start
    assert len(session.scalars(select(Widening)).all()) == 3


def test_other_facts_are_saved_while_the_level_waits(installation, office, sign_in):
    address = f"/documents/{office.paper.document_id}/edit"
    fields = FACTS | {"title": "Tên mới", "access_level": "1"}
    sign_in(office.asker).submit(address, **fields)
    with installation.database.reading() as session:
        document = session.get_one(Document, office.paper.document_id)
    assert (document.title, document.access_level) == ("Tên mới", AccessLevel.RESTRICTED)


def test_open_agendas_hear_of_a_level_that_was_raised(installation, session, office, sign_in):
    office.paper.document.access_level = AccessLevel.INTERNAL
    session.commit()
    address = f"/documents/{office.paper.document_id}/edit"
    sign_in(office.asker).submit(address, **FACTS, access_level="2")
    with installation.database.reading() as reading:
        assert reading.scalars(select(Event.kind)).all() == ["agenda"]
    assert asked(installation) == []


def test_a_paper_that_is_taken_away_takes_what_waits_along(session, office):
    access.wish_window(session, office.paper, start=None, end=None, by=office.asker)
    access.wish_window(session, office.other, start=None, end=None, by=office.asker)
    session.delete(office.paper)
    session.flush()
    assert [w.paper_id for w in session.scalars(select(Widening))] == [office.other.id]
