"""Plans the plain pages."""

from collections.abc import Iterator

import msgspec

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.pages import TextPage
from generator.outputs.parts import Link
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.keys import keyed_draft
from generator.plan.meta import Head, page_meta
from generator.plan.parts import home_link, text_of
from generator.plan.urls import Links
from generator.records import Page


def plan_pages(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan the plain pages."""
    for page in material.snapshot.pages:
        path, links = context.urls.record_path(page), material.directory.links_of(page)
        yield keyed_draft(context, path, TextPage, page.file, _text_page, page, links)


def _text_page(context: PlanContext, path: OutputPath, page: Page, links: Links) -> TextPage:
    language = context.foreign(page.language)
    crumbs = (home_link(context), Link(text=page.title, language=language))
    meta = page_meta(context, path, Head(page.title, page.body.lead, crumbs, is_indexed=context.is_out(page)))
    return TextPage(
        meta=msgspec.structs.replace(meta, language=language),
        crumbs=crumbs,
        heading=page.title,
        text=text_of(context, page, links),
        language=language,
        is_draft=page.draft,
        is_scheduled=context.is_scheduled(page),
    )
