"""Static files: one address a build, nothing outside their folder, never stale."""

import gzip
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


def test_a_file_of_text_is_packed_for_browsers_that_take_it(client, folder: Path):
    address, packs = f"/assets/{assets.build()}/script.js", {"Accept-Encoding": "br, gzip"}
    answer = client.get(address, headers=packs)
    assert gzip.decompress(answer.data) == b"export{}"
    assert answer.headers["Content-Encoding"] == "gzip"
    plain = client.get(address, headers={"Accept-Encoding": "gzip;q=0"})
    assert (plain.data, plain.headers.get("Content-Encoding")) == (b"export{}", None)
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert plain.headers["ETag"] != answer.headers["ETag"], "they are not the same bytes"
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_script_goes_without_remarks_and_the_kinds_of_its_values(client, folder: Path):
    (folder / "script.js").write_text(
        "/** What it does. */\nimport './a.js';\n  /**\n   * Of * many\n   * lines.\n   */\n"
        "  const one = /** @type {any} */ (two);\n  /** @type {any} */ (one).show();\n"
        "const text = 'a /** b';\nconst other = 'c */';\n"
    )
    answer = client.get(f"/assets/{rebuilt()}/script.js")
    assert answer.text == (
        "import './a.js';\n  const one = (two);\n  (one).show();\n"
        "const text = 'a /** b';\nconst other = 'c */';\n"
    )


def test_a_style_sheet_holds_those_that_it_imports(client, folder: Path):
    (folder / "css" / "parts").mkdir()
    (folder / "css" / "parts" / "chip.css").write_text(".chip{}")
    imported = '@layer parts;\n@import url("parts/chip.css") layer(parts);\n'
    (folder / "css" / "app.css").write_text(imported)
    answer = client.get(f"/assets/{rebuilt()}/css/app.css")
    assert answer.text == "@layer parts;\n@layer parts {\n.chip{}}\n"


def test_no_style_sheet_that_is_joined_names_a_file_of_its_own_folder(client):
    joined = client.get(f"/assets/{assets.build()}/css/app.css").text
    assert "@import" not in joined
    assert "url(" not in joined, "it would be looked for beside the sheet that it was joined to"
    assert ".reader-page" in joined


def test_a_script_names_all_that_it_imports():
    near = assets.modules_of("js/reader.js")
    assert {"js/reader.js", "js/notes/tools.js", "js/notes/marks.js", "js/post.js"} <= set(near)
    assert "js/intake.js" not in near
    assert set(near) < set(assets.modules_of("js/app.js", "js/reader.js"))
    assert all((assets.STATIC / name).is_file() for name in near)


def test_every_static_file_of_the_project_is_served(app: Flask, client):
    files = [path for path in assets.STATIC.rglob("*") if path.is_file()]
    with app.test_request_context():
        addresses = [assets.asset(str(path.relative_to(assets.STATIC))) for path in files]
    assert len(files) > 5
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        answer.close()
