import io

import pytest
from flask import Flask

from meetings.web.files import disposition, stored_file

CONTENT = bytes(range(256)) * 10


@pytest.mark.parametrize(
    "name",
    [
        "báo cáo.pdf",
        'a"b\\c.pdf',
        "x\r\nSet-Cookie: y.pdf",
        "\u202efdp.exe",
        "a" * 300,
        "e\u0301.pdf",
    ],
)
def test_any_name_makes_one_header_line(name: str):
    header = disposition(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.startswith('attachment; filename="')


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        (None, 200, CONTENT),
        ("bytes=0-9", 206, CONTENT[:10]),
        ("bytes=100-199", 206, CONTENT[100:200]),
        ("bytes=-5", 206, CONTENT[-5:]),
        ("bytes=99999-", 416, None),
    ],
)
def test_any_range_of_a_file_can_be_asked_for(asked, status: int, expected: bytes | None):
    app = Flask("plain")

    @app.get("/file")
    def file():
        reader = io.BytesIO(CONTENT)
        return stored_file(
            reader, size=len(CONTENT), media_type="application/pdf", name="a.pdf", etag="x"
        )

    headers = {"Range": asked} if asked else {}
    answer = app.test_client().get("/file", headers=headers)
    assert answer.status_code == status
    assert expected is None or answer.data == expected
    again = app.test_client().get("/file", headers={"If-None-Match": '"x"'})
    assert again.status_code == 304
