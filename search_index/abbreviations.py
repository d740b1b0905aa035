"""Know the abbreviations that administrative documents use without explaining them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from search_index.query import And, Node, Or, Word, adjacent, combine, words_of

ABBREVIATIONS: Mapping[str, str] = {
    "ATTP": "an toàn thực phẩm",
    "BCH": "ban chấp hành",
    "BHXH": "bảo hiểm xã hội",
    "BHYT": "bảo hiểm y tế",
    "BTV": "ban thường vụ",
    "CCHC": "cải cách hành chính",
    "CĐS": "chuyển đổi số",
    "CNTT": "công nghệ thông tin",
    "ĐTC": "đầu tư công",
    "GPMB": "giải phóng mặt bằng",
    "HĐND": "hội đồng nhân dân",
    "HTX": "hợp tác xã",
    "KT-XH": "kinh tế xã hội",
    "MTTQ": "mặt trận tổ quốc",
    "NSNN": "ngân sách nhà nước",
    "NTM": "nông thôn mới",
    "PCTN": "phòng chống tham nhũng",
    "QP-AN": "quốc phòng an ninh",
    "TTHC": "thủ tục hành chính",
    "UBKT": "ủy ban kiểm tra",
    "UBND": "ủy ban nhân dân",
}
"""The table that a query uses unless the secretariat passes its own."""


@lru_cache(maxsize=4)
def _ways(table: tuple[tuple[str, str], ...]) -> Mapping[tuple[str, ...], Node]:
    """Return by the words of each form what the other form is; a table changes once a year."""
    ways: dict[tuple[str, ...], Node] = {}
    for short, full in table:
        forms = words_of(short), words_of(full)
        if all(forms):
            for form, other in (forms, forms[::-1]):
                ways[tuple(word.fold for word in form)] = adjacent(other)
    return ways


class Abbreviations:
    """Offer, for an abbreviation or the words it stands for, the choice of both."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._ways = _ways(tuple(table.items()))
        self._longest = max(map(len, self._ways), default=0)

    def expand(self, parts: Sequence[Node]) -> Iterator[Node]:
        """Yield the parts in order, a choice in place of those that have another form."""
        at = 0
        while at < len(parts):
            taken, part = self._choice(parts[at : at + self._longest] or parts[at : at + 1])
            yield part
            at += taken

    def _choice(self, parts: Sequence[Node]) -> tuple[int, Node]:
        for length in range(len(parts), 0, -1):
            run = [part for part in parts[:length] if isinstance(part, Word)]
            other = self._ways.get(tuple(word.fold for word in run))
            if other and len(run) == length:
                return length, Or((combine(run, And), other))
        return 1, parts[0]
