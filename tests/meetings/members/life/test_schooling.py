"""What lists write of schools and diplomas is counted at its level."""

import pytest

from meetings.members.life.schooling import School, Training, school_of, training_of


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("12/12", School.UPPER),
        ("10/12", School.UPPER),
        ("9/12", School.LOWER),
        ("5/12", School.PRIMARY),
        ("10/10", School.UPPER),
        ("7/10", School.LOWER),
        ("4/10", School.PRIMARY),
        ("Lớp 9 / 12", School.LOWER),
        ("THPT", School.UPPER),
        ("Tốt nghiệp trung học cơ sở", School.LOWER),
        ("TIỂU HỌC", School.PRIMARY),
        ("", School.UNKNOWN),
        ("chưa rõ", School.UNKNOWN),
        ("12/13", School.UNKNOWN),
    ],
)
def test_a_class_or_a_school_has_its_level(text: str, level: School):
    assert school_of(text) is level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Đại học Sư phạm", Training.UNIVERSITY),
        ("dai hoc luat", Training.UNIVERSITY),
        ("Cử nhân kinh tế", Training.UNIVERSITY),
        ("Bác sĩ chuyên khoa I", Training.UNIVERSITY),
        ("Thạc sĩ Quản lý; Đại học Luật", Training.MASTER),
        ("Tiến sĩ", Training.DOCTOR),
        ("Cao đẳng Y tế", Training.COLLEGE),
        ("Trung cấp Nông lâm", Training.INTERMEDIATE),
        ("Sơ cấp nghề", Training.ELEMENTARY),
        ("Không", Training.NONE),
        ("", Training.NONE),
        ("Lái xe hạng C", Training.OTHER),
        ("Tổng cục", Training.OTHER),
    ],
)
def test_a_diploma_has_its_level_and_the_highest_counts(text: str, level: Training):
    assert training_of(text) is level
