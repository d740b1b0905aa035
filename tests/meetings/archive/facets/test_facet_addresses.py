"""An address may say anything: what can be a value narrows, all else is as if it were not said."""

import html
import re
import unicodedata
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings import clock
from meetings.archive.facets.views import HEADINGS, SORTS, Narrowing, filters_of, label_of
from meetings.archive.kept.facets import Facet, Filters
from meetings.archive.kept.ordering import Sort
from meetings.documents.relations.queries import Validity
from meetings.models import DocumentType, Term
from tests import factories

HOSTILE = (
    "'; DROP TABLE document; --",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "%(num)s %s {0}",
    "../../etc/passwd",
    "\x00",
    "\ud7ff\ufffe",
    "²²²²",
    "２０２４",
    "٢٠٢٤",
    "-2024",
    "2024.0",
    "20-20",
    "2020-2025-2030",
    "٢٠٢٠-٢٠٢٥",
    "None",
    "…" * 400,
    "á" * 4000,
)
NAME = "Ban Thường vụ Đảng ủy xã Suối Ngân"

saids = st.fixed_dictionaries(
    {},
    optional={
        **{
            facet.value: st.text(max_size=30) | st.sampled_from(HOSTILE)
            for facet in (Facet.ISSUER, Facet.SIGNER)
        },
        "type": st.sampled_from([*DocumentType, *HOSTILE]),
        "validity": st.sampled_from([*Validity, *HOSTILE]),
        "term": st.sampled_from(["2020-2025", "2025-", *HOSTILE]),
        "year": st.sampled_from(["2024", "0000", *HOSTILE]),
        "sort": st.sampled_from([*Sort, *HOSTILE]),
        "whole": st.sampled_from([*Facet, *HOSTILE]),
    },
)


