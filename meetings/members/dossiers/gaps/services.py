"""A keeper says of a kind that it never arose, or that it has to be supplemented."""

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from meetings.models import DossierMark, Mark, Member
from meetings.policy import Asker


def mark(session: Session, member: Member, marks: Mapping[int, Mark | None], *, by: Asker) -> None:
    """Keep what is said of kinds in a dossier; None takes it back."""
    own = DossierMark.member_id == member.id
    session.execute(delete(DossierMark).where(own, DossierMark.kind.in_(marks)))
    session.add_all(
        DossierMark(member_id=member.id, kind=kind, mark=said, set_by=by.id)
        for kind, said in marks.items()
        if said
    )
    session.flush()


def marks_of(session: Session, member: Member) -> Mapping[int, Mark]:
    """Return what is said of kinds in a dossier."""
    rows = session.scalars(select(DossierMark).where(DossierMark.member_id == member.id))
    return {row.kind: row.mark for row in rows}
