"""Five hundred names that nobody should give a file: each is kept, none chooses a place."""

import os
import random
import re
import unicodedata
from itertools import product
from pathlib import Path
from urllib.parse import unquote

import pytest

from meetings.documents.queries import current_version

NUMBER = 500 if os.environ.get("LONG_TESTS") else 50
PLACES = ("", "../", "../../../../", "/", "//host/share/", "C:\\", "..\\..\\", "~/", "./", "a/b/")
STEMS = (
    "etc/passwd",
    "đồng chí",
    "Nghị quyết Đảng ủy Tường Vy",
    "CON",
    "aux",
    ".htaccess",
    "....",
    "-rf",
    "$(reboot)",
    "`id`",
    "a;b|c&d",
    "%2e%2e%2f",
    "báo\u202efdp",
    "\u200bẩn\u2066",
    "a\0b",
    "dòng\r\nSet-Cookie: x=1",
    "ngoặc\"kép'đơn",
    "<svg onload=alert(1)>",
    "{{7*7}}",
    "ệ" * 1300,
    "🏛️👩‍👩‍👧",
    "\ufeffđầu",
    "cuối. ",
    "*?:<>|",
    "",
)
ENDINGS = (".pdf", ".pdf.exe", ".PDF\0.png", "")
FORMS = ("NFC", "NFD")


def names() -> list[str]:
    """Return the names, the same ones every time, composed and decomposed by turns."""
    made = product(PLACES, STEMS, ENDINGS, FORMS)
    each = {unicodedata.normalize(form, place + stem + end) for place, stem, end, form in made}
    return random.Random(21).sample(sorted(each), NUMBER)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def told(disposition: str) -> str:
    """Return the name that a browser reads from a header, as RFC 6266 wants it."""
    return unquote(disposition.partition("filename*=UTF-8''")[2])


@pytest.mark.long
def test_no_name_chooses_a_place_and_every_name_comes_back(
    session, installation, world, receive, tmp_path
):
    before, given = files(tmp_path), names()
    assert any(unicodedata.is_normalized("NFD", name) for name in given)
    kept = [receive(name.encode() + b"%PDF", name=name) for name in given]
    session.commit()
    session.expire_all()
    assert [current_version(session, document).file_name for document in kept] == given
    new = {path for path in files(tmp_path) - before if not path.endswith(("-wal", "-shm"))}
    blobs = {path for path in new if re.fullmatch(r"instance/blobs/[0-9a-f/]+", path)}
    assert new == blobs
    assert len({path for path in blobs if Path(path).name.isalnum()}) >= len(given)
    print(f"{len(given)} names kept, {len(blobs)} new paths, all made of digests")


@pytest.mark.long
def test_every_name_stays_inside_the_header_of_its_download(
    session, world, receive, sign_in, app, monkeypatch
):
    monkeypatch.setattr(app.extensions["pace"], "count", lambda *_: None)  # 500 in one go
    given = names()
    kept = [receive(name.encode() + b"%PDF", name=name) for name in given]
    session.commit()
    client = sign_in(world.clerk)
    for name, document in zip(given, kept, strict=True):
        with client.get(f"/documents/{document.id}/original") as answer:
            assert answer.status_code == 200, name
            assert answer.get_data() == name.encode() + b"%PDF"
            [header] = answer.headers.getlist("Content-Disposition")
        assert header.startswith("attachment"), name
        assert told(header) == name
        assert header.isascii()
        assert header.isprintable()
        assert "Set-Cookie" not in answer.headers
