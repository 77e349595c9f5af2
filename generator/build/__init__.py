"""A request → a published site. `build` publishes; `survey` stops after the plan."""

from generator.build.corridor import build, survey, warm_up
from generator.build.opened import PlannedSite
from generator.build.place import find_releases, open_place
from generator.build.request import Progress, Report, Request, Viewer, show_nothing
from generator.build.themes import VIEWS
from generator.load import Memory
