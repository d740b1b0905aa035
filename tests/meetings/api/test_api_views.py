"""What programs are told: as their person sees it, in shapes, page by page."""

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select

from meetings import clock
from meetings.api import shapes
from meetings.models import AccessToken, AuditEntry, Decision, Scope, TakenCopy
from meetings.policy import Permission
from meetings.web import pace
from tests import factories, papers

AT = "/api/v1"
PROBLEM = "application/problem+json"


def told(answer, shape):
    """Return an answer read strictly as its shape."""
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.get_etag()[0]
    assert "Set-Cookie" not in answer.headers
    return msgspec.json.decode(answer.data, type=shape)


def refused(answer, status: int) -> shapes.Problem:
    assert (answer.status_code, answer.mimetype) == (status, PROBLEM)
    problem = msgspec.json.decode(answer.data, type=shapes.Problem)
    assert problem.status == status
    return problem


@pytest.fixture
def laid(installation, session, world):
    """A prepared paper before the item, one that is not released, and one before nothing."""
    document = papers.prepared(installation, world.office)
    factories.paper(session, world.item, document)
    hidden = factories.document(session, world.office, title="Chưa phát hành")
    factories.paper(session, world.item, hidden, released_at=None)
    session.commit()
    return document


def test_everything_begins_at_one_address_and_the_lists_lead_on(sign_in, world, laid):
    client = sign_in(world.delegate)
    system = told(client.get(AT), shapes.System)
    assert system.id == f"http://localhost{AT}"
    [body] = [
        one
        for one in told(client.get(system.body), shapes.Listing[shapes.Body]).data
        if one.name == world.province.name
    ]
    assert told(client.get(body.id), shapes.Body) == body
    listed = told(client.get(body.organization), shapes.Listing[shapes.Organization])
    [office] = [one for one in listed.data if one.name == world.office.name]
    assert told(client.get(office.id), shapes.Organization) == office
    assert office.sub_organization_of.endswith(str(world.province.id))
    listed = told(client.get(body.meeting), shapes.Listing[shapes.MeetingInList])
    [meeting] = listed.data
    assert meeting.organization == [office.id]
    whole = told(client.get(meeting.id), shapes.Meeting)
    [item] = whole.agenda_item
    assert told(client.get(item.id), shapes.AgendaItem) == item
    [paper] = [told(client.get(address), shapes.Paper) for address in item.paper]
    assert paper.id.endswith(str(laid.id))
    assert told(client.get(paper.main_file.id), shapes.File) == paper.main_file
    assert told(client.get(body.paper), shapes.Listing[shapes.Paper]).data == [paper]


def test_a_person_is_told_with_the_posts_of_today(sign_in, world, session):
    who = world.outsider.person
    factories.post(session, who, world.office, title="Chánh Văn phòng")
    over = clock.today() - timedelta(days=1)
    factories.post(session, who, world.commune, title="Bí thư", until=over)
    session.commit()
    client = sign_in(world.delegate)
    people = told(client.get(f"{AT}/people"), shapes.Listing[shapes.Person])
    [person] = [one for one in people.data if one.id.endswith(str(who.id))]
    assert [post.role for post in person.membership] == ["Chánh Văn phòng"]
    assert told(client.get(person.id), shapes.Person) == person


def test_each_is_told_what_they_may_see_and_no_more(sign_in, world, laid):
    expected = {"delegate": (1, 1), "clerk": (2, 2), "outsider": (0, 0), "administrator": (0, 0)}
    for who, counts in expected.items():
        client = sign_in(getattr(world, who))
        meetings = told(client.get(f"{AT}/meetings"), shapes.Listing[shapes.MeetingInList])
        found = told(client.get(f"{AT}/papers"), shapes.Listing[shapes.Paper])
        assert (meetings.pagination.total_elements, found.pagination.total_elements) == counts
        seen = {client.get(f"{AT}/papers/{laid.id}").status_code}
        assert seen == ({200} if counts[1] else {404}), who


def test_long_lists_come_in_pages_with_links(sign_in, world, session):
    for number in range(60):
        factories.meeting(session, world.office, title=f"Phiên thứ {number}")
    session.commit()
    client = sign_in(world.clerk)
    shape = shapes.Listing[shapes.MeetingInList]
    first = told(client.get(f"{AT}/meetings"), shape)
    assert (len(first.data), first.pagination.total_pages) == (50, 2)
    assert first.links.prev is None
    last = told(client.get(first.links.next), shape)
    assert (len(last.data), last.links.next) == (12, None)
    assert last.links.prev.endswith("page=1")
    assert {one.id for one in first.data}.isdisjoint(one.id for one in last.data)
    assert told(client.get(f"{AT}/meetings?page=999"), shape) == last
    for wrong in ("0", "-1", "x", "", "1.5", "１", "9" * 10):
        assert "Số trang" in refused(client.get(f"{AT}/meetings?page={wrong}"), 422).title


