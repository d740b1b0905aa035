"""What is said of the rows of a list: alone, beside each other, beside the register."""

from datetime import date
from uuid import UUID

import pytest

from meetings.members.life.cells import Fault
from meetings.members.life.headings import columns_of
from meetings.members.life.lines import Known, Line, Reading, Verdict, lines_of

HEAD = ["Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Số thẻ"]
ANH = ["Lò Thị Ánh", "25/11/1966", "19/05/1990", "81004217"]
THERE = Known(UUID(int=1), "LÒ THỊ ÁNH", "1966-11-25", "81004217", date(1990, 5, 19), present=True)


def read(*rows: list[str], known: tuple[Known, ...] = (), others: frozenset[int] = frozenset()):
    reading = Reading(columns_of(HEAD), 0, date(2026, 11, 1), others)
    return lines_of([HEAD, *rows], reading, known)


def person(name: str, **changes: str) -> list[str]:
    facts = dict(zip(("name", "birth", "admitted", "card"), ANH, strict=True)) | changes
    return [name, facts["birth"], facts["admitted"], facts["card"]]


def verdicts(lines: list[Line]) -> list[Verdict]:
    return [line.verdict for line in lines]


def test_a_row_keeps_its_number_and_empty_rows_are_none():
    first, second = read(ANH, [], ["", " "], person("Cà Văn Ân", card="81004218"))
    assert (first.number, second.number) == (2, 5)
    assert first.facts["birth_date"] == "1966-11-25"
    assert verdicts([first, second]) == [Verdict.READY] * 2


def test_a_row_that_ends_early_lacks_what_is_needed():
    (line,) = read(["Lò Thị Ánh", "1966"])
    assert line.faults == {"admitted_on": Fault.MISSING}
    (nameless,) = read(["", "1966", "19/05/1990"])
    assert nameless.faults == {"full_name": Fault.MISSING}


def test_every_fault_of_a_row_is_told_at_once():
    (line,) = read(["NguyÔn V¨n B×nh", "31/02/1966", "1990", "7"])
    assert line.faults == {
        "full_name": Fault.OLD_FONT,
        "birth_date": Fault.NO_DAY,
        "admitted_on": Fault.NO_WHOLE_DAY,
        "card_number": Fault.CARD_DIGITS,
    }
    assert line.facts["birth_date"] == "31/02/1966"


def test_one_row_in_an_old_font_is_told_among_good_ones():
    lines = read(ANH, person("Lß ThÞ H¹nh", card="81004219"))
    assert verdicts(lines) == [Verdict.READY, Verdict.REFUSED]


def test_two_rows_with_one_card_are_both_told():
    lines = read(ANH, person("Cà Văn Ân"), person("Vì Văn Xa", card="81004218"))
    assert [line.faults.get("card_number") for line in lines] == [Fault.CARD_IN_FILE] * 2 + [None]


def test_a_row_twice_in_the_file_is_kept_once():
    without = person("Lò Thị Ánh", card="")
    lines = read(without, without)
    assert lines[0].verdict is Verdict.READY
    assert lines[1].faults == {"full_name": Fault.TWICE}
    assert lines[1].twins == (2,)


def test_a_namesake_in_the_file_is_asked_about():
    rows = [person("Lò Thị Ánh", card=""), person("lo thi anh", birth="1966", admitted="3/2/1995")]
    assert verdicts(read(*rows)) == [Verdict.READY, Verdict.DOUBTFUL]
    assert verdicts(read(*rows, others=frozenset({3}))) == [Verdict.READY, Verdict.READY]


@pytest.mark.parametrize("birth", ["24/11/1966", "1967", "12/1966"])
def test_whoever_was_born_on_another_day_is_no_namesake(birth: str):
    rows = [person("Lò Thị Ánh", card=""), person("Lò Thị Ánh", birth=birth, card="81004300")]
    assert verdicts(read(*rows)) == [Verdict.READY, Verdict.READY]


def test_whoever_is_in_the_register_is_not_entered_again():
    by_card = read(person("Lò Thị Ánh", admitted="20/05/1990"), known=(THERE,))
    by_admission = read(person("Lò thị Ánh", birth="1966", card=""), known=(THERE,))
    for (line,) in (by_card, by_admission):
        assert line.faults == {"full_name": Fault.KNOWN}
        assert line.alike == (THERE,)


def test_a_namesake_in_the_register_is_asked_about():
    row = person("Lò Thị Ánh", admitted="3/2/1995", card="")
    (line,) = read(row, known=(THERE,))
    assert (line.verdict, line.alike) == (Verdict.DOUBTFUL, (THERE,))
    (other,) = read(row, known=(THERE,), others=frozenset({2}))
    assert other.verdict is Verdict.READY


def test_a_card_of_somebody_else_is_told_with_who_has_it():
    (line,) = read(person("Cà Văn Ân", birth="1970"), known=(THERE,))
    assert line.faults == {"card_number": Fault.CARD_TAKEN}
    assert line.alike == (THERE,)


def test_a_card_of_whoever_is_gone_is_free():
    gone = Known(THERE.id, "Vì Văn Xa", "1950", THERE.card, None, present=False)
    assert verdicts(read(ANH, known=(gone,))) == [Verdict.READY]


def test_many_namesakes_take_no_time():
    rows = [person("Lò Thị Ánh", card=f"{81000000 + n}", admitted="1/1/1990") for n in range(3000)]
    lines = read(*rows)
    assert [line.verdict for line in lines[1:]] == [Verdict.REFUSED] * 2999
