"""The squares of a QR code, as the path of a drawing."""

from dataclasses import dataclass

import segno

QUIET = 4


@dataclass(frozen=True)
class Squares:
    """A code as an SVG of this size with this path."""

    size: float
    path: str


def squares(text: str) -> Squares:
    """Return the code of a text, with the quiet rim that cameras need."""
    code = segno.make_qr(text)
    rows = enumerate(code.matrix, QUIET)
    dark = ((x, y) for y, row in rows for x, square in enumerate(row, QUIET) if square)
    path = "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)
    return Squares(code.symbol_size(border=QUIET)[0], path)
