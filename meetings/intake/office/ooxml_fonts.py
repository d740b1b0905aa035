"""Which font the styles of an OOXML file give a run or a cell."""

from collections.abc import Mapping, Sequence

from lxml import etree

from meetings.intake.office.runs import FontOf, own

_LONGEST_CHAIN = 20


def document_fonts(styles: etree._Element | None) -> FontOf:
    """Return how to tell the font of a text of Word: its own, its style's, or the document's."""
    named: dict[str, str | None] = {}
    based: dict[str, str | None] = {}
    default: str | None = None
    for style in () if styles is None else styles.iter("{*}style"):
        name = own(style, "styleId") or ""
        named[name] = _font_in(style.find("{*}rPr"))
        based[name] = _value(style.find("{*}basedOn"))
        if own(style, "default") == "1" and own(style, "type") == "paragraph":
            default = name
    general = None if styles is None else _font_in(styles.find(".//{*}rPrDefault/{*}rPr"))
    inherited = {name: _inherited(name, named, based) for name in named}

    def font_of(text: etree._Element) -> str | None:
        run = next(text.iterancestors("{*}r"), None)
        paragraph = next(text.iterancestors("{*}p"), None)
        properties = None if run is None else run.find("{*}rPr")
        own_font = _font_in(properties)
        styled = (_styled(properties, "rStyle"), _styled_paragraph(paragraph), default)
        fonts = (inherited.get(style) for style in styled if style)
        return own_font or next(filter(None, fonts), None) or general

    return font_of


def theme_font(theme: etree._Element | None) -> str | None:
    """Return the font that slides have where they name none."""
    latin = None if theme is None else theme.find(".//{*}minorFont/{*}latin")
    return None if latin is None else latin.get("typeface")


def cell_fonts(styles: etree._Element | None) -> Sequence[str | None]:
    """Return the font of each style that a cell may have, by its number."""
    if styles is None:
        return ()
    fonts = [_value(font.find("{*}name")) for font in styles.iterfind("{*}fonts/{*}font")]
    numbers = (int(style.get("fontId") or 0) for style in styles.iterfind("{*}cellXfs/{*}xf"))
    return [fonts[number] if number < len(fonts) else None for number in numbers]


def _font_in(properties: etree._Element | None) -> str | None:
    fonts = None if properties is None else properties.find("{*}rFonts")
    return None if fonts is None else own(fonts, "ascii") or own(fonts, "hAnsi")


def _inherited(
    name: str, named: Mapping[str, str | None], based: Mapping[str, str | None]
) -> str | None:
    style: str | None = name
    for _ in range(_LONGEST_CHAIN):
        if style is None or named.get(style):
            break
        style = based.get(style)
    return named.get(style) if style else None


def _styled_paragraph(paragraph: etree._Element | None) -> str | None:
    return None if paragraph is None else _styled(paragraph.find("{*}pPr"), "pStyle")


def _styled(properties: etree._Element | None, kind: str) -> str | None:
    return None if properties is None else _value(properties.find(f"{{*}}{kind}"))


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else own(element, "val")
