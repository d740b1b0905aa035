"""Two indexes that are equal but for hidden papers answer byte for byte alike."""

import os
from random import Random

import pytest

from search_index import SearchIndex, parse
from tests.search_index.library import document

LONG = bool(os.environ.get("LONG_TESTS"))
QUESTIONS = 5000 if LONG else 500
TEXT = (
    "cầu đường nước hội nghị kế hoạch đảng ủy tỉnh xã huyện rừng đất đai nông thôn mới cải cách "
    "hành chính chuyển đổi số giáo dục y tế ngân sách đầu tư công an toàn giao thông bảo vệ môi "
    "trường giảm nghèo bền vững quy hoạch cau duong nuoc hoi nghi dat"
)
WORDS = TEXT.split()
SECRET = ["mật", "nhân", "sự", "kỷ", "luật", "điều", "tra"]
KINDS = ("KL", "NQ", "BC", "QĐ")


def papers(chance, names, words):
    return [
        document(
            name,
            *(
                " ".join(chance.choices(words, k=chance.randint(3, 40)))
                for _ in range(chance.randint(1, 4))
            ),
            title=" ".join(chance.choices(words, k=4)),
            symbol=f"{chance.randint(1, 60)}-{chance.choice(KINDS)}/TU",
            issued_on=chance.choice([0, 20230101, 20240612, 20250303]),
        )
        for name in names
    ]


@pytest.fixture(scope="module")
def visible():
    return papers(Random(1), [f"v{number:03}" for number in range(60)], WORDS)


@pytest.fixture(scope="module")
def both(tmp_path_factory, visible):
    """The visible papers alone, and among hidden ones that came and went in other segments."""
    folder = tmp_path_factory.mktemp("both")
    alone, mixed = SearchIndex.open(folder / "alone"), SearchIndex.open(folder / "mixed")
    alone.put(*visible)
    hidden = papers(Random(2), [f"h{number:03}" for number in range(90)], [*WORDS, *SECRET * 5])
    for at in range(0, 60, 12):
        mixed.put(*hidden[at : at + 12], *reversed(visible[at : at + 12]))
    mixed.put(*hidden[60:])
    mixed.remove(*(f"h{number:03}" for number in range(0, 90, 7)))
    return alone, mixed


def question(chance):
    """Words, phrases, refusals, numbers, words that only hidden papers have."""
    some = [chance.choice([*WORDS, *SECRET[:2]]) for _ in range(chance.randint(1, 3))]
    shapes = (
        " ".join(some),
        f'"{" ".join(some)}"',
        f"{some[0]} -{some[-1]}",
        f"{some[0]} OR {some[-1]}",
        f"{chance.randint(1, 60)}-{chance.choice(KINDS)}/TU",
        f"số:{chance.randint(1, 60)}",
        f"{some[0]} {chance.randint(1, 60)}-NQ/TU",
    )
    return chance.choice(shapes)


def told(index, typed, allowed, **window):
    return repr(index.search(parse(typed), allowed=allowed, **window))


def test_order_totals_scores_and_pages_are_the_same(both, visible):
    chance = Random(3)
    allowed = {paper.document for paper in visible}
    answered = 0
    for _ in range(QUESTIONS):
        typed = question(chance)
        window = {"limit": chance.choice([3, 20, 100]), "offset": chance.choice([0, 0, 2])}
        alone, mixed = (told(index, typed, allowed, **window) for index in both)
        assert alone == mixed, typed
        answered += "Hit(" in alone
    assert answered > QUESTIONS / 4


@pytest.mark.parametrize("word", SECRET)
def test_a_word_of_hidden_papers_is_a_word_of_no_paper(both, visible, word):
    allowed = {paper.document for paper in visible}
    for index in both:
        assert told(index, word, allowed) == told(index, "khongcotunay", allowed)
    everything = both[1].versions()
    assert both[1].search(parse(word), allowed=everything).total > 0


def test_merging_the_hidden_ones_away_changes_nothing(both, visible):
    allowed = {paper.document for paper in visible}
    chance = Random(4)
    asked = [question(chance) for _ in range(40)]
    before = [told(both[1], typed, allowed) for typed in asked]
    both[1].optimise()
    assert [told(both[1], typed, allowed) for typed in asked] == before
