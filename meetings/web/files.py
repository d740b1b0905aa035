"""Files as answers: any byte range of an encrypted blob, under the name the file came with."""

from urllib.parse import quote

from flask import Response, request
from werkzeug.wsgi import wrap_file

from storage import BlobReader


def stored_file(
    reader: BlobReader, *, size: int, media_type: str, name: str, etag: str
) -> Response:
    """Answer with a stored file; honour Range and If-None-Match."""
    response = Response(
        wrap_file(request.environ, reader),  # type: ignore[arg-type] # reads and seeks like a file
        mimetype=media_type,
        direct_passthrough=True,
    )
    response.content_length = size
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.set_etag(etag)
    response.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    return response


def never_kept(answer: Response, name: str) -> Response:
    """Let a file be saved under a name, and no browser keep it beside that."""
    answer.headers["Content-Disposition"] = disposition(name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def disposition(name: str) -> str:
    """Return a header that carries any name, in any script (RFC 6266)."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    plain = "".join(c if c.isprintable() and c not in '"\\' else "_" for c in plain)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
