"""Whatever is done to a strip, every page stays in exactly one piece."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.intake.dossiers import Proposal, Reason
from meetings.members.dossiers.strips.strip import (
    DEEDS,
    Nameless,
    Piece,
    Strip,
    accept,
    cut,
    merge,
    proposed,
    set_aside,
    turn,
)
from meetings.models import PieceState

DAY = date(1990, 5, 19)
STRIP = Strip([Piece(1, 2, 2), Piece(3, 3, 5, dated=DAY), Piece(4, 6)])


def spans(strip: Strip) -> list[tuple[int, int]]:
    return [(piece.first, piece.last) for piece in strip.pieces]


def test_a_cut_begins_a_new_piece_of_a_kind_that_is_not_known_yet():
    after = cut(STRIP, 2)
    assert spans(after) == [(1, 1), (2, 2), (3, 3), (4, 6)]
    assert [piece.kind for piece in after.pieces] == [2, None, 5, None]


def test_a_cut_that_is_there_is_taken_away():
    assert spans(cut(STRIP, 3)) == [(1, 3), (4, 6)]
    assert cut(cut(STRIP, 5), 5) == STRIP


def test_the_first_page_has_nothing_before_it_to_be_cut_off_or_joined_to():
    assert cut(STRIP, 1) == merge(STRIP, 2) == STRIP


def test_a_joined_piece_has_the_kind_and_the_day_of_whichever_says_one():
    assert merge(STRIP, 3).pieces[0] == Piece(1, 3, 2, dated=DAY)
    assert merge(STRIP, 5).pieces[1] == Piece(3, 6, 5, dated=DAY)


def test_what_is_accepted_and_then_cut_or_joined_has_to_be_accepted_anew():
    done = accept(accept(STRIP, 1), 3)
    for after in (cut(done, 2), merge(done, 3)):
        assert after.pieces[0].state is PieceState.PROPOSED
    assert cut(done, 5).pieces[:2] == done.pieces[:2]


def test_a_piece_is_accepted_as_what_is_said_or_proposed_and_not_without_a_kind():
    assert accept(STRIP, 2).pieces[0] == Piece(1, 2, 2, PieceState.ACCEPTED)
    assert accept(STRIP, 6, 55, DAY).pieces[2] == Piece(4, 6, 55, PieceState.ACCEPTED, DAY)
    assert accept(STRIP, 3, 6).pieces[1].dated == DAY
    for kind in (None, 0, 105):
        with pytest.raises(Nameless):
            accept(STRIP, 4, kind)


def test_a_piece_goes_into_the_review_tray_and_comes_out_again():
    after = set_aside(STRIP, 5)
    assert [p.state for p in after.pieces] == [*2 * [PieceState.PROPOSED], PieceState.TRAY]
    assert set_aside(after, 4) == STRIP


def test_a_page_is_turned_by_quarters_and_its_piece_stays_accepted():
    done = accept(STRIP, 1)
    after = turn(turn(done, 2), 2)
    assert after.turns == {2: 180}
    assert turn(turn(after, 2), 2).turns == {2: 0}
    assert after.pieces == done.pieces


def test_the_next_open_piece_follows_or_is_one_that_was_left_out_before():
    done = accept(STRIP, 1)
    assert done.next_open(1) == 3
    assert accept(accept(STRIP, 3), 4, 9).next_open(6) == 1
    everything = accept(accept(done, 3), 4, 9)
    assert everything.next_open(5) == 4


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_is_done_at_a_page_that_there_is_not(deed: str):
    for page in (0, 7, -1):
        with pytest.raises(KeyError):
            DEEDS[deed](STRIP, page)


@pytest.mark.parametrize(
    "pieces", [[], [Piece(1, 0)], [Piece(1, 2), Piece(4, 4)], [Piece(1, 2), Piece(2, 3)]]
)
def test_pieces_that_lose_or_share_a_page_are_no_strip(pieces: list[Piece]):
    with pytest.raises(ValueError, match="follow one another"):
        Strip(pieces)


def test_a_proposal_becomes_a_strip_with_what_is_known():
    told = Proposal(1, 2, 54, 0.9, DAY, Reason.TITLED), Proposal(3, 3, None, 0, None, Reason.BLANK)
    strip = proposed(told, {3: 90})
    assert strip.pieces[0] == Piece(1, 2, 54, dated=DAY, confidence=0.9, reason="titled")
    assert strip.pieces[1].reason == "blank"
    assert strip.turns == {3: 90}


@st.composite
def strips(draw) -> Strip:
    lengths = draw(st.lists(st.integers(1, 4), min_size=1, max_size=12))
    pieces, first = [], 1
    for length in lengths:
        kind = draw(st.none() | st.integers(1, 104))
        dated = draw(st.none() | st.dates())
        pieces.append(Piece(first, first + length - 1, kind, dated=dated))
        first += length
    return Strip(pieces)


@given(strips(), st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(1, 48))))
def test_every_page_is_in_exactly_one_piece_whatever_is_done(strip: Strip, deeds):
    total = strip.pieces[-1].last
    for deed, page in deeds:
        try:
            strip = DEEDS[deed](strip, 1 + page % total)
        except Nameless:
            continue
        assert [n for piece in strip.pieces for n in piece.pages] == list(range(1, total + 1))
        assert all(p.kind for p in strip.pieces if p.state is PieceState.ACCEPTED)
        assert Strip.from_json(strip.to_json()) == strip
