"""Pictures made light in a child; one that breaks it costs itself alone and what follows."""

import pytest
from PIL import Image

from meetings.intake import lighten_pictures, pack_words, unpack_words
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


def test_pictures_are_made_light_in_one_child(picture, output, tmp_path):
    broken = tmp_path / "broken.webp"
    broken.write_bytes(b"no picture")
    made = lighten_pictures([picture, broken, picture], output)
    assert [bool(one) for one in made] == [True, False, False]


def test_words_are_kept_packed_and_those_of_before_are_read_too():
    words = '[{"text": "Tỉnh ủy"}]' * 20
    assert len(pack_words(words)) < len(words.encode())
    assert unpack_words(pack_words(words)) == unpack_words(words.encode()) == words
