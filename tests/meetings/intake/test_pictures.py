import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from meetings.intake.pictures import crop_box, draw, save_renditions, save_sharp, shows_letters
from meetings.intake.prepared import WHOLE_PAGE

PHOTOGRAPH = b"\n".join(
    b"%.2f %.2f %.2f rg %d %d 15 22 re f"
    % (n % 100 / 100, n % 37 / 37, n % 53 / 53, n % 40 * 15, n // 40 * 22)
    for n in range(1600)
)
SEAL = b"\n1 0 0 rg 300 100 90 90 re f"


@pytest.fixture
def page_of(make_pdf):
    """Return an opener of the only page of a paper made of one content stream."""
    open_papers = []

    def page_of(content, **page):
        open_papers.append(pypdfium2.PdfDocument(make_pdf(content, **page)))
        return open_papers[-1][0]

    yield page_of
    for paper in open_papers:
        paper.close()


def pictures(folder):
    found = {}
    for path in sorted(folder.iterdir()):
        with Image.open(path) as picture:
            found[path.name] = picture.convert("RGB")
    return found


def all_pictures(page, number, output):
    save_renditions(page, number, output)
    save_sharp(page, number, output)


def test_a_page_becomes_three_pictures_of_its_shape(page_of, output):
    all_pictures(page_of("text"), 3, output)
    sizes = {name: picture.size for name, picture in pictures(output).items()}
    assert list(sizes) == ["3-1200.webp", "3-1600.webp", "3-thumb.webp"]
    assert [width for width, _ in sizes.values()] == [1200, 1600, 240]
    for width, height in sizes.values():
        assert height == pytest.approx(width * 842 / 595, abs=2)


def test_a_turned_page_is_shown_turned(page_of, output):
    save_renditions(page_of("text", rotate=90), 1, output)
    width, height = pictures(output)["1-1200.webp"].size
    assert (width, height) == (1200, pytest.approx(1200 * 595 / 842, abs=2))


def test_black_letters_are_kept_in_sixteen_greys(page_of, output):
    all_pictures(page_of("text"), 1, output)
    for picture in pictures(output).values():
        colours = picture.getcolors(1 << 20)
        assert 1 < len(colours) <= 16
        assert all(red == green == blue for _, (red, green, blue) in colours)


def test_a_red_seal_on_letters_stays_red(page_of, output, make_pdf):
    all_pictures(page_of(make_pdf.pages["text"] + SEAL), 1, output)
    for picture in pictures(output).values():
        assert len(picture.getcolors(1 << 20)) <= 32
        at = (round(345 / 595 * picture.width), round((842 - 145) / 842 * picture.height))
        assert picture.getpixel(at) == pytest.approx((255, 0, 0), abs=8)


def test_a_photograph_keeps_its_shades(page_of, output):
    all_pictures(page_of(PHOTOGRAPH), 1, output)
    for name in ("1-1200.webp", "1-1600.webp"):
        assert pictures(output)[name].getcolors(1000) is None


def test_letters_cost_less_than_with_lossy_pictures(page_of, output, tmp_path):
    page = page_of("text")
    all_pictures(page, 1, output)
    lossy = tmp_path / "lossy.webp"
    draw(page, 1600).save(lossy, "WEBP", quality=70, method=2)
    assert (output / "1-1600.webp").stat().st_size < lossy.stat().st_size


@pytest.mark.parametrize("size", [(3, 14400), (3, 3), (14400, 3), (14400, 14400)])
def test_no_page_shape_makes_a_picture_without_bounds(page_of, output, size):
    all_pictures(page_of("text", size=size), 1, output)
    for name, picture in pictures(output).items():
        assert picture.width * picture.height <= 5 * 1600**2, name
        assert min(picture.size) >= 1


def test_noise_is_no_letters_and_even_paper_of_any_tone_is():
    assert shows_letters(Image.new("RGB", (100, 100), "white"))
    assert shows_letters(Image.new("RGB", (100, 100), (232, 230, 225)))
    assert not shows_letters(Image.effect_noise((100, 100), 60).convert("RGB"))
    assert not shows_letters(Image.linear_gradient("L").convert("RGB"))


def test_letters_beside_a_large_photograph_count_as_a_photograph():
    page = Image.new("RGB", (256, 512), "white")
    page.paste(Image.linear_gradient("L"), (0, 0))
    assert not shows_letters(page)
    page.paste("white", (0, 0, 256, 240))
    assert shows_letters(page)


def sheet(*boxes, ground=255, ink=0):
    image = Image.new("RGB", (240, 340), (ground,) * 3)
    for left, top, right, bottom in boxes:
        ImageDraw.Draw(image).rectangle((left, top, right - 1, bottom - 1), fill=(ink,) * 3)
    return image


CORNERS = ((24, 34, 40, 50), (200, 290, 216, 306))


@pytest.mark.parametrize("image", [sheet(), sheet(ground=0), sheet((0, 0, 240, 340))])
def test_a_page_without_contrast_is_shown_whole(image):
    assert crop_box(image) == WHOLE_PAGE


def test_content_is_cut_out_with_a_margin():
    x, y, w, h = crop_box(sheet(*CORNERS))
    assert (x, y) == (pytest.approx(0.08), pytest.approx(0.08))
    assert (w, h) == (pytest.approx(0.84), pytest.approx(0.84))


def test_grey_paper_is_no_content_and_pale_specks_are_none():
    image = sheet(*CORNERS, ground=200)
    image.paste((180,) * 3, (0, 0, 4, 4))
    assert crop_box(image) == crop_box(sheet(*CORNERS))


edges = st.tuples(
    st.integers(0, 239), st.integers(0, 339), st.integers(1, 120), st.integers(1, 170)
).map(lambda box: (box[0], box[1], min(240, box[0] + box[2]), min(340, box[1] + box[3])))


@given(st.lists(edges, min_size=1, max_size=3))
def test_the_crop_holds_all_content_lies_on_the_page_and_is_never_tiny(boxes):
    x, y, w, h = crop_box(sheet(*boxes))
    assert x >= 0
    assert y >= 0
    assert x + w <= 1.0001
    assert y + h <= 1.0001
    assert min(w, h) >= 0.4999
    for left, top, right, bottom in boxes:
        assert x <= left / 240 + 1e-3
        assert y <= top / 340 + 1e-3
        assert right / 240 <= x + w + 1e-3
        assert bottom / 340 <= y + h + 1e-3
