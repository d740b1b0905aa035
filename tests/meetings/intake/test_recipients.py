"""Nơi nhận, line by line: whom it means among the bodies of a province."""

import pytest

from meetings.intake.recipients import Addressee, circulation_of

KNOWN = tuple(
    Addressee(identity, kind, name)
    for identity, kind, name in (
        ("tu", "provincial_committee", "Tỉnh ủy Lam Khê"),
        ("bch", "executive_committee", "Ban Chấp hành Đảng bộ tỉnh"),
        ("btv", "standing_committee", "Ban Thường vụ Tỉnh ủy"),
        ("vp", "party_office", "Văn phòng Tỉnh ủy"),
        ("btc", "advisory_body", "Ban Tổ chức Tỉnh ủy"),
        ("ubkt", "inspection_commission", "Ủy ban Kiểm tra Tỉnh ủy"),
        ("dang-uy", "party_committee", "Đảng ủy Ủy ban nhân dân tỉnh"),
        ("xa", "commune_committee", "Đảng ủy xã Suối Ngân"),
        ("so", "state_body", "Sở Nội vụ"),
    )
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- Ban Tổ chức Tỉnh uỷ;", {"btc"}),
        ("Văn phòng Tỉnh ủy", {"vp"}),
        ("Các đồng chí Tỉnh uỷ viên", {"bch"}),
        ("Các đồng chí Uỷ viên Ban Thường vụ Tỉnh uỷ", {"btv"}),
        ("Các cơ quan tham mưu, giúp việc Tỉnh uỷ", {"vp", "btc", "ubkt"}),
        ("Các đảng uỷ trực thuộc Tỉnh uỷ", {"dang-uy", "xa"}),
        ("Các đảng uỷ xã, phường", {"xa"}),
        ("Các sở, ban, ngành, đoàn thể tỉnh", {"so"}),
        ("Đảng ủy xã Suối Ngân", {"xa"}),
        ("Lưu Văn phòng Tỉnh uỷ", set()),
        ("Văn phòng Trung ương Đảng", set()),
        ("Bộ Chính trị, Ban Bí thư (để báo cáo)", set()),
        ("Như trên", set()),
        ("", set()),
    ],
)
def test_a_line_means_these_bodies(line: str, expected: set[str]):
    assert circulation_of([line], KNOWN).bodies == expected


def test_a_longer_name_covers_the_one_inside_it():
    inner = Addressee("inner", "advisory_body", "Ban Tổ chức")
    found = circulation_of(["Ban Tổ chức Tỉnh ủy"], (*KNOWN, inner))
    assert found.bodies == {"btc"}


@pytest.mark.parametrize("line", ["Toàn Đảng bộ tỉnh", "- Các tổ chức đảng trong tỉnh,"])
def test_everybody_is_everybody(line: str):
    assert circulation_of(["Ban Tổ chức Tỉnh ủy", line], KNOWN).everybody
    assert not circulation_of(["Ban Tổ chức Tỉnh ủy"], KNOWN).everybody


def test_no_lines_mean_nobody():
    found = circulation_of([], KNOWN)
    assert (found.everybody, found.bodies) == (False, frozenset())
