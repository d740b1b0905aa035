"""The units of `deploy`: walls around web and worker, behind which all of the product works."""

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from meetings.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = ["web", "worker"]
CLOSED = {
    "CapabilityBoundingSet": "",
    "IPAddressAllow": "localhost",
    "IPAddressDeny": "any",
    "LimitCORE": "0",
    "LockPersonality": "yes",
    "NoNewPrivileges": "yes",
    "PrivateDevices": "yes",
    "PrivateTmp": "yes",
    "ProtectClock": "yes",
    "ProtectControlGroups": "yes",
    "ProtectHome": "yes",
    "ProtectKernelModules": "yes",
    "RemoveIPC": "yes",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6 AF_NETLINK",
    "RestrictRealtime": "yes",
    "RestrictSUIDSGID": "yes",
    "SystemCallArchitectures": "native",
    "UMask": "0077",
    "User": "nghi-su",
}
# The kernel gives a sandbox a /proc of its own only where the service's is wholly visible, and
# each of these covers a part of it or takes the namespaces that a sandbox is made of.
BREAKING = {
    "InaccessiblePaths",
    "PrivateUsers",
    "ProcSubset",
    "ProtectHostname",
    "ProtectKernelLogs",
    "ProtectKernelTunables",
    "ProtectProc",
    "RestrictNamespaces",
}
MOST_EXPOSED = 5.0
SYSTEM_UNITS = Path("/usr/lib/systemd/system")
Look = Callable[..., str]


def service(unit: str) -> dict[str, list[str]]:
    """Return what stands in a unit, each name with all its values."""
    found = defaultdict(list)
    for line in (DEPLOY / f"systemd/nghi-su-{unit}.service").read_text("utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found[name].append(value)
    return found


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_closes_what_the_program_never_needs(unit: str):
    found = service(unit)
    assert {name: found.get(name) for name in CLOSED} == {n: [v] for n, v in CLOSED.items()}
    assert found["ProtectSystem"] == [{"web": "strict", "worker": "full"}[unit]]
    assert found["ReadWritePaths"] == ["/var/lib/nghi-su"]


@pytest.mark.parametrize("unit", UNITS)
def test_no_unit_takes_what_a_sandbox_is_made_of(unit: str):
    assert BREAKING.intersection(service(unit)) == set()


@pytest.fixture
def examiner() -> str:
    found = shutil.which("systemd-analyze")
    if found is None:
        pytest.skip("systemd is not here")
    return found


def test_systemd_finds_nothing_to_say_against_the_units(examiner: str, tmp_path: Path):
    """Also a setting that it does not know, which it would pass over in silence."""
    units, program = tmp_path / "etc/systemd/system", tmp_path / "opt/nghi-su/.venv/bin/meetings"
    shutil.copytree(DEPLOY / "systemd", units)
    shutil.copytree(SYSTEM_UNITS, tmp_path / "lib/systemd/system", symlinks=True)
    program.parent.mkdir(parents=True)
    program.touch(0o755)
    names = sorted(file.name for file in units.iterdir())
    assert len(names) == 3
    wrong = "[Service]\nType=exec\nExecStart=/opt/nghi-su/.venv/bin/meetings\nProtectAll=yes\n"
    (units / "wrong.service").write_text(wrong)

    def said_of(*chosen: str) -> str:
        command = [examiner, "verify", "--man=no", f"--root={tmp_path}", *chosen]
        return subprocess.run(command, capture_output=True, text=True, check=False).stderr

    assert said_of(*names) == ""
    assert "Unknown key" in said_of("wrong.service")


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_calls_a_unit_little_exposed(examiner: str, unit: str):
    file = DEPLOY / f"systemd/nghi-su-{unit}.service"
    command = [examiner, "security", "--offline=true", "--no-pager", str(file)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    exposed = float(said.split("Overall exposure level for")[1].split(": ")[1].split()[0])
    assert exposed <= MOST_EXPOSED


def test_the_settings_of_the_example_are_those_of_a_production():
    lines = (DEPLOY / "environment.example").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    chosen = Settings.load(given)
    assert chosen.production
    assert given["MEETINGS_INSTANCE"] == "/var/lib/nghi-su"
    assert service("web")["ReadWritePaths"] == [given["MEETINGS_INSTANCE"]]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Run a command as the web's unit does: all is read-only but the instance folder."""
    instance, keys = tmp_path / "instance", tmp_path / "keys"
    instance.mkdir(0o700)
    settings = {"MEETINGS_INSTANCE": str(instance), "MEETINGS_KEYS": str(keys)}
    environment = os.environ | settings | {"MEETINGS_MIN_FREE": "0"}
    program = [sys.executable, "-B", "-m", "meetings"]

    def run(*command: str, walls: bool = True, covers: tuple[str, ...] = ()) -> str:
        around = ["--ro-bind", "/", "/", "--dev", "/dev", "--bind", "/proc", "/proc"]
        for place in covers:
            around += ["--ro-bind", place, place]
        around += ["--bind", str(instance), str(instance), "--"]
        whole = [*(["bwrap", *around] if walls else []), *program, *command]
        done = subprocess.run(whole, env=environment, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    return run


def test_behind_the_walls_the_first_start_works_once_the_keys_are_made(look: Look, tmp_path: Path):
    refused = look("db", "upgrade")
    assert "up to date" not in refused
    assert not (tmp_path / "keys").exists()
    assert "up to date" in look("db", "upgrade", walls=False)
    assert "up to date" in look("db", "upgrade")
    found = look("doctor")
    assert "Received files are opened in a sandbox." in found
    assert "The keys lie apart and are closed to others." in found
    covered = look("doctor", covers=("/proc/sys",))
    assert "red    Scans and office files are refused: the service covers /proc" in covered
