"""What a tablet finds by itself in the words of its pages."""

import pytest

pytestmark = pytest.mark.browser
PLACES = """async ([words, text]) => {
  const { places } = await import("/static/js/reading/find.js");
  return places(words, text);
}"""
PAGE = ["Kết", "luận", "số", "436-KL/TU", "của", "Tỉnh", "ủy,", "Đảng", "bộ", "tỉnh", "uỷ."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tinh uy", [5, 9]),
        ("TỈNH", [5, 9]),
        ("436-kl/tu", [3]),
        ("436kl", [3]),
        ("đảng bộ", [7]),
        ("dang b", [7]),
        ("luận kết", []),
        ("uy dang", [6]),
        ("tinh tinh", []),
        ("", []),
        (" , ", []),
    ],
)
def test_words_are_found_without_accents_in_their_order(page, address, text: str, found: list):
    page.goto(address)
    assert page.evaluate(PLACES, [PAGE, text]) == found


LINKS = """async ([words, cited]) => {
  const { linksOf } = await import("/static/js/reading/cited.js");
  return linksOf(words.map((text) => ({ text })), cited);
}"""


def test_cited_numbers_are_found_among_the_words(page, address):
    cited = [
        {"symbol": "436-KL/TU", "document": "a", "name": "436-KL/TU · Kết luận"},
        {"symbol": "12-NQ/TW", "document": "b", "name": "12-NQ/TW"},
    ]
    page.goto(address)
    assert page.evaluate(LINKS, [PAGE, cited]) == [
        {"first": 3, "last": 3, "document": "a", "name": "436-KL/TU · Kết luận"}
    ]
    words = ["(12-nq/tw);", "12-NQ/TWX", "12"]
    assert [one["first"] for one in page.evaluate(LINKS, [words, cited])] == [0]
    assert page.evaluate(LINKS, [words, []]) == []
