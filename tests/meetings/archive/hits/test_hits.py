"""From hit to hit: each document at its page, marked, in the order of the results."""

import html
import re

import pytest

from meetings.models import Document, DocumentType

TEXTS = {
    "first": ("Phụ lục", "cải cách hành chính, cải cách thể chế, cải cách bộ máy"),
    "second": ("cải cách thủ tục",),
    "third": ("Mở đầu", "Nội dung", "đẩy mạnh việc cải cách của các cơ quan trong nhiều năm tới"),
}


@pytest.fixture
def shelf(file, world, session) -> dict[str, Document]:
    """Three papers that a search finds, and one that is not in the archive."""
    made = {
        name: file(world.office, *texts, title=name, doc_type=DocumentType.REPORT)
        for name, texts in TEXTS.items()
    }
    file(world.office, "cải cách cải cách cải cách", title="unseen paper", archived_at=None)
    return made


def links(page: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'href="(/documents/[^"]+page=[^"]+)"', page)]


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def steps(page: str) -> dict[str, str]:
    """Return where the keys lead."""
    found = re.findall(r'<a[^>]*href="([^"]+)"[^>]*data-hit-key="(\w)"', page)
    return {key: html.unescape(address) for address, key in found}


def test_the_keys_lead_through_all_hits_and_back(sign_in, world, shelf):
    client = sign_in(world.researcher)
    results = links(text(client.get("/archive?q=c%E1%BA%A3i+c%C3%A1ch&type=report")))
    assert len(results) == 3
    page = text(client.get(results[0]))
    walked = [results[0]]
    while onwards := steps(page).get("n"):
        assert f"Văn bản {len(walked)} trên 3" in page
        assert '<text class="hit"' in page or 'class="hit"' in page, walked[-1]
        answer = client.get(onwards)
        assert answer.status_code == 303
        walked.append(answer.location)
        page = text(client.get(answer.location))
    assert walked == results
    assert "Văn bản 3 trên 3" in page
    back = client.get(steps(page)["p"]).location
    assert back == results[1]
    assert 'href="/archive?q=c%E1%BA%A3i+c%C3%A1ch&amp;type=report"' in page


def test_turning_a_page_keeps_the_place_among_the_hits(sign_in, world, shelf):
    client = sign_in(world.researcher)
    page = text(client.get("/archive?q=cai+cach"))
    first = next(one for one in links(page) if str(shelf["third"].id) in one)
    page = text(client.get(first))
    place = re.search(r"Văn bản (\d) trên 3", page)[0]
    turned = html.unescape(re.search(r'reader-previous"\s+href="([^"]+)"', page)[1])
    assert place in text(client.get(turned))
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert {"q", "hit", "of"} <= fields.keys()


def test_without_words_the_newest_are_walked_through(sign_in, world, shelf):
    client = sign_in(world.researcher)
    results = links(text(client.get("/archive")))
    page = text(client.get(results[0]))
    assert "Văn bản 1 trên 3" in page
    assert client.get(steps(page)["n"]).location == results[1]
    assert "p" not in steps(page)


def test_what_is_hidden_by_now_is_no_hit_and_is_not_counted(
    sign_in, world, shelf, installation, session
):
    client = sign_in(world.researcher)
    results = links(text(client.get("/archive?q=cai+cach")))
    gone = re.search(r"/documents/([^?]+)", results[1])[1]
    page = text(client.get(results[0]))
    row = next(one for one in shelf.values() if str(one.id) == gone)
    session.get_one(Document, row.id).archived_at = None
    session.commit()
    answer = client.get(steps(page)["n"])
    assert answer.location.split("?")[0] == results[2].split("?")[0]
    assert "hit=2&of=2" in answer.location
    assert "unseen paper" not in text(client.get(answer.location))


def test_a_place_past_the_last_hit_is_the_last_one(sign_in, world, shelf):
    client = sign_in(world.researcher)
    for place in ("3", "4", str(10**30)):
        answer = client.get(f"/archive/hits?place={place}&q=cai+cach")
        assert "hit=3&of=3" in answer.location
    assert "hit=1&of=3" in client.get("/archive/hits?place=0&q=cai+cach").location


def test_a_search_that_finds_nothing_any_more_is_shown_itself(sign_in, world, shelf):
    answer = sign_in(world.researcher).get("/archive/hits?place=2&q=zzqx&year=2024")
    assert (answer.status_code, answer.location) == (303, "/archive?q=zzqx&year=2024")


def test_a_text_that_goes_on_is_walked_as_it_was_answered(sign_in, world, shelf):
    client = sign_in(world.researcher)
    results = links(text(client.get("/archive?q=c%E1%BA%A3i+c%C3%A1&typing=1")))
    assert len(results) == 3
    page = text(client.get(results[0]))
    assert client.get(steps(page)["n"]).location == results[1]


def test_a_document_that_no_search_led_to_has_no_bar(sign_in, world, shelf):
    client, document = sign_in(world.researcher), shelf["second"]
    assert "hit-strip" not in text(client.get(f"/documents/{document.id}"))
    assert "hit-strip" not in text(client.get(f"/documents/{document.id}?q=cai&hit=9&of=3"))


def test_words_of_the_search_are_escaped_in_the_bar(sign_in, world, shelf):
    client, document = sign_in(world.researcher), shelf["second"]
    asked = {"q": '"><script>alert(1)</script>', "hit": "1", "of": "2"}
    page = text(client.get(f"/documents/{document.id}", query_string=asked))
    assert "<script>alert" not in page
    assert "hit-strip" in page
