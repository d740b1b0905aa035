import pytest

pytestmark = pytest.mark.browser

PHRASES = "".join(
    f'<meta name="phrase:{name}" content="{text}">'
    for name, text in {
        "file-waiting": "waiting",
        "file-sent": "sent {percent}",
        "file-examined": "examined",
        "file-waits": "waits",
        "offline": "offline politely",
        "refused": "refused politely",
        "gone": "gone politely",
        "invalid": "invalid politely",
        "files-done": "{count} through",
        "failed": "failed politely",
        "too-large": "too large politely",
        "file-lost": "send it again",
        "put-away": "put away",
    }.items()
)
AGENDA = (
    '<div data-offer hidden><p class="notice-title">changed</p>'
    "<button data-accept>load</button></div>"
    '<section id="agenda" data-live="/stream" data-tag="old">{}</section>'
    '<div id="announce" role="status"></div>'
)
INTAKE = (
    '<meta name="csrf-token" content="t"><form data-intake="papers-1" data-uploads="/uploads">'
    '<input id="files" type="file" name="files" multiple><button data-without-scripts>send</button>'
    "<ul data-files></ul></form>"
    '<ul id="papers-1" data-papers>{}</ul><div id="announce" role="status"></div>'
)
FILE = {"name": "bao-cao.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}


@pytest.fixture
def open_page(stage, page, address):
    def opened(body, script):
        stage.body = f'{PHRASES}{body}<script type="module" src="/static/js/{script}"></script>'
        page.goto(address)
        page.wait_for_load_state("load")
        return page

    return opened


def test_a_changed_agenda_is_offered_and_replaced_only_when_accepted(stage, open_page):
    page = open_page(AGENDA.format("before"), "agenda.js")
    stage.body = AGENDA.format("after")
    stage.news.put("event: agenda\ndata: {}\n\n")
    page.wait_for_selector("[data-offer]:not([hidden])")
    page.click("[data-accept]")
    assert page.inner_text("#agenda") == "after"
    assert page.is_hidden("[data-offer]")


def test_a_file_taken_in_appears_among_the_papers(stage, open_page):
    begun = '{"upload": "u1", "offset": 0, "size": 8, "chunk": 5}'
    stage.answers["/uploads"] = (201, "application/json", begun)
    for offset, told in ((0, '"offset": 5'), (5, '"offset": 8, "files": [{"ok": true}]')):
        answer = f'{{"upload": "u1", "size": 8, "chunk": 5, {told}}}'
        path = f"/uploads/chunks?upload=u1&offset={offset}"
        stage.answers[path] = (200, "application/json", answer)
    page = open_page(INTAKE.format(""), "intake.js")
    assert page.is_hidden("[data-without-scripts]")
    stage.body = INTAKE.format("<li>bao-cao.pdf</li>")
    page.set_input_files("#files", [FILE])
    page.wait_for_selector("#papers-1 li")
    assert page.locator("[data-files] li").count() == 0
    assert all(headers["X-CSRFToken"] == "t" for headers, _ in stage.posted)
    assert all(headers["Accept"] == "application/json" for headers, _ in stage.posted)
    assert b"bao-cao.pdf" in stage.posted[0][1]
    assert [body for _, body in stage.posted[1:]] == [b"%PDF-", b"1.7"]


def test_a_file_whose_page_was_closed_is_asked_for_again_until_it_is_put_away(stage, open_page):
    tray = INTAKE.replace("data-uploads", 'data-missing="/missing" data-uploads')
    begun = '{"upload": "u1", "ticket": "sealed", "offset": 0, "size": 8, "chunk": 5}'
    stage.answers["/uploads"] = (201, "application/json", begun)
    stage.answers["/uploads/chunks?upload=u1&offset=0"] = (503, "text/html", "")
    page = open_page(tray.format(""), "intake.js")
    page.set_input_files("#files", [FILE])
    page.wait_for_function("localStorage.getItem('sending')?.includes('sealed')")
    assert "bao-cao" not in page.evaluate("localStorage.getItem('sending')")
    lost = '{"missing": [{"ticket": "sealed", "name": "bao-cao.pdf"}], "arrived": []}'
    stage.answers["/missing"] = (200, "application/json", lost)
    page = open_page(tray.format(""), "intake.js")
    page.wait_for_selector(".intake-refused")
    assert page.inner_text(".intake-refused").startswith("bao-cao.pdf")
    assert "send it again" in page.inner_text(".intake-refused")
    page.click(".intake-refused button")
    assert page.locator(".intake-refused").count() == 0
    assert page.evaluate("localStorage.getItem('sending')") is None


def test_a_file_that_came_or_was_refused_is_not_asked_for_again(stage, open_page):
    tray = INTAKE.replace("data-uploads", 'data-missing="/missing" data-uploads')
    stage.answers["/missing"] = (
        200, "application/json", '{"missing": [], "arrived": ["came"]}'
    )  # fmt: skip
    begun = (
        '{"upload": "u1", "ticket": "sealed", "size": 8,'
        ' "files": [{"ok": false, "message": "empty"}]}'
    )
    stage.answers["/uploads"] = (201, "application/json", begun)
    page = open_page(tray.format(""), "intake.js")
    sent = '[{"place": "/uploads", "ticket": "came"}]'
    page.evaluate("(sent) => localStorage.setItem('sending', sent)", sent)
    page = open_page(tray.format(""), "intake.js")
    page.wait_for_function("localStorage.getItem('sending') === null")
    page.set_input_files("#files", [FILE])
    page.wait_for_selector(".intake-refused")
    assert page.evaluate("localStorage.getItem('sending')") is None


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((200, "application/json", '{"files": [{"ok": false, "message": "empty"}]}'), "empty"),
        ((200, "text/html", "a page to sign in"), "failed politely"),
        ((413, "text/html", ""), "too large politely"),
        ((500, "text/html", ""), "failed politely"),
    ],
)
def test_a_refused_file_stays_with_its_sentence(stage, open_page, answer, said):
    stage.answers["/uploads"] = answer
    page = open_page(INTAKE.format(""), "intake.js")
    page.set_input_files("#files", [FILE, FILE])
    page.wait_for_function("document.querySelectorAll('.intake-refused').length === 2")
    assert said in page.inner_text("[data-files]")
    assert len(stage.posted) == 2


