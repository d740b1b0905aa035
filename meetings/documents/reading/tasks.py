"""Reading a version once its pages can be seen: recognised text, header, what it cites."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import events, jobs, vault
from meetings.documents.queries import page_text, page_words, pages_of
from meetings.documents.reading.services import fill_in
from meetings.documents.relations.services import propose
from meetings.documents.sameness.services import look, mark
from meetings.documents.services import discard, find_anew, renew_agendas
from meetings.documents.tasks import (
    READ,
    RECOGNISE,
    picture_kept,
    sharp_in,
    shown_as,
    shown_copy,
)
from meetings.installation import Installation
from meetings.intake import (
    SCANNED,
    PageText,
    Source,
    Word,
    describe,
    pack_words,
    page_texts,
    prepare_pages,
    sharpen_pages,
)
from meetings.intake.kinds import BY_MEDIA_TYPE
from meetings.models import DocumentVersion, Job, Page, VersionState
from meetings.vault import Recalled

Looks = Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True)
class Renewed:
    """The files that say what was recognised on a page, and how it looks if it was turned."""

    page: UUID
    words: str
    text: str
    looks: Mapping[str, Any]

    @property
    def files(self) -> list[str]:
        """Return the names of the files."""
        pictures = (self.looks[name] for name in Page.FILES if name in self.looks)
        return [self.words, self.text, *pictures]


@jobs.handles(READ)
@jobs.handles(RECOGNISE, jobs.Urgency.WHEN_IDLE)
def read(run: jobs.Run) -> None:
    """Read the pages of a version; doing it again says the same."""
    installation = run.installation
    with installation.database.reading() as session:
        version = session.get(DocumentVersion, UUID(run.payload["version"]))
        if version is None or version.state is not VersionState.READY:
            return
        _ = version.compartment
        pages = pages_of(session, version)
        try:
            texts, looks = _texts(run, version, pages)
        except Recalled:  # its pages are made anew, and then read
            return
    description = dict(describe(texts))
    text = "\n".join(page.text for page in texts)
    renewed = _renewed(installation, version, pages, texts, looks)

    def settle(session: Session) -> None:
        current = session.get(DocumentVersion, version.id)
        if current is None or current.reading_key != version.reading_key:
            discard(session, [file for found in renewed for file in found.files])
            return
        _exchange(session, renewed)
        _note_sources(pages_of(session, current), texts)
        current.header = description
        if current.superseded_at is None:
            fill_in(current.document, description)
            propose(session, current.document)
            mark(session, current, text)
            look(session, current)
        find_anew(session, current.document)
        renew_agendas(session, current.document)
        topic = session.get_one(Job, run.job_id).topic
        if topic:
            document = str(current.document_id)
            events.publish(session, topic, "paper", document=document, state=current.state.value)

    installation.database.write(settle)


def _texts(
    run: jobs.Run, version: DocumentVersion, pages: Sequence[Page]
) -> tuple[list[PageText], Looks]:
    """Return the text of each page: as its layer says, of a scan as it is recognised.

    Also return, by their numbers, how pages look once turned that lay on their side or head.
    """
    installation = run.installation
    looks: Looks = {}
    is_scan = BY_MEDIA_TYPE[version.media_type].family in SCANNED
    texts = {
        page.number: _known(installation, page)
        for page in pages
        if page.source is Source.LAYER or not is_scan
    }
    numbered = {page.number: page for page in pages}
    unread = [number for number in numbered if number not in texts]
    if unread:
        reading = vault.reading_key(installation.keys, version)
        with shown_copy(installation, version, reading) as shown:
            found = page_texts(shown.path, len(pages), numbers=unread) if shown else ()
            for text in found:
                texts[text.number] = _or_known(installation, numbered[text.number], text)
                run.progress(text.number, len(pages))
            looks = _upright(installation, version, shown.path, texts.values()) if shown else {}
    return [texts[page.number] for page in pages if page.number in texts], looks


def _upright(
    installation: Installation, version: DocumentVersion, shown: Path, texts: Iterable[PageText]
) -> Looks:
    turns = {text.number: text.quarters for text in texts if text.quarters}
    output = shown.with_name("turned")
    output.mkdir()
    key = vault.reading_key(installation.keys, version)
    drawn = list(prepare_pages(shown, output, list(turns), turns=turns))
    sharp = list(sharpen_pages(shown, output, list(turns), turns=turns))
    return {
        page.number: {
            **shown_as(installation, key, page, output),
            "large_image": picture_kept(installation, key, sharp_in(output, page.number)),
        }
        for page, also in zip(drawn, sharp, strict=True)
        if page.reason is None and also.reason is None
    }


def _or_known(installation: Installation, page: Page, text: PageText) -> PageText:
    """Return what was recognised on a page, now or, where nothing is now, before."""
    lost = text.source is Source.NONE and page.source is Source.OCR
    return _known(installation, page) if lost else text


def _known(installation: Installation, page: Page) -> PageText:
    words = tuple(Word(**word) for word in page_words(installation, page))
    source = Source.OCR if page.source is Source.OCR else Source.LAYER
    return PageText(
        number=page.number, text=page_text(installation, page), words=words, source=source
    )


def _renewed(
    installation: Installation,
    version: DocumentVersion,
    pages: Sequence[Page],
    texts: Sequence[PageText],
    looks: Looks,
) -> list[Renewed]:
    """Keep what was recognised, each part under the key of what it replaces."""
    reading = vault.reading_key(installation.keys, version)
    storage = vault.storage_key(installation.keys, version)
    numbers = {page.number: page for page in pages}

    def kept(content: bytes, key: bytes) -> str:
        return installation.store.put_bytes(content, key=key).digest

    def words_of(page: PageText) -> bytes:
        return pack_words(json.dumps([w._asdict() for w in page.words], ensure_ascii=False))

    return [
        Renewed(
            page=numbers[text.number].id,
            words=kept(words_of(text), reading),
            text=kept(text.text.encode(), storage),
            looks=looks.get(text.number, {}),
        )
        for text in texts
        if text.source is Source.OCR
        and text.number in numbers
        and (not text.quarters or text.number in looks)
    ]


def _note_sources(pages: Iterable[Page], texts: Iterable[PageText]) -> None:
    """Write down of each page that was not recognised whether it has a text."""
    sources = {text.number: text.source for text in texts if text.source is not Source.OCR}
    for page in pages:
        if page.source is not Source.OCR:  # what was recognised before stays when it fails now
            page.source = sources.get(page.number, page.source)


def _exchange(session: Session, renewed: Sequence[Renewed]) -> None:
    old = []
    for found in renewed:
        page = session.get(Page, found.page)
        if page is None:
            old += found.files
            continue
        told = {**found.looks, "words": found.words, "text": found.text, "source": Source.OCR}
        if found.looks:
            told["light_image"] = None
        old += [kept for name in Page.FILES if name in told and (kept := getattr(page, name))]
        for name, value in told.items():
            setattr(page, name, value)
    discard(session, old)
