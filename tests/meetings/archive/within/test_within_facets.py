"""Inside a meeting or a body a count is of what lies there and may be read, whatever is around."""

import html
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from meetings import clock
from meetings.models import AccessLevel, AgendaPaper, Document, DocumentType, Participant
from tests import factories

HERE = (
    ("Báo cáo thu chi", DocumentType.REPORT, date(2026, 5, 1), "Lò Thị Mai"),
    ("Kế hoạch thu chi", DocumentType.PLAN, date(2026, 5, 1), "Giàng A Páo"),
    ("Kế hoạch năm cũ", DocumentType.PLAN, date(2024, 5, 1), "Lò Thị Mai"),
)


@pytest.fixture
def laid(session, world):
    """Return a maker of papers before an item, noisy neighbours of the first three."""

    def lay(item, title, kind=DocumentType.PLAN, day=date(2026, 5, 1), signer="", **changes):
        facts = {"doc_type": kind, "issued_on": day, "signer": signer}
        document = factories.document(session, world.office, title=title, **facts | changes)
        return document, factories.paper(session, item, document, position=document.id.int % 997)

    return lay


@pytest.fixture
def papers(session, world, laid):
    """Three papers of the meeting, one of another meeting, one that nobody laid."""
    made = [laid(world.item, *row)[0] for row in HERE]
    laid(world.planned_item, "Kế hoạch của kỳ khác", signer="Người Khác")
    factories.document(session, world.office, title="Kế hoạch để ngoài", signer="Người Ngoài")
    session.commit()
    return made


@pytest.fixture
def at(world):
    return f"/meetings/{world.meeting.id}/search"


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def found(text: str) -> list[str]:
    return re.findall(r'href="/documents/([0-9a-f-]+)\?page=', text)


def ways(text: str) -> list[tuple[str, str, int]]:
    """Return each value that is offered: its facet, its address and its count."""
    made = []
    for name, body in re.findall(r'id="facet-(\w+)" aria.*?<ul[^>]*>(.*?)</ul>', text, re.DOTALL):
        rows = re.findall(r'<a href="([^"]+)".*?<span class="soft">(\d+)', body, re.DOTALL)
        made += [(name, html.unescape(address), int(count)) for address, count in rows]
    return made


def body_of(text: str) -> str:
    return re.search(r"<main.*</main>", text, re.DOTALL)[0]


def test_behind_each_value_lie_as_many_papers_as_it_says(sign_in, world, papers, at):
    client = sign_in(world.delegate)
    offered = ways(page(client, at))
    assert {name for name, _address, _count in offered} == {"type", "year", "signer", "validity"}
    for name, address, count in offered:
        assert address.startswith(f"{at}?"), "one stays inside"
        assert len(found(page(client, address))) == count, (name, address)
    assert "Người Khác" not in page(client, at)
    assert "Người Ngoài" not in page(client, at)


def test_conditions_are_combined_and_taken_away_inside(sign_in, world, papers, at):
    client = sign_in(world.delegate)
    text = page(client, f"{at}?type=plan&signer=lò+thị+mai")
    assert found(text) == [str(papers[2].id)]
    assert f'href="{at}"' in text, "all are taken away at once"
    assert 'aria-label="Bỏ' in text
    assert f"{at}?type=plan" in html.unescape(text)
    assert "/archive/searches/new" not in text, "what is kept is of the whole archive"
    assert "/archive/file" not in text
    empty = page(client, f"{at}?year=1999")
    assert found(empty) == []
    assert "0 văn bản" in empty


def test_a_value_of_what_lies_elsewhere_finds_nothing_here(sign_in, world, papers, at):
    clerk = sign_in(world.clerk)
    for signer in ("Người Khác", "Người Ngoài"):
        assert found(page(clerk, f"/archive?signer={signer}")), "the clerk reads it"
        text = page(clerk, f"{at}?signer={signer}")
        assert found(text) == []
        assert "0 văn bản" in text


