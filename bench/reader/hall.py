"""A hall that opens the same paper: five hundred tablets within ten seconds."""

import http.client
import re
import secrets
import threading
import time
from contextlib import closing
from datetime import timedelta
from statistics import median, quantiles
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.reader.library import Library
from meetings import clock
from meetings.agenda import services as agenda
from meetings.app import create_app
from meetings.models import AccessLevel, AgendaItem, AgendaPaper, Meeting, Person, SignIn, User
from meetings.settings import Settings
from meetings.web.sessions import Sessions
from meetings.web.visitors import token_hash

Row = tuple[str, str, str]
TABLETS, WITHIN = 500, 10.0
PICTURE = re.compile(rb'src="(/pages/[^"]+)/image/1200"')
NAME = "hall-{}"


def measure(library: Library) -> list[Row]:
    """Let everybody open the paper at an even pace; return the times and what went wrong."""
    cookies = _cookies(library)
    times: list[float] = []
    failed: list[str] = []
    start = time.perf_counter()
    threads = []
    for number, cookie in enumerate(cookies):
        due = start + number * WITHIN / len(cookies)
        time.sleep(max(0.0, due - time.perf_counter()))
        given = (library, cookie, times, failed)
        thread = threading.Thread(target=_open, args=given)
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    ends = f"{median(times):.2f} s, p95 {quantiles(times, n=20)[-1]:.2f} s, {len(failed)} errors"
    label = f"{TABLETS} tablets open a paper within {WITHIN:.0f} s: page, picture, words"
    return [(label, ends, "goal p95 <= 1.5 s, 0")]


def _open(library: Library, cookie: str, times: list[float], failed: list[str]) -> None:
    """Ask for what the reader asks for, over one connection."""
    start = time.perf_counter()
    with closing(http.client.HTTPConnection(urlsplit(library.product.address).netloc)) as line:
        try:
            page = _get(line, f"/documents/{library.text}?page=1", cookie)
            found = PICTURE.search(page)
            address = found[1].decode() if found else "/nothing"
            _get(line, f"{address}/image/1200", cookie)
            _get(line, f"{address}/words", cookie)
        except (OSError, ValueError, http.client.HTTPException) as error:
            failed.append(repr(error))
    times.append(time.perf_counter() - start)


def _get(line: http.client.HTTPConnection, path: str, cookie: str) -> bytes:
    line.request("GET", path, headers={"Cookie": cookie})
    answer = line.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        raise ValueError(answer.status)
    return body


def _cookies(library: Library) -> list[str]:
    """Sign everybody in; the passwords are measured elsewhere."""
    app = create_app(Settings(instance=library.product.instance))
    signer = Sessions().get_signing_serializer(app)
    if signer is None:
        raise AssertionError
    tokens = [secrets.token_urlsafe(32) for _ in range(TABLETS)]
    with library.installation() as opened:
        opened.database.write(lambda session: _sign_in(session, library, tokens))
    return [f"sid={signer.dumps({'_user_id': token, '_fresh': True})}" for token in tokens]


def _sign_in(session: Session, library: Library, tokens: list[str]) -> None:
    query = select(Meeting).join(AgendaItem).join(AgendaPaper)
    meeting = session.scalars(query.where(AgendaPaper.document_id == UUID(library.text))).first()
    end = clock.now() + timedelta(hours=2)
    for number, token in enumerate(tokens):
        name = NAME.format(number)
        user = session.scalar(select(User).where(User.username == name))
        if user is None:
            person = Person(full_name=f"Đại biểu {number}")
            session.add(person)
            session.flush()
            user = User(username=name, person_id=person.id, clearance=AccessLevel.NORMAL, demo=True)
            session.add(user)
            session.flush()
            if meeting:
                agenda.invite(session, meeting, person)
        session.add(
            SignIn(
                user_id=user.id,
                token_hash=token_hash(token),
                expires_at=end,
                idle_until=end,
                idle_seconds=7200,
                confirmed_at=clock.now(),
            )
        )
