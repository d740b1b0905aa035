"""Say how common a term is in public legal text, which no document of an archive changes.

Scores that depend on nothing else cannot tell a reader what the hidden documents hold.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("background.tsv")
PAGES = 12_466
"""Pages of the public text; weights are relative to this number."""

MEAN_LENGTH = 400.0
MEAN_LENGTHS = {"title": 16.0}

_RARE = 5
_AS_IN = {"title": "words", "body": "words", "bpair": "pairs", "tpair": "pairs"}


def background(field: str, term: str) -> int:
    """Return on how many of PAGES pages of public text a term stands; few where it is unknown."""
    return _table().get(_AS_IN.get(field, field), {}).get(term, _RARE)


@cache
def _table() -> Mapping[str, Mapping[str, int]]:
    fields: dict[str, dict[str, int]] = {}
    terms: dict[str, int] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("["):
            terms = fields[line.strip("[]")] = {}
        else:
            term, count = line.split("\t")
            terms[term] = int(count)
    return fields
