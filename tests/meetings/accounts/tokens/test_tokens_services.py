"""Tokens of programs: made once, kept as a hash, ended with what they stand on."""

from datetime import timedelta

from sqlalchemy import select

from meetings import clock
from meetings.accounts import services as accounts
from meetings.accounts.tokens import queries, services
from meetings.models import AccessLevel, AccessToken, Role, RoleAssignment, Scope
from meetings.web import programs
from tests import factories

SOME = (Scope.FILES, Scope.MEETINGS)


def made(session, who, *, days: int = 30, name: str = "Trục liên thông"):
    day = clock.today() + timedelta(days=days)
    return services.make_token(session, name=name, scopes=SOME, last_day=day, by=who)


def test_a_token_is_kept_as_a_hash_and_opens_until_the_end_of_its_last_day(session, world):
    token, secret = made(session, world.delegate, days=0)
    assert secret.startswith("nghisu_")
    assert secret not in repr([token.token_hash, token.name, token.scopes])
    assert token.scopes == ["meetings", "files"]
    assert token.expires_at == clock.day_bounds(clock.today())[1]
    asking = programs.visitor_of(session, secret)
    assert (asking.id, asking.person_id) == (world.delegate.id, world.delegate.person_id)
    assert asking.scopes == set(SOME)


def test_what_is_no_open_token_opens_nothing(session, world):
    token, secret = made(session, world.delegate)
    other, other_secret = made(session, world.delegate)
    assert programs.visitor_of(session, secret + "x") is None
    assert programs.visitor_of(session, token.token_hash) is None
    token.expires_at = clock.now()
    services.end_token(other)
    session.flush()
    assert programs.visitor_of(session, secret) is None
    assert programs.visitor_of(session, other_secret) is None


def test_ending_a_token_again_does_not_move_its_end(session, world):
    token, _ = made(session, world.delegate)
    services.end_token(token)
    ended = token.ended_at
    services.end_token(token)
    assert token.ended_at == ended


def test_each_lists_their_own_open_tokens_newest_first(session, world):
    first, _ = made(session, world.delegate, name="Một")
    second, _ = made(session, world.delegate, name="Hai")
    ended, _ = made(session, world.delegate)
    services.end_token(ended)
    over, _ = made(session, world.delegate)
    over.expires_at = clock.now()
    made(session, world.clerk)
    session.flush()
    assert queries.open_tokens(session, by=world.delegate) == [second, first]


def test_a_token_ends_with_the_account_with_a_role_and_with_every_sign_in(session, world):
    commune = world.commune

    def left(user) -> int:
        session.flush()
        return len(queries.open_tokens(session, by=user))

    changes = {
        "closed": lambda user: accounts.change_user(
            session, user, clearance=AccessLevel.NORMAL, active=False
        ),
        "a role more": lambda user: accounts.grant(session, user, Role.CLERK, commune),
        "a role less": lambda user: accounts.withdraw(
            session,
            user,
            session.scalars(select(RoleAssignment).where(RoleAssignment.user_id == user.id)).one(),
        ),
        "lost": lambda user: accounts.end_all_sign_ins(session, user),
    }
    for what, change in changes.items():
        user = factories.user(session, (Role.RESEARCHER, world.office))
        _, secret = made(session, user)
        _, others = made(session, world.delegate)
        assert programs.visitor_of(session, secret), what
        change(user)
        assert left(user) == 0
        assert programs.visitor_of(session, secret) is None, what
        assert programs.visitor_of(session, others), "another's token goes on"


def test_a_closed_account_opens_nothing_even_where_its_token_was_left_open(session, world):
    _, secret = made(session, world.delegate)
    world.delegate.active = False
    session.flush()
    assert programs.visitor_of(session, secret) is None
    [row] = session.scalars(select(AccessToken)).all()
    assert row.ended_at is None
