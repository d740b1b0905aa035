"""Contents of papers made to break their reader: a child reads them, and something is told."""

from itertools import pairwise

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from meetings.intake import Contents, Reason, contents, contents_of
from meetings.intake.bookmarks import DEEPEST, LONGEST, LONGEST_LABEL, MOST, read_contents
from meetings.intake.contents import Bookmark

TREE_IN_ITSELF = b"""%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/r>>]>>>>endobj
2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2000000000>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
trailer<</Root 1 0 R/Size 4>>
%%EOF"""


@pytest.fixture
def paper(tmp_path):
    """Three empty pages, and a way to save them with what a test adds."""
    pdf = pikepdf.new()
    for _ in range(3):
        pdf.add_blank_page()

    def saved():
        file = tmp_path / "paper.pdf"
        pdf.save(file)
        return file

    yield pdf, saved
    pdf.close()


def marks(pdf, *titles, place=None):
    """Return bookmarks that lie loose; each leads to the next page, or all to a place."""
    return [
        pdf.make_indirect(
            Dictionary(
                Title=title,
                Dest=Array([pdf.pages[at % 3].obj if place is None else place, Name.Fit]),
            )
        )
        for at, title in enumerate(titles)
    ]


def hang(pdf, first, last):
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=first, Last=last))


def chained(pdf, made, link="Next"):
    for one, following in pairwise(made):
        one[f"/{link}"] = following
    hang(pdf, made[0], made[-1])


def labelled(pdf, *numbers):
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbers))


def test_bookmarks_that_follow_each_other_in_a_circle_are_told_once(paper):
    pdf, saved = paper
    one, two = marks(pdf, "Phần một", "Phần hai")
    one.Next, two.Next, two.First, one.First = two, one, one, one
    hang(pdf, one, two)
    found = contents_of(saved()).bookmarks
    assert found == (Bookmark(1, 1, "Phần một"), Bookmark(2, 1, "Phần hai"))


def test_of_ten_thousand_bookmarks_the_first_are_told(paper):
    pdf, saved = paper
    chained(pdf, marks(pdf, *(f"Mục {number}" for number in range(10_000))))
    found = contents_of(saved()).bookmarks
    assert len(found) == MOST
    assert found[-1].text == f"Mục {MOST - 1}"


def test_bookmarks_a_thousand_levels_deep_end_at_the_deepest_that_is_shown(paper):
    pdf, saved = paper
    chained(pdf, marks(pdf, *(f"Mục {number}" for number in range(1000))), "First")
    assert [mark.depth for mark in read_contents_of(saved())] == [*range(1, DEEPEST + 1)]


def read_contents_of(file):
    return [Bookmark(*mark) for mark in read_contents(file)["bookmarks"]]


def test_a_title_is_one_line_of_some_length_without_signs_that_turn_it_round(paper):
    pdf, saved = paper
    hostile = "A" * 3, "Ngân\n\x00sách \u202e2026", "x" * 100_000, " \n ", "Hoi\u0323 nghi\u0323"
    chained(pdf, marks(pdf, *hostile))
    texts = [mark.text for mark in read_contents_of(saved())]
    assert texts == ["AAA", "Ngân sách 2026", "x" * LONGEST, "Hoị nghị"]


@pytest.mark.parametrize("place", [3, 77, 2_000_000_000, -1])
def test_a_bookmark_to_a_page_that_is_not_there_is_left_out(paper, place):
    pdf, saved = paper
    beyond, good = *marks(pdf, "Ngoài tập", place=place), *marks(pdf, "Trong tập")
    chained(pdf, [beyond, good])
    assert [mark.text for mark in read_contents_of(saved())] == ["Trong tập"]


def test_a_bookmark_that_leads_out_of_the_paper_is_left_out(paper):
    pdf, saved = paper
    out, good = marks(pdf, "Ra mạng", "Trong tập")
    del out.Dest
    out.A = Dictionary(S=Name.URI, URI="https://xa.example")
    chained(pdf, [out, good])
    assert [mark.text for mark in read_contents_of(saved())] == ["Trong tập"]


ODD_LABELS = {
    "a start below nothing": ([0, {"S": Name.D, "St": -5}], ("-5", "-4", "-3")),
    "Roman numbers below nothing": ([0, {"S": Name.r, "St": -1}], ("", "", "i")),
    "huge Roman numbers": ([0, {"S": Name.R, "St": 3999}], ("MMMCMXCIX", "MMMM", "MMMMI")),
    "a million letters": ([0, {"S": Name.A, "St": 1_000_000}], ()),
    "a range from before the first": ([-3, {"S": Name.r}], ("iv", "v", "vi")),
    "a style that is none": ([0, {"S": Name.Z}], ()),
    "a number where a range should be": ([0, 5], ()),
    "half a pair": ([0], ()),
    "a prefix of a million signs": ([0, {"P": "x" * 1_000_000}], ()),
}


@pytest.mark.parametrize("name", ODD_LABELS)
def test_odd_labels_are_told_as_they_are_or_not_at_all(paper, name):
    pdf, saved = paper
    numbers, told = ODD_LABELS[name]
    labelled(pdf, *(Dictionary(**one) if isinstance(one, dict) else one for one in numbers))
    assert tuple(read_contents(saved())["labels"]) == told


@pytest.mark.parametrize("start", [2_147_483_647, 2_000_000_000])
def test_a_start_that_overflows_costs_its_child_and_not_the_paper(paper, start):
    pdf, saved = paper
    labelled(pdf, 0, Dictionary(S=Name.A, St=start))
    assert contents_of(saved()) == Contents()


def test_labels_that_lie_in_themselves_cost_their_child_alone(paper):
    pdf, saved = paper
    kid = pdf.make_indirect(Dictionary(Limits=Array([0, 2])))
    kid.Kids = Array([kid])
    pdf.Root.PageLabels = Dictionary(Kids=Array([kid]))
    assert contents_of(saved()) == Contents()


def test_a_tree_of_pages_that_holds_itself_ends(tmp_path):
    file = tmp_path / "tree.pdf"
    file.write_bytes(TREE_IN_ITSELF)
    assert contents_of(file).labels in {("i",), ()}


def test_labels_too_long_to_be_typed_are_none_rather_than_the_same_for_many(paper):
    pdf, saved = paper
    short, long = "Phụ lục A-", "Phụ lục số 12 - "
    labelled(pdf, 0, Dictionary(P=short, S=Name.D), 1, Dictionary(P=long, S=Name.D))
    assert len(long) > LONGEST_LABEL > len(short)
    assert read_contents(saved())["labels"] == ["Phụ lục A-1", "", ""]


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"reason": Reason.CRASHED.value},
        {"bookmarks": 5, "labels": []},
        {"bookmarks": [], "labels": 5},
        {"bookmarks": [[float("inf"), 1, "x"]], "labels": []},
        {"bookmarks": [["x", 1, "x"]], "labels": []},
        {"bookmarks": [[1, 1]], "labels": []},
        {"bookmarks": {"a": 1}, "labels": []},
    ],
)
def test_what_a_broken_child_would_say_is_nothing(monkeypatch, tmp_path, answer):
    monkeypatch.setattr(contents.sandbox, "run", lambda *_order, **_limits: _told(answer))
    assert contents_of(tmp_path / "paper.pdf") == Contents()


def _told(answer):
    yield answer
