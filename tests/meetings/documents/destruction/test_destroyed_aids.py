"""Light pictures and contents are saved with a paper, and are gone with it."""

import dataclasses
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from meetings.backup import manifest, recovery
from meetings.backup import services as backup
from meetings.models import Destruction, DocumentVersion, Page, Role
from tests import factories, papers
from tests.meetings.documents.aids import cheap

ASKED = {"decision": "12-QĐ/VPTU", "decided_on": "20/11/2026", "reason": "Hết giá trị"}


@pytest.fixture
def shelf(installation, session, world, monkeypatch):
    """Two papers with light pictures and contents; the second is to go."""
    monkeypatch.setattr(cheap.tasks, "lighten_pictures", cheap.lightened)
    monkeypatch.setattr(cheap.tasks, "contents_of", lambda _file: cheap.TOLD)
    noise, document = (cheap.laid(installation, session, world.office) for _ in range(2))
    aids = {}
    for paper in (noise, document):
        cheap.make(installation, cheap.seen(installation, paper)[0].id)
        version, pages = cheap.seen(installation, paper)
        aids[paper.id] = {version.contents, *(page.light_image for page in pages)}
    second = factories.user(session, (Role.CLERK, world.office))
    session.commit()
    return SimpleNamespace(
        document=document, noise=noise, gone=aids[document.id], kept=aids[noise.id], second=second
    )


def destroy(installation, world, sign_in, shelf):
    clerk, at = sign_in(world.clerk), f"/documents/{shelf.document.id}"
    clerk.submit(f"{at}/discard")
    clerk.submit(f"{at}/destruction", **ASKED)
    with installation.database.reading() as reading:
        [order] = reading.scalars(select(Destruction)).unique().all()
    assert sign_in(shelf.second).submit(f"/destructions/{order.id}").status_code == 303
    papers.work(installation)


def test_a_destroyed_paper_takes_its_light_pictures_and_contents_along(
    installation, world, sign_in, shelf
):
    assert None not in shelf.gone
    assert len(shelf.gone) == 3
    assert shelf.gone <= set(installation.store.digests())
    destroy(installation, world, sign_in, shelf)
    left = set(installation.store.digests())
    assert shelf.gone.isdisjoint(left)
    assert shelf.kept <= left
    assert cheap.shown(installation, shelf.noise) == cheap.ALL_MADE
    assert cheap.unnamed(installation) == set()
    with installation.database.reading() as reading:
        assert len(reading.scalars(select(Page)).all()) == 2
        assert len(reading.scalars(select(DocumentVersion)).all()) == 1


@pytest.mark.sqlite
def test_a_backup_holds_light_pictures_and_contents_until_their_paper_is_destroyed(
    installation, world, sign_in, shelf, tmp_path
):
    public = recovery.make_pair(tmp_path / "recovery.key")
    installation.settings = dataclasses.replace(installation.settings, recovery_key=public)
    folder = tmp_path / "backups"
    before = set(manifest.read(backup.create(installation, folder).run).blobs)
    assert shelf.gone | shelf.kept <= before
    destroy(installation, world, sign_in, shelf)
    after = set(manifest.read(backup.create(installation, folder).run).blobs)
    assert shelf.gone.isdisjoint(after)
    assert shelf.kept <= after


def test_in_the_bin_its_light_pictures_are_closed_and_come_back_whole(
    world, sign_in, shelf, installation
):
    clerk, at = sign_in(world.clerk), f"/documents/{shelf.document.id}"
    _, (first, _) = cheap.seen(installation, shelf.document)
    light = f"/pages/{first.id}/light"
    assert clerk.get(light).data == cheap.LIGHT + b"1"
    clerk.submit(f"{at}/discard")
    assert clerk.get(light).status_code == 404
    clerk.submit(f"{at}/restore")
    assert clerk.get(light).data == cheap.LIGHT + b"1"
