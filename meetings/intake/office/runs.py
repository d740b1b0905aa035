"""Runs of text and their fonts, taken from the XML of office files in the order they are read."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from lxml import etree

READER = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True)
_PARAGRAPHS = {"p", "h"}
_ROWS = {"tr", "table-row"}
_UNSEEN = {"Fallback", "tracked-changes", "annotation", "instrText", "delText"}
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "s": " ", "noBreakHyphen": "-"}


class Run(NamedTuple):
    """A piece of text in one font; without a name, the font is not known."""

    text: str
    font: str | None = None


FontOf = Callable[[Any], str | None]


def parsed(content: bytes) -> etree._Element:
    """Return the root of a part, its entities left alone."""
    return etree.fromstring(content, READER)


def local(element: etree._Element) -> str:
    """Return an element's name without its space; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def own(element: etree._Element, name: str) -> str | None:
    """Return an attribute by its name, whatever its space."""
    return next(
        (str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name),
        None,
    )


def runs_of(
    root: etree._Element, font_of: FontOf, *, in_text: str | None, end: str = "\n"
) -> Iterator[Run]:
    """Yield the runs below an element, a line for each paragraph or row of a table.

    `in_text` names the element that alone holds text; without it all text counts.
    """
    name = local(root)
    if name in _UNSEEN or not name:
        return
    if name in _SPACES and root.text is None:
        yield Run(_SPACES[name])
    if root.text and (in_text is None or name == in_text):
        yield Run(root.text, font_of(root))
    inner = "\t" if name in _ROWS and not _is_layout(root) else end
    for child in root:
        yield from runs_of(child, font_of, in_text=in_text, end=inner)
        if child.tail and in_text is None:
            yield Run(child.tail, font_of(root))
    if name in _PARAGRAPHS or name in _ROWS:
        yield Run(end)


def _is_layout(row: etree._Element) -> bool:
    """Tell whether a row only puts blocks of text side by side, as a letterhead's does."""
    return any(sum(local(inner) in _PARAGRAPHS for inner in cell.iter()) > 1 for cell in row)
