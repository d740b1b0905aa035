"""Make the light picture of a page from its picture: four greys, for poor networks.

Runs in the sandbox: the child that drew the picture had read a stranger's file.
"""

from pathlib import Path

from PIL import Image

from meetings.intake.prepared import LIGHT_WIDTH

# Whatever is darker than ink is black and whatever is brighter than paper is white: letters keep
# their edges, and the grain of a scan, which costs most of its bytes, goes.
INK, PAPER = 96, 192
STEPS = 3
GREYS = [
    round(min(max((tone - INK) / (PAPER - INK), 0), 1) * STEPS) * (255 // STEPS)
    for tone in range(256)
]
LETTERS = {"lossless": True, "method": 4, "quality": 50}


def lighten(source: Path, target: Path) -> None:
    """Write the light picture of a page's picture."""
    with Image.open(source, formats=("WEBP",)) as picture:
        height = max(1, round(picture.height * LIGHT_WIDTH / picture.width))
        shrunk = picture.convert("L").resize((LIGHT_WIDTH, height), Image.Resampling.LANCZOS)
    shrunk.point(GREYS).save(target, "WEBP", **LETTERS)
