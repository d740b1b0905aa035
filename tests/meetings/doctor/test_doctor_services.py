"""The doctor finds what is wrong, calls it by its colour, and finds nothing where all is well."""

import dataclasses
import inspect
from datetime import timedelta

import pytest

from meetings import audit, clock, jobs
from meetings.doctor import services as doctor
from meetings.doctor.machine import services as machine
from meetings.doctor.machine.services import Finding, Light
from meetings.models import JobState
from meetings.models.dialects import Health, sqlite
from meetings.tls import services as tls
from meetings.tls.folder import TlsFolder
from meetings.tls.names import Names


def lights(check, installation) -> list[Light]:
    return [finding.light for finding in check(installation)]


def with_settings(installation, **changes):
    installation.settings = dataclasses.replace(installation.settings, **changes)
    return installation


def test_the_findings_begin_with_the_worst(installation, monkeypatch):
    monkeypatch.setattr(machine, "sandbox_state", lambda: "rlimits")
    found = [finding.light for finding in doctor.examine(installation)]
    assert found[0] is Light.RED
    assert found == sorted(found, key=[Light.RED, Light.AMBER, Light.GREEN].index)


def test_a_fresh_installation_has_no_red_light(installation):
    assert Light.RED not in {finding.light for finding in doctor.examine(installation)}


def test_every_sentence_can_be_said_with_its_facts(installation):
    for finding in doctor.examine(installation):
        assert "%(" not in str(finding)
    assert str(Finding(Light.RED, "100 % wrong")) == "100 % wrong"


@pytest.mark.sqlite
def test_an_old_sqlite_is_red(installation, monkeypatch):
    assert lights(doctor.database, installation) == [Light.GREEN]
    monkeypatch.setattr(sqlite, "OLDEST", (99, 0, 0))
    assert lights(doctor.database, installation) == [Light.RED]


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        (Health("PostgreSQL", "15.18", keeps_commits=True), [Light.GREEN]),
        (Health("PostgreSQL", "15.18, fsync = off", keeps_commits=False), [Light.RED]),
        (
            Health("PostgreSQL", "15.18", keeps_commits=True, notices_damage=False),
            [Light.GREEN, Light.AMBER],
        ),
    ],
)
def test_the_database_is_as_good_as_it_says_itself(installation, health, expected):
    known = installation.database.dialect
    installation.database.dialect = dataclasses.replace(known, health=lambda _session: health)
    found = list(doctor.database(installation))
    assert [finding.light for finding in found] == expected
    assert str(found[0]).startswith(f"{health.name} {health.version} ")


def test_keys_open_to_others_are_red_and_keys_beside_the_database_amber(installation, tmp_path):
    assert lights(doctor.keys, installation) == [Light.AMBER]
    (installation.settings.keys_folder / "root").chmod(0o644)
    assert lights(doctor.keys, installation) == [Light.RED]
    apart = with_settings(installation, keys=str(tmp_path / "apart"))
    del apart.__dict__["keys"]
    assert lights(doctor.keys, apart) == [Light.GREEN]


def test_a_damaged_index_is_red(installation, monkeypatch):
    monkeypatch.setattr(doctor, "is_encrypted", lambda _folder: False)
    assert lights(doctor.index, installation) == [Light.GREEN, Light.AMBER]
    monkeypatch.setattr(doctor, "index_state", lambda _installation: (0, "no manifest"))
    assert lights(doctor.index, installation) == [Light.RED, Light.AMBER]


def test_an_index_on_an_encrypted_disk_is_green(installation, monkeypatch):
    monkeypatch.setattr(doctor, "is_encrypted", lambda folder: folder.is_dir())
    assert lights(doctor.index, installation) == [Light.GREEN] * 2


def test_what_the_backups_lack_is_amber(installation, monkeypatch):
    assert set(lights(doctor.backups, installation)) == {Light.AMBER}
    monkeypatch.setattr(doctor.schedule, "troubles", lambda _settings: iter(()))
    assert lights(doctor.backups, installation) == [Light.GREEN]


@pytest.mark.parametrize(
    ("state", "minutes", "light"),
    [
        (JobState.WAITING, 9, Light.GREEN),
        (JobState.WAITING, 11, Light.RED),
        (JobState.DONE, 99, Light.GREEN),
        (JobState.DEAD, 0, Light.AMBER),
    ],
)
def test_late_work_is_red_and_failed_work_amber(session, installation, state, minutes, light):
    job = jobs.enqueue(session, "x", {}, key="x")
    job.state, job.due_at = state, clock.now() - timedelta(minutes=minutes)
    session.commit()
    assert lights(doctor.queue, installation) == [light]


@pytest.mark.parametrize(("minutes", "light"), [(4, Light.GREEN), (-6, Light.RED)])
def test_a_clock_that_went_back_is_red(session, installation, monkeypatch, minutes, light):
    audit.record(session, audit.Deed(action="x"))
    session.commit()
    now = clock.now() + timedelta(minutes=minutes)
    monkeypatch.setattr(clock, "now", lambda: now)
    assert lights(doctor.calendar, installation) == [light]


def test_an_open_entrance_is_amber(session, world, installation):
    assert lights(doctor.entrance, installation) == [Light.AMBER] * 2
    world.outsider.demo = True
    session.commit()
    assert lights(doctor.entrance, installation) == [Light.AMBER] * 3
    world.outsider.demo = False
    session.commit()
    closed = with_settings(installation, https=True, second_factor=True, proxies=1)
    assert lights(doctor.entrance, closed) == [Light.GREEN]


def test_where_no_proxy_is_believed_nobody_has_an_address(installation):
    behind = with_settings(installation, https=True, second_factor=True)
    amber, green = doctor.entrance(behind)
    assert (amber.light, green.light) == (Light.AMBER, Light.GREEN)
    assert "proxies" in str(amber)


@pytest.mark.parametrize(
    ("days", "light"),
    [
        (0, Light.GREEN),
        (364, Light.GREEN),
        (366, Light.AMBER),
        (395, Light.AMBER),
        (397, Light.RED),
    ],
)
def test_a_certificate_that_ends_soon_is_amber_and_one_that_ended_red(
    installation, monkeypatch, days, light
):
    assert lights(doctor.certificate, installation) == []
    folder = TlsFolder.of(installation.settings.instance)
    tls.init(folder, tls.Wish(names=Names.parse(["hop.tinh.example"], [])))
    now = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: now)
    [finding] = doctor.certificate(installation)
    assert (finding.light, finding.facts["days"]) == (light, 395 - days)


def test_a_certificate_that_cannot_be_read_is_red_and_named(installation):
    folder = TlsFolder.of(installation.settings.instance)
    folder.write(folder.server, b"rubbish")
    [finding] = doctor.certificate(installation)
    assert finding.light is Light.RED
    assert str(folder.server) in str(finding)


def test_every_check_is_in_the_list():
    public = [*inspect.getmembers(doctor, inspect.isfunction)]
    public += inspect.getmembers(machine, inspect.isfunction)
    ours = {doctor.__name__, machine.__name__}
    written = {f.__name__ for _, f in public if f.__module__ in ours}
    checks = {check.__name__ for check in doctor.CHECKS}
    assert checks == {name for name in written if not name.startswith("_")} - {"examine"}
