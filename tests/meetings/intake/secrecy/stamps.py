"""Make pages that bear a stamp of secrecy, each different, all the same for the same seed."""

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

WORDS = {"S1": "MẬT", "S2": "TỐI MẬT", "S3": "TUYỆT MẬT"}
PAGE = (1654, 2339)  # A4 at 200 dots an inch
MM = PAGE[0] / 210
FOLDERS = [
    Path("/", "usr", "share", "fonts", "truetype", name) for name in ("liberation2", "dejavu")
]
STAMP_FONTS = (
    "LiberationSerif-Bold",
    "LiberationSerif-Regular",
    "LiberationSans-Bold",
    "LiberationSans-Regular",
    "DejaVuSans-Bold",
    "DejaVuSerif-Bold",
    "DejaVuSansCondensed-Bold",
    "LiberationMono-Bold",
)
BODY_FONTS = ("LiberationSerif-Regular", "DejaVuSerif", "LiberationSans-Regular")
REDS = ((200, 20, 30), (170, 30, 50), (225, 60, 60), (190, 20, 90), (150, 20, 20))
BLACKS = ((20, 20, 20), (60, 60, 70), (25, 30, 60))
TEXT = (
    "công tác của và các cấp ủy chính quyền triển khai thực hiện nhiệm vụ năm kế hoạch phát triển"
    " kinh tế xã hội báo cáo kết quả tình hình đảng viên nhân dân cơ quan đơn vị quản lý đề nghị"
    " tổ chức theo quy định tại hội nghị tỉnh huyện xã phường thống nhất bảo đảm giải pháp"
)
SYLLABLES = TEXT.split()
HEADINGS = (
    ("TỈNH ỦY THANH SƠN", "ĐẢNG CỘNG SẢN VIỆT NAM", "Số 27-BC/TU"),
    ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 415/UBND-NC"),
    ("HUYỆN ỦY BÌNH MINH", "ĐẢNG CỘNG SẢN VIỆT NAM", "Số 8-TTr/HU"),
)


@dataclass(frozen=True)
class Stamped:
    """A page with its stamp, and how it was made."""

    picture: Image.Image
    level: str
    style: str


def stamped_page(seed: int) -> Stamped:
    """Return the page of a seed."""
    chance = random.Random(seed)
    level = chance.choice(tuple(WORDS))
    style = chance.choice(
        ("plain", "tilted", "tilted", "pale", "cut", "across", "across", "sideways")
    )
    grey = chance.random() < 0.35
    page = _paper(chance, blank=chance.random() < 0.2)
    stamp = _stamp(chance, WORDS[level], _ink(chance, pale=style == "pale", grey=grey))
    turn = chance.uniform(-4, 4) if style == "plain" else chance.uniform(-20, 20)
    if style == "sideways":
        turn += chance.choice((90, 180, 270))
    stamp = stamp.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    page = _pressed(page, stamp, _place(chance, stamp, style))
    return Stamped(
        _scanned(chance, page, grey=grey, pale=style == "pale"),
        level,
        f"{style}{' grey' if grey else ''}",
    )


