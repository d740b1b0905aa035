"""The headings of a document, for those who may read it."""

import gzip
import json

from meetings.documents.queries import current_version
from meetings.intake import Contents
from meetings.intake.contents import Bookmark
from meetings.reader.outline import queries
from meetings.reader.outline.headings import Heading
from tests import factories, papers

TEXTS = ("I. TÌNH HÌNH", "Thu ngân sách đạt kế hoạch.", "II. NHIỆM VỤ")


def test_whoever_may_read_gets_the_headings(installation, session, sign_in, world):
    made = papers.prepared(installation, world.office, content=papers.pdf(*TEXTS))
    document = session.merge(made)
    factories.paper(session, world.item, document)
    session.commit()
    address = f"/documents/{document.id}/outline"
    client = sign_in(world.delegate)
    assert client.get(address).json == {
        "headings": [
            {"page": 1, "depth": 1, "text": "I. TÌNH HÌNH"},
            {"page": 3, "depth": 1, "text": "II. NHIỆM VỤ"},
        ]
    }
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert b"headings" in gzip.decompress(packed.data)
    for user in (world.outsider, world.administrator):
        assert sign_in(user).get(address).status_code == 404
    current_version(session, document).reading_key = None
    session.commit()
    assert sign_in(world.clerk).get(address).status_code == 404, "it was recalled"


def test_of_very_many_headings_the_upper_ones_are_told(installation, session, world, monkeypatch):
    document = factories.document(session, world.office)
    assert queries.outline_of(session, installation, document) == ()
    version = factories.version(session, installation.keys, installation.store, document, b"%PDF")
    factories.page(session, version, text=_kept(installation, version, "x"))
    many = [Heading(1, 1, "I"), *[Heading(1, 3, "1")] * 3, Heading(1, 2, "2")]
    monkeypatch.setattr(queries, "headings_of", lambda _pages: many)
    for most, depths in ((9, [1, 3, 3, 3, 2]), (2, [1, 2]), (1, [1])):
        monkeypatch.setattr(queries, "MOST", most)
        shown = queries.outline_of(session, installation, document)
        assert [heading.depth for heading in shown] == depths
    monkeypatch.setattr(queries, "MOST", 0)
    assert queries.outline_of(session, installation, document) == []


def _kept(installation, version, text: str) -> str:
    key = queries.vault.storage_key(installation.keys, version)
    return installation.store.put_bytes(text.encode(), key=key).digest


def test_bookmarks_and_printed_numbers_come_from_the_file(installation, session, sign_in, world):
    document = factories.document(session, world.office)
    factories.paper(session, world.item, document)
    keys, store = installation.keys, installation.store
    version = factories.version(session, keys, store, document, b"%PDF", page_count=4)
    for number in range(1, 5):
        factories.page(session, version, number=number, text=_kept(installation, version, "I. X"))
    contents = Contents(
        (Bookmark(2, 1, "I. Tình hình"), Bookmark(3, 2, "1. Thu")), ("i", "ii", "1", "2")
    )
    key = queries.vault.reading_key(keys, version)
    version.contents = store.put_bytes(json.dumps(contents.to_json()).encode(), key=key).digest
    session.commit()
    client, at = sign_in(world.delegate), f"/documents/{document.id}"
    assert client.get(f"{at}/outline").json["headings"] == [
        {"page": 2, "depth": 1, "text": "I. Tình hình"},
        {"page": 3, "depth": 2, "text": "1. Thu"},
    ]
    shown = {"printed=ii": "2/4", "printed=2": "4/4", "printed=3": "3/4", "page=2": "2/4"}
    for asked, place in shown.items():
        assert f"({place})" in client.get(f"{at}?{asked}").text, asked
