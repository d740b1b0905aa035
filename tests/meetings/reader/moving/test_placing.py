"""Notes on a new version: on the same words, or nowhere; measured on fifty edited pairs."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.models import NoteKind
from meetings.reader.moving.placing import place
from meetings.reader.moving.sequences import aligned
from meetings.reader.moving.strokes import Drawn, anchor, frame_of, line_of, points_of
from meetings.reader.moving.words import Box, Moves, Span, Text
from tests.meetings.reader.moving.edited import Writer, lay, marks, spot_of

PAIRS = 50
WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), max_size=40)


def outcomes(seed: int) -> Counter:
    """Return how many marks were placed right, missed, wrong, rightly left."""
    writer = Writer(seed)
    paper = writer.paper()
    old, new = lay(paper), lay(writer.edited(paper))
    moves, found = Moves(old.text, new.text), Counter()
    for mark in marks(old, writer.chance):
        right = spot_of(new.numbers, mark.about)
        placed = place(moves, mark.kind, mark.page, mark.shape, mark.quote)
        said = placed and (placed.page, placed.shape["from"])
        ends = placed and placed.shape["to"] - placed.shape["from"] + 1 == len(mark.about)
        if placed is None:
            found["missed" if right else "left"] += 1
            found[f"missed {mark.drawn}"] += bool(right)
        else:
            found["right" if said == right and ends else "wrong"] += 1
            found[f"wrong {mark.drawn}"] += not (said == right and ends)
    return found


def test_of_fifty_edited_pairs_all_but_a_few_are_placed_right_and_none_wrong():
    found = sum((outcomes(seed) for seed in range(PAIRS)), Counter())
    assert found["right"] + found["missed"] > 500
    assert found["left"] > 50
    assert found["wrong"] == 0, found
    assert found["right"] / (found["right"] + found["missed"]) >= 0.95, found


@given(WORDS, WORDS)
def test_aligned_words_are_the_same_words_in_the_same_order(old, new):
    found = aligned(old, new)
    assert all(old[at] == new[there] for at, there in found.items())
    ordered = [found[at] for at in sorted(found)]
    assert all(one < other for one, other in pairwise(ordered))


@given(WORDS)
def test_a_text_is_aligned_with_itself(words):
    assert aligned(words, words) == {at: at for at in range(len(words))}


def page(*lines: str) -> list[Box]:
    return [
        Box(word, 0.1 + 0.1 * at, 0.1 + 0.05 * row, 0.08, 0.02)
        for row, line in enumerate(lines)
        for at, word in enumerate(line.split())
    ]


@given(WORDS, WORDS, st.data())
def test_wherever_words_are_moved_to_they_read_the_same(old, new, data):
    if not old:
        return
    text = Text([page(" ".join(old))])
    moves = Moves(text, Text([page(" ".join(new))]))
    first = data.draw(st.integers(0, len(old) - 1))
    last = data.draw(st.integers(first, len(old) - 1))
    there = moves.to(Span(1, first, last))
    if there:
        assert [box.text for box in moves.new.boxes(there)] == old[first : last + 1]


LINE = "giao Sở Tài chính chủ trì tham mưu trong tháng 6"


def moves(new: str, old: str = LINE) -> Moves:
    return Moves(Text([page(old)]), Text([page("Tờ trình"), page(new)]))


def test_words_go_with_their_paragraph_to_another_page():
    assert moves(f"thêm trước {LINE}").to(Span(1, 1, 3)) == Span(2, 3, 5)


@pytest.mark.parametrize(
    "span", [Span(0, 0, 1), Span(2, 0, 1), Span(1, 3, 2), Span(1, 0, 11), Span(1, -1, 0)]
)
def test_words_that_there_are_not_go_nowhere(span):
    assert moves(LINE).to(span) is None


def test_words_that_were_changed_or_parted_go_nowhere():
    assert moves(LINE.replace("chính", "nguyên")).to(Span(1, 1, 3)) is None
    assert moves(LINE.replace("Tài", "Tài vụ")).to(Span(1, 1, 3)) is None


def test_words_that_a_page_now_divides_go_nowhere():
    old = Text([page(LINE)])
    first, second = LINE[: LINE.index("chính")], LINE[LINE.index("chính") :]
    assert Moves(old, Text([page(first), page(second)])).to(Span(1, 1, 3)) is None


def test_a_paragraph_that_changed_its_place_takes_its_notes_along():
    other = "Hội nghị thống nhất chủ trương đầu tư ba dự án hạ tầng"
    long = f"{LINE} trình Ban Thường vụ xem xét"
    old, new = Text([page(long, other)]), Text([page(other, long)])
    assert Moves(old, new).to(Span(1, 6, 9)) == Span(1, 19, 22)


def underline(words: list[Box], first: int, last: int, below: float = 0.003) -> list[list[int]]:
    y = words[first].bottom + below
    return [line_of([(words[first].x, y), (words[last].right, y)])]


def test_a_stroke_is_kept_as_steps():
    points = [(0.1, 0.2), (0.15, 0.21), (0.12, 0.25)]
    line = [1000, 2000, 500, 100, -300, 400]
    assert line_of(points_of(line)) == line_of(points) == line


def test_strokes_know_their_words():
    words = page("một hai ba bốn", "năm sáu bảy tám", "chín mười")
    assert anchor(underline(words, 1, 2), 1, words).span == Span(1, 1, 2)
    assert anchor(underline(words, 1, 2, -0.012), 1, words).drawn is Drawn.ACROSS
    box = [(0.19, 0.09), (0.39, 0.09), (0.39, 0.13), (0.19, 0.13), (0.19, 0.09)]
    assert (anchor([line_of(box)], 1, words).drawn, anchor([line_of(box)], 1, words).span) == (
        Drawn.AROUND,
        Span(1, 1, 2),
    )
    margin = [line_of([(0.05, 0.14), (0.05, 0.22)])]
    assert anchor(margin, 1, words).span == Span(1, 4, 9)


@pytest.mark.parametrize("lines", [[], [[5000, 9000, 30, 40]], [[200, 9000, 0, 900]]])
def test_drawings_away_from_words_belong_to_none(lines):
    assert anchor(lines, 1, page("một hai ba bốn")) is None
    assert anchor([[100, 100]], 1, []) is None


def test_an_underlined_line_that_is_broken_now_is_underlined_twice():
    old = page(LINE)
    broken = page("giao Sở Tài", "chính chủ trì tham mưu trong tháng 6")
    strokes = [line_of([(0.2 + 0.01 * n, old[1].bottom + 0.003) for n in range(29)])]
    placed = place(Moves(Text([old]), Text([broken])), NoteKind.INK, 1, {"lines": strokes}, "")
    frames = [frame_of(points_of(line)) for line in placed.shape["lines"]]
    assert len(frames) == 2
    assert frames[0].top < broken[3].y < frames[1].top
    assert frames[1].left == pytest.approx(broken[3].x, abs=0.02)


def test_a_stroke_in_the_margin_grows_with_its_lines():
    old, new = page("một hai ba bốn năm"), page("mở đầu", "một hai ba", "bốn năm")
    mark = [line_of([(0.05, 0.1), (0.05, 0.15)])]
    placed = place(Moves(Text([old]), Text([new])), NoteKind.INK, 1, {"lines": mark}, "")
    frame = frame_of(points_of(placed.shape["lines"][0]))
    assert frame.top == pytest.approx(0.15, abs=0.001)
    assert frame.bottom > new[-1].y


def test_a_typed_note_goes_with_the_words_beside_it():
    pin = {"x": 3500, "y": 1100}
    placed = place(moves(f"thêm {LINE}"), NoteKind.TEXT, 1, pin, "")
    assert (placed.page, placed.shape) == (2, {"x": 4500, "y": 1100})
    assert place(moves(LINE), NoteKind.TEXT, 1, {"x": 3500, "y": 9500}, "") is None
    assert place(moves("chữ khác hẳn"), NoteKind.TEXT, 1, pin, "") is None


@pytest.mark.parametrize(
    ("kind", "number", "shape", "quote"),
    [
        (NoteKind.HIGHLIGHT, 1, {"from": 0, "to": 2}, "chữ khác"),
        (NoteKind.HIGHLIGHT, 1, {"from": 0, "to": 90}, ""),
        (NoteKind.HIGHLIGHT, 1, {}, ""),
        (NoteKind.HIGHLIGHT, 7, {"from": 0, "to": 2}, "giao Sở Tài"),
        (NoteKind.INK, 1, {"lines": "x"}, ""),
        (NoteKind.INK, 1, {"lines": [[]]}, ""),
        (NoteKind.TEXT, 1, {"x": None}, ""),
    ],
)
def test_what_no_tool_of_ours_draws_goes_nowhere(kind, number, shape, quote):
    assert place(moves(LINE), kind, number, shape, quote) is None