def unstamped_page(seed: int) -> Image.Image:
    """Return a page whose stamp says something else: it is urgent, or has arrived."""
    chance = random.Random(seed)
    page = _paper(chance, blank=False)
    words = chance.choice(("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "CÔNG VĂN ĐẾN", "BẢN SAO", "ĐÃ THU"))
    stamp = _stamp(chance, words, _ink(chance, pale=False, grey=False))
    stamp = stamp.rotate(chance.uniform(-20, 20), expand=True, fillcolor="white")
    page = _pressed(page, stamp, _place(chance, stamp, "plain"))
    return _scanned(chance, page, grey=False)


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    file = next(f for folder in FOLDERS if (f := folder / f"{name}.ttf").exists())
    return ImageFont.truetype(file, size)


def _ink(chance, *, pale, grey):
    red, green, blue = chance.choice(BLACKS if grey else REDS)
    fade = chance.uniform(0.4, 0.62) if pale else chance.uniform(0, 0.25)
    return tuple(round(part + (255 - part) * fade) for part in (red, green, blue))


def _stamp(chance, words, ink):
    letters = font(chance.choice(STAMP_FONTS), round(chance.uniform(4.5, 9) * MM))
    if chance.random() < 0.2:
        words = "  ".join(" ".join(word) for word in words.split())
    left, top, right, bottom = letters.getbbox(words)
    across, down = chance.uniform(1.5, 5) * MM, chance.uniform(1, 3) * MM
    size = (round(right - left + 2 * across), round(bottom - top + 2 * down))
    stamp = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(stamp)
    draw.text((across - left, down - top), words, font=letters, fill=ink)
    if chance.random() < 0.75:
        width = round(chance.uniform(0.4, 1.1) * MM)
        draw.rectangle((0, 0, size[0] - 1, size[1] - 1), outline=ink, width=width)
        if chance.random() < 0.2:
            draw.rectangle(
                (2 * width, 2 * width, size[0] - 2 * width, size[1] - 2 * width), outline=ink
            )
    return _worn(chance, stamp)


def _worn(chance, stamp):
    """Rub some ink away, as rubber does."""
    noise = _noise(chance, stamp.size, 90).filter(ImageFilter.GaussianBlur(2))
    threshold = 150 + chance.randrange(30)
    holes = noise.point([255 * (tone > threshold) for tone in range(256)])
    return Image.composite(Image.new("RGB", stamp.size, "white"), stamp, holes)


def _noise(chance, size, strength):
    tones = np.random.default_rng(chance.randrange(2**32)).normal(128, strength, size[::-1])
    return Image.fromarray(np.clip(tones, 0, 255).astype(np.uint8))


def _place(chance, stamp, style):
    width, height = PAGE
    if style == "cut":
        side = chance.choice(("left", "right", "top"))
        off = chance.uniform(0.08, 0.18)
        middle = chance.uniform(0.05, 0.35)
        return {
            "left": (round(-off * stamp.width), round(middle * height)),
            "right": (round(width - (1 - off) * stamp.width), round(middle * height)),
            "top": (round(chance.uniform(0.05, 0.6) * width), round(-off * stamp.height)),
        }[side]
    if style == "across":
        return round(chance.uniform(0.12, 0.55) * width), round(chance.uniform(0.25, 0.6) * height)
    return (
        round(chance.uniform(0.02, 0.98 - stamp.width / width) * width),
        round(chance.choice((0.02, 0.13, 0.16, 0.85)) * height),
    )


def _pressed(page, stamp, place):
    layer = Image.new("RGB", page.size, "white")
    layer.paste(stamp, place)
    return ImageChops.multiply(page, layer)


def _paper(chance, *, blank):
    page = Image.new("RGB", PAGE, "white")
    draw = ImageDraw.Draw(page)
    if blank:
        draw.text((300, 700), "PHỤ LỤC", font=font("LiberationSerif-Bold", 38), fill="black")
        return page
    organ, motto, number = chance.choice(HEADINGS)
    bold = font("LiberationSerif-Bold", 36)
    draw.text((180, 130), organ, font=bold, fill="black")
    motto_ink = (200, 20, 30) if "ĐẢNG" in motto and chance.random() < 0.4 else "black"
    draw.text((820, 130), motto, font=font("LiberationSerif-Bold", 34), fill=motto_ink)
    draw.text((220, 230), number, font=font("LiberationSerif-Regular", 36), fill="black")
    draw.text((700, 420), chance.choice(("BÁO CÁO", "TỜ TRÌNH")), font=bold, fill="black")
    body = font(chance.choice(BODY_FONTS), chance.choice((34, 36, 38)))
    for row in range(chance.randrange(12, 30)):
        words = " ".join(chance.choice(SYLLABLES) for _ in range(20))
        while body.getlength(words) > 1230:
            words = words.rpartition(" ")[0]
        draw.text((230, 540 + row * 56), words, font=body, fill=(15, 15, 15))
    if chance.random() < 0.3:
        draw.ellipse((1000, 1850, 1280, 2130), outline=(205, 30, 40), width=6)
        draw.text((1080, 1960), "UBND", font=bold, fill=(205, 30, 40))
    return page


def _scanned(chance, page, *, grey, pale=False):
    """Look at a page through a scanner: askew, noisy, yellow, or in black and white.

    What a black and white scan leaves nothing of, nobody can see: pale ink is taken for ink.
    """
    page = page.rotate(chance.uniform(-1, 1), Image.Resampling.BICUBIC, fillcolor="white")
    page = page.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 1)))
    if grey and chance.random() < 0.5:
        return (
            page.convert("L")
            .point([255 * (tone > (215 if pale else 165)) for tone in range(256)])
            .convert("RGB")
        )
    paper = Image.new("RGB", PAGE, (255, 255 - chance.randrange(8), 255 - chance.randrange(22)))
    page = ImageChops.multiply(page, paper)
    noise = _noise(chance, PAGE, chance.uniform(3, 14)).convert("RGB")
    page = ImageChops.add(page, noise, 1, -128)
    return page.convert("L").convert("RGB") if grey else page
