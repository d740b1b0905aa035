"""Documents as a person would write them down, and the shelf that they make."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from hypothesis import strategies as st

from meetings.archive.kept.narrowing import VALIDITIES
from meetings.archive.kept.shelf import KINDS, Names, Shelf, day_number
from meetings.models import DocumentType

SOME_KINDS = (DocumentType.RESOLUTION, DocumentType.REPORT, DocumentType.PLAN)
WORDS = ("", "Tỉnh ủy Lào Cai", "TỈNH UỶ LÀO CAI", "Đảng ủy xã Tân Lập", "Giàng A Páo")


@dataclass(frozen=True)
class Entry:
    """A document as a person would write it down."""

    kind: DocumentType
    day: date | None
    issuer: str
    signer: str
    validity: int
    number: int = 0


entries = st.lists(
    st.builds(
        Entry,
        kind=st.sampled_from(SOME_KINDS),
        day=st.none() | st.dates(date(2023, 11, 1), date(2025, 2, 28)),
        issuer=st.sampled_from(WORDS),
        signer=st.sampled_from(WORDS),
        validity=st.integers(-1, len(VALIDITIES) - 1),
        number=st.integers(0, 3),
    ),
    max_size=12,
)


def shelved(line):
    """Return a shelf of documents, each under a name that tells its place."""
    names, words = Names(), Names()
    for at in range(len(line)):
        names.code(f"{at:032}")
    nothing = [0] * len(line)
    columns = {
        "kinds": [KINDS.index(one.kind) for one in line],
        "days": [day_number(one.day) for one in line],
        "issuers": [words.code(one.issuer) for one in line],
        "signers": [words.code(one.signer) for one in line],
        "numbers": [one.number for one in line],
        **dict.fromkeys(("starts", "ends", "owners"), nothing),
    }
    arrays = {name: np.array(each, np.int32) for name, each in columns.items()}
    return Shelf(names, words, Names(), **arrays)
