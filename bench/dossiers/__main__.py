"""Score the dossiers of any seeds: FIRST LAST [PAGES, to read pictures of so many at most]."""

import sys

from bench.dossiers import pictures, rows_of, scored, slips

if __name__ == "__main__":
    first, last, *most = map(int, sys.argv[1:])
    seeds = range(first, last + 1)
    found = scored(seeds, pictures.read, most=most[0]) if most else scored(seeds, slips.read)
    for row in rows_of(f"seeds {first} to {last}", found):
        print(f"{row[0]:<64} {row[1]:>28}   {row[2]}")
    print("mistakes, true and told:", found.mistakes.most_common(20))
