"""What a letter says, from words and facts alone."""

from datetime import datetime, timedelta

import pytest

from meetings import clock
from meetings.agenda.letters.queries import Facts, Guest, Words
from meetings.agenda.letters.services import compose
from meetings.models import Body, BodyKind, Meeting
from meetings.press.document import Paragraph, Point, Regime

START = datetime(2027, 3, 1, 8, 0, tzinfo=clock.VIETNAM)
WORDS = Words(
    issuer="TỈNH UỶ LAM KHÊ",
    symbol="GM/TU",
    place="Lam Khê",
    addressees="Đồng chí A;\n\n  Đồng chí B",
    text="Kính mời các đồng chí dự họp.",
    note="Đề nghị đến đúng giờ.",
    capacity="T/L BAN THƯỜNG VỤ",
    signer_title="CHÁNH VĂN PHÒNG",
    signer_name="Nguyễn Văn An",
    recipients="Như trên;\nLãnh đạo Văn phòng",
)


def facts(**changes):
    """Return the facts of a meeting of one morning, some of them changed."""
    body = Body(kind=changes.pop("kind", BodyKind.STANDING_COMMITTEE), name="Ban Thường vụ Tỉnh ủy")
    hours = {"starts_at": START, "ends_at": START + timedelta(hours=3)}
    meeting = Meeting(title="Hội nghị", place="Hội trường A", body=body, **hours)
    for name in ("ends_at", "place"):
        if name in changes:
            setattr(meeting, name, changes.pop(name))
    known = {"items": ("Báo cáo quý", "Tờ trình"), "chairs": (), "guests": ()}
    return Facts(meeting, **known | changes)


def paragraph(document, lead):
    """Return the text of the paragraph with a lead, or nothing."""
    found = [b.text for b in document.body if isinstance(b, Paragraph) and b.lead == lead]
    return found[0] if found else None


def test_hours_are_written_out_as_letters_do():
    told = paragraph(compose(WORDS, facts()), "Thời gian:")
    assert told == "8 giờ 00, thứ Hai, ngày 01 tháng 3 năm 2027."


def test_a_meeting_of_two_days_says_from_when_until_when():
    later = facts(ends_at=START + timedelta(days=1, hours=3, minutes=30))
    told = paragraph(compose(WORDS, later), "Thời gian:")
    assert told == (
        "từ 8 giờ 00, thứ Hai, ngày 01 tháng 3 năm 2027 "
        "đến 11 giờ 30, thứ Ba, ngày 02 tháng 3 năm 2027."
    )


def test_the_items_are_numbered_points():
    points = [block for block in compose(WORDS, facts()).body if isinstance(block, Point)]
    assert [(point.mark, point.text) for point in points] == [
        ("1.", "Báo cáo quý."),
        ("2.", "Tờ trình."),
    ]


@pytest.mark.parametrize(
    ("lead", "changes"),
    [("Địa điểm:", {"place": ""}), ("Nội dung:", {"items": ()}), ("Chủ trì:", {"chairs": ()})],
)
def test_what_is_not_known_is_left_out(lead, changes):
    assert paragraph(compose(WORDS, facts(**changes)), lead) is None


def test_every_chair_is_named():
    told = paragraph(compose(WORDS, facts(chairs=("A, Bí thư", "B, Phó Bí thư"))), "Chủ trì:")
    assert told == "A, Bí thư; B, Phó Bí thư."


def test_lines_become_addressees_and_recipients_without_their_semicolons():
    document = compose(WORDS, facts())
    assert document.addressees == ("Đồng chí A", "Đồng chí B")
    assert document.recipients == ("Như trên", "Lãnh đạo Văn phòng")
    assert document.file_note == "Lưu Văn phòng."


def test_those_invited_go_along_as_a_list():
    guests = (Guest("Phạm Văn A", "Bí thư"), Guest("Lò Thị B", ""))
    [appendix] = compose(WORDS, facts(guests=guests)).appendices
    [table] = appendix.blocks
    assert table.rows == (("1", "Phạm Văn A", "Bí thư"), ("2", "Lò Thị B", ""))
    assert compose(WORDS, facts()).appendices == ()


@pytest.mark.parametrize(
    ("kind", "regime", "separator"),
    [
        (BodyKind.STANDING_COMMITTEE, Regime.PARTY_2026, "-"),
        (BodyKind.STATE_BODY, Regime.STATE_2020, "/"),
    ],
)
def test_party_and_state_have_their_own_layouts(kind, regime, separator):
    document = compose(WORDS, facts(kind=kind))
    assert document.regime is regime
    assert document.symbol.strip("\N{NO-BREAK SPACE}") == f"{separator}GM/TU"


def test_who_signs_is_as_it_was_written():
    hand = compose(WORDS, facts()).signature
    assert (hand.capacity, hand.title, hand.name, hand.signed) == (
        "T/L BAN THƯỜNG VỤ",
        "CHÁNH VĂN PHÒNG",
        "Nguyễn Văn An",
        False,
    )
