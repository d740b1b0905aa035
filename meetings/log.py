"""Logging: one line a record, with the request's id; never titles, names or text of documents."""

import logging
import logging.config
from contextvars import ContextVar
from uuid import uuid4

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestId(logging.Filter):
    """Put the id of the current request on every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id and let the record pass."""
        record.request_id = request_id.get()
        return True


class OneLine(logging.Formatter):
    """Write whatever a record says, its traceback too, as one line that forges no other."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line."""
        text = super().format(record)
        return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def configure(level: str = "INFO") -> None:
    """Send every record to standard error in one shape."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"request": {"()": RequestId}},
            "formatters": {
                "line": {
                    "()": OneLine,
                    "format": "time=%(asctime)s level=%(levelname)s logger=%(name)s "
                    "request=%(request_id)s %(message)s",
                }
            },
            "handlers": {
                "stderr": {
                    "class": "logging.StreamHandler",
                    "filters": ["request"],
                    "formatter": "line",
                }
            },
            "root": {"level": level, "handlers": ["stderr"]},
        }
    )


def new_request_id() -> str:
    """Start a new request id in this context and return it."""
    token = uuid4().hex[:12]
    request_id.set(token)
    return token
