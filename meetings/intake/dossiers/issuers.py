"""Tell who issued a paper, by its letterhead or by who signs it."""

from collections.abc import Sequence

from meetings.intake.dossiers.nearness import bare, find, grams, letters
from meetings.intake.dossiers.rules import HEADINGS, SIGNATURES, Issuer
from meetings.intake.dossiers.zones import Zone, joined
from meetings.intake.header.lines import Line

LEFT_HALF = 0.45
SHORTEST = 4  # letters of a body's name
OPPOSED = ({Issuer.CELL, Issuer.COMMITTEE}, {Issuer.PARTY, Issuer.STATE})


def issuers_of(head: Sequence[Line]) -> frozenset[Issuer]:
    """Return what the letterhead says of who issued a paper."""
    text = joined(head)
    found = set[Issuer]()
    bodies = [
        name
        for line in head
        if line.middle < LEFT_HALF and len(name := letters(line.text)) > SHORTEST
        if not name.startswith("so")
    ]
    for issuer in (Issuer.CELL, Issuer.COMMITTEE):
        wanted = bare(issuer)
        if bodies and find(wanted, last := bodies[-1][: len(wanted) + 1], grams(last), 1):
            found.add(issuer)
    zone = Zone(text)
    return frozenset(found | {issuer for issuer, said in HEADINGS.items() if zone.slips(said)})


def signers_of(lines: Sequence[Line]) -> frozenset[Issuer]:
    """Return for whom a paper is signed, as far as one body only signs on this page."""
    zone = Zone(joined(lines), strict=True)
    found = frozenset(issuer for issuer, said in SIGNATURES.items() if zone.slips(said))
    return found if len(found) == 1 else frozenset()
