"""The corridor through all rooms: a site's folder goes in, a published site comes out.

`build` publishes; `survey` stops after the plan, for those who ask about a site.
"""

from generator.build.corridor import (
    VIEWS,
    PlannedSite,
    Progress,
    Report,
    Request,
    build,
    open_place,
    survey,
    warm_up,
)

__all__ = ["VIEWS", "PlannedSite", "Progress", "Report", "Request", "build", "open_place", "survey", "warm_up"]
