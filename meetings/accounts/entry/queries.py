"""What the page of the second factor shows: the secret in letters and as a picture to scan."""

from dataclasses import dataclass

from meetings.accounts.second_factor.services import address
from meetings.models import User
from meetings.press.squares import squares

GROUP = 4


@dataclass(frozen=True)
class Sheet:
    """A secret to be put into an authenticator app."""

    letters: str
    size: float
    path: str
    """The dark squares, as the path of an SVG of that size."""


def sheet(user: User, secret: str | None) -> Sheet | None:
    """Return the sheet of a secret that is not shared yet."""
    if secret is None:
        return None
    code = squares(address(user, secret))
    letters = " ".join(secret[i : i + GROUP] for i in range(0, len(secret), GROUP))
    return Sheet(letters, code.size, code.path)
