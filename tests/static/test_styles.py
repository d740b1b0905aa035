import re
from itertools import product
from pathlib import Path

import pytest

from meetings.web.assets import asset

CSS = Path(__file__).parents[2] / "static" / "css"
BUDGET = 12_500
THEMES = ("light", "night", "sepia")
SURFACES = ("paper", "surface", "sunken")
TEXT = [
    *product(("ink", "ink-soft"), SURFACES),
    *product(("link", "accent-ink"), ("paper", "surface")),
    *product(("ink",), ("accent-tint", "good-tint", "warn-tint", "bad-tint", "info-tint")),
    *((kind, f"{kind}-tint") for kind in ("good", "warn", "bad", "info")),
    ("accent-ink", "accent-tint"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("on-mark", "mark"),
    ("bad", "surface"),
    ("bad", "paper"),
]
BOUNDARIES = list(product(("line-strong", "focus", "accent"), SURFACES))


def colours(file):
    text = (CSS / file).read_text(encoding="utf-8")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))


def theme(name):
    light = colours("tokens.css")
    return light if name == "light" else light | colours(f"themes/{name}.css")


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_guidelines_say():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_all_text_reaches_seven_to_one(name):
    tokens = theme(name)
    weak = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in TEXT}
    assert {pair: round(value, 2) for pair, value in weak.items() if value < 7} == {}


@pytest.mark.parametrize("name", THEMES)
def test_what_bounds_a_control_reaches_three_to_one(name):
    tokens = theme(name)
    weak = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in BOUNDARIES}
    assert {pair: round(value, 2) for pair, value in weak.items() if value < 3} == {}


def files():
    return sorted(CSS.rglob("*.css"))


def test_the_entry_imports_every_file_once():
    entry = (CSS / "app.css").read_text(encoding="utf-8")
    imported = re.findall(r'@import url\("([^"]+)"\) layer\(\w+\);', entry)
    assert sorted(imported) == [
        str(file.relative_to(CSS)) for file in files() if file.name != "app.css"
    ]


def test_the_one_sheet_that_a_tablet_fetches_stays_within_its_budget(client):
    sheet = client.get(asset("css/app.css"), headers={"Accept-Encoding": "gzip"})
    assert sheet.headers["Content-Encoding"] == "gzip"
    assert len(sheet.data) < BUDGET


def test_every_token_used_is_defined():
    text = "\n".join(file.read_text(encoding="utf-8") for file in files())
    assert set(re.findall(r"var\((--[\w-]+)", text)) <= set(re.findall(r"(--[\w-]+):", text))


def test_nothing_is_fetched_from_elsewhere():
    for file in files():
        assert re.findall(r"url\(\"?(?:https?:|//|data:)", file.read_text(encoding="utf-8")) == []


def test_lines_are_never_set_closer_than_vietnamese_marks_allow():
    text = "\n".join(file.read_text(encoding="utf-8") for file in files())
    heights = [float(value) for value in re.findall(r"line-height: ([\d.]+);", text)]
    assert heights
    assert min(heights) >= 1.5


def test_words_are_never_set_in_capitals():
    for file in files():
        assert "uppercase" not in file.read_text(encoding="utf-8")
