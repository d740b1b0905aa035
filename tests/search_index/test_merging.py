import pytest

from search_index import merging
from search_index.merging import MOST_ALIKE, choose


class Piece:
    def __init__(self, units, dead=0):
        self.units, self.dead = units, dead

    def doc_count(self):
        return self.units

    def deleted_count(self):
        return self.dead


def sizes(pieces):
    return [piece.units for piece in choose(pieces)]


def test_few_segments_are_left_alone():
    assert sizes([Piece(10)] * (MOST_ALIKE - 1)) == []
    assert sizes([]) == []


def test_many_small_ones_are_merged_and_the_large_one_stays():
    assert sizes([Piece(100_000), *[Piece(10)] * MOST_ALIKE]) == [10] * MOST_ALIKE


def test_the_smallest_are_merged_first():
    large = [Piece(5000) for _ in range(MOST_ALIKE)]
    small = [Piece(3) for _ in range(MOST_ALIKE)]
    assert sizes(large + small) == [3] * MOST_ALIKE
    assert sizes(large) == [5000] * MOST_ALIKE


@pytest.mark.parametrize(
    ("units", "dead", "worn"), [(600, 601, True), (600, 599, False), (2, 9, False)]
)
def test_a_segment_that_is_mostly_deleted_is_written_anew(units, dead, worn):
    assert bool(choose([Piece(units, dead)])) is worn


def test_a_page_is_rewritten_seldom_however_many_commits_there_are():
    pieces, rewritten, commits = [], 0, 5000
    for _ in range(commits):
        pieces.append(Piece(1))
        while chosen := choose(pieces):
            total = sum(piece.units for piece in chosen)
            rewritten += total
            pieces = [piece for piece in pieces if piece not in chosen] + [Piece(total)]
    assert len(pieces) <= 4 * MOST_ALIKE
    assert rewritten < 9 * commits
    assert sum(piece.units for piece in pieces) == commits


def test_the_order_of_the_segments_is_kept(monkeypatch):
    monkeypatch.setattr(merging, "MOST_ALIKE", 2)
    pieces = [Piece(7), Piece(90_000), Piece(3), Piece(700, 701)]
    assert sizes(pieces) == [7, 3, 700]
