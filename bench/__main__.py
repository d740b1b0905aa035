"""Print the table of measurements."""

import tempfile
from pathlib import Path

from bench import (
    agenda,
    backup,
    entry,
    extraction,
    ledger,
    memory,
    ocr,
    preparation,
    reading,
    stopping,
)
from bench.product import running


def main() -> None:
    """Measure what the budgets name and print one line each."""
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        rows += preparation.measure()
        rows += ocr.measure()
        rows += extraction.measure()
        rows += ledger.measure()
        rows += backup.measure()
        with running(Path(folder)) as product:
            rows += memory.measure(product)
            rows += agenda.measure(product)
            rows += reading.measure(product)
            rows += entry.measure(product)
            rows += stopping.measure(product)
    for name, value, goal in rows:
        print(f"{name:<64} {value:>28}   {goal}")


if __name__ == "__main__":
    main()
