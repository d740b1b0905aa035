"""Documents about the same: those that a person may read, in an order that no other changes."""

import random
import re
from contextlib import suppress

import pytest
from sqlalchemy import select

from meetings.archive.similar import queries
from meetings.models import AccessLevel, Document, Issue, IssueDraft, Page, Reach
from search_index import SearchIndexError
from tests import factories

RAIL = "Đường sắt tốc độ cao; ga đường sắt; hạ tầng đường sắt qua địa bàn tỉnh."
SHELF = {
    "plan": ("Kế hoạch phát triển đường sắt", ("Mở đầu", RAIL * 3)),
    "report": ("Báo cáo về đường sắt", (RAIL, "Phụ lục")),
    "cost": ("Tờ trình kinh phí", ("Dự toán", "Chi cho ga đường sắt và hạ tầng đường sắt. " * 2)),
    "forest": ("Kế hoạch trồng rừng", ("Trồng rừng gỗ lớn; giao khoán rừng đầu nguồn.",)),
}


@pytest.fixture
def shelf(file, world) -> dict[str, Document]:
    return {
        name: file(world.office, *texts, title=title, symbol=f"{at}-{name}/TU")
        for at, (name, (title, texts)) in enumerate(SHELF.items(), start=1)
    }


def page_of(client, document: Document) -> str:
    answer = client.get(f"/documents/{document.id}/similar")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def shown(page: str, shelf: dict[str, Document]) -> list[tuple[str, int]]:
    names = {str(document.id): name for name, document in shelf.items()}
    links = re.findall(r'href="/documents/([0-9a-f-]+)\?page=(\d+)"', page)
    return [(names.get(identity, "stranger"), int(number)) for identity, number in links]


def test_the_most_alike_comes_first_at_its_page_and_the_paper_itself_is_left_out(
    sign_in, world, shelf
):
    client = sign_in(world.researcher)
    page = page_of(client, shelf["plan"])
    assert shown(page, shelf) == [("report", 1), ("cost", 2)]
    assert "đường sắt" in re.search(r"Tìm theo[^<]+", page)[0]
    record = client.get(f"/documents/{shelf['plan'].id}/record").get_data(as_text=True)
    assert f"/documents/{shelf['plan'].id}/similar" in record
    results = client.get("/archive?q=duong+sat").get_data(as_text=True)
    assert results.count("/similar") == 3


def test_what_nobody_else_writes_about_has_nothing_alike(sign_in, world, shelf):
    assert "Không có văn bản tương tự" in page_of(sign_in(world.researcher), shelf["forest"])


def test_papers_that_are_hidden_change_no_byte_of_what_is_shown(
    sign_in, world, shelf, file, session
):
    """They come, change and go; the list, its order and the words stay as they are."""
    client = sign_in(world.researcher)
    before = {name: kept(page_of(client, document)) for name, document in shelf.items()}
    hidden = [
        file(world.office, *texts, title=f"{title} {number}", archived_at=None)
        for title, texts in SHELF.values()
        for number in range(3)
    ]
    assert {name: kept(page_of(client, one)) for name, one in shelf.items()} == before
    for document in hidden:
        assert client.get(f"/documents/{document.id}/similar").status_code == 404
    seen = page_of(sign_in(world.clerk), shelf["plan"])
    assert "stranger" in dict(shown(seen, shelf)), "the office finds them"
    session.get_one(Document, hidden[0].id).archived_at = shelf["plan"].archived_at
    session.commit()
    assert kept(page_of(client, shelf["plan"])) != before["plan"], "one that is shown does count"


def kept(page: str) -> str:
    """Return the part of a page that a reader reads."""
    return re.search(r"<main.*</main>", page, re.DOTALL)[0]


def test_access_that_was_lost_is_lost_at_once_though_the_index_still_has_it(
    sign_in, world, shelf, session
):
    session.get_one(Document, shelf["report"].id).archived_at = None
    session.commit()
    assert shown(page_of(sign_in(world.researcher), shelf["plan"]), shelf) == [("cost", 2)]


def test_drafts_and_what_they_became_are_named_elsewhere(
    sign_in, world, shelf, session, installation
):
    issue = Issue(document_id=shelf["plan"].id, reach=Reach.PARTY)
    factories.add(session, issue)
    factories.add(session, IssueDraft(draft_id=shelf["report"].id, issue_id=issue.id))
    session.commit()
    client = sign_in(world.clerk)
    assert ("report", 1) not in shown(page_of(client, shelf["plan"]), shelf)
    assert "plan" not in dict(shown(page_of(client, shelf["report"]), shelf))


def test_a_damaged_page_costs_its_words_and_a_damaged_index_the_list(
    sign_in, world, shelf, installation, monkeypatch
):
    client, document = sign_in(world.researcher), shelf["plan"]
    with installation.database.reading() as session:
        broken = session.scalars(select(Page).where(Page.number == 1)).all()
        names = {page.text for page in broken}
    for blob in installation.settings.blobs_folder.rglob("*"):
        if blob.name in names:
            blob.chmod(0o600)
            blob.write_bytes(b"damaged")
    assert dict(shown(page_of(client, document), shelf)).keys() >= {"report"}

    class Damaged:
        def search(self, *_arguments: object, **_more: object) -> None:
            raise SearchIndexError

    with suppress(AttributeError):
        del installation.index
    monkeypatch.setitem(vars(installation), "index", Damaged())
    assert "đang được làm mới" in page_of(client, document)


def test_only_the_first_pages_of_a_long_paper_are_read(
    installation, session, world, file, monkeypatch
):
    monkeypatch.setattr(queries, "READ", 2)
    long = file(world.office, "đường sắt", "đường sắt", "trồng rừng trồng rừng", title="Sách")
    found = queries.alike(session, installation, long, by=world.clerk)
    assert "đường sắt" in found.words
    assert "trồng rừng" not in found.words


def test_a_paper_without_a_file_has_nothing_alike(session, installation, world):
    empty = factories.document(session, world.office, title="Sách")
    session.commit()
    assert queries.alike(session, installation, empty, by=world.clerk) == queries.Alike()


def test_what_is_hidden_is_as_if_it_were_not_there_nor_in_a_body(
    sign_in, world, file, installation
):
    """Each second one is hidden; without them in the index all is as before."""
    chance = random.Random(5)
    words = ["đường", "sắt", "rừng", "ngân", "sách", "dự", "toán", "hạ", "tầng"]
    made = []
    for number in range(16):
        text = " ".join(chance.choices(words, k=chance.randint(4, 30)))
        hidden = chance.choice([{"archived_at": None}, {"access_level": AccessLevel.RESTRICTED}])
        values = {"title": " ".join(chance.choices(words, k=3)), "symbol": f"{number}-BC/TU"}
        made.append(file(world.office, text, **values, **(hidden if number % 2 else {})))
    client = sign_in(world.researcher)
    inside = [f"/bodies/{world.office.id}/search?q={word}" for word in words]
    near = [f"/documents/{document.id}/similar" for document in made[::2]]
    before = [kept(client.get(address).get_data(as_text=True)) for address in (*inside, *near)]
    assert sum("results" in page for page in before) > len(words)
    installation.index.remove(*(str(document.id) for document in made[1::2]))
    assert [kept(client.get(one).get_data(as_text=True)) for one in (*inside, *near)] == before
