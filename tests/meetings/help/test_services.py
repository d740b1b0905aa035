from sqlalchemy import select

from meetings.help.services import send_feedback
from meetings.models import Feedback
from tests import factories


def test_feedback_is_kept_with_its_writer_and_page(session):
    writer, other = factories.user(session), factories.user(session)
    kept = send_feedback(session, "Chữ hơi nhỏ", page="/meetings", by=writer)
    assert session.scalars(select(Feedback)).all() == [kept]
    assert (kept.text, kept.page, kept.user_id) == ("Chữ hơi nhỏ", "/meetings", writer.id)
    assert kept.user_id != other.id
