"""Nothing that is typed raises, and nothing takes long."""

import os
from random import Random

import pytest

from search_index import clean, parse, snippet
from search_index.language.lexer import LONGEST, MOST, Kind, lexemes, plain
from search_index.query import evaluate, settle, wanted

COUNT = 100_000 if os.environ.get("LONG_TESTS") else 1_000
PIECES = [
    *('"', "“", "”", "-", "--", "*", "**", ":", "OR", "(", ")", "/", ".", "..", "\x00", "\u0301"),
    *("số:", "số 436", "436-KL/TU", "30/2020/NĐ-CP", "loại:", "nghị quyết", "năm:", "2021..2024"),
    *("cơ quan:", "người ký:", "hiệu lực:còn", "-loại:", "ngày 5 tháng 6 năm 2024", "5/6/2024"),
    *(
        "nghij",
        "quye61t",
        "chuyển*",
        "UBND",
        "đ",
        "Đ",
        "a\u0302\u0301",
        "\u200b",
        "\ufeff",
        "\ud800",
    ),
    *("<script>", "' OR 1=1 --", "%", "_", "\\", "\n", "\t", " ", "  ", "👍", "중", "١٢٣", "𝟛"),
]


def strings():
    random = Random(20260101)
    for _ in range(COUNT):
        glue = random.choice(["", " ", ""])
        length = random.choice([1, 2, 3, 5, 8, 40])
        yield glue.join(
            random.choice(PIECES) if random.random() < 0.8 else chr(random.randrange(1, 0x3000))
            for _ in range(length)
        )


@pytest.mark.long
def test_no_string_raises_and_each_is_read_in_bounded_work():
    for text in strings():
        query = parse(text, unfinished=len(text) % 2 == 0)
        assert sum(1 for _ in wanted(query.root)) <= 2 * LONGEST
        assert len(query.filters) <= MOST
        if query:
            assert evaluate(settle(query.root, bool), lambda _: 1) in range(-2, 2)


@pytest.mark.parametrize(
    "text",
    [
        "một " * 10_000,
        '"' * 10_000,
        "số:" * 10_000,
        "cơ quan:" + "a " * 10_000,
        "1/" * 10_000,
        "1-a" * 10_000,
        "*" * 10_000,
        "-" * 10_000,
        "ngày " * 10_000,
        "\u0301" * 10_000,
        "a\u0301" * 10_000,
        "năm:" + "2021.." * 5_000,
    ],
    ids=lambda text: text[:8],
)
def test_ten_thousand_of_anything_is_cut(text):
    query = parse(text)
    snippet("một hai ba", query)
    assert len(list(lexemes(plain(text)))) <= MOST


def test_a_text_is_read_clean():
    assert plain("a\u0300 “x”\u200b") == 'à "x"'
    assert plain(clean("e\u0302")) == "ê"


def test_each_thing_has_its_kind():
    text = 'thu -chi "hai chữ" OR 12-KL/TU 1/2/2024 ngh* số:5 loại:NQ'
    kinds = [lexeme.kind for lexeme in lexemes(text)]
    assert kinds == [
        Kind.WORDS,
        Kind.WORDS,
        Kind.PHRASE,
        Kind.OR,
        Kind.NUMBER,
        Kind.DATE,
        Kind.PREFIX,
        Kind.OWN_NUMBER,
        Kind.FILTER,
    ]
