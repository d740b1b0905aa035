"""A job of light pictures that is killed made all or nothing, and is done again."""

from datetime import timedelta

import pytest

from meetings import documents, models, vault
from meetings.documents.quarantine.services import sweep_quarantine
from meetings.installation import Installation
from tests.kills import code_of, killed, lines_of
from tests.meetings.documents.aids.cheap import ALL_MADE, laid_open, make, seen, shown


@pytest.mark.sqlite
def test_a_killed_job_made_all_or_nothing_and_is_done_again(installation, session, lay):
    settings = installation.settings
    trial = lay()

    def making(identity):
        def act() -> None:
            own = Installation(settings)
            make(own, identity)
            own.close()

        return act

    def unlit(document):
        version, pages = seen(installation, document)
        session.rollback()
        installation.database.close()
        return version.id, pages

    code = code_of(documents, models, vault)
    count = len(lines_of(making(unlit(trial)[0]), code))
    assert count > 30
    outcomes = set()
    for step in (0, count // 3, count * 2 // 3, count - 1):
        document = lay()
        identity, _ = unlit(document)
        died = killed(making(identity), code, step)
        _, pages = unlit(document)
        lit = {page.light_image is not None for page in pages}
        assert len(lit) == 1
        assert died or lit == {True}
        outcomes |= lit
        making(identity)()
        assert shown(installation, document) == ALL_MADE
    assert False in outcomes
    sweep_quarantine(settings.quarantine_folder, timedelta(0))
    assert laid_open(installation) == []
