from flask import Flask

from meetings.web import assets


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
    from dataclasses import replace

    from meetings.app import create_app
    from meetings.settings import Environment

    strong = {
        "environment": Environment.PRODUCTION,
        "https": True,
        "keys": str(settings.instance.parent / "keys"),
        "trusted_hosts": ("localhost",),
    }
    app = create_app(replace(settings, **strong))
    answer = app.test_client().get("/health", base_url="https://localhost")
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    assert app.test_client().get("/health", base_url="https://evil.example").status_code == 400
    app.extensions["installation"].close()
