"""Say beside the index which program made it and how far it came."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from search_index.analysis import VERSION
from search_index.errors import IndexDamaged
from search_index.writing import sync

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Hold the generation of the last commit and the analysis that made all of them."""

    generation: int
    analysis: int = VERSION


def read(folder: Path) -> Manifest:
    """Return the manifest of an index that this program can use; raise IndexDamaged otherwise."""
    try:
        manifest = Manifest(**json.loads((folder / NAME).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        message = f"{folder} holds no readable {NAME}"
        raise IndexDamaged(message) from error
    if manifest.analysis != VERSION:
        message = f"{folder} was made by analysis {manifest.analysis}, this is {VERSION}"
        raise IndexDamaged(message)
    return manifest


def write(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in the place of the one before."""
    draft = folder / f"{NAME}.{os.getpid()}"
    draft.write_text(json.dumps(asdict(manifest)), "utf-8")
    sync(draft)
    draft.replace(folder / NAME)
    sync(folder)
