"""Pictures that a camera reads (QR codes, ISO/IEC 18004)."""

from dataclasses import dataclass

import segno

QUIET = 4


@dataclass(frozen=True)
class QrCode:
    """The dark squares of a code, as the path of an SVG of that size."""

    size: float
    path: str


def qr_code(text: str) -> QrCode:
    """Return the code of a text."""
    code = segno.make_qr(text)
    rows = enumerate(code.matrix, QUIET)
    dark = ((x, y) for y, row in rows for x, square in enumerate(row, QUIET) if square)
    path = "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)
    return QrCode(code.symbol_size(border=QUIET)[0], path)
