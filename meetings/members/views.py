"""The register of party members: its switch, its lists, the records, their dossiers."""

from meetings.members.badges import views as badges
from meetings.members.custody import views as custody
from meetings.members.dossiers.gaps import views as gaps
from meetings.members.dossiers.packages import views as packages
from meetings.members.dossiers.scans import views as scans
from meetings.members.dossiers.strips import views as strips
from meetings.members.lists import views as lists
from meetings.members.module import views as module
from meetings.members.ratings import views as ratings
from meetings.members.records import views as records
from meetings.members.reform import views as reform
from meetings.members.register import views as register
from meetings.members.reports import views as reports
from meetings.web.pages import Pages

pages = Pages("members", __name__)
module.register(pages)
lists.register(pages)
badges.register(pages)
register.register(pages)
records.register(pages)
reports.register(pages)
ratings.register(pages)
scans.register(pages)
strips.register(pages)
gaps.register(pages)
packages.register(pages)
custody.register(pages)
reform.register(pages)
