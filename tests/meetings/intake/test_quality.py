import pytest

from meetings.intake.quality import ENOUGH, needs_recognition, quality

GOOD = "Ban Thường vụ Tỉnh uỷ ban hành nghị quyết về công tác cán bộ năm nay. "
OLD_FONT = "Ñaûng boä tænh toå chöùc hoäi nghò ñaùnh giaù keát quaû coâng taùc quyù. "
STAMP = "Người ký: Sở Nội vụ\nEmail: snv@tinh.gov.vn\nThời gian ký: 25.02.2025 08:12:01 +07:00"
FULL = 0.3  # of the cells of a page full of lines


def test_good_text_is_trusted_and_text_in_an_old_font_is_not():
    assert quality(GOOD) > 0.95
    assert quality(OLD_FONT) < 0.6


def test_too_few_words_tell_nothing():
    assert quality("") == quality("Trang 2") == 0.0


@pytest.mark.parametrize("odd", ["\ufffd", "\ue000", "\uffff"])
def test_characters_that_are_none_cost_trust(odd):
    assert quality(GOOD + odd * 20) < quality(GOOD) - 0.1


def test_trust_is_never_below_nothing():
    assert quality("bk qđ pdf " + "\ufffd" * 200) == 0.0


def test_a_page_of_good_text_needs_no_recognition():
    assert len(GOOD * 4) > ENOUGH
    assert not needs_recognition(GOOD * 4, ink=lambda: pytest.fail("looked for ink"))


def test_a_page_of_debris_needs_recognition_however_long():
    assert needs_recognition(OLD_FONT * 4, ink=lambda: FULL)


@pytest.mark.parametrize("text", ["", STAMP])
def test_a_picture_of_a_page_needs_recognition_although_it_bears_a_stamp(text):
    assert needs_recognition(text, ink=lambda: FULL)


def test_an_empty_page_needs_nothing():
    assert not needs_recognition("", ink=lambda: 0.0)


def test_the_last_lines_of_a_paper_need_nothing():
    assert not needs_recognition(GOOD, ink=lambda: 0.04)
