"""Dossiers to measure by are what they say they are, and the score counts every mistake."""

from dataclasses import replace

import pytest

from bench.dossiers import rows_of, scored
from bench.dossiers.dossier import ALIKE, dossier
from bench.dossiers.pictures import scanned
from bench.dossiers.score import Score
from bench.dossiers.slips import read
from bench.dossiers.wording import wordings
from meetings.intake.dossiers import KINDS, Found, Identity, Proposal, Reason

SMALL = 40


@pytest.fixture(scope="module")
def small():
    return dossier(7, most=SMALL)


def truth(of) -> list[Proposal]:
    return [
        Proposal(paper.first, paper.last, paper.kind or None, 0.95, paper.date, Reason.TITLED)
        for paper in of.papers
    ]


def test_every_kind_is_worded_and_so_are_papers_outside_the_catalogue():
    assert {wording.kind for wording in wordings()} == {0, *KINDS}
    assert {kind for group in ALIKE for kind in group} <= set(KINDS)


def test_a_seed_gives_one_dossier_and_another_seed_another(small):
    assert dossier(7, most=SMALL) == small
    assert dossier(8, most=SMALL).papers != small.papers


def test_the_papers_of_a_dossier_cover_its_sides(small):
    covered = [n for paper in small.papers for n in range(paper.first, paper.last + 1)]
    assert covered == list(range(1, len(small.sides) + 1))
    assert len(small.sides) <= SMALL + 1


def test_a_dossier_has_blank_backs_and_several_sizes():
    sides = [side for seed in range(1, 4) for side in dossier(seed).sides]
    assert any(side.is_blank for side in sides)
    assert len({(side.sheet.width, side.sheet.height) for side in sides}) >= 4


def test_one_member_form_at_most_is_the_newest():
    for seed in range(1, 6):
        forms = [paper for paper in dossier(seed).papers if paper.kind in {3, 85}]
        newest = [paper for paper in forms if paper.kind == 3]
        assert len(newest) == (1 if forms else 0)
        assert all(paper.date <= newest[0].date for paper in forms)


def test_what_is_read_has_slips_and_stands_where_it_was_set(small):
    pages = list(read(small))
    assert [page.number for page in pages] == list(range(1, len(small.sides) + 1))
    said = {word for side in small.sides for one in side.sheet.pieces for word in one.text.split()}
    seen = [word for page in pages for word in page.words]
    right = sum(word.text in said for word in seen)
    assert 0.5 < right / len(seen) < 1
    assert all(0 <= word.x <= 1 and 0 <= word.y <= 1 for word in seen)
    assert list(read(small)) == pages


def test_the_truth_scores_full_marks(small):
    score = Score()
    score.add(small, truth(small))
    assert (score.f1, score.accounted, score.sure_wrong, score.sure_miscut) == (
        1.0,
        score.pages,
        0,
        0,
    )
    assert score.right_kinds == score.whole == score.papers


def test_each_mistake_is_counted_where_it_belongs(small):
    right = truth(small)
    at = next(i for i, one in enumerate(right) if one.kind and right[i + 1].kind)
    wrong = [replace(one, kind=16) if one is right[at] else one for one in right]
    score = Score()
    score.add(small, wrong)
    assert (score.sure_wrong, score.papers - score.right_kinds, score.f1) == (1, 1, 1.0)
    joined = [*right[:at], replace(right[at], last=right[at + 1].last), *right[at + 2 :]]
    score = Score()
    score.add(small, joined)
    assert (score.sure_wrong, score.sure_miscut, score.papers - score.right_kinds) == (0, 1, 1)
    assert score.f1 < 1
    lost = Score()
    lost.add(small, right[:-1])
    assert lost.accounted == 0


def test_a_thing_said_of_the_member_is_right_or_wrong(small):
    score = Score()
    name, wrong = Found(small.person.name.upper(), 1, 0.9), Found("000000000000", 1, 0.9)
    score.add_identity(small, Identity(name=name, citizen_id=wrong))
    assert (score.told, score.told_right) == (2, 1)


def test_small_dossiers_reach_the_goals():
    score = scored((7, 8), read, most=SMALL)
    assert score.f1 >= 0.95
    assert score.right_kinds >= 0.75 * score.papers
    assert score.sure_wrong == 0
    assert score.accounted == score.pages
    assert len(rows_of("two", score)) == 8


def test_a_scan_is_a_picture_of_each_side_in_its_size(small):
    few = replace(small, sides=small.sides[:2])
    pictures = scanned(few)
    assert len(pictures) == 2
    for picture, side in zip(pictures, few.sides, strict=True):
        assert picture.width == pytest.approx(side.sheet.width / 25.4 * 200, abs=3)
        assert picture.height == pytest.approx(side.sheet.height / 25.4 * 200, abs=3)
    assert pictures[0].convert("L").getextrema()[0] < 120, "something is written on it"
