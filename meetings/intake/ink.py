"""How much of a page has ink; runs in the sandbox."""

import numpy as np
import pypdfium2

CELLS = (42, 60)  # across and down
POINTS = 8  # of a cell, across and down
CONTRAST = 60


def ink_of(page: pypdfium2.PdfPage) -> float:
    """Return the share of the cells of a page in which something dark or coloured stands."""
    scale = POINTS * CELLS[0] / max(page.get_width(), 1)
    grey = page.render(scale=scale, grayscale=True).to_numpy()
    rows, columns = (size // POINTS * POINTS for size in grey.shape[:2])
    if not rows or not columns:
        return 0.0
    cells = grey[:rows, :columns].reshape(rows // POINTS, POINTS, columns // POINTS, POINTS)
    return float(np.mean(np.ptp(cells, axis=(1, 3)) > CONTRAST))
