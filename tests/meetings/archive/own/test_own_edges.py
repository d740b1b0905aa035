"""Kept searches at their edges: odd names, buttons pressed twice, values that are gone."""

import html
import re
import unicodedata
from datetime import date
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import select

from meetings.archive.own import services
from meetings.models import Document, DocumentType, SavedSearch, Term
from tests import factories
from tests.meetings.archive.own.hands import AT, filed, keep, page

NAMES = {
    "accents apart": unicodedata.normalize("NFD", "Việc đất đai ở xã Suối Ngân"),
    "of another script": "Тайный совет 土地",
    "right to left": "بحث محفوظ",
    "with signs": "“Đất” & 'rừng' <2026>",
    "as a template": "{{ 7 * 7 }} %(name)s {0}",
    "longest": "ă" * 100,
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_is_shown_as_it_was_given(reader, saved, name):
    assert keep(reader, f"  {name}\x07 ").status_code == 303
    assert [one.name for one in saved()] == [name]
    raw = reader.get(AT).text
    assert f"<h2>{name}</h2>" in html.unescape(raw)
    assert "<2026>" not in raw
    [row] = saved()
    assert f'value="{name}"' in page(reader, f"{AT}/{row.id}/name")


def test_tags_in_names_and_words_are_text(reader, saved):
    tag = "<img src=x onerror=alert(1)>"
    keep(reader, tag, q=f"đất {tag}", signer=f"Mai {tag}")
    [row] = saved()
    for address in (AT, f"{AT}/{row.id}/name", f"{AT}/new?{urlencode({'q': tag})}"):
        raw = reader.get(address).text
        assert "<img src=x" not in raw
        assert tag in html.unescape(raw)
    reader.submit(f"{AT}/{row.id}/drop")
    raw = reader.get(AT).text
    assert "<img src=x" not in raw
    assert f"“{tag}”" in html.unescape(raw)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ă" * 300, "Vui lòng không viết quá 100 ký tự."),
        ("ă" * 101, "Vui lòng không viết quá 100 ký tự."),
        ("", "Vui lòng điền mục này."),
        (" \t ", "Vui lòng điền mục này."),
        ("\x00\u200b\u202e", "Vui lòng điền mục này."),
    ],
)
def test_a_name_that_cannot_be_is_told_at_its_field_and_changes_nothing(reader, saved, name, told):
    answer = keep(reader, name, q="đất")
    assert answer.status_code == 422
    assert re.search(r'id="name"[^>]*aria-invalid|aria-invalid[^>]*id="name"', answer.text)
    assert told in answer.text
    assert saved() == []
    keep(reader, "Đất", q="đất")
    [row] = saved()
    answer = reader.submit(f"{AT}/{row.id}/name", name=name)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert [one.name for one in saved()] == ["Đất"]


def test_a_search_kept_under_a_term_of_office_outlives_its_end(reader, session, world, saved):
    factories.add(session, Term(body_id=world.office.id, starts_on=date(2020, 10, 15)))
    for title, day in (("Đất đai cũ", date(2019, 5, 1)), ("Đất đai", date(2024, 5, 1))):
        filed(session, world, title, issued_on=day)
    session.commit()
    keep(reader, "Nhiệm kỳ này", term="2020-")
    [row] = saved()
    factories.add(session, Term(body_id=world.office.id, starts_on=date(2025, 9, 26)))
    filed(session, world, "Đất đai mới", issued_on=date(2026, 1, 5))
    filed(session, world, "Đất đai thêm", issued_on=date(2024, 6, 1))
    session.commit()
    assert "Nhiệm kỳ: từ năm 2020" in page(reader)
    there = reader.submit(f"{AT}/{row.id}/look").location
    answer = page(reader, there)
    titles = ("Đất đai cũ", "Đất đai", "Đất đai thêm", "Đất đai mới")
    shown = [title for title in titles if re.search(f">\\s*{title}\\s*<", answer)]
    assert shown == ["Đất đai", "Đất đai thêm"]
    [current] = re.findall(r'<a href="([^"]+)" aria-current=true>\s*<span>', answer)
    assert "term=" not in current, "its value is marked as the one that was chosen"


def test_a_name_is_offered_that_can_be_sent_as_it_is(reader, saved):
    asked = {"q": "đất đai " * 60, "signer": "Lò Thị Mai", "issuer": "Sở " + "Nội vụ " * 40}
    offered = re.search(r'id="name"[^>]*', page(reader, f"{AT}/new?{urlencode(asked)}"))[0]
    name = re.search(r'value="([^"]*)"', offered)[1]
    assert 0 < len(name) <= 100
    assert keep(reader, name, **asked).status_code == 303
    [row] = saved()
    assert row.chosen["issuer"] == asked["issuer"].strip()
    assert row.words == asked["q"].strip()
    assert 'value="Tất cả văn bản"' in page(reader, f"{AT}/new")


