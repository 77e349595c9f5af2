"""Records → one linked, read-only Site, and the Edition of it that is visible at one moment."""

from generator.site.edition import Edition, Tag, open_edition
from generator.site.related import nearest
from generator.site.site import Site, check_fragments, check_references, link_site, split_ref
from generator.site.slots import choose_campaign

__all__ = [
    "Edition",
    "Site",
    "Tag",
    "check_fragments",
    "check_references",
    "choose_campaign",
    "link_site",
    "nearest",
    "open_edition",
    "split_ref",
]
