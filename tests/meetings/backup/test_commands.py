"""The commands, as an operator types them."""

import pytest
from click.testing import CliRunner

from meetings import cli
from meetings.backup import runs


@pytest.fixture
def run(settings, monkeypatch):
    """Run a command on the test's installation."""
    monkeypatch.setenv("MEETINGS_INSTANCE", str(settings.instance))
    monkeypatch.setenv("MEETINGS_RECOVERY_KEY", settings.recovery_key)
    monkeypatch.setenv("MEETINGS_MIN_FREE", "0")
    return lambda *arguments: CliRunner().invoke(cli.main, ["backup", *map(str, arguments)])


def test_the_drill_of_the_manual_works(run, filled, folder, identity, elsewhere, monkeypatch):
    made = run("create", folder)
    assert (made.exit_code, made.output.split(": ")[1]) == (0, "12 files, 12 of them new.\n")
    looked = run("verify", folder)
    assert looked.exit_code == 0
    assert "takes --identity" in looked.output
    looked = run("verify", folder, "--identity", identity)
    assert looked.exit_code == 0
    assert "2 originals open" in looked.output
    monkeypatch.setenv("MEETINGS_INSTANCE", str(elsewhere.instance))
    monkeypatch.setenv("MEETINGS_DATABASE", elsewhere.database)
    back = run("restore", folder, "--identity", identity)
    assert back.exit_code == 0
    assert "12 files, 2 documents for the index" in back.output
    assert CliRunner().invoke(cli.main, ["store", "scrub"]).output == "12 files are whole.\n"
    assert CliRunner().invoke(cli.main, ["audit", "verify"]).exit_code == 0
    again = run("restore", folder, "--identity", identity)
    assert again.exit_code == 1
    assert "not empty" in again.output


def test_the_folder_of_the_settings_is_the_default(run, filled, folder, monkeypatch):
    assert "name a folder" in run("create").output
    monkeypatch.setenv("MEETINGS_BACKUP_FOLDER", str(folder))
    assert run("create").exit_code == 0
    assert len(runs.runs_of(folder)) == 1


def test_a_new_key_fits_the_setting(run, filled, folder, tmp_path, monkeypatch):
    made = run("new-key", tmp_path / "key")
    assert made.exit_code == 0
    monkeypatch.setenv("MEETINGS_RECOVERY_KEY", made.output.split('"')[1])
    assert run("create", folder).exit_code == 0
    assert run("verify", folder, "--identity", tmp_path / "key").exit_code == 0
    assert run("new-key", tmp_path / "key").exit_code == 1


def test_the_first_problem_ends_with_1(run, filled, folder, flip):
    run("create", folder)
    file = runs.runs_of(folder)[0] / "database.age"
    flip(file, 4321)
    found = run("verify", folder)
    assert found.exit_code == 1
    assert str(file) in found.output


def test_a_run_that_lacks_files_is_made_and_ends_with_1(run, filled, add_document, folder):
    lost = add_document(b"Lost.")
    filled.store.remove(lost)
    made = run("create", folder)
    assert made.exit_code == 1
    assert lost in made.output
    assert len(runs.runs_of(folder)) == 1


def test_a_wrong_setting_is_a_sentence(run, folder, monkeypatch):
    monkeypatch.setenv("MEETINGS_COLOUR", "red")
    made = run("create", folder)
    assert made.exit_code == 1
    assert "colour" in made.output


def test_where_nothing_is_nothing_is_backed_up(run, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("MEETINGS_INSTANCE", str(tmp_path / "nowhere"))
    made = run("create", folder)
    assert made.exit_code == 1
    assert "no installation" in made.output
    assert not (tmp_path / "nowhere").exists()


def test_the_doctor_speaks_of_backups(run, filled):
    answer = CliRunner().invoke(cli.main, ["doctor"])
    assert answer.exit_code == 0
    assert "backup_folder is not set" in answer.output
