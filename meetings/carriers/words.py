"""The words of what is sent: that something waits, never what, for others may read it too."""

from collections.abc import Mapping
from typing import NamedTuple

from meetings.models import MessageKind


class Words(NamedTuple):
    """A subject and a text, the same for everybody; the short one every telephone can show."""

    subject: str
    text: str
    short: str


WORDS: Mapping[MessageKind, Words] = {
    MessageKind.INVITATION: Words(
        "Nghị Sự: đồng chí có giấy mời mới",
        "Đồng chí có giấy mời mới. Mời đồng chí mở Nghị Sự để xem và trả lời.",
        "Nghi Su: dong chi co giay moi moi. Moi dong chi mo Nghi Su de xem va tra loi.",
    ),
    MessageKind.REMINDER: Words(
        "Nghị Sự: văn phòng đang chờ đồng chí trả lời",
        "Văn phòng đang chờ đồng chí trả lời giấy mời. Mời đồng chí mở Nghị Sự để trả lời.",
        "Nghi Su: van phong dang cho dong chi tra loi giay moi. Moi dong chi mo Nghi Su.",
    ),
    MessageKind.NEWS: Words(
        "Nghị Sự: có nội dung mới",
        "Có nội dung mới từ lần trước đồng chí xem. Mời đồng chí mở Nghị Sự để xem.",
        "Nghi Su: co noi dung moi tu lan truoc dong chi xem. Moi dong chi mo Nghi Su.",
    ),
}
CLOSING = (
    "Thư này được gửi tự động, xin không trả lời. Để thôi nhận, mở Nghị Sự, mục “Báo cho tôi”."
)


def mail_text(kind: MessageKind, site: str) -> str:
    """Return the text of a mail."""
    return "\n\n".join(filter(None, (WORDS[kind].text, site, CLOSING))) + "\n"
