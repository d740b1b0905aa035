"""The headings of a document, for those who may read it."""

import gzip

from meetings.documents.queries import current_version
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
