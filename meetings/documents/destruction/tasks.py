"""What destroying a document takes beyond its rows: files, the database's log, older copies."""

import time
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import jobs
from meetings.documents.tasks import remove_unnamed
from meetings.installation import Installation
from meetings.models import Destruction

PATIENCE = 20
PAUSE = 0.1


class Unsettled(Exception):
    """Something of a destroyed document may still be there; the step is done again."""


@jobs.handles("documents.destroy")
def destroy(run: jobs.Run) -> None:
    """Remove files and copies of the database that hold the keys; have the index rewritten."""
    installation = run.installation
    remove_unnamed(installation, run.payload["blobs"])
    suffix = installation.database.dialect.copy_suffix
    for copy in installation.settings.copies_folder.glob(f"*{suffix}"):
        copy.unlink()
    settle(installation)
    order = {"destruction": run.payload["destruction"]}

    def hand_on(session: Session) -> None:
        destruction = session.get_one(Destruction, UUID(order["destruction"]))
        key = f"erase:{destruction.document_id}"
        jobs.enqueue(session, "archive.erase", order, key=key)

    installation.database.write(hand_on)


def settle(installation: Installation) -> None:
    """Bring deletions out of the database's log; raise Unsettled where readers hold it up."""
    for _ in range(PATIENCE):
        if installation.database.empty_log():
            return
        time.sleep(PAUSE)
    raise Unsettled
