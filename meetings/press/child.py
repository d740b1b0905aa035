"""The child process that loads the typesetter: a question as argument, HTML in, PDF out."""

import logging
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any, NoReturn

from meetings.press.pdf import UNAVAILABLE

FAMILY = "Liberation Serif"
PACKAGE = "fonts-liberation2"
STYLES = ("", "font-weight:bold", "font-style:italic", "font-weight:bold;font-style:italic")
# the Vietnamese letters that older fonts of the same name lack, then the rest of the alphabet
LETTERS = "".join(map(chr, range(0x1EA0, 0x1EFA))) + "ĂăÂâĐđÊêÔôƠơƯư"


def main(question: str) -> None:
    """Answer one question on standard output."""
    # WeasyPrint warns of what it cannot fetch; the answer alone counts here
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        _give_up(f"PDF cannot be made here: {error}. Install WeasyPrint and libpango.")
    answer = QUESTIONS[question](weasyprint, sys.stdin.buffer.read().decode())
    sys.stdout.buffer.write(answer)


def _page(weasyprint: Any, html: str) -> bytes:
    # the widths of columns are attributes of <col>
    return bytes(_open(weasyprint, html).write_pdf(presentational_hints=True))


def _font(weasyprint: Any, _html: str) -> bytes:
    """Return what is wrong with the fonts that the system gives for FAMILY, by their contents."""
    lines = "".join(f'<p style="{style}">{LETTERS}</p>' for style in STYLES)
    page = f"<style>body {{ font-family: '{FAMILY}' }}</style>{lines}"
    probe = _open(weasyprint, page).render()
    # full fonts, or else each would be cut to the letters it was used for
    probe.write_pdf(full_fonts=True)
    read = weasyprint.pdf.fonts.TTFont
    for font in probe.fonts.values():
        letters = read(BytesIO(font.file_content), fontNumber=font.index).getBestCmap()
        if font.family != FAMILY or set(map(ord, LETTERS)) - letters.keys():
            return f"{FAMILY} lacks Vietnamese letters; install the package {PACKAGE}.".encode()
    return b""


def _open(weasyprint: Any, html: str) -> Any:
    """Return the page, with a fetcher that knows no protocol: a document fetches nothing."""
    return weasyprint.HTML(
        string=html, url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols=())
    )


def _give_up(message: str) -> NoReturn:
    sys.stderr.write(message)
    sys.exit(UNAVAILABLE)


QUESTIONS: dict[str, Callable[[Any, str], bytes]] = {"page": _page, "font": _font}

if __name__ == "__main__":
    main(sys.argv[1])
