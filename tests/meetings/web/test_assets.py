"""Static files: one address a build, nothing outside their folder, never stale."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from meetings.web import assets


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of static files of our own, with a secret beside it."""
    folder = tmp_path / "static"
    (folder / "css").mkdir(parents=True)
    (folder / "css" / "app.css").write_text("body{}")
    (folder / "script.js").write_text("export{}")
    (tmp_path / "secret.txt").write_text("keys")
    monkeypatch.setattr(assets, "STATIC", folder)
    assets.build.cache_clear()
    yield folder
    assets.build.cache_clear()


def rebuilt() -> str:
    assets.build.cache_clear()
    return assets.build()


def rename(folder: Path) -> None:
    (folder / "script.js").rename(folder / "other.js")


def change(folder: Path) -> None:
    (folder / "css" / "app.css").write_text("body{margin:0}")


def add(folder: Path) -> None:
    (folder / "css" / "new.css").touch()


def remove(folder: Path) -> None:
    (folder / "script.js").unlink()


@pytest.mark.parametrize("step", [rename, change, add, remove])
def test_any_change_of_any_file_makes_another_build(folder: Path, step):
    before = assets.build()
    step(folder)
    assert rebuilt() != before


def test_an_empty_folder_changes_nothing(folder: Path):
    before = assets.build()
    (folder / "empty").mkdir()
    assert rebuilt() == before


def test_the_build_is_the_same_for_the_same_files(folder: Path):
    assert rebuilt() == rebuilt()
    assert len(assets.build()) == 16


def test_the_build_is_found_once_a_process(folder: Path):
    before = assets.build()
    change(folder)
    assert assets.build() == before


@pytest.mark.parametrize(
    ("name", "media_type"), [("css/app.css", "text/css"), ("script.js", "text/javascript")]
)
def test_a_file_comes_under_its_own_media_type(app: Flask, client, folder: Path, name, media_type):
    with app.test_request_context():
        address = assets.asset(name)
    answer = client.get(address)
    assert address == f"/assets/{assets.build()}/{name}"
    assert answer.mimetype == media_type
    assert answer.data == (folder / name).read_bytes()
    answer.close()


@pytest.mark.parametrize(
    "name",
    ["../secret.txt", "%2e%2e/secret.txt", "css/../../secret.txt", "/etc/passwd", "absent", "css"],
)
def test_nothing_but_a_file_of_the_folder_is_served(client, folder: Path, name):
    answer = client.get(f"/assets/{assets.build()}/{name}", follow_redirects=True)
    assert answer.status_code == 404
    assert b"keys" not in answer.data


def test_a_file_that_the_browser_has_is_not_sent_again(app: Flask, client, folder: Path):
    with app.test_request_context():
        address = assets.asset("script.js")
    first = client.get(address)
    first.close()
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    again.close()


def test_every_static_file_of_the_project_is_served(app: Flask, client):
    files = [path for path in assets.STATIC.rglob("*") if path.is_file()]
    with app.test_request_context():
        addresses = [assets.asset(str(path.relative_to(assets.STATIC))) for path in files]
    assert len(files) > 5
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        answer.close()
