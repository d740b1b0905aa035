"""A document as a tablet takes it along: ciphertext for everybody, the key for its readers."""

from base64 import b64decode
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.agenda import services as agenda
from meetings.documents.queries import current_version
from meetings.models import AuditEntry, Decision, Document, VersionState
from meetings.reader.pack import queries
from tests import factories, papers

STRANGERS = ("outsider", "administrator", "researcher")


@pytest.fixture
def pack(installation, session, world):
    """A released paper with its addresses; another one lies beside it."""
    papers.prepared(installation, world.office)
    document = session.merge(papers.prepared(installation, world.office))
    paper = factories.paper(session, world.item, document)
    session.commit()
    at = f"/documents/{document.id}"
    return SimpleNamespace(
        document=document, paper=paper, manifest=f"{at}/manifest", key=f"{at}/key"
    )


def files_of(listed: dict) -> list[dict]:
    return [
        file for page in listed["pages"] for file in (*page["pictures"].values(), page["words"])
    ]


def takers(installation) -> list:
    with installation.database.reading() as reading:
        lines = select(AuditEntry).where(AuditEntry.action == "document:key")
        return [(line.actor_id, line.decision) for line in reading.scalars(lines)]


def test_a_delegate_takes_list_files_and_key_and_opens_every_page(
    installation, world, sign_in, pack
):
    client = sign_in(world.delegate)
    listed, given = client.get(pack.manifest).json, client.get(pack.key).json
    assert [page["number"] for page in listed["pages"]] == [1, 2, 3]
    assert listed["version"] == given["version"]
    key = b64decode(given["key"])
    for file in files_of(listed):
        with client.get(f"/blobs/{file['name']}") as answer:
            assert len(answer.data) == file["bytes"]
            assert answer.data == installation.store.ciphertext(file["name"]).read_bytes()
        assert installation.store.read(file["name"], key=key)
    first = listed["pages"][0]["pictures"]["1200"]["name"]
    assert installation.store.read(first, key=key)[8:12] == b"WEBP"


def test_taking_the_key_is_written_down_and_the_rest_is_not(installation, world, sign_in, pack):
    client = sign_in(world.delegate)
    client.get(pack.manifest)
    assert takers(installation) == []
    client.get(pack.key)
    assert takers(installation) == [(world.delegate.id, Decision.ALLOWED)]


@pytest.mark.parametrize("who", STRANGERS)
def test_who_may_not_read_gets_neither_list_nor_key(installation, world, sign_in, pack, who):
    user = getattr(world, who)
    client = sign_in(user)
    assert client.get(pack.manifest).status_code == 404
    assert client.get(pack.key).status_code == 404
    assert takers(installation) == [(user.id, Decision.REFUSED)]


def test_a_file_may_be_kept_by_the_browser_and_says_nothing_without_the_key(
    world, sign_in, client, pack
):
    listed = sign_in(world.delegate).get(pack.manifest).json
    address = f"/blobs/{files_of(listed)[0]['name']}"
    with sign_in(world.outsider).get(address) as answer:
        assert answer.cache_control.immutable
        assert answer.cache_control.private
        assert not answer.cache_control.no_store
        assert b"WEBP" not in answer.data
        tag = answer.headers["ETag"]
    with sign_in(world.outsider).get(address, headers={"If-None-Match": tag}) as again:
        assert again.status_code == 304
    turned_away = client.get(address)
    assert turned_away.status_code == 303, "strangers sign in first"
    assert turned_away.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["0" * 64, "x", "..%2f..%2fdatabase.sqlite3"])
def test_a_name_of_no_file_is_absent_and_not_kept(world, sign_in, name):
    answer = sign_in(world.delegate).get(f"/blobs/{name}")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_after_a_recall_the_key_is_gone_from_everybody_and_the_files_too(
    installation, session, world, sign_in, pack
):
    delegate, clerk = sign_in(world.delegate), sign_in(world.clerk)
    old, listed = delegate.get(pack.key).json["key"], delegate.get(pack.manifest).json
    agenda.recall_paper(session, pack.paper, by=world.clerk)
    session.commit()
    for client in (delegate, clerk):
        assert client.get(pack.key).status_code == 404
    papers.work(installation)
    assert delegate.get(pack.key).status_code == 404
    assert clerk.get(pack.key).json["key"] != old, "the office reads under a new one"
    for file in files_of(listed):
        assert delegate.get(f"/blobs/{file['name']}").status_code == 404


def test_what_is_not_prepared_has_no_list_yet(session, world, sign_in, pack):
    current_version(session, pack.document).state = VersionState.RECEIVED
    session.commit()
    assert sign_in(world.delegate).get(pack.manifest).status_code == 404
    assert sign_in(world.delegate).get(pack.key).status_code == 404


def test_a_list_whose_file_was_removed_meanwhile_is_absent(installation, world, sign_in, pack):
    client = sign_in(world.delegate)
    listed = client.get(pack.manifest).json
    installation.store.remove(listed["pages"][0]["words"]["name"])
    assert client.get(pack.manifest).status_code == 404


def test_a_key_may_be_used_a_day_past_the_last_meeting_that_has_the_paper(
    session, world, sign_in, pack
):
    given = sign_in(world.delegate).get(pack.key).json
    assert datetime.fromisoformat(given["expires_at"]) == world.meeting.ends_at + queries.GRACE
    later = factories.meeting(session, world.office, starts_at=clock.now() + timedelta(days=9))
    factories.paper(session, factories.item(session, later), pack.document)
    assert queries.usable_until(session, pack.document, by=world.delegate) == (
        world.meeting.ends_at + queries.GRACE
    ), "a meeting that is none of theirs adds nothing"
    factories.participant(session, later, world.delegate.person)
    session.flush()
    until = queries.usable_until(session, pack.document, by=world.delegate)
    assert until == later.ends_at + queries.GRACE


def test_no_key_outlives_the_time_in_which_its_paper_may_be_read(session, world, pack):
    end = clock.now() + timedelta(minutes=20)
    paper = session.merge(pack.paper)
    paper.readable_until = end
    session.flush()
    assert queries.usable_until(session, pack.document, by=world.delegate) == end
    paper.readable_until = clock.now() - timedelta(minutes=1)
    session.flush()
    assert queries.usable_until(session, pack.document, by=world.clerk) > end, "the office reads on"


def test_a_key_for_the_archive_lasts_half_a_day(session, world, monkeypatch):
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    document: Document = factories.document(session, world.office)
    until = queries.usable_until(session, document, by=world.researcher)
    assert until == moment + queries.WITHOUT_A_MEETING


def test_the_list_names_what_is_cited_and_may_be_read(session, world, sign_in, pack):
    cited = factories.document(session, world.office, symbol="436-KL/TU", title="Kết luận")
    session.commit()
    client = sign_in(world.delegate)
    assert client.get(pack.manifest).json["cited"] == [], "nobody laid it before them"
    factories.paper(session, world.item, cited)
    session.commit()
    assert client.get(pack.manifest).json["cited"] == [
        {"symbol": "436-KL/TU", "document": str(cited.id), "name": "436-KL/TU · Kết luận"}
    ]
    cited.symbol = ""
    session.commit()
    assert client.get(pack.manifest).json["cited"] == []
