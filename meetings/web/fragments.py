"""Parts that many pages share, rendered once for each set of facts they are made of.

A fragment sees its facts and the language, never the person or the request: one that did would
show one person's page to another (tests/structure/test_fragments.py reads each of them).
"""

from collections.abc import Hashable
from functools import lru_cache

from flask import current_app
from jinja2.environment import TemplateModule

from meetings.web.preferences import preferences

KEPT = 512


def fragment(name: str, **facts: Hashable) -> TemplateModule:
    """Return a template of `templates/fragments/` as markup; templates call it `fragment`."""
    return _rendered(name, preferences().locale, tuple(facts.items()))


@lru_cache(maxsize=KEPT)
def _rendered(name: str, _locale: str, facts: tuple[tuple[str, Hashable], ...]) -> TemplateModule:
    template = current_app.jinja_env.get_template(f"fragments/{name}.html")
    return template.make_module(dict(facts))
