"""The templates share their globals, and an import with its own keeps them to itself."""


def test_every_template_sees_the_same_globals(app):
    first, second = (app.jinja_env.get_template(name) for name in ("base.html", "help/index.html"))
    assert first.globals is second.globals is app.jinja_env.globals


def test_globals_given_to_one_template_reach_no_other(app):
    own = app.jinja_env.from_string("{{ greeting }}", globals={"greeting": "Kính chào"})
    assert own.render() == "Kính chào"
    assert "greeting" not in app.jinja_env.globals
    assert app.jinja_env.from_string("{{ settings.support_phone }}").render() == "1234"
