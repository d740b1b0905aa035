import dataclasses
import json
import os
import socket

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text

from meetings import audit, cli, clock, vault
from meetings.accounts.services import redeem_secret
from meetings.demo import credentials
from meetings.models import (
    AuditEntry,
    Body,
    Document,
    DocumentVersion,
    Member,
    Role,
    RoleAssignment,
    User,
)
from meetings.settings import Environment
from search_index import Rebuild
from tests import factories


@pytest.fixture
def run(app, settings, monkeypatch):
    """Run a command on the test's installation."""
    monkeypatch.setenv("MEETINGS_INSTANCE", str(settings.instance))
    monkeypatch.setenv("MEETINGS_MIN_FREE", "0")
    return lambda *arguments: CliRunner().invoke(cli.main, arguments)


def test_the_database_is_brought_up_to_date(run):
    answer = run("db", "upgrade")
    assert (answer.exit_code, answer.output) == (0, "The database is up to date.\n")


def test_a_wrong_setting_ends_with_its_sentence(run, monkeypatch):
    monkeypatch.setenv("MEETINGS_COLOUR", "red")
    answer = run("db", "upgrade")
    assert answer.exit_code == 1
    assert "colour" in answer.output


def test_the_first_administrator_gets_a_body_and_a_secret(run, session):
    answer = run("user", "add-admin", "an.nv", "Nguyễn Văn An")
    assert answer.exit_code == 0
    secret = answer.output.splitlines()[0].rpartition(" ")[2]
    assert redeem_secret(session, "an.nv", secret, "hash").username == "an.nv"
    user = session.scalars(select(User)).one()
    assert (user.person.full_name, user.demo) == ("Nguyễn Văn An", False)
    [held] = session.scalars(select(RoleAssignment)).all()
    assert held.role is Role.ADMINISTRATOR
    assert held.body_id == session.scalars(select(Body)).one().id


def test_a_later_administrator_serves_in_the_root_body(run, session, world):
    assert run("user", "add-admin", "an.nv", "Nguyễn Văn An").exit_code == 0
    user = session.scalars(select(User).where(User.username == "an.nv")).one()
    [held] = session.scalars(select(RoleAssignment).where(RoleAssignment.user_id == user.id))
    assert held.body_id == world.province.id


def test_a_name_that_is_taken_is_refused(run, session, world):
    answer = run("user", "add-admin", world.clerk.username, "Người khác")
    assert answer.exit_code == 1
    assert "already" in answer.output
    assert len(session.scalars(select(User)).all()) == 6


def test_an_index_is_made_anew_beside_the_one_in_use(run, session, installation, world):
    document = factories.document(session, world.office, title="Kế hoạch")
    factories.version(session, installation.keys, installation.store, document, b"content")
    factories.document(session, world.office, title="Không có tệp")
    session.commit()
    answer = run("index", "rebuild")
    assert answer.output.splitlines() == ["1 of 1", "The new index is in use."]
    assert installation.index.versions().keys() == {str(document.id)}


def test_two_do_not_make_an_index_at_the_same_time(run, settings, world):
    with Rebuild(settings.index_folder).alone():
        answer = run("index", "rebuild")
    assert answer.exit_code == 1
    assert "another process" in answer.output


def test_a_damaged_index_is_made_anew(run, settings):
    settings.index_folder.mkdir(exist_ok=True)
    (settings.index_folder / "rubbish").write_text("not an index")
    assert run("doctor").exit_code == 1
    assert run("index", "rebuild").exit_code == 0
    assert run("doctor").exit_code == 0


@pytest.fixture
def stored(session, installation, world):
    document = factories.document(session, world.office)
    keys, store = installation.keys, installation.store
    version = factories.version(session, keys, store, document, b"content" * 100)
    store.put_bytes(b"a page", key=b"k" * 32)
    session.commit()
    return store.ciphertext(version.blob)


def test_whole_files_are_called_whole(run, stored):
    answer = run("store", "scrub")
    assert (answer.exit_code, answer.output) == (0, "2 files are whole.\n")


def test_a_damaged_file_is_named(run, stored):
    stored.chmod(0o600)
    stored.write_bytes(stored.read_bytes()[:-1] + b"?")
    answer = run("store", "scrub")
    assert answer.exit_code == 1
    assert answer.output == f"damaged: {stored.name}\n"


def test_a_missing_file_is_named(run, stored):
    stored.unlink()
    answer = run("store", "scrub")
    assert answer.exit_code == 1
    assert answer.output == f"missing: {stored.name}\n"


@pytest.fixture
def ledger(session):
    lines = [audit.record(session, audit.Deed(action="document:read")) for _ in range(4)]
    session.commit()
    return lines


def test_a_whole_ledger_is_called_whole(run, ledger):
    assert run("audit", "verify").output == "The ledger is whole and agrees with 0 signed heads.\n"


