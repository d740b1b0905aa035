"""Draw a page for a person who has to look at it; runs in the sandbox."""

import io
from contextlib import closing
from itertools import islice
from pathlib import Path

from PIL import Image

from meetings.intake.kinds import BY_MEDIA_TYPE, Family
from meetings.intake.papers import document, opened
from meetings.intake.pictures import draw
from meetings.intake.secrecy.gate import frames

WIDTH = 1000


def look(path: Path, media_type: str, number: int) -> bytes:
    """Return a page, or a frame of a picture, as a JPEG."""
    if BY_MEDIA_TYPE[media_type].family is Family.PDF:
        with closing(document(path)) as pdf, opened(pdf, number) as page:
            drawn = draw(page, WIDTH)
    else:
        drawn = next(islice((frame for at, frame, _ in frames(path) if at == number), 1))
    drawn.thumbnail((WIDTH, 2 * WIDTH), Image.Resampling.LANCZOS)
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", quality=75)
    return kept.getvalue()
