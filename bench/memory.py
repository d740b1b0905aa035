"""Memory of web and worker together, at rest."""

import time

import psutil

from bench.product import Product

MEBIBYTE = 1024 * 1024


def measure(product: Product) -> list[tuple[str, str, str]]:
    """Return the proportional share of memory of every process of the product."""
    time.sleep(2)
    parent = psutil.Process(product.process.pid)
    family = [parent, *parent.children(recursive=True)]
    total = sum(one.memory_full_info().pss for one in family) / MEBIBYTE
    return [("idle memory, web + worker + supervisor", f"{total:.0f} MB", "goal <= 220 MB")]
