"""Even out the light on a photographed page, for the reader to see ink and not shadow."""

import numpy as np
from PIL import Image, ImageFilter

SMALL = 200  # pixels across; letters vanish, shadows stay
AROUND = 9  # pixels of the small picture, wider than a line of letters is high
UNEVEN = 25  # of 255, between the light of most of the page and of its darker parts
DARKEST = 8  # a table's edge beside the page is no shadow upon it


def evened(picture: Image.Image) -> Image.Image:
    """Return a grey picture whose paper is white all over; an evenly lit one as it is."""
    small = picture.resize((SMALL, max(1, round(picture.height * SMALL / picture.width))))
    paper = small.filter(ImageFilter.MaxFilter(AROUND)).filter(ImageFilter.GaussianBlur(AROUND))
    light = np.asarray(paper)
    if float(np.percentile(light, 80) - np.percentile(light, 20)) < UNEVEN:
        return picture
    ground = np.asarray(paper.resize(picture.size, Image.Resampling.BILINEAR), dtype=np.float32)
    seen = np.asarray(picture, dtype=np.float32) / np.maximum(ground, DARKEST)
    return Image.fromarray((np.clip(seen, 0, 1) * 255).astype(np.uint8))
