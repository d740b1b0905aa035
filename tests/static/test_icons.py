import gzip
import re
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[2]
SPRITE = ROOT / "static" / "icons" / "sprite.svg"
SVG = "{http://www.w3.org/2000/svg}"
USES = re.compile(r"""icon\("([\w-]+)"\)|icon_name="([\w-]+)"|symbol = "([\w-]+)\"""")


def symbols():
    return ET.parse(SPRITE).getroot().findall(f"{SVG}symbol")


def names():
    return [symbol.get("id") for symbol in symbols()]


def test_icons_are_drawn_on_one_grid_and_listed_in_order():
    assert {symbol.get("viewBox") for symbol in symbols()} == {"0 0 24 24"}
    assert names() == sorted(set(names()))


def test_icons_take_the_colour_of_their_words():
    text = SPRITE.read_text(encoding="utf-8")
    assert "fill=" not in text
    assert "stroke=" not in text


def test_icons_stay_within_their_budget():
    assert len(gzip.compress(SPRITE.read_bytes())) < 3_000


def test_every_icon_that_a_template_names_is_drawn():
    used = set()
    for template in (ROOT / "templates").rglob("*.html"):
        for groups in USES.findall(template.read_text(encoding="utf-8")):
            used.update(filter(None, groups))
    assert len(used) > 10
    assert used <= set(names())


def test_every_place_of_the_navigation_has_its_icon():
    from meetings.web.navigation import PLACES

    assert {place.icon for place in PLACES} <= set(names())
