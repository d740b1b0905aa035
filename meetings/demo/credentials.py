"""The accounts that the journeys sign in with, in a file that only its owner may read."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from meetings.settings import Settings

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
GROUPS, LETTERS = 4, 4
CELL = "cell"
LABELS = {
    "secretary": "Văn thư",
    "delegate": "Đại biểu",
    "searcher": "Tra cứu",
    "outsider": "Người ngoài cuộc họp",
    "admin": "Quản trị",
    CELL: "Bí thư chi bộ",
}

Credentials = Mapping[str, Mapping[str, str]]


def new_password() -> str:
    """Return a password of four groups of four characters, easy to read aloud."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
    return "-".join(groups)


def file_of(settings: Settings) -> Path:
    """Return where the accounts are kept."""
    return settings.instance / "demo-accounts.json"


def write(file: Path, credentials: Credentials) -> None:
    """Keep the accounts; a reader sees the old file or the new one, never half of one."""
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as target:
        json.dump(credentials, target, ensure_ascii=False, indent=2)
        target.flush()
        os.fsync(target.fileno())
    draft.replace(file)


def read(file: Path) -> Credentials | None:
    """Return the accounts, None where no demo was loaded."""
    if not file.exists():
        return None
    known: Credentials = json.loads(file.read_text(encoding="utf-8"))
    return known


def table(credentials: Credentials) -> str:
    """Return the accounts as the table that `make run` prints."""
    rows = [(LABELS[persona], *account.values()) for persona, account in credentials.items()]
    lines = [f"  {label:<22}{username:<14}{password}" for label, username, password in rows]
    return "\n".join(("Tài khoản dùng thử (tỉnh Lam Khê, hư cấu):", *lines))
