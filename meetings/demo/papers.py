"""The papers of the demo: front matter and text, references resolved, ready for the press."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from meetings.demo import markup
from meetings.demo.province import DATA, Body, Meeting, bodies, meetings, people
from meetings.press.dates import in_figures
from meetings.press.document import Document, Regime, Signature

# the day of Hướng dẫn 05-HD/VPTW
LAYOUT_OF_2026 = date(2026, 5, 27)
ROOM_FOR_A_NUMBER = "\N{NO-BREAK SPACE}" * 8
FENCE = "+++\n"
REFERENCE = re.compile(r"\[\[([a-z0-9+-]+)(?: (\w+))?\]\]")
PRINT_ONLY = ("author", "opening", "addressee_label", "urgency", "circulation", "contact")
TYPES = {
    "resolution": ("Nghị quyết", "NQ"),
    "decision": ("Quyết định", "QĐ"),
    "regulation": ("Quy định", "QĐ"),
    "statute": ("Quy chế", "QC"),
    "directive": ("Chỉ thị", "CT"),
    "conclusion": ("Kết luận", "KL"),
    "guideline": ("Hướng dẫn", "HD"),
    "notice": ("Thông báo", "TB"),
    "report": ("Báo cáo", "BC"),
    "submission": ("Tờ trình", "TTr"),
    "plan": ("Kế hoạch", "KH"),
    "programme": ("Chương trình", "CTr"),
    "scheme": ("Đề án", "ĐA"),
    "official_letter": ("Công văn", "CV"),
    "invitation": ("Giấy mời", "GM"),
    "speech": ("Tham luận", ""),
}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper: what the archive records of it, where it is laid, what it cites, how it prints."""

    key: str
    issuer: Body
    owner: Body
    doc_type: str
    number: int
    symbol: str
    abstract: str
    issued_on: date
    access: str
    released: bool
    meeting: str
    item: str
    relations: tuple[tuple[str, str], ...]
    """What it does to other papers: pairs of a relation's kind and a paper's key."""
    cites: frozenset[str]
    document: Document

    @property
    def title(self) -> str:
        """Return the type and the abstract as one line."""
        return f"{TYPES[self.doc_type][0]} {self.abstract}"


@dataclass(frozen=True)
class Source:
    """A paper as its file gives it, before references are resolved."""

    key: str
    facts: Mapping[str, Any]
    text: str
    issued_on: date

    @property
    def body(self) -> Body:
        """Return the body that issued the paper."""
        return bodies()[self.facts["body"]]

    @property
    def symbol(self) -> str:
        """Return "436-KL/TU" for the Party, "58/KH-UBND" for the State; drafts have no number."""
        number = self.facts.get("number", 0)
        if not number:
            return ""
        name = TYPES[self.facts["type"]][1]
        if not self.body.is_state:
            return f"{number:02d}-{name}/{self.body.symbol}"
        if self.facts["type"] == "official_letter":
            return f"{number:02d}/{self.body.symbol}-{self.facts['unit']}"
        return f"{number:02d}/{name}-{self.body.symbol}"

    @property
    def regime(self) -> Regime:
        """Return the layout rules in force on the day of issue."""
        if self.body.is_state:
            return Regime.STATE_2020
        return Regime.PARTY_2018 if self.issued_on < LAYOUT_OF_2026 else Regime.PARTY_2026

    def cited(self, form: str) -> str:
        """Return the citation: short, with its date ("dated") or with its abstract ("full")."""
        short = f"{TYPES[self.facts['type']][0]} số {self.symbol}"
        comma = "" if self.body.is_state else ","
        dated = f"{short}{comma} ngày {in_figures(self.issued_on)} của {self.body.cited}"
        abstract = self.facts["abstract"]
        full = f"{dated} {abstract[0].lower()}{abstract[1:]}"
        return {"": short, "dated": dated, "full": full}[form]


