"""A person's own pages of tokens: made after proof, shown once, ended at once."""

import re
from datetime import timedelta

from sqlalchemy import select

from meetings import clock
from meetings.models import AccessToken, AuditEntry, SignIn

AT = "/account/tokens"
LINES = select(AuditEntry.action, AuditEntry.decision).where(AuditEntry.action.like("program:%"))


def page_of(answer) -> str:
    return answer.get_data(as_text=True)


def day(ahead: int) -> str:
    return f"{clock.today() + timedelta(days=ahead):%d/%m/%Y}"


def fields(**changes):
    return {"name": "Trục liên thông", "scopes": ["meetings"], "last_day": day(30)} | changes


def test_a_token_is_made_shown_once_used_and_ended(sign_in, world, installation):
    client = sign_in(world.delegate)
    page = page_of(client.submit(f"{AT}/new", **fields()))
    [secret] = re.findall(r'value="(nghisu_[\w-]+)"', page)
    assert f"dùng đến hết ngày {day(30)}" in page
    assert secret not in page_of(client.get(AT))
    assert "Trục liên thông" in page_of(client.get(AT))
    shown = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/meetings", headers=shown).status_code == 200
    with installation.database.reading() as reading:
        query = select(AccessToken).where(AccessToken.name == "Trục liên thông")
        token = reading.scalars(query).one()
        assert token.scopes == ["meetings"]
    assert client.submit(f"{AT}/{token.id}/end").status_code == 303
    assert client.get("/api/v1/meetings", headers=shown).status_code == 401
    assert "Trục liên thông" not in page_of(client.get(AT))
    with installation.database.reading() as reading:
        actions = [action for action, _ in reading.execute(LINES)]
    assert actions == ["program:admit", "program:end"]


def test_nobody_ends_the_token_of_another(sign_in, world, installation):
    sign_in(world.delegate)
    with installation.database.reading() as reading:
        token = reading.scalars(select(AccessToken)).one().id
    assert sign_in(world.administrator).submit(f"{AT}/{token}/end").status_code == 404
    assert sign_in(world.delegate).submit(f"{AT}/{token}/end").status_code == 303


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_made(sign_in, world, installation):
    client = sign_in(world.delegate)
    wrong = (
        ({"name": " "}, "name-error"),
        ({"name": "x" * 101}, "name-error"),
        ({"scopes": []}, "scopes-error"),
        ({"scopes": ["everything"]}, "scopes-error"),
        ({"last_day": day(-1)}, "last_day-error"),
        ({"last_day": day(400)}, "last_day-error"),
        ({"last_day": "31/02/2027"}, "last_day-error"),
        ({"last_day": ""}, "last_day-error"),
    )
    for change, error in wrong:
        answer = client.submit(f"{AT}/new", **fields(**change))
        assert answer.status_code == 422, change
        assert f'id="{error}"' in page_of(answer), change
    with installation.database.reading() as reading:
        assert len(reading.scalars(select(AccessToken)).all()) == 1, "the client's own"
    assert client.submit(f"{AT}/new", **fields(last_day=day(0))).status_code == 200


def test_who_did_not_prove_lately_who_they_are_is_asked_first(sign_in, world, session):
    client = sign_in(world.delegate)
    row = session.scalars(select(SignIn)).one()
    row.confirmed_at = clock.now() - timedelta(hours=1)
    session.commit()
    for answer in (client.get(f"{AT}/new"), client.submit(f"{AT}/new", **fields())):
        assert answer.status_code == 303
        assert answer.location.startswith("/account/again")
    assert client.get(AT).status_code == 200


def test_ten_tokens_are_enough(sign_in, world):
    client = sign_in(world.delegate)
    answers = [client.submit(f"{AT}/new", **fields()).status_code for _ in range(10)]
    assert answers == [200] * 9 + [422], "the client has one already"
    page = page_of(client.get(f"{AT}/new"))
    assert 'name="scopes"' not in page
    assert "Đồng chí đã có mười mã truy cập" in page


def test_who_has_none_is_told_what_it_is_for_and_the_menu_leads_there(sign_in, world, session):
    client = sign_in(world.delegate)
    session.delete(session.scalars(select(AccessToken)).one())
    session.commit()
    page = page_of(client.get(AT))
    assert "Chưa có phần mềm nào truy cập thay đồng chí" in page
    assert f'href="{AT}"' in page_of(client.get("/calendar"))
