"""Each run is restored into a scratch folder before it exists, and a bad one never does."""

import json
from io import BytesIO

import pytest

from meetings.backup import checking, keys, manifest, recovery, runs, services
from meetings.backup.errors import BackupError


def half(source) -> BytesIO:
    return BytesIO(source.read()[: 20 * 4096])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda _source: BytesIO(b""), "table .* is not what the manifest says"),
        (lambda _source: BytesIO(b"no database" * 999), "the database inside is damaged"),
        (half, "the database inside is damaged"),
    ],
    ids=["nothing", "something else", "half"],
)
def test_a_run_that_does_not_hold_the_database_never_exists(
    create, folder, verify, monkeypatch, change, sentence
):
    earlier, close_up = create().run, recovery.close_up

    def close_up_other(source, target, **options):
        is_database = source.name if hasattr(source, "name") else ""
        return close_up(change(source) if is_database else source, target, **options)

    monkeypatch.setattr(recovery, "close_up", close_up_other)
    with pytest.raises(BackupError, match=sentence):
        create()
    assert [path.name for path in folder.glob("2*")] == [earlier.name]
    assert verify().run == earlier.name


def test_a_run_whose_database_says_something_else_never_exists(create, folder, monkeypatch):
    describe = services._describe

    def describe_then_change(copy, files, brought, public):
        record = describe(copy, files, brought, public)
        title = record.tables["document"]
        record.tables["document"] = manifest.TableRecord(title.rows, "0" * 64)
        return record

    monkeypatch.setattr(services, "_describe", describe_then_change)
    with pytest.raises(BackupError, match="table document is not what the manifest says"):
        create()
    assert runs.runs_of(folder) == []


def test_a_run_without_the_keys_never_exists(create, folder, monkeypatch):
    monkeypatch.setattr(keys, "LEFT_OUT", {"audit"})
    with pytest.raises(BackupError, match="holds no keys"):
        create()
    assert runs.runs_of(folder) == []


def test_a_file_that_changed_on_its_way_to_the_disk_is_found(create, folder, monkeypatch, flip):
    rehearse = checking.rehearse

    def flip_first(run, record, identity, scratch):
        flip(run / "database.age", 4242)
        return rehearse(run, record, identity, scratch)

    monkeypatch.setattr(checking, "rehearse", flip_first)
    with pytest.raises(BackupError, match=r"database\.age is damaged"):
        create()
    assert runs.runs_of(folder) == []


def test_the_passing_key_opens_its_own_run_only_and_is_written_nowhere(
    create, filled, folder, monkeypatch, tmp_path
):
    made = []

    def remember():
        made.append(recovery.pyrage.x25519.Identity.generate())
        return made[-1]

    monkeypatch.setattr(recovery, "passing_key", remember)
    monkeypatch.setattr(runs, "thin", lambda _folder: None)
    first, second = create().run, create().run
    for run, passing in ((first, made[1]), (second, made[0])):
        with pytest.raises(BackupError, match="does not open it"):
            keys.open_up(run, identity=passing)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not any(str(passing).encode() in content for passing in made), file


def test_the_rehearsal_leaves_no_plain_copy(create, filled):
    create()
    assert list(filled.settings.instance.glob(".*")) == []


def test_what_a_run_says_of_itself_is_readable_without_a_key(create):
    record = json.loads((create().run / manifest.NAME).read_text())
    assert set(record["files"]) == {runs.DATABASE, keys.NAME}
