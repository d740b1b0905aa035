import warnings
from contextlib import closing

import pypdfium2
import pytest
from PIL import Image

from meetings.intake import Limits, Reason, Verdict, images
from meetings.intake.images import judge_picture, to_pdf
from meetings.intake.portable import RefusalError

ORIENTATION = 0x0112


@pytest.fixture
def make_picture(tmp_path):
    """Return a maker of pictures: a frame for each colour, red at the top left."""

    def make(name="scan.png", size=(620, 877), frames=1, turned=1, **save):
        first, *others = (Image.new("RGB", size, (255, 255, 255 - n)) for n in range(frames))
        first.paste((255, 0, 0), (0, 0, size[0] // 4, size[1] // 4))
        exif = Image.Exif()
        exif[ORIENTATION] = turned
        if others:
            save |= {"save_all": True, "append_images": others}
        first.save(tmp_path / name, exif=exif, **save)
        return tmp_path / name

    return make


def refused(path, **limits):
    with pytest.raises(RefusalError) as refusal:
        judge_picture(path, "image/png", Limits(**limits))
    return refusal.value.reason


@pytest.mark.parametrize(
    ("name", "frames"), [("scan.png", 1), ("scan.jpg", 1), ("scan.webp", 1), ("fax.tiff", 3)]
)
def test_a_picture_has_a_page_for_each_frame(make_picture, name, frames):
    verdict = judge_picture(make_picture(name, frames=frames), "image/x", Limits())
    assert verdict == Verdict(media_type="image/x", pages=frames)


def test_more_frames_than_the_limit_are_refused(make_picture):
    path = make_picture("fax.tiff", frames=3)
    assert judge_picture(path, "image/tiff", Limits(pages=3)).accepted
    assert refused(path, pages=2) is Reason.TOO_MANY_PAGES


@pytest.mark.parametrize("size", [(3000, 30), (300, 300), (2000, 2000)])
def test_a_picture_of_too_many_pixels_is_a_bomb(make_picture, monkeypatch, size):
    path = make_picture(size=size)
    monkeypatch.setattr(images, "PIXELS", size[0] * size[1])
    assert judge_picture(path, "image/png", Limits()).accepted
    monkeypatch.setattr(images, "PIXELS", size[0] * size[1] - 1)
    assert refused(path) is Reason.BOMB


@pytest.mark.parametrize("share", [1, 3])
def test_a_picture_that_its_reader_takes_for_a_bomb_is_one(make_picture, monkeypatch, share):
    path = make_picture()
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 620 * 877 // share - 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert refused(path) is Reason.BOMB


@pytest.mark.parametrize("content", [b"", b"no picture", None])
def test_a_picture_that_cannot_be_read_to_its_end_is_damaged(make_picture, content):
    path = make_picture()
    path.write_bytes(path.read_bytes()[:400] if content is None else content)
    assert refused(path) is Reason.DAMAGED


def first_page(output):
    with closing(pypdfium2.PdfDocument(output / images.SHOWN)) as pdf:
        page = pdf[0]
        return len(pdf), page.get_size(), page.render(scale=0.5).to_pil().convert("RGB")


@pytest.mark.parametrize(
    ("size", "dpi", "points"),
    [
        ((620, 877), None, (595, 842)),
        ((877, 620), None, (842, 595)),
        ((620, 877), (150, 150), (298, 421)),
        ((620, 877), (72, 72), (595, 842)),
        ((620, 877), (5000, 5000), (595, 842)),
        ((100, 50), None, (100, 50)),
    ],
)
def test_a_page_is_as_large_as_its_picture_says_or_else_a_sheet(
    make_picture, output, size, dpi, points
):
    to_pdf(make_picture(size=size, **({"dpi": dpi} if dpi else {})), output)
    pages, shown, _ = first_page(output)
    assert pages == 1
    assert shown == pytest.approx(points, abs=2)


@pytest.mark.parametrize(("turned", "corner"), [(1, (0, 0)), (3, (1, 1)), (6, (1, 0)), (8, (0, 1))])
def test_a_photo_stands_upright_however_the_telephone_was_held(
    make_picture, output, turned, corner
):
    to_pdf(make_picture("photo.jpg", turned=turned), output)
    _, _, shown = first_page(output)
    place = tuple((side - 10) * end + 5 for side, end in zip(shown.size, corner, strict=True))
    red, green, _ = shown.getpixel(place)
    assert red > 200
    assert green < 60


def test_every_frame_becomes_a_page(make_picture, output):
    to_pdf(make_picture("fax.tiff", frames=3), output)
    assert first_page(output)[0] == 3
