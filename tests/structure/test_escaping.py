"""House rules of escaping: every template escapes, and nothing that people write goes around it."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask

from meetings.press import layouts

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
NAMES = sorted(str(p.relative_to(TEMPLATES)) for p in TEMPLATES.rglob("*") if p.is_file())
PRINTED = [name for name in NAMES if name.startswith("print/")]
PAGES = [name for name in NAMES if name not in PRINTED]
CODE = re.compile(r"{[{%].*?[%}]}", re.DOTALL)
AROUND = re.compile(
    r"\|\s*(?:safe|forceescape|xmlattr)\b"
    r"|\b(?:Markup|from_string)\b"
    r"|\bautoescape\b"
    r"|__html__"
)
TRUSTED = {("help/topic.html", "| safe")}  # the guide: our own files, which no reader can change
MARKUP = re.compile(r"\b(?:Markup|SafeString|render_template_string|from_string|__html__)\b")
IN_SCRIPTS = re.compile(
    r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe|"
    r"createContextualFragment|DOMParser|eval|srcdoc|trustedTypes)\b"
    r"|\bdocument\.write|\bnew Function\b"
)
HOSTILE = '<b title="x">&</b>'


def around_escaping(template: str) -> list[str]:
    return [found for code in CODE.findall(template) for found in AROUND.findall(code)]


def names_in(source: str) -> set[str]:
    tree = ast.parse(source)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return names | {alias.name for node in imports for alias in node.names}


def test_no_template_goes_around_escaping_but_for_our_own_guide():
    found = {
        (name, around)
        for name in NAMES
        for around in around_escaping((TEMPLATES / name).read_text(encoding="utf-8"))
    }
    assert found == TRUSTED


def test_no_code_declares_a_text_to_be_safe_but_the_catalogue_s():
    files = sorted((ROOT / "meetings").rglob("*.py"))
    found = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in files
        for name in names_in(file.read_text(encoding="utf-8"))
        if MARKUP.fullmatch(name)
    }
    assert len(files) > 80
    assert found == {"meetings/web/i18n.py: Markup"}, "sentences of the catalogue"


def test_no_script_turns_a_text_into_markup():
    files = sorted((ROOT / "static/js").rglob("*.js"))
    found = {(f.name, word) for f in files for word in IN_SCRIPTS.findall(f.read_text())}
    assert len(files) > 10
    assert found == {("start.js", "trustedTypes")}, "the one fixed address of the worker"


@pytest.mark.parametrize("name", PAGES)
def test_the_application_escapes_in_every_template(app: Flask, name: str):
    assert app.select_jinja_autoescape(name)
    assert app.jinja_env.autoescape(name)


def test_the_press_escapes_in_every_template():
    engine = layouts._environment()
    assert engine.autoescape is True
    assert sorted(f"print/{name}" for name in engine.list_templates()) == PRINTED


def test_nobody_else_has_an_engine_of_their_own():
    files = [*(ROOT / "meetings").rglob("*.py")]
    loading = {f.name for f in files if "FileSystemLoader" in names_in(f.read_text())}
    assert loading == {"layouts.py"}


def test_both_engines_show_a_hostile_text_as_it_was_written(app: Flask):
    with app.test_request_context():
        shown = app.jinja_env.from_string("{{ text }}").render(text=HOSTILE)
    printed = layouts._environment().from_string("{{ text }}").render(text=HOSTILE)
    assert shown == printed == "&lt;b title=&#34;x&#34;&gt;&amp;&lt;/b&gt;"


def test_the_rule_finds_what_it_looks_for():
    assert around_escaping("{{ title|safe }}{{ title | safe }}") == ["|safe", "| safe"]
    assert around_escaping("{% autoescape false %}{{ Markup(x) }}") == ["autoescape", "Markup"]
    assert around_escaping('<p class="safe">Markup | safe</p>{{ _("Save") }}') == []
    assert names_in("from markupsafe import Markup\nflask.render_template_string(x)") >= {
        "Markup",
        "render_template_string",
    }
    assert IN_SCRIPTS.findall("a.innerHTML = b; document.write(c)") == [
        "innerHTML",
        "document.write",
    ]
