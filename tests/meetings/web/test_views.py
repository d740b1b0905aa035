import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select, text

from meetings.models import AuditEntry, Event
from meetings.web import assets


@pytest.fixture
def settings(settings, request):
    """The settings of an instance behind as many proxies as a test says."""
    return replace(settings, proxies=getattr(request, "param", 0))


def test_a_static_file_may_be_kept_for_ever(client, app: Flask):
    with app.test_request_context():
        address = assets.asset("css/app.css")
    answer = client.get(address)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    answer.close()


def test_a_static_file_of_another_build_is_gone(client):
    assert client.get("/assets/0123456789abcdef/css/app.css").status_code == 404


def test_a_watchman_is_told_that_all_is_well(client):
    assert client.get("/health").json == {"status": "ok"}


def test_a_watchman_is_told_what_work_would_fail_for(client, installation, monkeypatch):
    assert client.get("/ready").json == {"status": "ok", "wanting": []}
    (installation.settings.keys_folder / "root").chmod(0o644)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=-1))
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.json == {"status": "wanting", "wanting": ["keys", "disk"]}
    assert client.get("/health").status_code == 200, "starting again would not help"


def test_a_watchman_is_told_of_a_database_without_our_tables(client, session):
    table = Event.__tablename__
    session.execute(text(f"ALTER TABLE {table} RENAME TO elsewhere"))
    session.commit()
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.json == {"status": "wanting", "wanting": ["database"]}
    session.execute(text(f"ALTER TABLE elsewhere RENAME TO {table}"))
    session.commit()
    assert client.get("/ready").status_code == 200


@pytest.mark.parametrize(
    ("settings", "seen"),
    [(0, "127.0.0.1"), (1, "10.0.0.9"), (2, "10.0.0.8")],
    indirect=["settings"],
)
def test_only_our_own_proxies_are_believed(world, installation, sign_in, seen):
    client = sign_in(world.outsider)
    headers = {"X-Forwarded-For": "10.0.0.7, 10.0.0.8, 10.0.0.9", "X-Forwarded-Proto": "http, http"}
    assert client.get(f"/meetings/{world.meeting.id}", headers=headers).status_code == 404
    with installation.database.reading() as reading:
        assert reading.scalars(select(AuditEntry.address)).all() == [seen]


def test_preferences_are_kept_on_the_device_and_lead_back(client):
    answer = client.submit("/preferences", theme="night", size="150", locale="en", next="/help")
    assert answer.status_code == 303
    assert answer.location == "/help"
    html = client.get("/help").get_data(as_text=True)
    assert 'data-theme="night"' in html
    assert 'data-size="150"' in html
    assert 'lang="en"' in html


def test_what_is_no_choice_changes_nothing(client):
    client.submit("/preferences", theme="<script>", size="9999", locale="xx")
    client.set_cookie("preferences", "a.b.c.d")
    html = client.get("/help").get_data(as_text=True)
    assert 'data-theme="light"' in html
    assert 'lang="vi"' in html


def test_production_asks_browsers_to_stay_on_https(settings):
    from meetings.app import create_app
    from meetings.settings import Environment

    strong = {
        "environment": Environment.PRODUCTION,
        "https": True,
        "keys": str(settings.instance.parent / "keys"),
        "second_factor": True,
        "trusted_hosts": ("localhost",),
    }
    app = create_app(replace(settings, **strong))
    answer = app.test_client().get("/health", base_url="https://localhost")
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    assert app.test_client().get("/health", base_url="https://evil.example").status_code == 400
    app.extensions["installation"].close()
