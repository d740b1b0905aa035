import pytest

from meetings.intake.dossiers import Proposal, Reason, identify

FORM, CV, REVIEW, LETTER = 3, 2, 61, 97


def papers(*kinds: int) -> list[Proposal]:
    return [Proposal(at, at, kind, 0.9, None, Reason.TITLED) for at, kind in enumerate(kinds, 1)]


def values(identity) -> dict[str, str | None]:
    found = vars(identity)
    return {name: one.value if one else None for name, one in found.items()}


def test_the_member_form_says_who_it_is(bundle):
    pages = bundle([
        "Số lý lịch: 123456 SL", "Số thẻ đảng viên: 87 654 321",
        "01. Họ và tên: LÒ VĂN AN", "02. Sinh ngày: 19/05/1970",
        "Số căn cước công dân: 014070001234",
    ])  # fmt: skip
    assert values(identify(pages, papers(FORM))) == {
        "name": "Lò Văn An",
        "birth_date": "1970-05-19",
        "citizen_id": "014070001234",
        "card_number": "87654321",
        "record_number": "123456SL",
    }


def test_each_value_comes_with_its_page_and_its_confidence(bundle):
    pages = bundle(["x"], ["Họ và tên: Lò Văn An"], ["Họ và tên: Lò Văn An"])
    found = identify(pages, papers(REVIEW, FORM, REVIEW)).name
    alone = identify(pages[:2], papers(REVIEW, FORM)).name
    assert (found.page, alone.page) == (2, 2)
    assert alone.confidence < 0.9 <= found.confidence <= 0.99


def test_the_form_is_believed_more_than_a_letter(bundle):
    pages = bundle(["Họ và tên: Lò Văn An"], ["Họ và tên: Vì Thị Bình"])
    assert identify(pages, papers(FORM, LETTER)).name.value == "Lò Văn An"
    assert identify(pages, papers(LETTER, CV)).name.value == "Vì Thị Bình"


def test_many_papers_outweigh_one(bundle):
    pages = bundle(*[["Họ và tên: Lò Văn An"]] * 3, ["Họ và tên: Lò Văn Ân Huệ"])
    assert identify(pages, papers(REVIEW, REVIEW, REVIEW, FORM)).name.value == "Lò Văn An"


def test_two_that_weigh_the_same_say_nothing(bundle):
    pages = bundle(["Họ và tên: Lò Văn An"], ["Họ và tên: Vì Thị Bình"])
    assert identify(pages, papers(REVIEW, REVIEW)).name is None


@pytest.mark.parametrize(
    "line",
    [
        "Số thẻ đảng viên: 012345678901",
        "TĐV: 012345678901",
        "Số căn cước công dân: 123456789",
        "Số căn cước công dân: 0123456789012",
        "012345678901",
    ],
)
def test_twelve_digits_are_an_identity_number_only_where_they_are_called_so(bundle, line):
    assert identify(bundle([line]), papers(FORM)).citizen_id is None
    right = bundle(["Số căn cước công dân: 012345678901"])
    assert identify(right, papers(FORM)).citizen_id.value == "012345678901"


@pytest.mark.parametrize("line", ["Số thẻ đảng viên: 123456789", "Số thẻ đảng viên: 1234567"])
def test_a_card_has_eight_digits(bundle, line):
    assert identify(bundle([line]), papers(FORM)).card_number is None


@pytest.mark.parametrize("day", ["31/02/1970", "19/05/1070", "19/13/1970", "05/1970"])
def test_an_impossible_day_is_no_birth_date(bundle, day):
    assert identify(bundle([f"Sinh ngày: {day}"]), papers(FORM)).birth_date is None


def test_a_birth_date_may_be_spelt_out(bundle):
    pages = bundle(["Sinh ngày 05 tháng 6 năm 1958"])
    assert identify(pages, papers(CV)).birth_date.value == "1958-06-05"


def test_a_name_ends_where_the_next_field_begins(bundle):
    pages = bundle(["Họ và tên: LÒ VĂN AN  Nam, sinh năm 1970"])
    assert identify(pages, papers(FORM)).name.value == "Lò Văn An"


def test_what_is_not_written_as_a_name_is_none(bundle):
    pages = bundle(["Họ và tên: ......"], ["Họ và tên: người làm đơn"], ["Họ và tên: 12 tháng 5"])
    assert identify(pages, papers(FORM, FORM, FORM)).name is None


def test_nobody_is_found_in_nothing():
    assert set(values(identify([], [])).values()) == {None}
