"""The reader's pages: every page reachable, hits marked, the place kept, nobody else let in."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete

from meetings.documents.queries import current_version, pages_of
from meetings.models import (
    Document,
    DocumentVersion,
    Job,
    Page,
    ReadingPosition,
    ReadPages,
    VersionState,
    database,
)
from tests import factories, papers


@pytest.fixture
def document(installation, session, world) -> Document:
    """A released paper of the world's meeting."""
    document = papers.prepared(installation, world.office)
    factories.paper(session, world.item, document)
    session.commit()
    return document


def pages(installation, document: Document) -> list[Page]:
    with installation.database.reading() as session:
        return list(pages_of(session, current_version(session, document)))


def change(installation, document: Document, **values) -> None:
    def update(session) -> None:
        for name, value in values.items():
            setattr(current_version(session, document), name, value)

    installation.database.write(update)


def html(answer) -> str:
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_delegate_reads_the_first_page_with_its_text(installation, sign_in, world, document):
    page = html(sign_in(world.delegate).get(f"/documents/{document.id}"))
    first = pages(installation, document)[0]
    assert f"/pages/{first.id}/image/1200" in page
    assert "Nghị quyết số 03-NQ/TU" in page
    assert 'class="reader-words"' not in page, "the words of the picture come after it"
    assert "1/3" in page


@pytest.fixture
def few_connections(monkeypatch) -> None:
    """Let a process read over two connections only."""
    monkeypatch.setattr(database, "READERS", {"pool_size": 2, "max_overflow": 0, "pool_timeout": 5})


def test_more_tablets_than_connections_open_a_paper_at_once_and_none_waits_for_another(
    few_connections, sign_in, world, document
):
    tablets = [sign_in(world.delegate) for _ in range(12)]
    at_once = threading.Barrier(len(tablets))

    def open_it(tablet) -> int:
        at_once.wait()
        return tablet.get(f"/documents/{document.id}").status_code

    with ThreadPoolExecutor(len(tablets)) as hall:
        assert set(hall.map(open_it, tablets)) == {200}


def test_a_tile_of_the_watermark_is_wider_than_its_text(session, sign_in, world, document):
    session.merge(world.delegate).person.full_name = name = "Nguyễn Trường Phương Hằng " * 4
    session.commit()
    page = html(sign_in(world.delegate).get(f"/documents/{document.id}"))
    width = int(re.search(r'<pattern id="watermark" width="(\d+)"', page)[1])
    lines = re.findall(r'<text class="reader-watermark-text" x="(-?\d+)" y="\d+">([^<]+)<', page)
    assert len(lines) == 3
    assert all(name.strip() in text for _start, text in lines)
    assert all(width > 9 * len(text) + 40 for _start, text in lines), "9 px a letter at 16 px"
    assert int(lines[2][0]) - int(lines[1][0]) == width, "the seam shows the whole of the text"


@pytest.mark.parametrize(("asked", "shown"), [("2", 2), ("99", 3), ("-4", 1), ("x", 1)])
def test_any_page_asked_for_is_the_nearest_there_is(sign_in, world, document, asked, shown: int):
    page = html(sign_in(world.delegate).get(f"/documents/{document.id}?page={asked}"))
    assert f"{shown}/3" in page


def test_the_place_is_kept_for_each_person(installation, sign_in, world, document):
    reader, other = sign_in(world.delegate), sign_in(world.other_delegate)
    for number in (2, 3):
        answer = reader.submit(f"/documents/{document.id}/position", page=number)
        assert answer.status_code == 204
    assert "3/3" in html(reader.get(f"/documents/{document.id}"))
    assert "1/3" in html(other.get(f"/documents/{document.id}"))
    with installation.database.reading() as session:
        kept = session.get_one(ReadingPosition, (world.delegate.id, document.id))
    assert kept.page == 3


@pytest.mark.parametrize("nonsense", ["0", "x", "", "9999999"])
def test_a_place_that_is_none_is_refused(sign_in, world, document, nonsense: str):
    client = sign_in(world.delegate)
    answer = client.submit(f"/documents/{document.id}/position", page=nonsense)
    assert answer.status_code == 422


def test_pages_that_were_seen_without_a_network_are_told_later(
    installation, sign_in, world, document
):
    version = pages(installation, document)[0].version_id
    client, address = sign_in(world.delegate), f"/documents/{document.id}/position"
    answer = client.submit(address, page=3, version=str(version), seen="1,3,4,99")
    assert answer.status_code == 204
    with installation.database.reading() as session:
        row = session.get_one(ReadPages, (world.delegate.id, version))
        assert (row.pages, row.ended_at) == ([1, 3], None)
    assert client.submit(address, page=2, version=str(version)).status_code == 204
    with installation.database.reading() as session:
        row = session.get_one(ReadPages, (world.delegate.id, version))
        assert row.pages == [1, 2, 3]
        assert row.ended_at
    for nonsense in ("1,", "a", "1;2", "1" * 9, "1," * 20_000 + "1"):
        answer = client.submit(address, page=1, version=str(version), seen=nonsense)
        assert answer.status_code == 422, nonsense[:20]


def test_hits_are_marked_on_the_page(installation, sign_in, world, document):
    client = sign_in(world.delegate)
    page = html(client.get(f"/documents/{document.id}?page=2&q=436-KL/TU"))
    assert 'class="hit"' in page
    second = pages(installation, document)[1]
    found = client.get(f"/pages/{second.id}/words?q=436 kl tu").json
    assert [found["words"][index]["text"] for index in found["hits"]] == ["436-KL/TU"]
    assert client.get(f"/pages/{second.id}/words").json["hits"] == []