@dataclass(frozen=True)
class References:
    """What a paper may refer to: other papers, meetings, days from now."""

    sources: Mapping[str, Source]
    meetings: Mapping[str, Meeting]
    today: date

    def resolve(self, text: str) -> str:
        """Return the text with every reference in words; raise KeyError for an unknown one."""
        return REFERENCE.sub(lambda match: self._words(match[1], match[2] or ""), text)

    def _words(self, key: str, form: str) -> str:
        if key.startswith(("+", "-")):
            return in_figures(self.today + timedelta(days=int(key)))
        if key in self.meetings:
            meeting = self.meetings[key]
            return in_figures(meeting.day) if form == "day" else meeting.title
        return self.sources[key].cited(form)


def read_papers(today: date) -> dict[str, Paper]:
    """Return the papers by key, as they stand on a day."""
    files = sorted((DATA / "papers").glob("*.txt"))
    sources = {file.stem: _source(file.stem, file.read_text("utf-8"), today) for file in files}
    references = References(sources, meetings(today), today)
    return {key: _paper(source, references) for key, source in sources.items()}


def _source(key: str, text: str, today: date) -> Source:
    front, _, body = text.removeprefix(FENCE).partition(FENCE)
    facts = tomllib.loads(front)
    issued = facts.get("issued") or today - timedelta(days=facts["days_ago"])
    return Source(key, facts, body, issued)


def _paper(source: Source, references: References) -> Paper:
    facts = source.facts
    return Paper(
        key=source.key,
        issuer=source.body,
        owner=bodies()[facts.get("owner", facts["body"])],
        doc_type=facts["type"],
        number=facts.get("number", 0),
        symbol=source.symbol,
        abstract=references.resolve(facts["abstract"]),
        issued_on=source.issued_on,
        access=facts["access"],
        released=facts.get("released", True),
        meeting=facts.get("meeting", ""),
        item=facts.get("item", ""),
        relations=_relations(facts),
        cites=_cited_keys(source, references),
        document=_document(source, references),
    )


def _relations(facts: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    kinds = ("replaces", "amends", "implements", "reviews")
    return tuple((kind, key) for kind in kinds for key in facts.get(kind, ()))


def _cited_keys(source: Source, references: References) -> frozenset[str]:
    bases = "".join(source.facts.get("legal_bases", ()))
    found = {match[1] for match in REFERENCE.finditer(source.text + bases)}
    return frozenset(found & references.sources.keys())


def _document(source: Source, references: References) -> Document:
    facts, body = source.facts, source.body
    blocks, appendices = markup.parse(references.resolve(source.text))
    kind = TYPES[facts["type"]][0].upper()
    return Document(
        regime=source.regime,
        superior=body.superior,
        issuer=body.heading,
        symbol=source.symbol or _open_symbol(source),
        place=body.place,
        issued_on=None if "draft" in facts else source.issued_on,
        doc_type="" if facts["type"] == "official_letter" else kind,
        issued_by=body.cited,
        abstract=references.resolve(facts["abstract"]),
        body=blocks,
        appendices=appendices,
        signature=_signature(facts),
        draft=facts.get("draft", 0),
        addressees=tuple(facts.get("addressees", ())),
        legal_bases=tuple(map(references.resolve, facts.get("legal_bases", ()))),
        recipients=tuple(facts.get("recipients", ())),
        **{name: facts[name] for name in PRINT_ONLY if name in facts},
    )


def _open_symbol(source: Source) -> str:
    """Return the symbol of a draft, with room for its number; a speech has none."""
    name = TYPES[source.facts["type"]][1]
    return f"{ROOM_FOR_A_NUMBER}-{name}/{source.body.symbol}" if name else ""


def _signature(facts: Mapping[str, Any]) -> Signature:
    return Signature(
        name=people()[facts["signer"]].name,
        title=facts["post"],
        capacity=facts.get("capacity", ""),
        signed=not facts.get("draft") and facts["type"] != "speech",
    )
