import datetime as dt
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parents[2] / "templates"


def untranslated(text: str) -> str:
    return text


def one_or_many(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


def place(label: str, icon: str) -> SimpleNamespace:
    return SimpleNamespace(label=label, endpoint=f"{label}.all", icon=icon)


@pytest.fixture
def engine() -> Environment:
    """Return the templates with the names that the application gives them."""
    engine = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    engine.install_gettext_callables(untranslated, one_or_many, newstyle=True)
    engine.globals.update(
        asset=lambda name: f"/assets/0/{name}",
        csrf_token=lambda: "token-of-this-session",
        url_for=lambda endpoint, **_values: f"/to/{endpoint}",
        get_flashed_messages=lambda **_options: engine.globals.get("flashed", []),
        navigation=lambda: [
            SimpleNamespace(place=place("Today", "today"), current=True, count=0),
            SimpleNamespace(place=place("Archive", "search"), current=False, count=3),
        ],
        fragment=lambda name, **facts: engine.get_template(f"fragments/{name}.html").make_module(
            facts
        ),
        preferences={"theme": "night", "size": "125", "locale": "vi"},
        settings=SimpleNamespace(support_phone="4321", max_upload=200 * 1024 * 1024),
        current_user=SimpleNamespace(id=7, is_authenticated=True, name="Lê <An>", device_id=None),
        request=SimpleNamespace(full_path="/meetings?year=2026"),
    )
    engine.filters.update(
        day=lambda moment: f"{moment:%d/%m/%Y}",
        weekday=lambda moment: f"{moment:%d/%m/%Y}",
        clock_time=lambda moment: f"{moment:%H:%M}",
        size=lambda count: f"{count // 1024**2} MB",
    )
    return engine


@pytest.fixture
def draw(engine: Environment) -> Callable[..., str]:
    """Return a function that renders template source and folds its blanks."""

    def drawn(source: str, **values: Any) -> str:
        return " ".join(engine.from_string(source).render(**values).split())

    return drawn


@pytest.fixture
def morning() -> dt.datetime:
    return dt.datetime(2026, 11, 25, 8, 0, tzinfo=dt.UTC)
