"""Print the table of the index beside Tantivy: `python -m bench.search FOLDER [PAPERS ...]`.

Below each size stands the search page over HTTP (`bench.search.web`).
FOLDER holds public legal texts, one JSON object with a `text` a line, in *.jsonl.gz.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.search import measures, web
from bench.search.report import rows

SIZES = (10_000, 100_000)


def main() -> None:
    """Measure each size in processes of their own and print one line a figure."""
    if sys.argv[1:2] == ["--step"]:
        print(json.dumps(measures.step(*sys.argv[2:])))
        return
    if len(sys.argv) < 2 or not Path(sys.argv[1]).is_dir():
        sys.exit(__doc__)
    sizes = [int(size) for size in sys.argv[2:]] or SIZES
    figures = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            figures[size] = {
                name: _run(name, sys.argv[1], str(size), folder) for name in measures.STEPS
            }
        for name, value, goal in rows(size, figures):
            print(f"{name:<64} {value:>28}   {goal}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            for name, value, goal in web.measured(Path(sys.argv[1]), size, Path(folder)):
                print(f"{name:<64} {value:>28}   {goal}", flush=True)


def _run(*arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.search", "--step", *arguments]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    figures: dict[str, float] = json.loads(answer)
    return figures


if __name__ == "__main__":
    main()
