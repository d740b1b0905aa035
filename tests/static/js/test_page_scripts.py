import pytest

pytestmark = pytest.mark.browser

POST = """async ([url, fields]) => {
  const { post } = await import("/static/js/post.js");
  try {
    return { answer: await post(url, fields) };
  } catch (error) {
    return { name: error.name, status: error.status, message: error.message, answer: error.answer };
  }
}"""
PHRASES = "".join(
    f'<meta name="phrase:{name}" content="{name}, said politely">'
    for name in ("offline", "refused", "gone", "too-large", "invalid", "failed")
)


@pytest.fixture
def open_page(stage, page, address):
    def opened(body):
        stage.body = body + '<script type="module" src="/static/js/app.js"></script>'
        page.goto(address)
        page.wait_for_load_state("load")
        return page

    return opened


def test_a_post_carries_token_and_fields_and_reads_json(stage, open_page):
    stage.answers["/vote"] = (200, "application/json", '{"taken": true}')
    page = open_page('<meta name="csrf-token" content="t-1">' + PHRASES)
    assert page.evaluate(POST, ["/vote", {"choice": "agree"}]) == {"answer": {"taken": True}}
    headers, body = stage.posted[-1]
    assert headers["X-CSRFToken"] == "t-1"
    assert headers["Accept"] == "application/json"
    assert b'name="choice"\r\n\r\nagree\r\n' in body


def test_an_empty_answer_is_null(stage, open_page):
    stage.answers["/mark"] = (204, "text/html", "")
    assert open_page(PHRASES).evaluate(POST, ["/mark", {}]) == {"answer": None}


@pytest.mark.parametrize(
    ("status", "phrase"),
    [(403, "refused"), (404, "gone"), (413, "too-large"), (422, "invalid"), (500, "failed")],
)
def test_a_refusal_is_said_in_words_and_keeps_the_answer(stage, open_page, status, phrase):
    stage.answers["/vote"] = (status, "application/json", '{"error": 1}')
    assert open_page(PHRASES).evaluate(POST, ["/vote", {}]) == {
        "name": "Refused",
        "status": status,
        "message": f"{phrase}, said politely",
        "answer": {"error": 1},
    }


def test_no_network_is_a_refusal_too(open_page):
    page = open_page(PHRASES)
    page.route("**/vote", lambda route: route.abort())
    refused = page.evaluate(POST, ["/vote", {}])
    assert (refused["status"], refused["message"]) == (0, "offline, said politely")


def test_a_phrase_takes_values_and_a_missing_one_is_an_error(open_page):
    page = open_page('<meta name="phrase:left" content="{count} of {all} left">')
    say = "async v => (await import('/static/js/phrases.js')).phrase(v[0], v[1])"
    assert page.evaluate(say, ["left", {"count": 3}]) == "3 of {all} left"
    with pytest.raises(Exception, match="no phrase named absent"):
        page.evaluate(say, ["absent", {}])


def test_an_announcement_goes_to_the_region_of_its_urgency(open_page):
    page = open_page('<div id="announce"></div><div id="announce-urgent"></div>')
    say = "async v => (await import('/static/js/announce.js')).announce(v[0], { urgent: v[1] })"
    page.evaluate(say, ["Item 4", False])
    page.get_by_text("Item 4").wait_for()
    page.evaluate(say, ["Recalled", True])
    page.wait_for_function("document.getElementById('announce-urgent').textContent === 'Recalled'")
    assert page.text_content("#announce") == "Item 4"


def test_a_message_can_be_put_away_and_its_neighbour_stays(open_page):
    page = open_page(
        '<main id="main" tabindex="-1">'
        "<p data-dismissible>one<button data-dismiss hidden>x</button></p>"
        "<p data-dismissible>two<button data-dismiss hidden>x</button></p></main>"
    )
    page.locator("[data-dismiss]").first.click()
    assert page.locator("p").all_text_contents() == ["twox"]
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_dialog_opens_and_closes(open_page):
    page = open_page(
        '<button data-opens-dialog="d" hidden>open</button>'
        '<dialog id="d">inside<button data-closes-dialog>close</button></dialog>'
    )
    page.get_by_text("open").click()
    page.get_by_text("inside").wait_for()
    page.get_by_text("close").click()
    page.get_by_text("inside").wait_for(state="hidden")


MENUS = (
    '<link rel="stylesheet" href="/static/css/app.css"><header class="header">'
    '<details class="menu" id="a"><summary>A</summary><p class="menu-panel">in A</p></details>'
    '<details class="menu" id="b"><summary>B</summary></details></header><p>elsewhere</p>'
)


def open_menus(page):
    return page.evaluate("[...document.querySelectorAll('[open]')].map((menu) => menu.id)")


def test_a_menu_closes_when_another_opens_or_a_finger_lands_elsewhere(open_page):
    page = open_page(MENUS)
    page.get_by_text("A", exact=True).click()
    page.get_by_text("in A").click()
    assert open_menus(page) == ["a"]
    page.get_by_text("B", exact=True).click()
    assert open_menus(page) == ["b"]
    page.get_by_text("elsewhere").click()
    assert open_menus(page) == []


def test_escape_closes_a_menu_and_returns_to_its_word(open_page):
    page = open_page(MENUS)
    page.get_by_text("A", exact=True).click()
    page.keyboard.press("Escape")
    assert open_menus(page) == []
    assert page.evaluate("document.activeElement.textContent") == "A"


@pytest.mark.parametrize(("method", "sent"), [("post", 1), ("get", 2)])
def test_only_a_posted_form_is_sent_once(open_page, method, sent):
    page = open_page(f'<form method="{method}"><button>send</button></form>')
    count = """() => {
      let sent = 0;
      addEventListener("submit", (event) => {
        sent += event.defaultPrevented ? 0 : 1;
        event.preventDefault();
      });
      const form = document.forms[0];
      form.requestSubmit();
      form.requestSubmit();
      return sent;
    }"""
    assert page.evaluate(count) == sent
