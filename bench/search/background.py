"""Count in public legal texts how common terms are: `python -m bench.search.background FOLDER`.

Writes the table that the product ships: per field the commonest terms and, after each, on how many
pages of so many it stands. Terms and numbers only; no sentence of the texts is kept.
"""

import sys
from collections import Counter
from pathlib import Path

from bench.search.corpus import WORDS_A_PAGE, paragraphs
from search_index.analysis import exact_key, fold_key, pair_keys, tokens
from search_index.background import TABLE

KEPT = {"words": 2500, "exact": 3500, "pairs": 9000}


def main() -> None:
    """Write the table."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    having: dict[str, Counter[str]] = {field: Counter() for field in KEPT}
    line = [word for paragraph in paragraphs(Path(sys.argv[1])) for word in paragraph]
    pages = 0
    for at in range(0, len(line), WORDS_A_PAGE):
        words = [token.text for token in tokens(" ".join(line[at : at + WORDS_A_PAGE]))]
        folded = [fold_key(word) for word in words]
        having["words"].update(set(folded))
        having["exact"].update({exact_key(word) for word in words})
        having["pairs"].update(set(pair_keys(folded)))
        pages += 1
    lines = [f"pages\t{pages}"]
    for field, counts in having.items():
        plain = {term: n for term, n in counts.items() if not any(map(str.isdigit, term))}
        common = Counter(plain).most_common(KEPT[field])
        lines.append(f"[{field}]")
        lines += [f"{term}\t{count}" for term, count in sorted(common)]
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} lines, {pages} pages, {TABLE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