def test_papers_that_are_hidden_change_no_byte(session, sign_in, world, papers, laid, at):
    client = sign_in(world.delegate)
    addresses = (at, f"{at}?sort=oldest", f"{at}?type=plan", f"{at}?year=2026&whole=signer")
    before = [body_of(page(client, address)) for address in addresses]
    later = clock.now() + timedelta(hours=2)
    _, recalled = laid(world.item, "Kế hoạch thu hồi", signer="Người Kín")
    recalled.recalled_at = clock.now()
    _, waiting = laid(world.item, "Kế hoạch chưa đến giờ", signer="Người Kín")
    waiting.readable_from = later
    laid(world.item, "Kế hoạch chưa phát", signer="Người Kín")[1].released_at = None
    laid(world.item, "Kế hoạch hạn chế", signer="Người Kín", access_level=AccessLevel.RESTRICTED)
    session.commit()
    assert [body_of(page(client, address)) for address in addresses] == before
    waiting.readable_from = clock.now() - timedelta(minutes=1)
    session.commit()
    assert "Kế hoạch chưa đến giờ" in page(client, at), "its hour came"
    assert ("signer", f"{at}?signer=Ng%C6%B0%E1%BB%9Di+K%C3%ADn", 1) in ways(page(client, at))


def test_a_paper_that_is_recalled_is_gone_from_counts_at_once(session, sign_in, world, papers, at):
    client = sign_in(world.delegate)
    page(client, at)
    row = session.scalars(select(AgendaPaper).where(AgendaPaper.document_id == papers[2].id)).one()
    row.recalled_at = clock.now()
    session.commit()
    text = page(client, at)
    assert sorted(found(text)) == sorted(str(one.id) for one in papers[:2])
    assert "facet-year" not in text, "all are of one year: it tells nothing apart"
    assert found(page(client, f"{at}?year=2024")) == []


def test_who_is_taken_from_the_meeting_finds_nothing_in_it(session, sign_in, world, papers, at):
    client, other = sign_in(world.delegate), sign_in(world.other_delegate)
    assert len(found(page(client, at))) == 3
    person = Participant.person_id == world.delegate.person_id
    session.execute(delete(Participant).where(person))
    session.commit()
    assert client.get(at).status_code == 404
    assert len(found(page(other, at))) == 3, "the other stays"


def test_equal_days_keep_their_places_over_pages(session, sign_in, world, laid, at):
    made = [str(laid(world.item, "Tờ trình")[0].id) for _ in range(12)]
    session.commit()
    client = sign_in(world.delegate)
    for sort in ("newest", "oldest", "number"):
        leaves = [found(page(client, f"{at}?sort={sort}&page={number}")) for number in (1, 2)]
        assert [len(leaf) for leaf in leaves] == [10, 2]
        assert sorted(leaves[0] + leaves[1]) == sorted(made)
        assert found(page(client, f"{at}?sort={sort}&page=1")) == leaves[0]
    onwards = re.findall(r'href="([^"]*page=2[^"]*)"', page(client, f"{at}?type=plan"))
    assert onwards
    assert all("type=plan" in address for address in onwards), "the pager keeps the condition"


def test_a_body_counts_its_own_and_not_those_below_it(session, sign_in, world):
    clerk = sign_in(world.clerk)
    below = factories.body(session, world.office)
    for body, signer in ((world.office, "Người Trên"), (below, "Người Dưới")):
        for kind in (DocumentType.PLAN, DocumentType.REPORT):
            factories.document(session, body, doc_type=kind, signer=signer)
    session.commit()
    text = page(clerk, f"/bodies/{world.office.id}/search")
    assert "2 văn bản" in text
    assert "Người Dưới" not in text
    assert [count for name, _address, count in ways(text) if name == "type"] == [1, 1]
    assert "Người Trên" not in page(clerk, f"/bodies/{below.id}/search")


def test_in_english_a_meeting_is_searched_alike(sign_in, world, papers, at):
    client = sign_in(world.delegate)
    client.set_cookie("preferences", "light.100.en")
    text = page(client, f"{at}?type=plan")
    assert "Search here" in text
    assert "2 documents" in text
    assert "Type of document: Plan" in text
    assert found(text) == found(page(sign_in(world.delegate), f"{at}?type=plan"))


def test_a_meeting_without_papers_says_so(session, sign_in, world, at):
    factories.document(session, world.office, title="Kế hoạch để ngoài", archived_at=clock.now())
    session.commit()
    text = page(sign_in(world.delegate), f"{at}?type=plan&sort=number")
    assert "0 văn bản" in text
    assert ways(text) == []
    assert session.scalars(select(Document)).one().title not in text
