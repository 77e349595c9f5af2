"""The corridor through all rooms: a site's folder goes in, a published site comes out.

`build` publishes; `survey` stops after the plan, for those who ask about a site.
"""

from generator.build.corridor import build, survey, warm_up
from generator.build.opened import PlannedSite
from generator.build.place import open_place
from generator.build.request import Progress, Report, Request
from generator.build.themes import VIEWS
