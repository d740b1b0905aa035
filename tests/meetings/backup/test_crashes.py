"""A backup or a restore that is killed at any moment harms nothing, and the next one works."""

import shutil
from collections.abc import Callable

import pytest
from sqlalchemy import select

import storage
from meetings import backup, schema, upgrade, vault
from meetings.backup import checking, restoring, runs, services
from meetings.installation import Installation
from meetings.models import Document, DocumentVersion
from meetings.settings import Settings
from tests.kills import code_of, killed, lines_of, moments

CODE = code_of(backup, storage)


@pytest.mark.long
def test_a_killed_run_harms_nothing(create, filled, folder, identity, add_document, tmp_path):
    # of an earlier day, so that no later run takes its place
    earlier = create().run.rename(folder / "2026-01-01T00-00-00-000000Z")
    replaced = create().run
    add_document(b"New since then." * 9999)
    shutil.copytree(folder, tmp_path / "before")
    filled.close()

    def make() -> None:
        services.create(Installation(filled.settings), folder)

    def again() -> None:
        shutil.rmtree(folder)
        shutil.copytree(tmp_path / "before", folder)

    lines = lines_of(make, CODE)
    assert len(lines) > 300
    for step in moments(lines, 3):
        again()
        assert killed(make, CODE, step), lines[step]
        assert checking.verify(folder, identity, earlier.name).originals == 2
        newest = checking.verify(folder, identity)
        assert newest.originals == (2 if newest.run == replaced.name else 3)
        assert create().files == 18
        assert len(runs.runs_of(folder)) == 2
        assert checking.verify(folder, identity).originals == 3
        assert list(filled.settings.instance.glob(".*")) == []
        assert list((folder / "blobs" / "tmp").iterdir()) == []


@pytest.mark.long
@pytest.mark.sqlite
def test_a_killed_restore_shows_all_or_nothing_and_goes_through_the_next_time(
    create, filled, folder, identity, tmp_path
):
    create()
    elsewhere = Settings(instance=tmp_path / "new machine", min_free=0)
    whole, titles = originals(filled.settings), titles_of(filled.settings)
    filled.close()

    def restore() -> restoring.Restored:
        return restoring.restore(elsewhere, folder, identity)

    code = (*CODE, *code_of(schema, upgrade))
    lines = lines_of(restore, code)
    assert len(lines) > 300
    seen = set()
    for step in [*moments(lines, 4), len(lines) - 1]:
        shutil.rmtree(elsewhere.instance)
        assert killed(restore, code, step), lines[step]
        there = (elsewhere.instance / "database.sqlite3").exists()
        seen.add(there)
        if there:
            assert originals(elsewhere) == whole, lines[step]
            assert titles_of(elsewhere) == titles
        shutil.rmtree(elsewhere.instance, ignore_errors=True)
        assert restore().problems == ()
        assert originals(elsewhere) == whole
        assert checking.verify(folder, identity).originals == 2
    assert seen == {False, True}


def titles_of(settings: Settings) -> list[str]:
    def ask(installation: Installation) -> list[str]:
        with installation.database.reading() as session:
            return list(session.scalars(select(Document.title).order_by(Document.title)))

    return opened(settings, ask)


def originals(settings: Settings) -> dict[str, bytes]:
    """Return every original that a row names, decrypted by the keys that lie beside."""

    def ask(installation: Installation) -> dict[str, bytes]:
        with installation.database.reading() as session:
            return {
                version.blob: installation.store.read(
                    version.blob, key=vault.storage_key(installation.keys, version)
                )
                for version in session.scalars(select(DocumentVersion))
            }

    return opened(settings, ask)


def opened(settings: Settings, ask: Callable[[Installation], object]):
    installation = Installation(settings).prepare()
    try:
        return ask(installation)
    finally:
        installation.close()
