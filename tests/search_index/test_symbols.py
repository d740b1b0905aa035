import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.symbols import mentions, number_key, symbol_keys


@pytest.mark.parametrize(
    "text",
    ["436-KL/TU", "436 kl tu", "436KL/TU", "số 436-KL/TU", "Số: 436-KL/TU", "0436 - KL/TU"],
)
def test_ways_to_write_a_number_have_one_key(text):
    assert number_key(text) == "436kltu"


def test_letters_with_a_bar_are_plain_in_a_key():
    assert number_key("30/2020/NĐ-CP") == "302020ndcp"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Căn cứ Kết luận số 436-KL/TU, ngày 02/3/2024", ["436-KL/TU"]),
        ("Nghị định 30/2020/NĐ-CP và 63/2010/NĐ-CP.", ["30/2020/NĐ-CP", "63/2010/NĐ-CP"]),
        ("Quyết định 12 – QĐ/TU của tỉnh", ["12 – QĐ/TU"]),
        ("giai đoạn 2020-2025, tăng 12,5% so với 2019", []),
        ("họp lúc 14 giờ ngày 05/6", []),
    ],
)
def test_numbers_are_recognised_in_a_running_text(text, expected):
    said = list(mentions(text))
    assert [text[each.start : each.end] for each in said] == expected
    assert [each.key for each in said] == [number_key(number) for number in expected]


@given(st.text())
def test_any_text_can_be_looked_through(text):
    for said in mentions(text):
        assert 0 <= said.start < said.end <= len(text)
        assert said.key == number_key(text[said.start : said.end])


@pytest.mark.parametrize(
    ("symbol", "keys"),
    [
        ("436-KL/TU", ["436kltu", "#436#"]),
        ("số 03-NQ/TU", ["3nqtu", "#3#"]),
        ("14/2026/NĐ-CP", ["142026ndcp", "#14#"]),
        ("12025/QH15", ["12025qh15", "#12025#"]),
        ("74", ["74", "#74#"]),
        ("Không số", ["khongso"]),
        ("0", []),
        ("", []),
    ],
)
def test_a_document_is_found_by_its_number_and_by_its_place_in_a_run(symbol, keys):
    assert symbol_keys(symbol) == keys
