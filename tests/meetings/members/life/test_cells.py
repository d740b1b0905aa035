from datetime import date

import pytest

from meetings.members.life.cells import Fault, Faulty, order_faults, read_cell


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("full_name", "  Lò  Thị Ánh ", "Lò Thị Ánh"),
        ("full_name", "", ""),
        ("birth_date", "25/11/1966", "1966-11-25"),
        ("birth_date", "11/1966", "1966-11"),
        ("birth_date", "1966", "1966"),
        ("birth_date", "24436", "1966-11-25"),
        ("birth_date", "24436.0", "1966-11-25"),
        ("admitted_on", "19.5.1990", "1990-05-19"),
        ("official_on", "33377", "1991-05-19"),
        ("sex", "NỮ", "female"),
        ("sex", "nam", "male"),
        ("theory", "Trung cấp", "intermediate"),
        ("theory", "Chưa qua đào tạo", "none"),
        ("card_number", "81 004 217", "81004217"),
        ("card_number", "8.1004217E7", "81004217"),
        ("card_number", "81004217.0", "81004217"),
        ("citizen_id", "014066000123", "014066000123"),
        ("citizen_id", "050123456", "050123456"),
        ("occupation", "Cán bộ hưu trí", "Cán bộ hưu trí"),
        ("religion", "Không", "Không"),
    ],
)
def test_a_cell_is_kept_as_the_register_has_it(name: str, text: str, kept: str):
    assert read_cell(name, text) == kept


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("birth_date", "31/02/1966", Fault.NO_DAY),
        ("birth_date", "không rõ", Fault.NO_DAY),
        ("birth_date", "25/11/66", Fault.NO_DAY),
        ("admitted_on", "5/1990", Fault.NO_WHOLE_DAY),
        ("official_on", "1991", Fault.NO_WHOLE_DAY),
        ("sex", "x", Fault.WORD),
        ("theory", "Đại học", Fault.WORD),
        ("card_number", "1004217", Fault.CARD_DIGITS),
        ("card_number", "chưa có", Fault.CARD_DIGITS),
        ("citizen_id", "14066000123", Fault.CITIZEN_DIGITS),
        ("occupation", "x" * 301, Fault.TOO_LONG),
        ("full_name", "NguyÔn V¨n B×nh", Fault.OLD_FONT),
        ("full_name", "Lò Th\ufffd Ánh", Fault.UNREADABLE),
        ("full_name", "Lò\0Ánh", Fault.UNREADABLE),
    ],
)
def test_a_cell_that_cannot_be_is_told(name: str, text: str, fault: Fault):
    with pytest.raises(Faulty) as faulty:
        read_cell(name, text)
    assert faulty.value.fault is fault


UNTIL = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("days", "faults"),
    [
        (("1966-11-25", "1990-05-19", "1991-05-19"), {}),
        (("1966", "1990-05-19", ""), {}),
        (("", "1990-05-19", "1991-05-19"), {}),
        (("1966", "", "1991-05-19"), {}),
        (("1990-05-19", "1990-05-19", ""), {"admitted_on": Fault.BEFORE_BIRTH}),
        (("1966", "1991-05-19", "1990-05-19"), {"official_on": Fault.BEFORE_ADMISSION}),
        (("1966", "1990-05-19", "1990-05-19"), {"official_on": Fault.BEFORE_ADMISSION}),
        (("1966", "2026-11-02", ""), {"admitted_on": Fault.YET_TO_COME}),
        (("2027", "", ""), {"birth_date": Fault.YET_TO_COME}),
        (("1966", "2026-11-01", ""), {}),
    ],
)
def test_the_days_of_a_life_follow_each_other(days, faults):
    named = dict(zip(("birth_date", "admitted_on", "official_on"), days, strict=True))
    assert order_faults(named, UNTIL) == faults
