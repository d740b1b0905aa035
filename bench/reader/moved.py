"""Notes on the new version of a paper, of fifty pairs whose every word is known."""

from collections import Counter

from tests.meetings.reader.moving.test_placing import PAIRS, outcomes

Row = tuple[str, str, str]


def measure() -> list[Row]:
    """Return the share of notes that stand where they belong, and how many stand wrong."""
    found: Counter[str] = Counter()
    for seed in range(PAIRS):
        found.update(outcomes(seed))
    kept = found["right"] + found["missed"] + found["wrong"]
    value = f"{found['right'] / kept:.1%}, {found['wrong']} on wrong words"
    return [(f"notes on a new version, {PAIRS} pairs", value, "goal >= 95 %, 0")]
