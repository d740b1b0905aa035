"""The user guide: the files of docs/user-guide as HTML, by language and name."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import markdown

GUIDE = Path(__file__).parents[3] / "docs" / "user-guide"
FOLDERS = {"vi": GUIDE, "en": GUIDE / "en"}
NAMES = ("delegate", "clerk", "researcher", "administrator")


class Topic(NamedTuple):
    """A chapter of the guide; the HTML is ours, from files that no reader can change."""

    name: str
    title: str
    html: str


@cache
def topics(locale: str) -> dict[str, Topic]:
    """Return the chapters of a language in reading order."""
    return {name: _read(FOLDERS[locale] / f"{name}.md", name) for name in NAMES}


def _read(file: Path, name: str) -> Topic:
    heading, _, text = file.read_text(encoding="utf-8").partition("\n")
    return Topic(name, heading.removeprefix("# ").strip(), markdown.markdown(text))