def asked_in(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


@settings(max_examples=25)
@given(said=saids, words=st.sampled_from(["", "đất đai", "a&b=c#d?e+f"]))
def test_what_an_address_says_comes_back_from_each_way_on(said, words):
    filters = filters_of(said)
    narrowing = Narrowing(words, filters, "/archive")
    again = asked_in(narrowing.but())
    assert again.get("q", "") == words
    assert filters_of(again) == Filters(filters.chosen, filters.sort)
    for facet, (_label, way) in zip(filters.chosen, narrowing.chips(), strict=True):
        fewer = {one: value for one, value in filters.chosen.items() if one is not facet}
        assert filters_of(asked_in(way)).chosen == fewer
    assert not filters_of(asked_in(narrowing.nothing()))
    assert all(str(label_of(*one)).strip() for one in filters.chosen.items())
    for one in narrowing.orders():
        assert filters_of(asked_in(one.address)).chosen == filters.chosen


def test_without_words_none_answers_best_and_the_newest_come_first():
    plain = [(one.label, one.current) for one in Narrowing("", Filters(), "/archive").orders()]
    assert [label for label, _current in plain] == [
        str(label) for sort, label in SORTS.items() if sort is not Sort.RELEVANCE
    ]
    assert [current for _label, current in plain] == [True, False, False]
    asked = list(Narrowing("đất", Filters(sort=Sort.NUMBER), "/archive").orders())
    assert [one.current for one in asked] == [False, False, False, True]
    assert asked[0].address == "/archive?q=%C4%91%E1%BA%A5t", "the best match needs no word of it"


def test_figures_of_another_script_are_no_year_and_no_term():
    for text in ("２０２４", "٢٠٢٤", "²²²²"):
        assert not filters_of({"year": text, "term": f"{text}-{text}"}), text


@pytest.fixture
def shelf(session, world):
    """Three documents that the researcher reads, and one of a commune that they do not."""
    factories.add(session, Term(body_id=world.office.id, starts_on=date(2020, 10, 15)))
    rows = (
        (NAME, "Lò Thị Mai", DocumentType.PLAN, date(2021, 5, 1)),
        (unicodedata.normalize("NFD", NAME.upper()), "", DocumentType.REPORT, date(2022, 5, 1)),
        ('Sở <b>Nội vụ</b> & Ban "Dân vận"', "", DocumentType.REPORT, None),
    )
    for issuer, signer, kind, day in rows:
        facts = {"issuer": issuer, "signer": signer, "doc_type": kind, "issued_on": day}
        factories.document(session, world.office, archived_at=clock.now(), **facts)
    factories.document(
        session, world.commune, archived_at=clock.now(), issuer="Ban Kín", signer="Người Kín"
    )
    session.commit()


def page(client, **said) -> str:
    answer = client.get(f"/archive?{urlencode(said)}")
    assert answer.status_code == 200
    return answer.text


def number(text: str) -> int:
    return int(re.search(r"(\d+) (?:văn bản|documents?)\b", text)[1])


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_values_are_answered_escaped_and_find_nobody(sign_in, world, shelf, text):
    client = sign_in(world.researcher)
    answer = page(client, **dict.fromkeys([*Facet, "sort", "whole", "page"], text))
    assert number(answer) in {0, 3}, "a value that nothing has, or none at all"
    assert "<script>alert" not in answer
    assert ">49<" not in answer
    assert "Kín" not in answer


def test_unknown_values_find_nothing_and_can_be_taken_away(sign_in, world, shelf):
    client = sign_in(world.researcher)
    for said in (
        {"type": "speech"},
        {"year": "1930"},
        {"year": "9999"},
        {"term": "1999-2004"},
        {"signer": "Không Có Ai"},
        {"issuer": "Ban Kín"},
    ):
        answer = page(client, **said)
        assert number(answer) == 0, said
        assert "Không tìm thấy" in answer
        assert re.search(r'<a class="button"\s+href="/archive"', answer), said
        assert "Bỏ tất cả điều kiện" not in answer, "one is taken away by itself"


def test_a_value_of_another_body_reads_like_one_that_is_nowhere(sign_in, world, shelf):
    client = sign_in(world.researcher)
    kept = [
        re.sub("Ban [KX]ín|Ban[+][KX]%C3%ADn", "", re.search("<main.*</main>", one, re.DOTALL)[0])
        for one in (page(client, issuer="Ban Kín"), page(client, issuer="Ban Xín"))
    ]
    assert kept[0] == kept[1]


def test_the_same_value_twice_is_the_first_and_an_empty_one_is_none(sign_in, world, shelf):
    client = sign_in(world.researcher)
    assert number(client.get("/archive?type=plan&type=report").text) == 1
    assert number(client.get("/archive?type=&year=&signer=+&sort=&page=").text) == 3
    assert number(client.get("/archive?TYPE=plan&Signer=x").text) == 3


def test_a_name_is_one_however_it_is_written(sign_in, world, shelf):
    client = sign_in(world.researcher)
    spellings = (NAME, NAME.lower(), unicodedata.normalize("NFD", NAME), f"  {NAME}, ")
    for spelling in (*spellings, NAME.replace("ủy", "uỷ")):
        answer = page(client, issuer=spelling)
        assert number(answer) == 2, spelling
        [current] = re.findall(r'<a href="([^"]+)" aria-current=true>\s*<span>', answer)
        assert current == "/archive", "it is marked, and a touch takes it away"
    assert number(page(client, issuer=NAME.replace("Đảng", "Đang"))) == 0, "accents tell apart"


def test_tags_in_names_are_text_and_their_way_leads_to_them(sign_in, world, shelf):
    client = sign_in(world.researcher)
    answer = page(client)
    assert "<b>Nội" not in answer
    [way] = re.findall(r'href="([^"]*issuer=S%E1%BB%9F[^"]*)"', answer)
    answer = client.get(html.unescape(way)).text
    assert number(answer) == 1
    assert 'Sở <b>Nội vụ</b> & Ban "Dân vận"' in html.unescape(answer)
    assert "<b>Nội" not in answer


def test_a_page_that_is_far_off_is_the_last(sign_in, world, shelf):
    client = sign_in(world.researcher)
    for at in ("0", "-3", "99", "9" * 30, "x", "1e9"):
        assert number(client.get(f"/archive?type=report&page={at}").text) == 2, at


def test_in_english_headings_values_and_orders_are_english(sign_in, world, shelf):
    client = sign_in(world.researcher)
    client.set_cookie("preferences", "light.100.en")
    vietnamese, english = sign_in(world.researcher), client
    told = {
        english: ("Narrow down", "Type of document: Report", "Oldest first", "from 2020"),
        vietnamese: ("Thu hẹp", "Tên loại văn bản: Báo cáo", "Cũ nhất", "từ năm 2020"),
    }
    for reader, words in told.items():
        answer = page(reader, type="report", whole="issuer")
        assert number(answer) == 2
        assert [said for said in words if said not in answer] == []
    assert len({str(heading) for heading in HEADINGS.values()}) == len(Facet)


def test_nobody_narrows_before_signing_in(client, shelf):
    answer = client.get("/archive?signer=Ng%C6%B0%E1%BB%9Di+K%C3%ADn")
    assert answer.status_code in {302, 303}
    assert "Người" not in answer.text
