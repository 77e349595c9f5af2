"""Records → one linked, read-only Site, and the Edition of it that is visible at one moment."""

from generator.site.comparison import Comparison, compare_coverage
from generator.site.edition import Edition, Tag, month_of, open_edition
from generator.site.extracts import check_extracts
from generator.site.quotes import check_quotes
from generator.site.related import nearest
from generator.site.site import Site, check_fragments, check_references, link_site, split_ref
from generator.site.slots import choose_campaign

__all__ = [
    "Comparison",
    "Edition",
    "Site",
    "Tag",
    "check_extracts",
    "check_fragments",
    "check_quotes",
    "check_references",
    "choose_campaign",
    "compare_coverage",
    "link_site",
    "month_of",
    "nearest",
    "open_edition",
    "split_ref",
]