def test_the_way_back_leads_where_one_came_from(sign_in, session, world, document):
    paper = factories.paper(session, world.planned_item, document)
    session.commit()
    client, clerk = sign_in(world.delegate), sign_in(world.clerk)
    address = f"/documents/{document.id}"
    assert 'href="/archive?q=giay"' in html(client.get(f"{address}?q=giay"))
    planned = f"/meetings/{world.planned_meeting.id}#item-"
    assert planned in html(clerk.get(f"{address}?paper={paper.id}"))
    assert planned not in html(client.get(f"{address}?paper={paper.id}"))
    assert 'href="/"' in html(client.get(f"{address}?paper=nonsense"))


def test_pictures_come_in_three_widths_and_no_other(installation, sign_in, world, document):
    first = pages(installation, document)[0]
    client = sign_in(world.delegate)
    for width in (240, 1200, 1600):
        answer = client.get(f"/pages/{first.id}/image/{width}")
        assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert client.get(f"/pages/{first.id}/image/1201").status_code == 404


def test_a_poor_network_is_told_once_and_gets_light_pictures(
    installation, sign_in, world, document
):
    first, client = pages(installation, document)[0], sign_in(world.delegate)
    at, light = f"/documents/{document.id}", f"/pages/{first.id}/light"
    answer = client.get(light)
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert light not in html(client.get(at))
    assert light in html(client.get(at, headers={"Save-Data": "on"}))
    assert client.submit(f"{at}/position", page=1, network="poor").status_code == 204
    assert light in html(client.get(at))
    assert client.submit(f"{at}/position", page=1, network="good").status_code == 204
    assert light not in html(client.get(at))
    assert client.submit(f"{at}/position", page=1, network="bad").status_code == 422


def test_a_turned_page_is_remembered_for_that_person(installation, sign_in, world, document):
    client, at = sign_in(world.delegate), f"/documents/{document.id}"
    with installation.database.reading() as session:
        version = str(current_version(session, document).id)
    told = {"page": 2, "version": version}
    assert client.submit(f"{at}/position", **told, turns="2:1,3:2,77:1").status_code == 204
    assert client.submit(f"{at}/position", **told, turns="3:0").status_code == 204
    assert 'data-turns="{&#34;2&#34;:1,&#34;3&#34;:0}"' in client.get(at).text
    assert 'data-turns="{}"' in sign_in(world.clerk).get(at).text
    assert client.submit(f"{at}/position", **told, turns="2:4").status_code == 422


def test_whoever_may_not_read_gets_404_everywhere(installation, sign_in, world, document):
    first = pages(installation, document)[0]
    for user in (world.outsider, world.administrator):
        client = sign_in(user)
        for address in (
            f"/documents/{document.id}",
            f"/documents/{document.id}/original",
            f"/pages/{first.id}/image/1200",
            f"/pages/{first.id}/light",
            f"/pages/{first.id}/words",
        ):
            assert client.get(address).status_code == 404
        assert client.submit(f"/documents/{document.id}/position", page=1).status_code == 404


def test_a_dropped_reading_key_closes_pictures_and_words(installation, sign_in, world, document):
    change(installation, document, reading_key=None)
    first = pages(installation, document)[0]
    client = sign_in(world.clerk)
    assert client.get(f"/pages/{first.id}/image/1200").status_code == 404
    assert client.get(f"/pages/{first.id}/light").status_code == 404
    assert client.get(f"/pages/{first.id}/words").status_code == 404


def test_a_paper_in_preparation_says_so_and_opens_by_itself(installation, sign_in, world):
    document = papers.taken_in(installation, world.office)
    page = html(sign_in(world.clerk).get(f"/documents/{document.id}"))
    assert "js/waiting.js" in page
    installation.database.write(lambda session: session.execute(delete(Job)))
    assert "js/waiting.js" in html(sign_in(world.clerk).get(f"/documents/{document.id}"))


def test_a_paper_that_failed_offers_its_original(installation, sign_in, world, document):
    change(installation, document, state=VersionState.FAILED)
    page = html(sign_in(world.clerk).get(f"/documents/{document.id}"))
    assert f"/documents/{document.id}/original" in page
    assert "js/waiting.js" not in page


def test_a_document_without_a_file_says_so(sign_in, session, world):
    document = factories.document(session, world.office)
    session.commit()
    page = html(sign_in(world.clerk).get(f"/documents/{document.id}"))
    assert "<h1" in page
    assert "original" not in page


def test_a_page_that_is_missing_leaves_the_others_readable(installation, sign_in, world, document):
    lost = pages(installation, document)[1]
    installation.database.write(
        lambda session: session.execute(delete(Page).where(Page.id == lost.id))
    )
    client = sign_in(world.delegate)
    assert (
        "/image/1200" not in html(client.get(f"/documents/{document.id}?page=2")).split("<nav")[0]
    )
    assert "/image/1200" in html(client.get(f"/documents/{document.id}?page=3"))


def test_opening_a_paper_leaves_one_line_in_the_ledger(installation, sign_in, world, document):
    from sqlalchemy import select

    from meetings.models import AuditEntry

    client = sign_in(world.delegate)
    client.get(f"/documents/{document.id}")
    first = pages(installation, document)[0]
    client.get(f"/pages/{first.id}/image/1200")
    with installation.database.reading() as session:
        lines = [(e.action, e.subject_id) for e in session.scalars(select(AuditEntry))]
        assert session.get(DocumentVersion, document.id) is None
    assert lines == [("document:read", str(document.id))]
