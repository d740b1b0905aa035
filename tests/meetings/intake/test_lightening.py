"""Pictures made light in a child; one that breaks it costs itself alone."""

import pytest
from PIL import Image

from meetings.intake import lighten_pictures, pack_words, unpack_words
from meetings.intake.lightened import BROKEN
from meetings.intake.lightening import lighten
from meetings.intake.prepared import LIGHT_WIDTH


@pytest.fixture
def picture(tmp_path):
    file = tmp_path / "page.webp"
    Image.linear_gradient("L").resize((1200, 1700)).convert("RGB").save(file, "WEBP", quality=70)
    return file


def test_ink_is_black_and_paper_is_white(picture, tmp_path):
    target = tmp_path / "light.webp"
    lighten(picture, target)
    with Image.open(target) as light:
        assert light.size == (LIGHT_WIDTH, 1303)
        grey = light.convert("L")
        assert grey.getpixel((10, 400)) == 0
        assert grey.getpixel((10, 1100)) == 255
        assert {tone for _, tone in grey.getcolors()} == {0, 85, 170, 255}


@pytest.fixture
def broken(tmp_path):
    file = tmp_path / "broken.webp"
    file.write_bytes(b"no picture")
    return file


@pytest.mark.parametrize("places", [(), (0,), (1,), (3,), (0, 3), (0, 1)], ids=str)
def test_a_picture_that_ends_its_child_costs_no_other_its_own(picture, broken, output, places):
    pictures = [broken if place in places else picture for place in range(4)]
    made = lighten_pictures(pictures, output)
    assert [one is None for one in made] == [place in places for place in range(4)]
    assert len({one.read_bytes() for one in made if one}) == 1


def test_where_many_end_their_child_the_others_are_given_up(picture, broken, output):
    made = lighten_pictures([broken] * BROKEN + [picture], output)
    assert made == [None] * (BROKEN + 1)


def test_words_are_kept_packed_and_those_of_before_are_read_too():
    words = '[{"text": "Tỉnh ủy"}]' * 20
    assert len(pack_words(words)) < len(words.encode())
    assert unpack_words(pack_words(words)) == unpack_words(words.encode()) == words
