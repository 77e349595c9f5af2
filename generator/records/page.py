"""page: a plain page such as 'About' (`content/pages/`)."""

from typing import Literal

from generator.names import Language
from generator.records.fields import Order, Record, SitePath, Slug, Time, Title


class Page(Record, frozen=True, kw_only=True):
    """A page of text at the site's root, perhaps in the navigation."""

    title: Title
    slug: Slug | None = None
    order: Order = 0
    navigation: Literal["header", "footer", "none"] = "none"
    language: Language | None = None
    aliases: tuple[SitePath, ...] = ()
    published: Time | None = None
    expires: Time | None = None
    draft: bool = False
