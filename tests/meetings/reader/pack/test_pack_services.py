"""What tablets tell of their packs: written down, seen by the office, and by nobody else."""

import json
from uuid import uuid4

import pytest

from meetings.agenda import services as agenda
from meetings.documents.queries import current_version
from meetings.reader.pack import queries, services
from tests import factories, papers


@pytest.fixture
def kept(installation, session, world):
    """A released paper, and another one beside it."""
    papers.prepared(installation, world.office)
    document = session.merge(papers.prepared(installation, world.office))
    document.paper = factories.paper(session, world.item, document)
    document.version = current_version(session, document)
    session.commit()
    return document


def tell(client, tablet, *versions) -> int:
    listed = json.dumps([str(version) for version in versions])
    return client.submit("/tablet/packs", tablet=str(tablet), kept=listed).status_code


def test_the_office_sees_which_tablet_keeps_a_paper_and_when_it_was_dropped(
    session, sign_in, world, kept
):
    delegate, clerk, tablet = sign_in(world.delegate), sign_in(world.clerk), uuid4()
    page = f"/documents/{kept.id}/tablets"
    assert "Chưa có máy nào" in clerk.get(page).get_data(as_text=True)
    assert tell(delegate, tablet, kept.version.id) == 204
    assert "Trên máy từ" in clerk.get(page).get_data(as_text=True)
    agenda.recall_paper(session, kept.paper, by=world.clerk)
    session.commit()
    told = clerk.get(page).get_data(as_text=True)
    assert world.delegate.person.full_name in told
    assert "Chưa liên lạc được" in told
    assert tell(delegate, tablet) == 204
    assert "Đã thu hồi lúc" in clerk.get(page).get_data(as_text=True)
    assert delegate.get(page).status_code == 404


def test_a_tablet_that_keeps_it_again_is_written_down_again(session, world, kept):
    tablet = uuid4()
    for versions in ({kept.version.id}, set(), {kept.version.id}):
        services.note_kept(session, tablet, versions, by=world.delegate)
    [holder] = queries.holders_of(session, kept, by=world.clerk)
    assert holder.dropped_at is None
    services.note_kept(session, tablet, set(), by=world.delegate)
    services.note_kept(session, tablet, set(), by=world.delegate)
    [holder] = queries.holders_of(session, kept, by=world.clerk)
    assert holder.dropped_at is not None


def test_nobody_is_written_down_for_what_they_may_not_read(session, world, kept):
    services.note_kept(session, uuid4(), {kept.version.id, uuid4()}, by=world.outsider)
    assert queries.holders_of(session, kept, by=world.clerk) == []


@pytest.mark.parametrize("sent", ["nonsense", "{}", "[1]", '["x"]', "[" * 99_999])
def test_nonsense_is_refused(sign_in, world, sent: str):
    client = sign_in(world.delegate)
    assert client.submit("/tablet/packs", tablet=str(uuid4()), kept=sent).status_code == 422
    assert client.submit("/tablet/packs", tablet="x", kept="[]").status_code == 422


def test_the_page_without_a_network_names_every_script_and_no_paper(sign_in, client, world, kept):
    page = sign_in(world.delegate).get("/reader/offline").get_data(as_text=True)
    for script in ("js/offline/worker.js", "js/reader.js", "js/notes/tools.js"):
        assert f'/{script}"' in page
    assert str(kept.id) not in page
    worker = client.get("/service-worker.js")
    assert worker.mimetype == "text/javascript"
    assert b"js/offline/worker.js" in worker.data
    manifest = client.get("/manifest.webmanifest")
    assert manifest.mimetype == "application/manifest+json"
    assert manifest.json["display"] == "standalone"
