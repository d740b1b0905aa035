import pytest

from meetings.intake.dossiers import KINDS, Style, file_name, folder_name

CODE, CITIZEN, NAME = "25.0.36.1.15", "012345678901", "Đỗ Thị Ánh"


def test_there_are_104_kinds_in_three_priorities():
    assert list(KINDS) == list(range(1, 105))
    assert [kind.number for kind in KINDS.values()] == list(KINDS)
    first = {kind.priority: kind.number for kind in reversed(KINDS.values())}
    assert first == {1: 1, 2: 37, 3: 86}
    assert len({kind.title for kind in KINDS.values()}) == 104


@pytest.mark.parametrize(
    ("kind", "nth", "of", "name"),
    [
        (55, 2, 2, "55.Giay gioi thieu sinh hoat dang tam thoi.2.pdf"),
        (2, 1, 1, "02.Ly lich dang vien.pdf"),
        (37, None, 3, "37.Don xin vao Dang.pdf"),
        (100, 1, 2, "100.Phieu bao dang vien duoc cong nhan chinh thuc.1.pdf"),
    ],
)
def test_a_file_has_its_number_its_title_and_its_place_among_several(kind, nth, of, name):
    assert file_name(kind, nth, of) == name


def test_every_kind_gives_a_name_that_any_file_system_takes():
    names = [file_name(kind, 3, 4) for kind in KINDS]
    assert all(name.isascii() and not set(name) & set('\\/:*?"<>|,') for name in names)
    assert len(set(names)) == 104
    assert all(len(name) < 120 for name in names)


def test_a_folder_has_the_code_in_full_the_identity_number_and_the_name():
    assert folder_name(CODE, CITIZEN, NAME) == "25.000.036.001.015/012345678901_DoThiAnh"


def test_spellings_are_a_choice():
    style = Style(between_words="_", between_names="_", one_level=True)
    assert folder_name(CODE, CITIZEN, NAME, style=style) == (
        "25.000.036.001.015_012345678901_Do_Thi_Anh"
    )
    assert file_name(4, 1, 2, style=style) == "04.Phieu_bo_sung_ho_so_dang_vien.1.pdf"


def test_a_name_in_capitals_gives_the_same_folder():
    assert folder_name(CODE, CITIZEN, NAME.upper()) == folder_name(CODE, CITIZEN, NAME)


@pytest.mark.parametrize(
    ("code", "citizen", "name"),
    [
        ("25.0.36.1", CITIZEN, NAME),
        ("25.0.36.1.15.2", CITIZEN, NAME),
        ("125.0.36.1.15", CITIZEN, NAME),
        ("25.0.3600.1.15", CITIZEN, NAME),
        ("25.0.x.1.15", CITIZEN, NAME),
        (CODE, "123456789", NAME),
        (CODE, "01234567890a", NAME),
        (CODE, CITIZEN, " ?! "),
    ],
)
def test_a_folder_is_refused_for_what_cannot_name_one(code, citizen, name):
    with pytest.raises(ValueError, match=r"asks for|parted by dots|at most"):
        folder_name(code, citizen, name)


def test_a_name_cannot_lead_out_of_its_folder():
    assert folder_name(CODE, CITIZEN, "../../Nguyễn An").count("/") == 1
    assert ".." not in folder_name(CODE, CITIZEN, "../../Nguyễn An")
