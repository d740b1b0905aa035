"""Answers with fewer bytes: only for who takes them, and only where nothing asked is told back."""

import gzip

import pytest
from flask import Flask, Response

from meetings.web.packing import packed
from tests import factories, papers

TAKES = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("br", False), ("gzip;q=0", False), ("", False)],
)
def test_an_answer_is_packed_for_who_takes_it(accepted: str, is_packed: bool):
    text = "Nghị quyết " * 100
    with Flask(__name__).test_request_context(headers={"Accept-Encoding": accepted}):
        answer = packed(Response(text))
    assert answer.vary.as_set() == {"accept-encoding"}
    assert (answer.content_encoding == "gzip") is is_packed
    body = gzip.decompress(answer.data) if is_packed else answer.data
    assert body.decode() == text
    assert answer.content_length == len(answer.data)


def test_a_page_to_read_is_packed_unless_it_says_what_was_looked_for(
    installation, session, sign_in, world
):
    document = session.merge(papers.prepared(installation, world.office))
    factories.paper(session, world.item, document)
    session.commit()
    client = sign_in(world.delegate)
    address = f"/documents/{document.id}"
    page = client.get(address, headers=TAKES)
    assert page.headers["Content-Encoding"] == "gzip"
    assert document.title in gzip.decompress(page.data).decode()
    assert "Content-Encoding" not in client.get(f"{address}?q=giay", headers=TAKES).headers
    address = words_address(page)
    words = client.get(address, headers=TAKES)
    assert words.headers["Content-Encoding"] == "gzip"
    assert b'"words"' in gzip.decompress(words.data)
    assert "Content-Encoding" not in client.get(f"{address}?q=giay", headers=TAKES).headers


def words_address(page: Response) -> str:
    text = gzip.decompress(page.data).decode()
    return f"{text[text.index('/pages/') :].split('/image')[0]}/words"
