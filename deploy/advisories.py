"""Compare the parts of a release with advisories in the OSV format, without a network.

`advisories.py FILE [GROUP...]`: FILE is the export of a whole ecosystem, one JSON record a member
(`PyPI/all.zip` of osv.dev, brought along on a stick), GROUP a lock file. Ends with 1 where a part
is affected, where the newest record is older than a month, and where nothing was compared.
"""

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from packaging.version import InvalidVersion, Version

sys.path.insert(0, str(Path(__file__).parent))

from sbom import SHIPPED, bill

OLDEST = timedelta(days=30)
Record = dict[str, Any]


def records(export: Path) -> Iterator[Record]:
    """Yield the advisories of an export, but for those that were withdrawn."""
    with ZipFile(export) as archive:
        for name in archive.namelist():
            if name.endswith(".json"):
                record = json.loads(archive.read(name))
                if "withdrawn" not in record:
                    yield record


def affects(record: Record, name: str, version: str) -> bool:
    """Tell whether an advisory speaks of a part in this very version."""
    return any(
        version in entry.get("versions", ())
        or any(_within(part["events"], version) for part in entry.get("ranges", ()) if _told(part))
        for entry in record.get("affected", ())
        if _plain(entry.get("package", {}).get("name", "")) == name
    )


def _told(part: dict[str, Any]) -> bool:
    return part.get("type") == "ECOSYSTEM"


def _within(events: list[dict[str, str]], version: str) -> bool:
    """Follow the turns of a range up to a version; one that cannot be read counts as affected."""
    try:
        asked = Version(version)
        turns = sorted(
            (Version(at), kind) for event in events for kind, at in event.items() if kind != "limit"
        )
    except InvalidVersion:
        return True
    inside = False
    for at, kind in turns:
        if kind == "last_affected":
            inside = inside and asked <= at
        elif at <= asked:
            inside = kind == "introduced"
    return inside


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def compare(export: Path, groups: tuple[str, ...], *, now: datetime) -> tuple[list[str], list[str]]:
    """Return what was compared and what is wrong, a sentence each."""
    parts = [(part["name"], part["version"]) for part in bill(groups)["components"]]
    found, seen, newest = [], 0, datetime.min.replace(tzinfo=UTC)
    for record in records(export):
        seen += 1
        newest = max(newest, datetime.fromisoformat(record["modified"]))
        named = {
            _plain(one.get("package", {}).get("name", "")) for one in record.get("affected", ())
        }
        found += [
            f"{name} {version}: {record['id']} {record.get('summary', '')}".rstrip()
            for name, version in parts
            if name in named and affects(record, name, version)
        ]
    if not seen or not parts:
        return [], ["Nothing was compared."]
    if now - newest > OLDEST:
        found.append(f"The newest advisory is of {newest:%Y-%m-%d}: fetch them anew.")
    return [f"{len(parts)} parts compared with {seen} advisories up to {newest:%Y-%m-%d}"], found


def main(arguments: list[str]) -> int:
    """Print what was compared and what is wrong; return 1 where something is."""
    export, groups = Path(arguments[0]), tuple(arguments[1:]) or SHIPPED
    told, wrong = compare(export, groups, now=datetime.now(UTC))
    sys.stdout.write("".join(f"{line}\n" for line in told + wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
