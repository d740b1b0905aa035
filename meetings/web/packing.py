"""Answers that take fewer bytes on the way: gzip, where the browser takes it."""

import gzip

from flask import Response, request

SWIFT, SMALL = 1, 9


def packed(answer: Response) -> Response:
    """Return an answer packed, if whoever asked takes it.

    Only for what holds nothing that the question said: the length of a packed answer would tell
    where both agree.
    """
    answer.vary.add("Accept-Encoding")
    if takes_packed():
        answer.set_data(gzip.compress(answer.get_data(), SWIFT, mtime=0))
        answer.content_encoding = "gzip"
    return answer


def takes_packed() -> bool:
    """Tell whether the browser that asks takes gzip."""
    return request.accept_encodings.quality("gzip") > 0
