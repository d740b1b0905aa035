"""Twins: whoever has the same roles elsewhere replays all that somebody saw, and learns nothing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from werkzeug.routing import Rule

from meetings import policy
from meetings.documents.services import find_anew
from meetings.models import AccessLevel, Meeting, Role, User
from meetings.policy import RULES, Permission
from meetings.web.pages import SUBJECTS
from tests import factories, papers
from tests.client import CheckingClient

CANARY = "Hoàng Yến Bí Mật"
TYPED = ("hoang yen bi mat", "03-NQ/TU", "77-HY/TU", "phòng họp không giấy")
ADDRESS = re.compile(r'(?:href|src|action|data-[\w-]+)="(/[^"#]*)')
IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PAIRS = ("clerks", "delegates", "researchers", "clerk and administrator", "clerk and outsider")
KEPT_BY_ADMINISTRATORS = (Permission.PERSON_KEEP, Permission.PERSON_ACCOUNT)
ENDLESS = ("/live", "/office-live")
OTHER_VALUES = {"width": "240", "name": "delegate"}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass
class Seen:
    """Every address a person's pages led to, with its answer, and every id that stood there."""

    answers: dict[str, int] = field(default_factory=dict)
    identities: set[str] = field(default_factory=set)
    canaries: int = 0


def crawl(client: CheckingClient) -> Seen:
    """Read on from the first page until nothing new is named."""
    seen, waiting = Seen(), ["/", "/meetings", "/meetings?show=past", "/archive?q=hoang+yen"]
    while waiting:
        address = waiting.pop().replace("&amp;", "&")
        if address in seen.answers or address.partition("?")[0].endswith(ENDLESS):
            continue
        with client.get(address) as answer:
            seen.answers[address] = answer.status_code
            html = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        seen.canaries += html.count(CANARY)
        seen.identities |= set(IDENTITY.findall(html))
        waiting += ADDRESS.findall(html)
    return seen


def is_theirs(rule: Rule, app: Flask, twin: User, administrator: User) -> bool:
    """Tell whether an address is for everybody, or keeps people and the twin is who keeps them."""
    needs = app.view_functions[rule.endpoint].needs
    keeps = twin is administrator and needs in KEPT_BY_ADMINISTRATORS
    return needs is None or keeps or RULES[needs].clauses == ((policy.anyone,),)


def addressed(app: Flask, identities: set[str]) -> Iterator[tuple[Rule, str]]:
    """Yield each address that shows a row, filled with every id, of whatever table it is."""
    for rule in app.url_map.iter_rules():
        names = set(rule.arguments) & set(SUBJECTS)
        if names and "GET" in rule.methods:
            for identity in sorted(identities):
                values = OTHER_VALUES | dict.fromkeys(names, identity)
                yield rule, PARAMETER.sub(lambda match, v=values: v[match[1]], rule.rule)


@pytest.fixture
def secret_meeting(installation, session, world) -> Meeting:
    """A meeting of the office in which everything that can be named carries the canary."""
    meeting = world.meeting
    meeting.title, meeting.place = f"Hội nghị {CANARY}", f"Phòng {CANARY}"
    world.item.title, world.item.presenter = f"Báo cáo {CANARY}", f"Đồng chí {CANARY}"
    session.commit()
    text = f"Nghị quyết 03-NQ/TU về phòng họp không giấy, {CANARY}"
    content = papers.pdf(text, f"Trang hai {CANARY}")
    document = papers.prepared(installation, world.office, content=content)
    document = session.merge(document)
    document.title, document.symbol = f"Nghị quyết {CANARY}", "77-HY/TU"
    document.issuer, document.signer = f"Ban {CANARY}", f"Người ký {CANARY}"
    document.archived_at = meeting.starts_at
    factories.paper(session, world.item, document)
    find_anew(session, document)
    for user in (world.delegate, world.clerk, world.researcher):
        at = {"document_id": document.id, "item_id": world.item.id, "page": 1}
        factories.note(session, user, text=f"Ghi chú {CANARY}", quote=CANARY, **at)
    session.commit()
    papers.work(installation)
    return meeting


@pytest.fixture
def twins(session, world) -> dict[str, tuple[User, User]]:
    """Those who see the meeting, each with somebody who has the same roles elsewhere."""
    at_commune = factories.meeting(session, world.commune)
    delegate = factories.user(session, clearance=AccessLevel.RESTRICTED)
    factories.participant(session, at_commune, delegate.person)
    clerk = factories.user(session, (Role.CLERK, world.commune), clearance=AccessLevel.RESTRICTED)
    reader = factories.user(session, (Role.RESEARCHER, world.commune))
    session.commit()
    return dict(
        zip(
            PAIRS,
            (
                (world.clerk, clerk),
                (world.delegate, delegate),
                (world.researcher, reader),
                (world.clerk, world.administrator),
                (world.clerk, world.outsider),
            ),
            strict=True,
        )
    )


@pytest.fixture
def replay(app: Flask, sign_in, world) -> Callable[[User, Seen], list[str]]:
    """Return what replays somebody's addresses and ids as another person and names what leaked."""

    def replay_as(twin: User, seen: Seen) -> list[str]:
        client, leaks = sign_in(twin), []
        own = crawl(client).answers  # what the twin's pages lead to is the twin's
        for rule, address in addressed(app, seen.identities):
            with client.get(address) as answer:
                opened = answer.status_code != 404 and address not in own
                told = not address.endswith(ENDLESS) and CANARY.encode() in answer.data
            if told or (opened and not is_theirs(rule, app, twin, world.administrator)):
                leaks.append(f"{answer.status_code} {address}")
        asked = [f"/archive?q={words}" for words in TYPED]
        for address in [*seen.answers, *asked]:
            with client.get(address) as answer:
                leaks += [f"canary {address}"] if CANARY.encode() in answer.data else []
        return leaks

    return replay_as


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.usefixtures("secret_meeting")
def test_a_twin_who_replays_every_address_and_id_learns_nothing(
    sign_in, twins, replay, capsys, pair: str
):
    person, twin = twins[pair]
    seen = crawl(sign_in(person))
    assert seen.canaries > 0, "the first person sees what the second must not"
    assert replay(twin, seen) == []
    with capsys.disabled():
        print(f"\n{pair}: {len(seen.answers)} addresses, {len(seen.identities)} ids replayed")


@pytest.mark.usefixtures("secret_meeting")
def test_the_replay_finds_what_a_fellow_participant_may_see(sign_in, world, twins, replay):
    """Without this, a replay that looks at nothing would make the test above hold."""
    seen = crawl(sign_in(world.delegate))
    leaks = replay(world.other_delegate, seen)
    assert any(address.startswith("/notes/") for address in seen.answers)
    assert not any(" /notes/" in leak for leak in leaks), "notes are for one pair of eyes"
    assert f"200 /meetings/{world.meeting.id}" in leaks
    assert any(leak.startswith("canary /archive") for leak in leaks)
