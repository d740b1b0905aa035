"""Beside the results stand the ways to fewer of them: combined, taken away, passed on."""

import html
import re
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from meetings.archive.facets.views import filters_of
from meetings.archive.kept.facets import Facet
from meetings.archive.kept.ordering import Sort
from meetings.models import DocumentType, Term
from meetings.reader.hits.queries import ASKED

LONG = "Kết luận về việc sắp xếp, tổ chức lại đơn vị hành chính cấp xã và tinh gọn bộ máy " * 2


@pytest.fixture
def shelf(file, world, session):
    """Three papers of two bodies, and one that a researcher may not read."""
    session.add_all(
        Term(body_id=world.office.id, starts_on=day)
        for day in (date(2020, 10, 15), date(2025, 9, 26))
    )
    rows = (
        ("7-KL/TU", DocumentType.CONCLUSION, date(2024, 5, 20), "Tỉnh ủy", "Giàng A Páo"),
        ("9-KL/TU", DocumentType.CONCLUSION, date(2026, 1, 5), "TỈNH UỶ", "Lò Thị Mai"),
        ("3-BC/VP", DocumentType.REPORT, date(2026, 2, 1), "Văn phòng", "Lò Thị Mai"),
    )
    names = ("symbol", "doc_type", "issued_on", "issuer", "signer")
    made = [
        file(world.office, "sắp xếp bộ máy", title=LONG, **dict(zip(names, row, strict=True)))
        for row in rows
    ]
    file(world.commune, "sắp xếp bộ máy", issuer="Đảng ủy xã", signer="Người Kín")
    return made


def groups(page: str) -> dict[str, dict[str, tuple[int, str]]]:
    """Return the count and the address of each value by facet."""
    found = {}
    for name, body in re.findall(r'id="facet-(\w+)" aria.*?<ul[^>]*>(.*?)</ul>', page, re.DOTALL):
        rows = re.findall(
            r'<a href="([^"]+)"[^>]*>\s*<span>(.*?)</span>\s*<span[^>]*>(\d+)', body, re.DOTALL
        )
        found[name] = {
            html.unescape(re.sub(r"<.*?>", "", label, flags=re.DOTALL)).strip(): (
                int(count),
                html.unescape(address),
            )
            for address, label, count in rows
        }
    return found


def symbols(page: str) -> list[str]:
    return re.findall(r"(\d-[A-Z]+/[A-Z]+) ·", page)


def get(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_values_are_counted_combined_and_taken_away(sign_in, world, shelf):
    client = sign_in(world.researcher)
    page = get(client, "/archive?q=bo+may")
    found = groups(page)
    assert {name: count for name, (count, _) in found["issuer"].items()} == {
        "Tỉnh ủy": 2,
        "Văn phòng": 1,
    }
    assert {name: count for name, (count, _) in found["term"].items()} == {
        "từ năm 2025": 2,
        "2020–2025": 1,
    }
    assert found["validity"]["Còn hiệu lực"][0] == 2
    page = get(client, found["signer"]["Lò Thị Mai"][1])
    assert set(symbols(page)) == {"9-KL/TU", "3-BC/VP"}
    found = groups(page)
    assert found["signer"]["Giàng A Páo"][0] == 1, "the others of a facet can be changed to"
    page = get(client, found["type"]["Kết luận"][1])
    assert symbols(page) == ["9-KL/TU"]
    assert "Người ký: Lò Thị Mai" in page
    away = re.findall(r'<a class="button"\s+href="([^"]+)"\s+aria-label="Bỏ', page)
    assert len(away) == 2
    assert set(symbols(get(client, html.unescape(away[0])))) == {"9-KL/TU", "3-BC/VP"}
    current = groups(page)["type"]["Kết luận"][1]
    assert "type=" not in current, "a second touch takes it away"
    assert "Bỏ tất cả điều kiện" in page


def test_what_one_may_not_read_is_in_no_list(sign_in, world, shelf):
    assert "Người Kín" not in get(sign_in(world.researcher), "/archive?q=bo+may")
    for user in (world.outsider, world.administrator):
        assert groups(get(sign_in(user), "/archive?q=bo+may")) == {}
    chosen = get(sign_in(world.researcher), "/archive?signer=Ng%C6%B0%E1%BB%9Di+K%C3%ADn")
    assert symbols(chosen) == []
    assert "0 văn bản" in chosen


def test_a_list_is_put_in_order_and_keeps_it_through_hits_and_files(sign_in, world, shelf):
    client = sign_in(world.researcher)
    assert symbols(get(client, "/archive?q=bo+may&sort=number")) == [
        "3-BC/VP",
        "7-KL/TU",
        "9-KL/TU",
    ]
    page = get(client, "/archive?sort=oldest&issuer=t%E1%BB%89nh+%E1%BB%A7y")
    assert symbols(page) == ["7-KL/TU", "9-KL/TU"]
    link = html.unescape(re.search(r'href="(/documents/[^"]+\?page=[^"]+)"', page)[1])
    said = dict(parse_qsl(urlsplit(link).query))
    assert (said["sort"], said["issuer"], said["hit"], said["of"]) == (
        "oldest",
        "tỉnh ủy",
        "1",
        "2",
    )
    onwards = client.get(f"/archive/hits?sort=oldest&issuer={said['issuer']}&place=2")
    assert str(shelf[1].id) in onwards.location
    assert re.search(r'href="/archive/file\?[^"]*sort=oldest', page)
    assert "aria-current=true>Cũ nhất" in page


def test_a_long_list_of_values_is_opened_and_folded(sign_in, world, file):
    for at in range(8):
        file(world.office, "bộ máy", signer=f"Người thứ {at}")
    client = sign_in(world.researcher)
    page = get(client, "/archive?q=bo+may")
    assert len(groups(page)["signer"]) == 6
    more = html.unescape(re.search(r'class="facet-more" href="([^"]+)">Xem thêm 2<', page)[1])
    assert more == "/archive?q=bo+may&whole=signer#facet-signer"
    page = get(client, more)
    assert len(groups(page)["signer"]) == 8
    assert "Thu gọn" in page
    assert re.search(r'<details class="facets disclosure" open', page)


def test_nonsense_in_an_address_narrows_nothing_and_harms_nothing(sign_in, world, shelf):
    client = sign_in(world.researcher)
    nonsense = "type=x&validity=y&term=20&year=²²²²&issuer=%00&signer=...&sort=z&whole=w"
    assert len(symbols(get(client, f"/archive?{nonsense}"))) == 3
    assert symbols(get(client, f"/archive?signer={'a' * 5000}&year=0000")) == []
    page = get(client, "/archive?issuer=<script>alert(1)</script>")
    assert "<script>alert" not in page


def test_an_address_says_the_same_everywhere():
    said = {"type": "report", "year": "2024", "sort": "number", "whole": "term"}
    filters = filters_of(said)
    assert filters.chosen == {Facet.TYPE: "report", Facet.YEAR: "2024"}
    assert (filters.sort, filters.whole) == (Sort.NUMBER, Facet.TERM)
    assert {*Facet, "q", "sort", "typing"} == set(ASKED), "the reader takes all of it along"
