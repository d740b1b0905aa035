"""Print how often a known document is found: `python bench/relevance.py --data DIR`."""

import argparse
import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Read the command line, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of texts and queries")
    parser.add_argument("--every", type=int, default=1, help="ask only every n-th query")
    parser.add_argument("--misses", action="store_true", help="list what was not found first")
    parser.add_argument("--only", help="measure one engine, by the beginning of its name")
    parser.add_argument("--keep", type=Path, help="folder in which the product's indexes stay")
    given = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    report = import_module("bench.findability.report")
    report.run(given.data, report.Wish(given.every, given.misses, given.only, given.keep))


if __name__ == "__main__":
    main()
