"""What can stand behind the name of a field."""

import pytest

from search_index.language.fields import KINDS, NAMES, VALIDITY, Field, field_of, fits, read


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_known_with_and_without_spaces(name):
    for typed in (f"{name}:", f"{name.replace(' ', '')} : ", f"{name.replace(' ', '_').upper()}:"):
        assert field_of(typed) is NAMES[name]


@pytest.mark.parametrize(("field", "table"), [(Field.KIND, KINDS), (Field.VALIDITY, VALIDITY)])
def test_every_name_of_a_table_is_read_alone_and_before_other_words(field, table):
    for name, code in table.items():
        for typed in (name, name.lower(), f"{name} zzz", f'"{name}"'):
            taken, _ = read(field, typed)
            assert taken.value == code, typed


def test_a_name_in_brackets_is_not_read():
    assert read(Field.KIND, "(nghị quyết)") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [("tỉnh ủy", True), ("TINH UY", True), ("uỷ lào", True), ("tỉnh lào", False), ("cai x", False)],
)
def test_a_value_fits_where_its_words_stand_side_by_side(value, expected):
    assert fits(value, ["Khác", "Tỉnh ủy Lào Cai"]) is expected
