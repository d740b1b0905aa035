"""The templates' environment."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment as FlaskEnvironment


class Environment(FlaskEnvironment):
    """Templates that share one set of globals.

    Jinja compares the globals of a template with those of each template it imports; it does so
    quickly where both are the same plain dictionary, and a page imports some ten.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the environment's own globals, or a copy with more."""
        return {**self.globals, **d} if d else self.globals