def test_a_server_that_forgets_again_and_again_is_given_up(stage, open_page):
    stage.answers["/uploads"] = (
        201,
        "application/json",
        '{"upload": "u1", "offset": 0, "chunk": 5}',
    )
    page = open_page(INTAKE.format(""), "intake.js")
    page.set_input_files("#files", [FILE])
    page.wait_for_selector(".intake-refused")
    assert "failed politely" in page.inner_text("[data-files]")
    assert len(stage.posted) == 8


def test_a_busy_server_is_asked_again(stage, open_page):
    stage.answers["/uploads"] = (503, "text/html", "")
    page = open_page(INTAKE.format(""), "intake.js")
    page.set_input_files("#files", [FILE])
    page.get_by_text("waits").wait_for()
    stage.answers["/uploads"] = (200, "application/json", '{"files": [{"ok": true}]}')
    page.wait_for_function("document.querySelectorAll('[data-files] li').length === 0")


def test_what_happens_while_the_papers_are_fetched_is_fetched_once(stage, open_page, page, address):
    row = '<li data-document="d">{}<span data-progress></span></li>'
    body = '<i data-office-live="/stream"></i>' + INTAKE
    held = []

    def hold(asked):
        if asked.request.resource_type == "document":
            asked.continue_()
        else:  # what the opened stream asks for is held too
            held.append(asked)

    page.route(lambda url: url.rstrip("/") == address.rstrip("/"), hold)
    open_page(body.format(row.format("before")), "intake.js")
    stage.body = body.format(row.format("after"))
    for _ in range(4):
        stage.news.put("event: paper\ndata: {}\n\n")
    told = '{"key": "prepare:d", "state": "running", "done": 1, "total": 3}'
    stage.news.put(f"event: job\ndata: {told}\n\n")
    page.wait_for_function("document.querySelector('[data-progress]').textContent === '1/3'")
    assert len(held) == 1
    held[0].continue_()
    page.wait_for_function("document.querySelector('#papers-1').textContent === 'after'")
    while len(held) < 2:
        page.wait_for_timeout(20)
    with page.expect_event("requestfinished"):
        held[1].continue_()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => done()))")
    assert len(held) == 2
