"""Plans `/for-you/`, which shows what a reader follows."""

from functools import partial

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.pages import ForYouPage
from generator.outputs.parts import Link
from generator.plan.context import PlanContext
from generator.plan.meta import Head, page_meta
from generator.plan.parts import home_link, index_link
from generator.plan.routes import ROUTES


def plan_for_you(context: PlanContext) -> Draft:
    """Plan `/for-you/`, which differs for each reader, so search engines must not list it."""
    path = ROUTES["for_you"].path()
    return Draft(path, ForYouPage, "the page of follows", partial(_for_you_page, context, path))


def _for_you_page(context: PlanContext, path: OutputPath) -> ForYouPage:
    heading = context.say("for_you")
    crumbs = (home_link(context), Link(text=heading))
    indexes = (index_link(context, family) for family in ("topics", "sources"))
    return ForYouPage(
        meta=page_meta(context, path, Head(heading, context.say("for_you_description"), crumbs, is_indexed=False)),
        crumbs=crumbs,
        heading=heading,
        links=tuple(link for link in indexes if link.href),
    )
