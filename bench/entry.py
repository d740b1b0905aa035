"""A hall that signs in: five hundred delegates within two minutes, on one address."""

import threading
import time
from statistics import quantiles
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.product import Product, Visitor
from meetings.accounts.services import hash_password
from meetings.models import AccessLevel, Database, Person, User
from storage import KeyFolder

PEOPLE = 500
WITHIN_SECONDS = 120.0
AT_ONCE = 8
PASSWORD = "một mật khẩu cho phép đo"


def measure(product: Product) -> list[tuple[str, str, str]]:
    """Let everybody in at an even pace, then as fast as it goes; return seconds and rate."""
    names = people(product)
    seconds = sorted(_at_pace(product, names))
    rate = _as_fast_as_it_goes(product, names[: PEOPLE // 2])
    middle, late = seconds[len(seconds) // 2], quantiles(seconds, n=20)[-1]
    return [
        (f"{len(seconds)} sign-ins within 2 minutes, median", f"{middle:.2f} s", ""),
        ("  95th percentile", f"{late:.2f} s", "goal <= 3 s"),
        ("sign-ins a second, as fast as it goes", f"{rate:.1f}", ""),
    ]


def people(product: Product) -> list[str]:
    """Make the accounts, once; the hash is computed once, the checks are each their own."""
    database = Database(f"sqlite:///{product.instance / 'database.sqlite3'}")
    keys = KeyFolder(product.instance / "keys")
    hashed = hash_password(keys, PASSWORD, privileged=False)
    names = [f"hall{number}" for number in range(PEOPLE)]
    with database.writing() as session:
        known = set(session.scalars(select(User.username).where(User.username.in_(names))))
        for name in [name for name in names if name not in known]:
            session.add(
                User(
                    username=name,
                    person_id=_person(session, name),
                    clearance=AccessLevel.NORMAL,
                    password_hash=hashed,
                    demo=True,
                )
            )
        session.commit()
        if len(session.scalars(select(User.id).where(User.username.in_(names))).all()) != PEOPLE:
            raise AssertionError
    database.close()
    return names


def _person(session: Session, name: str) -> UUID:
    person = Person(full_name=f"Đại biểu {name}")
    session.add(person)
    session.flush()
    return person.id


def _sign_in(product: Product, name: str) -> float:
    start = time.perf_counter()
    visitor = Visitor(product.address, name, PASSWORD)
    if "sid=" not in visitor.cookie or b"sign-out" not in visitor.get("/"):
        raise AssertionError
    return time.perf_counter() - start


def _at_pace(product: Product, names: list[str]) -> list[float]:
    seconds: list[float] = []
    threads = []
    start = time.perf_counter()
    for number, name in enumerate(names):
        due = start + number * WITHIN_SECONDS / len(names)
        time.sleep(max(0.0, due - time.perf_counter()))
        thread = threading.Thread(target=lambda n=name: seconds.append(_sign_in(product, n)))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    return seconds


def _as_fast_as_it_goes(product: Product, names: list[str]) -> float:
    waiting = list(names)

    def work() -> None:
        while True:
            try:
                name = waiting.pop()
            except IndexError:
                return
            _sign_in(product, name)

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(names) / (time.perf_counter() - start)
