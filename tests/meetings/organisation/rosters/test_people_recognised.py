"""Who is meant by a name in a list: sure only where a post agrees, never one of two."""

import pytest

from meetings.models import Body, Person, Post
from meetings.organisation.queries import Listed
from meetings.organisation.rosters.queries import SKIPPED, Certainty, Register, choice_in


def listed(name, *posts):
    held = [Post(title=title, body=Body(name=body)) for title, body in posts]
    return Listed(Person(id=name, full_name=name), held)


MAI = listed("Lò Thị Mai", ("Bí thư", "Đảng ủy xã Suối Ngân"), ("Ủy viên", "Ban Chấp hành"))
OTHER_MAI = listed("Lò Thị Mãi", ("Chuyên viên", "Văn phòng Tỉnh ủy"))
NAM = listed("Vàng A Nam", ("Chánh Văn phòng", "Văn phòng Tỉnh ủy"))
NOISE = [listed(f"Trần Văn {n}", ("Ủy viên", "Ban Chấp hành")) for n in range(5)]


@pytest.fixture
def register():
    return Register([MAI, OTHER_MAI, NAM, *NOISE])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Vàng A Nam", {"post": "Chánh Văn phòng"}),
        ("Vàng A Nam", {"body": "Văn phòng Tỉnh ủy"}),
        ("VÀNG A NAM", {"post": "Chánh Văn phòng Tỉnh ủy"}),
        ("Đ/c Vàng A Nam", {"body": "VĂN PHÒNG TỈNH ỦY", "post": "chanh van phong"}),
        ("Ông Vàng  A Nam", {"post": "Chánh Văn phòng", "body": "Văn phòng"}),
    ],
)
def test_a_name_with_its_post_or_body_is_sure(register, name, said):
    found = register.found(name, **said)
    assert (found.best, found.certainty) == (NAM, Certainty.SURE)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Vàng A Nam", {}),
        ("Vang A Nam", {"post": "Chánh Văn phòng"}),
        ("Vàng A Nam", {"post": "Bí thư"}),
        ("Vàng A Nam", {"body": "Đảng ủy xã Suối Ngân"}),
        ("Vàng A Nam", {"post": "Chánh Văn phòng", "body": "Ban Chấp hành"}),
    ],
)
def test_a_name_alone_or_with_something_that_does_not_fit_is_a_guess(register, name, said):
    found = register.found(name, **said)
    assert (found.best, found.certainty) == (NAM, Certainty.GUESS)


def test_of_two_with_the_same_letters_the_post_tells_which(register):
    found = register.found("Lò Thị Mai", post="Bí thư")
    assert (found.best, found.certainty) == (MAI, Certainty.SURE)
    assert list(found.candidates) == [MAI, OTHER_MAI]
    guess = register.found("lo thi mai", body="Văn phòng Tỉnh ủy")
    assert (guess.best, guess.certainty) == (OTHER_MAI, Certainty.GUESS)


def test_of_two_that_nothing_tells_apart_none_is_taken(register):
    found = register.found("Lò Thị Mai")
    assert (found.best, found.certainty) == (None, Certainty.GUESS)
    assert len(found.candidates) == 2


def test_an_unknown_name_is_nobody_with_those_of_nearly_the_same_name_to_choose(register):
    found = register.found("Vàng Văn Nam", post="Chánh Văn phòng")
    assert (found.best, found.certainty) == (None, Certainty.NOBODY)
    assert list(found.candidates) == [NAM]
    assert list(register.found("Giàng A Páo").candidates) == []
    assert list(register.found("").candidates) == []


def test_a_choice_counts_only_where_it_was_offered(register):
    found = register.found("Lò Thị Mai")
    assert choice_in(found, "Lò Thị Mãi") == ("Lò Thị Mãi", OTHER_MAI)
    assert choice_in(found, "Vàng A Nam") == ("", None)
    assert choice_in(found, SKIPPED) == (SKIPPED, None)
    assert choice_in(register.found("Vàng A Nam"), None) == ("Vàng A Nam", NAM)
    assert choice_in(register.found("Vàng A Nam"), "nobody") == ("Vàng A Nam", NAM)
