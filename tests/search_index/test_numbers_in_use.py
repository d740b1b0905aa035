"""Numbers as real documents write them, beyond the tidy ones."""

import pytest

from search_index import mentions, number_key
from tests.search_index.library import document, found


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Số: 66.12/2026/NQ-CP", "66122026nqcp"),
        ("Số: 57 /2025/TT-BYT", "572025ttbyt"),
        ("Số: 29/2025/TTLT-BTP-BCA-BQP-BTC-TANDTC-VKSNDTC", "292025ttltbtpbcabqpbtctandtcvksndtc"),
        ("Nghị quyết 30/2025/QH15 của Quốc hội", "302025qh15"),
        ("Kế hoạch 12-KH/BCĐ.TU ngày", "12khbcdtu"),
        ("Số: 436 - KL/TU", "436kltu"),
        ("Số 436-\nKL/TU", "436kltu"),
        ("(436KL/TU)", "436kltu"),
    ],
)
def test_a_number_is_mentioned_whole(written, key):
    assert [each.key for each in mentions(written)] == [key]


@pytest.mark.parametrize(
    "text",
    ["436-KL/TU. Căn cứ", "436-KL/TU - Kết luận", "436-KL/TU, ngày", "436-KL/TU\nKết luận"],
)
def test_a_number_ends_where_its_sentence_goes_on(text):
    assert [each.key for each in mentions(text)] == ["436kltu"]


def test_letters_that_only_look_latin_are_read_as_they_look():
    assert number_key("11/2026/TT-BT\u0421") == number_key("11/2026/TT-BTC")
    assert number_key("07/2025/NĐ-\u0421\u0420") == number_key("07/2025/NĐ-CP")


def test_a_document_with_such_letters_is_found_by_what_a_person_types(index):
    index.put(
        document("typed", "Thông tư", symbol="11/2026/TT-BT\u0421"),
        document("noise", "Thông tư", symbol="12/2026/TT-BTC"),
    )
    assert found(index, "11/2026/TT-BTC") == ["typed"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", ""),
        ("số", "so"),
        ("0", ""),
        ("000-KL/TU", "kltu"),
    ],
)
def test_the_key_of_what_is_hardly_a_number(text, key):
    assert number_key(text) == key


@pytest.mark.parametrize("typed", ["số:0", "số:", "số:KL", "0/2024", "số: "])
def test_a_number_without_digits_does_not_find_every_document(index, typed):
    index.put(document("one", "một", symbol="5-KL/TU"), document("two", "hai", symbol="6-KL/TU"))
    assert found(index, typed) == []


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("436 - KL/TU", True),
        ("Số: 436-KL/TU", True),
        ("(436-KL/TU)", True),
        ("so 436 kl tu", True),
        ("kết luận số 436-KL/TU", True),
        ("436 -KL", False),
    ],
)
def test_ways_to_ask_for_a_number(index, typed, right):
    index.put(
        document("own", "Kết luận của tỉnh", symbol="436-KL/TU"),
        document("noise", "Kết luận của huyện", symbol="437-KL/TU"),
    )
    assert (found(index, typed)[:1] == ["own"]) is right
