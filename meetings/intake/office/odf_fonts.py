"""Repair the text of an OpenDocument file run by run, each by the font it is set in."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from meetings.intake.legacy import guess, of_font, repair

_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_SVG = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_PARTS = ("styles.xml", "content.xml")  # in this order: what is said refers to its style
_STRING_VALUE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}string-value"
_SERIF, _SANS = "Times New Roman", "Arial"
_LIKE_SANS = re.compile(r"arial|helve|avant|univers|swiss", re.IGNORECASE)
_FACE = f"{{{_STYLE}}}font-face"
_NAME = f"{{{_STYLE}}}name"
_FAMILIES = (f"{{{_STYLE}}}font-name", f"{{{_FO}}}font-family", f"{{{_SVG}}}font-family")
_PARAGRAPHS = {f"{{{_TEXT}}}p", f"{{{_TEXT}}}h"}
_CELL_STYLE = f"{{{_TABLE}}}style-name"
_READER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def repair_fonts(source: Path, target: Path) -> None:
    """Write a copy of an OpenDocument file in which no old font is left."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        repaired: dict[str, bytes] = {}
        for folder in _folders(before):
            repaired |= repaired_parts(before, folder)
        for info in before.infolist():
            after.writestr(info, repaired.get(info.filename) or before.read(info))


def _folders(archive: zipfile.ZipFile) -> set[str]:
    """Return the folders of the document and of those that are objects in it."""
    return {
        name.removesuffix(part)
        for name in archive.namelist()
        for part in _PARTS
        if name == part or name.endswith(f"/{part}")
    }


def repaired_parts(archive: zipfile.ZipFile, folder: str = "") -> dict[str, bytes]:
    """Return the parts of a document that hold text, by name, in which no old font is left."""
    fonts: dict[str, str | None] = {}
    there = set(archive.namelist())
    names = (f"{folder}{part}" for part in _PARTS)
    return {name: _repaired(archive.read(name), fonts) for name in names if name in there}


def _repaired(content: bytes, fonts: dict[str, str | None]) -> bytes:
    """Repair one part; `fonts` collects those of the styles, also for the parts after it."""
    root = etree.fromstring(content, _READER)
    _collect(root, fonts)
    for paragraph in root.iter(*_PARAGRAPHS):
        _repair_paragraph(paragraph, fonts)
    for element in root.iter():
        element.attrib.pop(_STRING_VALUE, None)  # it would win over the paragraph, unrepaired
        _rename(element)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _collect(root: etree._Element, fonts: dict[str, str | None]) -> None:
    families = {
        face.get(f"{{{_STYLE}}}name"): face.get(f"{{{_SVG}}}font-family", "").strip("'\"")
        for face in root.iter(f"{{{_STYLE}}}font-face")
    }
    parents: dict[str, str] = {}
    for style in root.iter(f"{{{_STYLE}}}style", f"{{{_STYLE}}}default-style"):
        name = style.get(f"{{{_STYLE}}}name", f"default:{style.get(f'{{{_STYLE}}}family')}")
        text = style.find(f"{{{_STYLE}}}text-properties")
        said = None if text is None else text.get(f"{{{_STYLE}}}font-name")
        if said is None and text is not None:
            said = text.get(f"{{{_FO}}}font-family")
        fonts[name] = families.get(said, said)
        parents[name] = style.get(f"{{{_STYLE}}}parent-style-name", "")
    for name in parents:
        fonts[name] = _inherited(name, fonts, parents)


def _inherited(name: str, fonts: dict[str, str | None], parents: dict[str, str]) -> str | None:
    for _ in range(20):
        if fonts.get(name) or name not in parents:
            return fonts.get(name)
        name = parents[name]
    return None


def _repair_paragraph(paragraph: etree._Element, fonts: dict[str, str | None]) -> None:
    """Repair the runs of a paragraph; those without an old font by what these together say."""
    runs = [(text, of_font(font or ""), *place) for text, font, *place in _runs(paragraph, fonts)]
    fallback = guess("".join(text for text, known, *_ in runs if known is None))
    for text, known, element, is_tail in runs:
        encoding = known or fallback
        if encoding is None:
            continue
        shown = repair(text, encoding)
        if is_tail:
            element.tail = shown
        else:
            element.text = shown


def _runs(
    paragraph: etree._Element, fonts: dict[str, str | None]
) -> Iterator[tuple[str, str | None, etree._Element, bool]]:
    """Yield each piece of text, its font, and the element in or behind which it stands."""
    around = _font_around(paragraph, fonts)

    def inside(
        element: etree._Element, font: str | None
    ) -> Iterator[tuple[str, str | None, etree._Element, bool]]:
        own = fonts.get(element.get(f"{{{_TEXT}}}style-name", "")) or font
        if element.text:
            yield element.text, own, element, False
        for child in element:
            if child.tag not in _PARAGRAPHS:
                yield from inside(child, own)
            if child.tail:
                yield child.tail, own, child, True

    yield from inside(paragraph, around)


def _font_around(element: etree._Element, fonts: dict[str, str | None]) -> str | None:
    """Return the font that the cell or frame around a paragraph gives it."""
    for parent in element.iterancestors():
        for attribute, value in parent.attrib.items():
            if str(attribute).endswith("style-name") and fonts.get(str(value)):
                return fonts[str(value)]
        if parent.tag == f"{{{_TABLE}}}table-cell" and not parent.get(_CELL_STYLE):
            return fonts.get("Default") or fonts.get("default:table-cell")
    return fonts.get("Standard") or fonts.get("default:paragraph")


def _rename(element: etree._Element) -> None:
    for attribute in (*_FAMILIES, _NAME) if element.tag == _FACE else _FAMILIES:
        name = element.get(attribute, "")
        if of_font(name):
            element.set(attribute, _SANS if _LIKE_SANS.search(name) else _SERIF)
