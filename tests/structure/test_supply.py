"""What we build on: pinned, hashed, counted, told; and no secret lies among it."""

import importlib.util
import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PINNED = re.compile(r"^[A-Za-z0-9._-]+(\[[\w,-]+\])?==\S+( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
SECRETS = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}",
    "a key of a backup": r"AGE-SECRET-KEY-1[0-9A-Z]{50}",
    "a key of a cloud": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of a forge": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|glpat-[\w-]{20})\b",
    "a token of a chat": r"\bxox[abprs]-[0-9A-Za-z-]{20,}",
    "a signed token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}",
    "a password in an address": r"\b[a-z]+://[\w.-]+:[^@\s/{}<>$\"']{8,}@[\w.-]+",
    "a password in a setting": r"(?i)\b(?:password|secret|token|api_?key)\s*=\s*['\"]\S{24,}['\"]",
}
TEXTS = {".py", ".toml", ".txt", ".md", ".html", ".js", ".css", ".conf", ".csv", ".example", ""}


@pytest.fixture(scope="module")
def sbom():
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "deploy/sbom.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(lock: Path) -> list[str]:
    return [line for line in lock.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_package_is_pinned_with_its_hashes(lock: Path):
    for line, after in zip(lines(lock), [*lines(lock)[1:], "end==0 \\"], strict=True):
        assert PINNED.match(line) or HASH.match(line), line
        if PINNED.match(line):
            assert HASH.match(after), f"no hash: {line}"
    assert "--require-hashes" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_list_of_parts_has_every_locked_package_once_with_its_hashes():
    command = [sys.executable, str(ROOT / "deploy/sbom.py"), "run", "ocr", "test", "bench", "scale"]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    pins = {line.split(" ")[0] for lock in LOCKS for line in lines(lock) if PINNED.match(line)}
    bare = {re.sub(r"\[.*\]", "", pin).lower().replace("_", "-").replace(".", "-") for pin in pins}
    parts = told["components"]
    names = [f"{part['name']}=={part['version']}" for part in parts]
    assert len(names) == len(set(names))
    assert {name.replace(".", "-") for name in names} == bare
    assert all(part["hashes"] for part in parts)
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.5")
    print(f"{len(parts)} parts in {len(LOCKS)} lock files")


def test_what_is_installed_is_what_is_listed(sbom):
    listed = {(part["name"], part["version"]) for part in sbom.bill()["components"]}
    names = {name for name, _ in listed}
    installed = {
        (re.sub(r"[-_.]+", "-", found.metadata["Name"]).lower(), found.version)
        for found in metadata.distributions()
    }
    shipped = {(name, version) for name, version in installed if name in names}
    assert shipped - listed == set()
    assert len(shipped) >= 50
    print(f"{len(shipped)} installed parts are as listed")


def found_in(text: str) -> set[str]:
    return {name for name, shape in SECRETS.items() if re.search(shape, text)}


def sources() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]


def test_no_file_holds_a_secret():
    read = [path for path in sources() if path.suffix in TEXTS and path.is_file()]
    found = {path: found_in(path.read_text(encoding="utf-8", errors="replace")) for path in read}
    assert {path: names for path, names in found.items() if names} == {}
    assert len(read) > 500
    print(f"{len(read)} files without a secret")


def test_no_earlier_version_held_a_secret():
    command = ["git", "log", "--all", "-p", "--unified=0", "--no-color", "--no-renames", "--text"]
    past = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if past.returncode:
        pytest.skip("a release comes without its past")
    text = past.stdout.decode("utf-8", "replace")
    assert found_in(text) == set()
    commits = len(re.findall(r"^commit [0-9a-f]{40}", text, re.MULTILINE))
    print(f"{commits} commits without a secret")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a private key", ("-----BEGIN PRIVATE", " KEY-----\n" + "MIIEvQIBADANBgkq" * 3)),
        ("a key of a backup", ("AGE-SECRET", "-KEY-1" + "Q" * 58)),
        ("a key of a cloud", ("AKIA", "ABCDEFGHIJKLMNOP")),
        ("a token of a forge", ("ghp", "_" + "a1B2" * 9)),
        ("a token of a chat", ("xoxb", "-123456789012-abcdefgh")),
        ("a signed token", ("eyJhbGciOiJIUzI1", ".eyJzdWIiOiIxMjM0." + "a" * 24)),
        ("a password in an address", ("postgresql://office:", "hunter2hunter2@db.example")),
        ("a password in a setting", ("password = ", "'aVeryLongPasswordOfTheHouse'")),
    ],
)
def test_a_secret_of_each_kind_would_be_found(name: str, parts: tuple[str, str]):
    assert name in found_in("".join(parts))
