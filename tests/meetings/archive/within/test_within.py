"""A search inside a meeting or a body: what is there and may be read, nothing from elsewhere."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from meetings.models import AgendaPaper, Document, Page
from search_index import SearchIndexError
from tests import factories


@pytest.fixture
def shelf(file, world, session) -> dict[str, Document]:
    """Two papers before the meeting, one recalled from it, one of the office laid nowhere."""
    texts = {
        "budget": ("Mở đầu", "Dự toán ngân sách năm 2027"),
        "reform": ("Cải cách và dự toán ngân sách",),
        "recalled": ("Dự toán ngân sách bị thu hồi",),
        "elsewhere": ("Dự toán ngân sách cũ",),
    }
    made = {name: file(world.office, *pages, title=name) for name, pages in texts.items()}
    for place, name in enumerate(("budget", "reform", "recalled")):
        factories.paper(session, world.item, session.merge(made[name]), position=place)
    session.get_one(Document, made["recalled"].id)
    paper = session.scalars(
        select(AgendaPaper).where(AgendaPaper.document_id == made["recalled"].id)
    ).one()
    paper.recalled_at = paper.released_at
    for document in made.values():
        session.get_one(Document, document.id).archived_at = None
    other = file(world.commune, "Dự toán ngân sách xã", title="commune")
    session.commit()
    return made | {"commune": other}


def shown(answer, shelf) -> list[tuple[str, int]]:
    assert answer.status_code == 200
    names = {str(document.id): name for name, document in shelf.items()}
    found = re.findall(r'href="/documents/([0-9a-f-]+)\?page=(\d+)', answer.get_data(as_text=True))
    return [(names[identity], int(page)) for identity, page in found]


def test_a_delegate_finds_the_papers_of_the_meeting_at_their_pages(sign_in, world, shelf):
    client, at = sign_in(world.delegate), f"/meetings/{world.meeting.id}/search"
    assert f"{at}" in client.get(f"/meetings/{world.meeting.id}").get_data(as_text=True)
    answer = client.get(f"{at}?q=du+toan+2027")
    assert shown(answer, shelf) == [("budget", 2)]
    html = answer.get_data(as_text=True)
    assert "<mark>" in html
    assert "/archive?q=du+toan+2027" in html, "the whole archive is one press away"
    assert sorted(shown(client.get(f"{at}?q=du+toan"), shelf)) == [("budget", 2), ("reform", 1)]
    assert sorted(shown(client.get(at), shelf)) == [("budget", 1), ("reform", 1)]


def test_the_clerk_finds_what_lies_in_the_body_and_nothing_of_another(sign_in, world, shelf):
    client, at = sign_in(world.clerk), f"/bodies/{world.office.id}/search"
    assert at in client.get(f"/bodies/{world.office.id}").get_data(as_text=True)
    names = {name for name, _ in shown(client.get(f"{at}?q=ngân+sách"), shelf)}
    assert names == {"budget", "reform", "recalled", "elsewhere"}
    inside = f"/meetings/{world.meeting.id}/search?q=ngân+sách"
    names = {name for name, _ in shown(client.get(inside), shelf)}
    assert names == {"budget", "reform", "recalled"}, "the clerk sees what was recalled"


def test_who_is_not_there_learns_nothing(sign_in, world, shelf):
    assert sign_in(world.outsider).get(f"/meetings/{world.meeting.id}/search").status_code == 404
    for user in (world.outsider, world.administrator, world.researcher):
        answer = sign_in(user).get(f"/bodies/{world.office.id}/search?q=ngân+sách")
        assert shown(answer, shelf) == []
        assert "0 văn bản" in answer.get_data(as_text=True)


def test_the_nearest_and_the_conditions_are_told(sign_in, world, shelf):
    client, at = sign_in(world.delegate), f"/meetings/{world.meeting.id}/search"
    html = client.get(f"{at}?q=ngân+sách+zzqx").get_data(as_text=True)
    assert "Gần nhất" in html
    html = client.get(f"{at}?q=zzqx").get_data(as_text=True)
    assert "Không tìm thấy" in html


@pytest.mark.parametrize(
    "words", ['"', "-", "*", "một " * 3000, "<script>alert(1)</script>", "số:"]
)
def test_any_text_is_answered_and_escaped(sign_in, world, words):
    at = f"/meetings/{world.meeting.id}/search"
    answer = sign_in(world.delegate).get(at, query_string={"q": words, "page": "x"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.get_data(as_text=True)


def test_a_long_list_has_pages(session, sign_in, world):
    for number in range(12):
        document = factories.document(session, world.office, title=f"Văn bản {number}")
        factories.paper(session, world.item, document, position=number)
    session.commit()
    client, at = sign_in(world.delegate), f"/meetings/{world.meeting.id}/search"
    pages = [client.get(f"{at}?page={page}").get_data(as_text=True) for page in (1, 2, 99)]
    found = [re.findall(r'href="/documents/([0-9a-f-]+)\?page', page) for page in pages]
    assert [len(each) for each in found] == [10, 2, 2]
    assert len({*found[0], *found[1]}) == 12
    assert f'href="{at}?page=2"' in pages[0]


def test_what_lies_there_is_narrowed_down_and_put_in_order(session, sign_in, world, shelf):
    facts = {
        "budget": ("9-TTr/TU", 2024),
        "reform": ("3-KH/TU", 2026),
        "recalled": ("1-KH/TU", 2026),
    }
    for name, (symbol, year) in facts.items():
        row = session.get_one(Document, shelf[name].id)
        row.symbol, row.issued_on = symbol, date(year, 5, 1)
    session.commit()
    client, at = sign_in(world.delegate), f"/meetings/{world.meeting.id}/search"
    for query in ("q=ngân+sách+năm:2026", "q=ngân+sách&year=2026", "year=2026"):
        assert shown(client.get(f"{at}?{query}"), shelf) == [("reform", 1)], query
    ordered = shown(client.get(f"{at}?q=ngân+sách&sort=number"), shelf)
    assert [name for name, _ in ordered] == ["reform", "budget"]
    page = client.get(f"{at}?q=ngân+sách").get_data(as_text=True)
    assert f'href="{at}?q=ng%C3%A2n+s%C3%A1ch&amp;year=2024"' in page
    assert "hit=" not in page, "the way from hit to hit leads through the whole archive"
    assert "Chưa vào kho" not in page


def test_a_damaged_page_costs_its_words_and_a_damaged_index_says_so(
    sign_in, installation, world, shelf, monkeypatch
):
    with installation.database.reading() as reading:
        names = set(reading.scalars(select(Page.text)))
    for blob in installation.settings.blobs_folder.rglob("*"):
        if blob.name in names:
            blob.chmod(0o600)
            blob.write_bytes(b"damaged")
    client, at = sign_in(world.delegate), f"/meetings/{world.meeting.id}/search?q=du+toan"
    answer = client.get(at)
    assert len(shown(answer, shelf)) == 2
    assert "<mark>" not in answer.get_data(as_text=True)

    class Damaged:
        def search(self, *_arguments: object, **_more: object) -> None:
            raise SearchIndexError

    monkeypatch.setitem(vars(installation), "index", Damaged())
    assert "đang được dựng lại" in client.get(at).get_data(as_text=True)
