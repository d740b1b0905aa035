"""A meeting's papers as one book: agenda order, only what the reader may read, from end to end."""

from types import SimpleNamespace

import pytest

from meetings import clock
from meetings.models import PaperReader
from meetings.reader import services
from meetings.reader.book.queries import book_of, left_at, neighbours
from tests import factories, papers


@pytest.fixture
def shelf(installation, session, world):
    """Three papers of three pages: two at the first item, in reverse order, one at the second."""
    second = factories.item(session, world.meeting, position=10**6, title="Nội dung sau")
    session.commit()
    made = [papers.prepared(installation, world.office) for _ in range(3)]
    documents = [session.merge(one) for one in made]
    later, earlier, last = documents
    laid = SimpleNamespace(
        earlier=factories.paper(session, world.item, earlier, position=1),
        later=factories.paper(session, world.item, later, position=2),
        last=factories.paper(session, second, last),
    )
    session.commit()
    return laid


def html(answer) -> str:
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def order(session, world, by) -> list:
    return [chapter.paper.id for chapter in book_of(session, world.meeting, by=by)]


def test_chapters_stand_in_the_order_of_the_agenda_with_pages_counted_on(session, world, shelf):
    chapters = book_of(session, world.meeting, by=world.delegate)
    wanted = [shelf.earlier.id, shelf.later.id, shelf.last.id]
    assert [chapter.paper.id for chapter in chapters] == wanted
    assert [(one.first, one.last) for one in chapters] == [(1, 3), (4, 6), (7, 9)]


def test_the_neighbours_of_a_paper_are_those_of_the_book(session, world, shelf):
    def around(paper):
        found = neighbours(session, paper, by=world.delegate)
        return tuple(one and one.paper.id for one in (found.before, found.after))

    assert around(shelf.earlier) == (None, shelf.later.id)
    assert around(shelf.later) == (shelf.earlier.id, shelf.last.id)
    assert around(shelf.last) == (shelf.later.id, None)
    assert around(None) == (None, None)


def test_what_somebody_may_not_read_is_no_chapter_of_their_book(session, world, shelf):
    named = PaperReader(paper_id=shelf.later.id, person_id=world.other_delegate.person_id)
    factories.add(session, named)
    assert order(session, world, world.delegate) == [shelf.earlier.id, shelf.last.id]
    assert shelf.later.id in order(session, world, world.other_delegate)
    found = neighbours(session, shelf.earlier, by=world.delegate)
    assert found.after.paper.id == shelf.last.id
    assert neighbours(session, shelf.later, by=world.delegate).after is None
    shelf.earlier.recalled_at = clock.now()
    session.flush()
    assert order(session, world, world.delegate) == [shelf.last.id]


def test_one_reads_on_in_the_paper_that_one_had_open_last(session, world, shelf):
    chapters = book_of(session, world.meeting, by=world.delegate)
    assert left_at(session, chapters, by=world.delegate) is None
    for paper in (shelf.last, shelf.later):
        services.remember(session, paper.document, 2, by=world.delegate)
        session.flush()
    assert left_at(session, chapters, by=world.delegate).paper.id == shelf.later.id
    assert left_at(session, chapters, by=world.other_delegate) is None
    assert left_at(session, (), by=world.delegate) is None


def test_the_contents_lead_into_the_book_and_its_ends_to_the_next_paper(
    session, sign_in, world, shelf
):
    client = sign_in(world.delegate)
    contents = html(client.get(f"/meetings/{world.meeting.id}/book"))
    assert "9 trang" in contents
    assert "Trang 4 đến 6" in contents
    assert "Đọc từ trang đầu" in contents
    assert f"/meetings/{world.meeting.id}/book" in html(client.get(f"/meetings/{world.meeting.id}"))
    at = f"/documents/{shelf.later.document_id}?paper={shelf.later.id}"
    before = f"/documents/{shelf.earlier.document_id}?page=3&amp;paper={shelf.earlier.id}"
    after = f"/documents/{shelf.last.document_id}?page=1&amp;paper={shelf.last.id}"
    assert f'href="{before}"' in html(client.get(f"{at}&page=1"))
    assert f'href="{after}"' in html(client.get(f"{at}&page=3"))
    middle = html(client.get(f"{at}&page=2"))
    assert f'data-before="{before}"' in middle
    assert f'data-after="{after}"' in middle
    assert f'href="{after}"' not in middle
    assert "data-after" not in html(client.get(f"/documents/{shelf.later.document_id}"))
    client.submit(f"/documents/{shelf.later.document_id}/position", page=2)
    assert "Đọc tiếp chỗ đang đọc" in html(client.get(f"/meetings/{world.meeting.id}/book"))


def test_a_book_without_papers_says_so_and_strangers_have_none(sign_in, world):
    empty = html(sign_in(world.delegate).get(f"/meetings/{world.meeting.id}/book"))
    assert "Chưa có tài liệu để đọc" in empty
    for user in (world.outsider, world.administrator):
        assert sign_in(user).get(f"/meetings/{world.meeting.id}/book").status_code == 404
