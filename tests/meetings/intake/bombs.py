"""Twenty-five small files that ask for endless memory, time or room."""

import zlib
from collections.abc import Callable

HEAD = b"%PDF-1.7\n"
MEBI = 1 << 20


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """Return a file of numbered objects with a table of where they stand."""
    body, places = bytearray(HEAD), []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    rows = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
    end = b"trailer<</Root %d 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF"
    return bytes(body) + rows + end % (root, len(objects) + 1, len(body))


def stream(data: bytes, facts: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (facts, len(data), data)


def squeezed(size: int, times: int = 1, byte: bytes = b" ") -> bytes:
    """Return many equal bytes, squeezed as often as asked."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(byte * MEBI) for _ in range(size // MEBI)) + packer.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    filters = b"/Filter[%b]" % (b"/FlateDecode" * times)
    return stream(data, filters)


def page(content: bytes, *others: bytes, facts: bytes = b"/MediaBox[0 0 595 842]") -> bytes:
    """Return a file with one page; what else it needs begins at object 5."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R%b>>" % facts,
        content,
        *others,
    )


def drawing(text: bytes) -> bytes:
    return page(stream(zlib.compress(text, 9), b"/Filter/FlateDecode"))


def picture(width: int, height: int, *, colours: bytes = b"/DeviceRGB", data: bytes | None = None):
    facts = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%b"
    image = squeezed(64 * MEBI) if data is None else data
    image = image.replace(b"<<", b"<<" + facts % (width, height, colours), 1)
    use = b"/MediaBox[0 0 595 842]/Resources<</XObject<</I 5 0 R>>>>"
    return page(stream(b"q 595 0 0 842 0 0 cm /I Do Q"), image, facts=use)


def forms(deep: int, wide: int) -> bytes:
    """Return a page whose drawing calls a drawing that calls a drawing, several times each."""
    made = []
    for level in range(deep):
        deeper = b"/F 0 0 R" if level == deep - 1 else b"/F %d 0 R" % (6 + level)
        facts = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<%b>>>>" % deeper
        made.append(stream(b"/F Do " * wide if level < deep - 1 else b"0 0 9 9 re f", facts))
    use = b"/MediaBox[0 0 595 842]/Resources<</XObject<</F 5 0 R>>>>"
    return page(stream(b"/F Do " * wide), *made, facts=use)


def tree(deep: int) -> bytes:
    """Return a file whose page lies under thousands of nodes."""
    nodes = [
        b"<</Type/Pages/Count 1/Kids[%d 0 R]%b>>"
        % (number + 1, b"/Parent %d 0 R" % (number - 1) if number > 2 else b"")
        for number in range(2, deep + 2)
    ]
    leaf = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]>>" % (deep + 1)
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", *nodes, leaf)


def circle() -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>",
    )


def many_pages(number: int) -> bytes:
    kids = b"3 0 R " * number
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, number),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )


def object_stream(number: int) -> bytes:
    inner = stream(zlib.compress(b"1 0 " * number + b"<<>>" * 9), b"/Filter/FlateDecode")
    facts = b"/Type/ObjStm/N %d/First %d" % (number, 4 * number)
    return page(stream(b""), inner.replace(b"<<", b"<<" + facts, 1))


def table(rows: int) -> bytes:
    """Return a file whose table of objects claims rows without end."""
    whole = page(stream(b""))
    return whole.replace(b"xref\n0 5\n", b"xref\n0 %d\n" % rows)


def predicted(columns: int) -> bytes:
    parameters = b"/DecodeParms<</Predictor 15/Columns %d>>" % columns
    data = stream(zlib.compress(bytes(64 * MEBI), 9), b"/Filter/FlateDecode" + parameters)
    return page(data)


def filtered(name: bytes, data: bytes) -> bytes:
    return page(stream(data, b"/Filter/" + name))


def shading() -> bytes:
    function = b"<</FunctionType 4/Domain[0 1]/Range[0 1]/Length 9>>stream\n{dup mul }\nendstream"
    paint = b"<</ShadingType 1/ColorSpace/DeviceGray/Function 6 0 R/Matrix[.001 0 0 .001 0 0]>>"
    use = b"/MediaBox[0 0 14400 14400]/Resources<</Shading<</S 5 0 R>>>>"
    return page(stream(b"/S sh " * 20_000), paint, function, facts=use)


def tiling() -> bytes:
    facts = (
        b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .001/YStep .001/Resources<<>>"
    )
    use = b"/MediaBox[0 0 14400 14400]/Resources<</Pattern<</P 5 0 R>>>>"
    content = stream(b"/Pattern cs /P scn 0 0 14400 14400 re f")
    return page(content, stream(b"0 0 1 1 re f", facts), facts=use)


BOMBS: dict[str, Callable[[], bytes]] = {
    "blanks squeezed once": lambda: page(squeezed(1024 * MEBI)),
    "blanks squeezed twice": lambda: page(squeezed(1024 * MEBI, 2)),
    "blanks squeezed three times": lambda: page(squeezed(2048 * MEBI, 3)),
    "curves without end": lambda: drawing(b"0 0 1 1 9 9 c " * 2_000_000),
    "states saved without end": lambda: drawing(b"q " * 10_000_000),
    "brackets without end": lambda: drawing(b"[" * 20_000_000),
    "words without end": lambda: drawing(b"BT " + b"(a) Tj " * 3_000_000 + b"ET"),
    "a picture of many pixels": lambda: picture(60_000, 60_000),
    "a picture of one endless row": lambda: picture(2_000_000_000, 1),
    "a picture of four colours": lambda: picture(30_000, 30_000, colours=b"/DeviceCMYK"),
    "a picture without data": lambda: picture(65_500, 65_500, data=stream(b"")),
    "drawings in drawings": lambda: forms(30, 10),
    "drawings in long chains": lambda: forms(2000, 1),
    "a page under many nodes": lambda: tree(20_000),
    "pages in a circle": circle,
    "more pages than anybody reads": lambda: many_pages(1_000_000),
    "a stream of many objects": lambda: object_stream(5_000_000),
    "a table of many objects": lambda: table(2_000_000_000),
    "rows foreseen without end": lambda: predicted(2_000_000_000),
    "a page as large as a field": lambda: page(stream(b""), facts=b"/MediaBox[0 0 9e9 9e9]"),
    "runs of equal bytes": lambda: filtered(b"RunLengthDecode", b"\x81 " * 4_000_000),
    "words of a dictionary": lambda: filtered(b"LZWDecode", b"\x80\x0b\x60\x50" * 2_000_000),
    "figures of five": lambda: filtered(b"ASCII85Decode", b"z" * 20_000_000),
    "a colour for each point": shading,
    "a pattern of tiny tiles": tiling,
}