def test_the_first_broken_line_is_named(run, session, ledger):
    factories.unguard_ledger(session)
    for seq in (2, 4):
        session.get_one(AuditEntry, seq).action = "document:download"
    session.commit()
    answer = run("audit", "verify")
    assert answer.exit_code == 1
    assert answer.output == "The ledger is broken at line 2.\n"


def test_a_signed_head_is_kept_and_contradicts_a_ledger_that_was_cut_off(
    run, session, ledger, settings
):
    assert run("audit", "export").exit_code == 0
    (kept,) = settings.heads_folder.iterdir()
    answer = run("audit", "verify", "--heads", str(kept))
    assert answer.output == "The ledger is whole and agrees with 1 signed heads.\n"
    factories.unguard_ledger(session)
    session.execute(text("DELETE FROM audit_entry WHERE seq = 4"))
    session.commit()
    assert run("audit", "verify").exit_code == 0, "the chain alone tells nothing"
    cut = run("audit", "verify", "--heads", str(kept))
    assert cut.exit_code == 1
    assert cut.output.startswith("The ledger is not the one signed at line 4, 20")


def test_a_head_counts_under_the_key_that_is_given(run, ledger, settings):
    run("audit", "export")
    (kept,) = settings.heads_folder.iterdir()
    public = run("audit", "public-key").output.strip()
    for key, status in ((public, 0), ("ab" * 32, 1)):
        assert run("audit", "verify", "--heads", str(kept), "--key", key).exit_code == status


def test_the_demo_is_loaded_and_its_accounts_printed(run, session):
    answer = run("demo", "load")
    assert answer.exit_code == 0
    assert "trang.ltt" in answer.output
    assert run("demo", "load").output == answer.output
    assert session.scalars(select(Document)).all() == []


def test_the_demo_does_not_come_among_real_people(run, world):
    answer = run("demo", "load")
    assert answer.exit_code == 1
    assert "no real person" in answer.output


@pytest.mark.parametrize("scale", ["0", "-1", "many"])
def test_a_scale_that_makes_no_sense_is_refused(run, scale):
    assert run("demo", "load", "--scale", scale).exit_code == 2


def test_a_whole_province_is_loaded_with_the_account_of_a_cell(run, session):
    answer = run("demo", "load", "--province", "--members", "5")
    assert answer.exit_code == 0
    assert "hoa.lt" in answer.output
    assert len(session.scalars(select(Member).where(Member.words.contains(" lk"))).all()) > 5
    for members in ("0", "-1", "all"):
        assert run("demo", "load", "--province", "--members", members).exit_code == 2


def test_a_whole_province_does_not_come_among_real_people(run, session, world):
    answer = run("demo", "load", "--province", "--members", "5")
    assert answer.exit_code == 1
    assert "no real person" in answer.output
    assert session.scalars(select(Member)).all() == []


def test_the_doctor_says_amber_and_green_and_ends_well(run):
    answer = run("doctor")
    assert answer.exit_code == 0
    assert "amber  The keys lie beside the database" in answer.output
    assert "keeps what it was told" in answer.output


def test_only_what_is_red_ends_with_one(run, monkeypatch):
    monkeypatch.setenv("MEETINGS_MIN_FREE", str(2**60))
    answer = run("doctor")
    assert answer.exit_code == 1
    assert answer.output.splitlines()[-1].startswith("red ")


def read(handed: str) -> str:
    """Return what lies in the open file of a number, as the supervisor takes it."""
    with os.fdopen(int(handed), encoding="utf-8") as file:
        return file.read()


@pytest.mark.parametrize(("options", "greeting"), [((), ""), (("--demo",), "trang.ltt")])
def test_run_hands_address_and_greeting_to_the_supervisor(run, monkeypatch, options, greeting):
    started = []
    monkeypatch.setattr(cli.os, "execv", lambda *command: started.append(command))
    monkeypatch.setenv("NGHI_SU_STARTED", "12.5")
    assert run("run", *options).exit_code == 0
    [(_, (*_, module, address, handed, moment))] = started
    assert (module, address, moment) == ("meetings.supervisor", "http://127.0.0.1:8000", "12.5")
    text = read(handed)
    assert greeting in text
    assert bool(text) == bool(options)


def test_no_password_of_the_demo_is_in_a_command_line_that_all_may_read(run, monkeypatch, settings):
    started = []
    monkeypatch.setattr(cli.os, "execv", lambda _, command: started.extend(command))
    assert run("run", "--demo").exit_code == 0
    accounts = json.loads(credentials.file_of(settings).read_text())
    passwords = [account["password"] for account in accounts.values()]
    assert passwords
    assert not any(password in " ".join(started) for password in passwords)


