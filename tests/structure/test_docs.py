"""The manual cannot drift: settings, permissions and dependencies have their lines."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from meetings.policy import Permission
from meetings.settings import Settings

ROOT = Path(__file__).parents[2]


def headings(name: str) -> set[str]:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    return set(re.findall(r"^### `([^`]+)`", text, re.MULTILINE))


def test_every_setting_has_a_heading():
    assert headings("operations.md") >= {field.name for field in fields(Settings)}


def test_every_permission_has_a_heading():
    assert headings("security.md") >= {permission.value for permission in Permission}


def test_every_dependency_is_explained():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    names = {re.split(r"[\[<>=]", line)[0] for group in groups for line in group}
    text = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    assert {name for name in names if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_readme_names_the_two_commands(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "make run" in text
    assert "make test" in text


def test_adrs_are_short_and_have_their_four_headings():
    for adr in (ROOT / "docs/adr").glob("*.md"):
        text = adr.read_text(encoding="utf-8")
        for heading in ("Context", "Decision", "Consequences", "Alternatives"):
            assert f"## {heading}" in text, adr.name
        assert len([line for line in text.splitlines() if line.strip()]) <= 30, adr.name


def test_the_manual_names_no_machine_and_no_package_index():
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("requirements/*")]:
        text = file.read_text(encoding="utf-8")
        assert "index-url" not in text, file
        assert not re.search(r"/(home|root|work|tmp)/", text), file
