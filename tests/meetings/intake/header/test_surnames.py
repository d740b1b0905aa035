import pytest

from meetings.intake.header.surnames import likely_surname


@pytest.mark.parametrize(
    ("readings", "surname"),
    [
        (["mñÿên", "gũÿên", "Ngứÿên", "NxangúVen"], "Nguyễn"),
        (["Nøryến", "Nơm"], "Nguyễn"),
        (["1ê", "z.ê", "Zê"], "Lê"),
        (["Tyấi", "Trần", "Tyä"], "Trần"),
        (["Khuất", "Khuât"], "Khuất"),
    ],
)
def test_bad_readings_of_a_surname_come_near_to_it(readings, surname):
    assert likely_surname(readings) == surname


@pytest.mark.parametrize("readings", [[], ["+", "_"], ["T4", "Ti"], ["“x110", "zZ110"], ["sxzkt"]])
def test_what_comes_near_to_none_is_no_surname(readings):
    assert likely_surname(readings) is None
