"""Print the table of measurements; names on the command line choose some of them."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

<<<<<<< HEAD
from bench import (
    agenda,
    backup,
    entry,
    extraction,
    hall,
    ledger,
    memory,
    ocr,
    preparation,
    reading,
    stopping,
)
from bench.product import Product, running

Row = tuple[str, str, str]
ALONE: dict[str, Callable[[], list[Row]]] = {
    "preparation": preparation.measure,
    "ocr": ocr.measure,
    "extraction": extraction.measure,
    "ledger": ledger.measure,
    "backup": backup.measure,
}
SERVED: dict[str, Callable[[Product], list[Row]]] = {
    "memory": memory.measure,
    "agenda": agenda.measure,
    "reading": reading.measure,
    "entry": entry.measure,
    "hall": hall.measure,
    "stopping": stopping.measure,  # last: it ends the product
}
=======
from bench import agenda, backup, entry, intake, ledger, memory, ocr, preparation, reading, stopping
from bench.product import running
>>>>>>> 4a3c158 (Measure thirty mixed files dropped on a meeting: first pages, all pages, all text searchable)


def main(*chosen: str) -> None:
    """Measure what the budgets name and print one line each."""
<<<<<<< HEAD
    names = set(chosen) or {*ALONE, *SERVED}
    if unknown := names - {*ALONE, *SERVED}:
        sys.exit(f"Nothing measures {', '.join(sorted(unknown))}: {', '.join([*ALONE, *SERVED])}")
    rows: list[Row] = []
    for name in (name for name in ALONE if name in names):
        rows += ALONE[name]()
    if names.intersection(SERVED):
        with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as product:
            for measure in (SERVED[name] for name in SERVED if name in names):
                rows += measure(product)
=======
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        rows += preparation.measure()
        rows += ocr.measure()
        rows += ledger.measure()
        rows += backup.measure()
        with running(Path(folder)) as product:
            rows += memory.measure(product)
            rows += agenda.measure(product)
            rows += reading.measure(product)
            rows += entry.measure(product)
            rows += intake.measure(product)
            rows += stopping.measure(product)
>>>>>>> 4a3c158 (Measure thirty mixed files dropped on a meeting: first pages, all pages, all text searchable)
    for name, value, goal in rows:
        print(f"{name:<64} {value:>28}   {goal}")


if __name__ == "__main__":
    main(*sys.argv[1:])