def test_what_a_program_has_already_is_not_sent_again(sign_in, world, session):
    client, address = sign_in(world.delegate), f"{AT}/meetings/{world.meeting.id}"
    had = {"If-None-Match": client.get(address).headers["ETag"]}
    answer = client.get(address, headers=had)
    assert (answer.status_code, answer.data) == (304, b"")
    session.merge(world.item).title = "Tên mới"
    session.commit()
    assert client.get(address, headers=had).status_code == 200


def test_a_token_is_for_what_it_says_alone(sign_in, world, session, laid):
    client = sign_in(world.delegate)
    rooms = {
        Scope.ORGANISATION: ("bodies", "organizations", "people"),
        Scope.MEETINGS: ("meetings", f"meetings/{world.meeting.id}"),
        Scope.PAPERS: ("papers", f"papers/{laid.id}", f"files/{laid.id}"),
    }
    token = session.scalars(select(AccessToken)).one()
    for given in Scope:
        token.scopes = [given.value]
        session.commit()
        for scope, addresses in rooms.items():
            for address in addresses:
                answer = client.get(f"{AT}/{address}")
                assert (answer.status_code == 200) == (scope is given), address
                if scope is not given:
                    refused(answer, 403)
        if given is not Scope.FILES:
            refused(client.get(f"{AT}/files/{laid.id}/download"), 403)
        assert client.get(AT).status_code == 200
    lines = select(AuditEntry).where(AuditEntry.decision == Decision.REFUSED)
    assert {line.detail["access_token"] for line in session.scalars(lines)} == {str(token.id)}


def test_a_copy_bears_the_name_and_is_written_down_with_its_token(sign_in, world, session, laid):
    client = sign_in(world.delegate)
    file = told(client.get(f"{AT}/files/{laid.id}"), shapes.File)
    answer = client.get(file.download_url)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF-")
    answer.close()
    session.rollback()
    copy = session.scalars(select(TakenCopy)).one()
    assert (copy.user_id, copy.document_id) == (world.delegate.id, laid.id)
    asked = AuditEntry.action == Permission.DOCUMENT_DOWNLOAD.value
    line = session.scalars(select(AuditEntry).where(asked)).one()
    assert (line.actor_id, line.subject_id) == (world.delegate.id, str(laid.id))
    assert line.detail["access_token"]


def test_who_may_only_read_a_paper_is_told_of_no_copy_and_given_none(sign_in, world, session, laid):
    session.merge(world.meeting).taking = "read"
    session.commit()
    client = sign_in(world.delegate)
    assert told(client.get(f"{AT}/files/{laid.id}"), shapes.File).download_url is None
    refused(client.get(f"{AT}/files/{laid.id}/download"), 404)


def test_a_program_waits_as_its_person_would(sign_in, world, laid, monkeypatch):
    monkeypatch.setitem(pace.PACES, Permission.DOCUMENT_FACTS, pace.Pace(2, 60))
    client = sign_in(world.delegate)
    assert client.get(f"{AT}/papers/{laid.id}").status_code == 200
    assert client.get(f"/documents/{laid.id}/facts").status_code == 200
    answer = client.get(f"{AT}/papers/{laid.id}")
    refused(answer, 429)
    assert int(answer.headers["Retry-After"]) > 0


def test_what_shows_no_token_that_opens_is_told_how_to_ask(sign_in, world, session):
    client = sign_in(world.delegate)
    wrong = ("Bearer", "Bearer x", "Basic YTpi", f"Token {client.bearer}", f"Bearer {'x' * 5000}")
    for shown in ("", *wrong):
        answer = client.get(f"{AT}/meetings", headers={"Authorization": shown})
        assert "mã truy cập" in refused(answer, 401).title, shown
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    token = session.scalars(select(AccessToken)).one()
    token.expires_at = clock.now()
    session.commit()
    refused(client.get(f"{AT}/meetings"), 401)


def test_an_unknown_address_and_another_method_are_told_as_problems(sign_in, world):
    client = sign_in(world.delegate)
    refused(client.get(f"{AT}/votes"), 404)
    for method in ("POST", "PUT", "DELETE"):
        answer = client.open(f"{AT}/meetings", method=method)
        refused(answer, 405)
        assert "GET" in answer.headers["Allow"]


def test_the_last_use_of_a_token_is_known_to_the_minute(sign_in, world, session):
    client = sign_in(world.delegate)
    token = session.scalars(select(AccessToken)).one()
    token.created_at = clock.now() - timedelta(days=2)
    session.commit()
    assert client.get(AT).status_code == 200
    session.refresh(token)
    used = token.used_at
    assert clock.now() - used < timedelta(minutes=1)
    session.rollback()
    assert client.get(AT).status_code == 200
    session.refresh(token)
    assert token.used_at == used, "once a minute is enough"
