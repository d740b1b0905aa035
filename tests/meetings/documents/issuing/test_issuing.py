"""Circulations compared and told, and which papers may be drafts."""

from uuid import UUID

import pytest

from meetings.documents.issuing.queries import (
    Circulation,
    became,
    circulation_of,
    drafts_of,
    drafts_to_choose,
    proposed_circulation,
)
from meetings.documents.issuing.services import Facts, circulate, issue
from meetings.models import Reach
from tests import factories

ONE, TWO = UUID(int=1), UUID(int=2)
FACTS = Facts("436-KL/TU", None, "Hà Trọng Khiêm")
TITLE = "Kết luận về cải cách hành chính của tỉnh"


def to(reach: Reach, bodies=(), people=()) -> Circulation:
    return Circulation(reach, frozenset(bodies), frozenset(people))


@pytest.mark.parametrize(
    ("wide", "narrow", "covers"),
    [
        (to(Reach.PARTY), to(Reach.PARTY), True),
        (to(Reach.PARTY), to(Reach.ARCHIVISTS), True),
        (to(Reach.ARCHIVISTS), to(Reach.BODIES, [ONE]), False),
        (to(Reach.BODIES, [ONE, TWO]), to(Reach.BODIES, [ONE]), True),
        (to(Reach.BODIES, [ONE]), to(Reach.BODIES, [ONE, TWO]), False),
        (to(Reach.PEOPLE, [], [ONE]), to(Reach.PEOPLE, [], [TWO]), False),
        (to(Reach.PARTY), to(Reach.PEOPLE, [], [ONE]), False),
    ],
)
def test_a_circulation_covers_another_only_where_nobody_is_added(wide, narrow, covers):
    assert wide.covers(narrow) is covers
    assert Circulation.read(narrow.told()) == narrow


def test_a_paper_that_was_not_issued_goes_nowhere(session, world):
    document = factories.document(session, world.office)
    assert circulation_of(session, document) is None
    assert drafts_of(session, document, by=world.clerk) == ()
    assert proposed_circulation(session, document, by=world.clerk) == Circulation()
    with pytest.raises(LookupError):
        circulate(session, document, to(Reach.PARTY))


@pytest.mark.parametrize(
    ("line", "expected"),
    [("Toàn Đảng bộ tỉnh", Reach.PARTY), ("Lưu", Reach.ARCHIVISTS), ("office", Reach.BODIES)],
)
def test_the_lines_of_the_paper_propose(session, installation, world, line, expected):
    document = factories.document(session, world.office)
    said = world.office.name if line == "office" else line
    header = {"metadata": {"recipients": f"- {said};"}, "citations": []}
    keys, store = installation.keys, installation.store
    factories.version(session, keys, store, document, b"%PDF", header=header)
    found = proposed_circulation(session, document, by=world.clerk)
    assert found.reach is expected
    assert found.bodies == ({world.office.id} if expected is Reach.BODIES else frozenset())


def test_papers_of_a_like_title_are_offered_as_drafts(session, world):
    document = factories.document(session, world.office, title=TITLE)
    draft = factories.document(session, world.office, title=f"Dự thảo {TITLE}")
    other = factories.document(session, world.office, title="Giấy mời họp")
    aside = factories.document(session, world.commune, title=f"Dự thảo {TITLE}")
    offered = drafts_to_choose(session, document, by=world.clerk)
    assert [one.id for one in offered] == [draft.id]
    issue(session, document, FACTS, to(Reach.PARTY), drafts=[draft.id], by=world.clerk)
    assert [one.id for one in drafts_of(session, document, by=world.clerk)] == [draft.id]
    found = became(session, [draft.id, other.id, aside.id], by=world.clerk)
    assert {key: one.id for key, one in found.items()} == {draft.id: document.id}
    assert became(session, [draft.id], by=world.outsider) == {}
    later = factories.document(session, world.office, title=TITLE)
    assert drafts_to_choose(session, later, by=world.clerk) == [], "each became one document"
