"""What a person does with kept searches, in one line each."""

import html
from urllib.parse import urlencode

from meetings import clock
from meetings.models import Document
from tests import factories

AT = "/archive/searches"


def filed(session, world, title, **changes) -> Document:
    values = {"title": title, "archived_at": clock.now()}
    return factories.document(session, world.office, **values | changes)


def keep(client, name="Việc của tôi", **asked):
    return client.submit(f"{AT}/new?{urlencode(asked)}", name=name)


def page(client, address=AT) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.text)
