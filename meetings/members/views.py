"""The register of party members: its switch, its lists, the records."""

from meetings.members.badges import views as badges
from meetings.members.custody import views as custody
from meetings.members.lists import views as lists
from meetings.members.module import views as module
from meetings.members.records import views as records
from meetings.members.reform import views as reform
from meetings.members.register import views as register
from meetings.web.pages import Pages

pages = Pages("members", __name__)
module.register(pages)
lists.register(pages)
badges.register(pages)
register.register(pages)
records.register(pages)
custody.register(pages)
reform.register(pages)