def test_what_is_kept_is_what_was_asked(session, world, reader, saved):
    """The longest question that the archive takes is kept whole; the order is not a condition."""
    words = " ".join(["đất"] * 200)
    keep(reader, q=f"{words}\x00", type="plan", sort="oldest", whole="signer", page="7")
    [row] = saved()
    assert (row.words, row.chosen) == (words, {"type": "plan"})
    target = urlsplit(reader.submit(f"{AT}/{row.id}/look").location)
    assert parse_qs(target.query) == {"q": [words], "type": ["plan"]}
    assert reader.get(f"{target.path}?{target.query}").status_code == 200


def test_a_button_pressed_twice_does_no_more_than_once(reader, saved):
    for word in ("một", "hai"):
        keep(reader, word, q=word)
    one, two = saved()
    for _ in range(2):
        assert reader.submit(f"{AT}/{two.id}/drop").status_code == 303
    assert "“hai”" in page(reader), "it can still be brought back"
    for _ in range(2):
        assert reader.submit(f"{AT}/{two.id}/bring-back").status_code == 303
    for _ in range(2):
        assert keep(reader, "một nữa", q="một").status_code == 303
    assert [(row.name, row.dropped_at) for row in saved()] == [("một nữa", None), ("hai", None)]
    assert one.id == saved()[0].id


def test_bringing_back_what_is_kept_asks_for_no_room(reader, saved, monkeypatch):
    monkeypatch.setattr(services, "MOST", 1)
    keep(reader, "một", q="một")
    reader.submit(f"{AT}/{saved()[0].id}/bring-back")
    assert "rất nhiều tìm kiếm" not in page(reader)


def test_what_was_dropped_and_is_kept_anew_is_one_search(reader, saved):
    keep(reader, "Đất", q="đất")
    [row] = saved()
    reader.submit(f"{AT}/{row.id}/drop")
    keep(reader, "Đất đai", q="đất")
    assert [(one.id, one.name, one.dropped_at) for one in saved()] == [(row.id, "Đất đai", None)]
    assert "Đã bỏ" not in page(reader)
    keep(reader, "Đất nữa", q="đất", type="plan")
    assert len(saved()) == 2, "with another condition it is another search"


def test_a_search_whose_value_is_gone_says_so_and_stays_in_hand(session, world, reader, saved):
    keep(reader, "Của bà Mai", signer="Lò Thị Mai")
    [row] = saved()
    assert "1 văn bản" in page(reader)
    [document] = session.scalars(select(Document)).all()
    document.signer = "Giàng A Páo"
    session.commit()
    shown = page(reader)
    assert "0 văn bản" in shown
    assert "Người ký: Lò Thị Mai" in shown
    assert "mới</span>" not in shown
    target = reader.submit(f"{AT}/{row.id}/look").location
    assert "0 văn bản" in page(reader, target)
    assert "Người ký: Lò Thị Mai" in page(reader, target), "the condition can be taken away"
    document = session.get_one(Document, document.id)
    document.signer = "LÒ THỊ MAI"
    session.commit()
    assert "1 mới" in page(reader), "it was looked at while nothing was there"


def test_what_no_version_of_the_program_knows_is_left_out(session, world, reader, saved):
    chosen = {"type": "edict", "validity": "eternal", "year": "2024", "colour": "red"}
    row = SavedSearch(user_id=world.researcher.id, words="", name="Cũ", chosen=chosen, seen=0)
    factories.add(session, row)
    session.commit()
    assert "Năm: 2024" in page(reader)
    assert reader.submit(f"{AT}/{row.id}/look").location == "/archive?year=2024"


def test_the_three_newest_of_many_new_hits_are_named(session, world, reader):
    keep(reader, "Tất cả")
    for day in range(1, 6):
        filed(session, world, f"Báo cáo ngày {day}", issued_on=date(2026, 3, day))
    session.commit()
    shown = page(reader)
    assert "5 mới" in shown
    assert re.findall(r"Báo cáo ngày (\d)", shown) == ["5", "4", "3"]


def test_in_english_it_says_the_same(session, world, reader, saved):
    reader.set_cookie("preferences", "light.100.en")
    assert "No search is kept yet" in page(reader)
    keep(reader, "Đất", type="plan", signer="Lò Thị Mai")
    filed(session, world, "Kế hoạch", doc_type=DocumentType.PLAN, signer="Lò Thị Mai")
    session.commit()
    shown = page(reader)
    assert "Type of document: Plan · Signed by: Lò Thị Mai" in shown
    assert "2 documents" in shown
    assert "1 new" in shown
    assert "Please keep it to 100 characters." in keep(reader, "a" * 300).text
    reader.submit(f"{AT}/{saved()[0].id}/drop")
    assert "“Đất” is dropped." in page(reader)
