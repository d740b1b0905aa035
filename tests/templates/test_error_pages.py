import pytest

from meetings.web.errors import PAGES


@pytest.fixture
def show(engine):
    """Render an error page as on a day when nothing but the templates works."""
    for name in ("current_user", "navigation"):
        del engine.globals[name]
    return lambda code: engine.get_template(f"errors/{code}.html").render(request_id="ab-12")


@pytest.mark.parametrize("code", sorted(PAGES))
def test_an_error_page_leads_home_and_names_the_request(show, code):
    page = show(code)
    assert page.count("<h1>") == 1
    assert "<code>ab-12</code>" in page
    assert 'href="/"' in page
    assert 'href="tel:4321"' in page


@pytest.mark.parametrize("code", sorted(PAGES))
def test_an_error_page_is_titled_after_what_happened(show, code):
    page = show(code)
    heading = page.split("<h1>")[1].split("</h1>")[0]
    assert f"{heading} · Nghị Sự" in page
    assert len(heading) > 10


def test_too_large_says_how_much_is_allowed(show):
    assert "200 MB" in show(413)
    assert "200 MB" not in show(422)
