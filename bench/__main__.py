"""Print the table of measurements; names on the command line choose some of them.

`province=20000` measures one of them at another size.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import (
    agenda,
    backup,
    dossiers,
    entry,
    extraction,
    hall,
    intake,
    ledger,
    member_import,
    member_reports,
    memory,
    note_export,
    ocr,
    preparation,
    province,
    reading,
    stopping,
)
from bench.product import Product, running

Row = tuple[str, str, str]
ALONE: dict[str, Callable[..., list[Row]]] = {
    "preparation": preparation.measure,
    "ocr": ocr.measure,
    "extraction": extraction.measure,
    "ledger": ledger.measure,
    "backup": backup.measure,
    "notes": note_export.measure,
    "members": member_import.measure,
    "reports": member_reports.measure,
    "dossiers": dossiers.measure,
    "province": province.measure,
}
SERVED: dict[str, Callable[[Product], list[Row]]] = {
    "memory": memory.measure,
    "agenda": agenda.measure,
    "reading": reading.measure,
    "entry": entry.measure,
    "hall": hall.measure,
    "intake": intake.measure,
    "stopping": stopping.measure,  # last: it ends the product
}


def main(*chosen: str) -> None:
    """Measure what the budgets name and print one line each."""
    sizes = {name: size for name, _, size in (one.partition("=") for one in chosen)}
    names = set(sizes) or {*ALONE, *SERVED}
    if unknown := names - {*ALONE, *SERVED}:
        sys.exit(f"Nothing measures {', '.join(sorted(unknown))}: {', '.join([*ALONE, *SERVED])}")
    for name in (name for name in ALONE if name in names):
        size = sizes.get(name)
        show(ALONE[name](int(size)) if size else ALONE[name]())
    if names.intersection(SERVED):
        with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as product:
            for measure in (SERVED[name] for name in SERVED if name in names):
                show(measure(product))


def show(rows: list[Row]) -> None:
    """Print what was measured at once: a later measure that breaks takes no figure along."""
    for name, value, goal in rows:
        print(f"{name:<64} {value:>28}   {goal}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
