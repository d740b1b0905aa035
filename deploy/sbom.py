"""Print the parts of a release as CycloneDX 1.5, read from the lock files alone."""

import json
import re
import sys
from pathlib import Path
from typing import Any

REQUIREMENTS = Path(__file__).parents[1] / "requirements"
SHIPPED = ("run", "ocr")
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> list[dict[str, Any]]:
    """Return the parts that a lock file pins, each with its hashes."""
    found = list(PIN.finditer(lock))
    ends = [match.start() for match in found[1:]] + [len(lock)]
    return [
        component(match[1], match[2], HASH.findall(lock, match.end(), end))
        for match, end in zip(found, ends, strict=True)
    ]


def component(name: str, version: str, hashes: list[str]) -> dict[str, Any]:
    """Return one part in the words of the standard."""
    plain = re.sub(r"[-_.]+", "-", name).lower()
    address = f"pkg:pypi/{plain}@{version}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": plain,
        "version": version,
        "purl": address,
        "hashes": [{"alg": "SHA-256", "content": content} for content in hashes],
    }


def bill(groups: tuple[str, ...] = SHIPPED) -> dict[str, Any]:
    """Return the parts of the groups, each once, in order."""
    locks = [(REQUIREMENTS / f"{group}.txt").read_text(encoding="utf-8") for group in groups]
    parts = {part["bom-ref"]: part for lock in locks for part in components(lock)}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "nghi-su"}},
        "components": [parts[name] for name in sorted(parts)],
    }


if __name__ == "__main__":
    json.dump(bill(tuple(sys.argv[1:]) or SHIPPED), sys.stdout, indent=2)
    sys.stdout.write("\n")
