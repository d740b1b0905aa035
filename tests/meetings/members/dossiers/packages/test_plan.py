"""Every page of a dossier is in one file of a package, or is left out and told why."""

from collections import Counter
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.intake.dossiers import Style
from meetings.members.dossiers.packages.plan import Cut, Dossier, Left, placed
from meetings.members.dossiers.strips.strip import Piece, Strip
from meetings.models import PieceState

DONE, CODE, USUAL = PieceState.ACCEPTED, "25.000.036.001.015", Style()
FOLDER = f"{CODE}/012345678901_DoThiAnh"
NOBODY = UUID(int=0)


def dossier(*strips: Strip, citizen_id: str = "012345678901") -> Dossier:
    cuts = [Cut(NOBODY, number, f"{number}", strip) for number, strip in enumerate(strips, 1)]
    return Dossier(NOBODY, "Đỗ Thị Ánh", citizen_id, cuts)


def paths(of: Dossier, style: Style = USUAL) -> list[str]:
    return [one.path.removeprefix(f"{FOLDER}/") for one in placed(of, CODE, style)]


def test_papers_of_a_kind_are_numbered_by_their_days_over_all_scans():
    first = Strip([
        Piece(1, 1, 55, DONE, date(2001, 5, 1)), Piece(2, 3, 2, DONE), Piece(4, 4, 4, DONE)
    ])  # fmt: skip
    second = Strip(
        [Piece(1, 2, 55, DONE, date(1999, 5, 1)), Piece(3, 3, 55, DONE, date(2001, 5, 1))]
    )
    transfer = "55.Giay gioi thieu sinh hoat dang tam thoi"
    assert paths(dossier(first, second)) == [
        f"{transfer}.2.pdf", "02.Ly lich dang vien.pdf", "04.Phieu bo sung ho so dang vien.pdf",
        f"{transfer}.1.pdf", f"{transfer}.3.pdf",
    ]  # fmt: skip


def test_of_several_of_a_kind_one_without_a_day_is_left_out_and_a_single_one_is_not():
    several = Strip([Piece(1, 1, 61, DONE, date(2001, 1, 1)), Piece(2, 2, 61, DONE)])
    assert [one.left for one in placed(dossier(several), CODE, USUAL)] == [None, Left.UNDATED]
    assert [one.left for one in placed(dossier(Strip([Piece(1, 1, 61, DONE)])), CODE, USUAL)] == [
        None
    ]


def test_what_nobody_accepted_is_left_out_and_told_apart_from_the_tray():
    strip = Strip([Piece(1, 1, 2), Piece(2, 2, 2, PieceState.TRAY), Piece(3, 3, 2, DONE)])
    assert [one.left for one in placed(dossier(strip), CODE, USUAL)] == [Left.OPEN, Left.TRAY, None]


@pytest.mark.parametrize("number", ["", "123456789", "0123456789012", "01234567890x"])
def test_without_an_identity_number_of_twelve_digits_nothing_is_named(number: str):
    [one] = placed(dossier(Strip([Piece(1, 2, 2, DONE)]), citizen_id=number), CODE, USUAL)
    assert (one.left, one.path) == (Left.NO_NUMBER, "")


def test_spellings_follow_the_settings():
    style = Style(between_words="_", between_names="_", one_level=True)
    [one] = placed(dossier(Strip([Piece(1, 2, 2, DONE)])), CODE, style)
    assert one.path == f"{CODE}_012345678901_Do_Thi_Anh/02.Ly_lich_dang_vien.pdf"


def test_turned_pages_say_by_how_much():
    [one] = placed(dossier(Strip([Piece(1, 2, 2, DONE)], {2: 90})), CODE, USUAL)
    assert one.places == [(1, 0), (2, 90)]


@st.composite
def strips(draw) -> Strip:
    pieces, first = [], 1
    for length in draw(st.lists(st.integers(1, 3), min_size=1, max_size=8)):
        kind, state = draw(st.integers(1, 4)), draw(st.sampled_from(PieceState))
        dated = draw(st.none() | st.dates(date(2000, 1, 1), date(2000, 1, 3)))
        pieces.append(Piece(first, first + length - 1, kind, state, dated))
        first += length
    return Strip(pieces)


@given(st.lists(strips(), min_size=1, max_size=3), st.booleans())
def test_no_page_is_lost_and_no_two_papers_have_one_name(laid, numbered):
    of = dossier(*laid, citizen_id="012345678901" if numbered else "")
    found = list(placed(of, CODE, USUAL))
    pages = Counter((one.cut.number, page) for one in found for page, _turn in one.places)
    assert set(pages.values()) == {1}
    assert len(pages) == sum(strip.pieces[-1].last for strip in laid)
    names = [one.path for one in found if one.left is None]
    assert len(set(names)) == len(names)
    assert all(bool(one.path) == (one.left is None) for one in found)