def test_an_address_that_is_taken_is_named_before_anything_starts(run, monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        bind = f"127.0.0.1:{other.getsockname()[1]}"
        monkeypatch.setenv("MEETINGS_BIND", bind)
        answer = run("run")
    assert answer.exit_code == 1
    assert bind in answer.output


def test_a_real_installation_starts_without_the_demo_and_says_so(run, world, monkeypatch):
    started = []
    monkeypatch.setenv("MEETINGS_BIND", "127.0.0.1:1")
    monkeypatch.setattr("os.execv", lambda _program, command: started.append(command))
    assert run("run", "--demo").exit_code == 0
    assert "no real person" in read(started[0][-2])


@pytest.fixture
def production(settings, monkeypatch):
    """Settings of a production installation over the same instance, run by a user of its own."""
    monkeypatch.setattr(os, "geteuid", lambda: 990)
    return dataclasses.replace(
        settings,
        environment=Environment.PRODUCTION,
        https=True,
        keys=str(settings.keys_folder.rename(settings.instance.parent / "keys")),
        second_factor=True,
        trusted_hosts=("hop.example",),
    )


@pytest.mark.parametrize("command", ["run", "serve", "work"])
def test_production_does_not_start_beside_a_demo_account(
    run, production, session, world, monkeypatch, command
):
    monkeypatch.setattr(cli, "settings", lambda: production)
    monkeypatch.setattr(cli, "die_with_parent", lambda: None)
    started = []
    monkeypatch.setattr("meetings.server.Server.run", lambda _server: started.append(command))
    monkeypatch.setattr("meetings.worker.work", lambda _chosen: started.append(command))
    monkeypatch.setattr(os, "execv", lambda *_rest: started.append(command))
    assert run(command).exit_code == 0
    assert started == [command]
    world.outsider.demo = True
    session.commit()
    answer = run(command)
    assert answer.exit_code == 1
    assert "A demo account exists" in answer.output
    assert started == [command]


def test_production_takes_no_demo_that_would_keep_it_from_starting(
    run, production, session, monkeypatch
):
    monkeypatch.setattr(cli, "settings", lambda: production)
    started = []
    monkeypatch.setattr(os, "execv", lambda *_rest: started.append("run"))
    answer = run("demo", "load")
    assert answer.exit_code == 1
    assert "not loaded in production" in answer.output
    assert run("run", "--demo").exit_code == 0
    assert started == ["run"]
    assert session.scalars(select(User)).all() == []


@pytest.mark.parametrize("command", ["run", "serve", "work"])
def test_production_does_not_run_as_root(run, production, monkeypatch, command):
    started = []
    monkeypatch.setattr(cli, "settings", lambda: production)
    monkeypatch.setattr(cli, "die_with_parent", lambda: None)
    monkeypatch.setattr("meetings.server.Server.run", lambda _server: started.append(command))
    monkeypatch.setattr("meetings.worker.work", lambda _chosen: started.append(command))
    monkeypatch.setattr(os, "execv", lambda *_rest: started.append(command))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    answer = run(command)
    assert answer.exit_code == 1
    assert "as root" in answer.output
    assert started == []
    monkeypatch.setattr(os, "geteuid", lambda: 990)
    assert run(command).exit_code == 0
    assert started == [command]


def test_the_root_key_is_exchanged_and_everything_still_opens(run, installation, stored, session):
    before = installation.keys.root
    answer = run("keys", "rotate")
    assert answer.exit_code == 0
    assert answer.output.startswith("1 keys are wrapped anew.")
    assert installation.keys.root != before
    version = session.scalars(select(DocumentVersion)).one()
    key = vault.storage_key(installation.keys, version)
    assert installation.store.read(version.blob, key=key)


def test_the_archive_is_searched_as_a_person(run, session, world):
    paper = factories.document(
        session, world.office, title="Kết luận", symbol="436-KL/TU", archived_at=clock.now()
    )
    factories.document(session, world.commune, title="Của xã", archived_at=clock.now())
    session.commit()
    found = json.loads(run("search", "", "--as", world.researcher.username, "--json").output)
    assert [row["id"] for row in found] == [str(paper.id)]
    assert list(found[0]) == ["id", "title", "number", "page", "snippet", "score"]
    text = run("search", "", "--as", world.researcher.username, "--limit", "1").output
    assert text == "436-KL/TU Kết luận, page 1\n\n1 documents\n"
    assert run("search", "", "--as", world.outsider.username).output == "0 documents\n"


def test_nobody_searches_as_an_account_that_is_not_open(run, session, world):
    world.researcher.active = False
    session.commit()
    for name in ("nobody", world.researcher.username):
        answer = run("search", "x", "--as", name)
        assert (answer.exit_code, answer.output) == (
            1,
            f"Error: No open account is named {name}.\n",
        )
