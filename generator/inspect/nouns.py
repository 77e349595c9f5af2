"""What kinds of outputs are called, for who keeps a site and not for who writes a theme."""

import re

from generator.outputs import views
from generator.outputs.views import AnyView

_NOUNS: dict[type, str] = {
    views.FrontPage: "front page",
    views.ArticlePage: "pages of articles",
    views.ListingPage: "lists of articles",
    views.IndexPage: "indexes",
    views.StoryPage: "pages of stories",
    views.StoriesPage: "index of stories",
    views.ChangesPage: "pages of changes",
    views.InsightsPage: "insights",
    views.FeedsPage: "index of feeds",
    views.SponsorsPage: "page of sponsors",
    views.CampaignReport: "sponsors as JSON",
    views.TextPage: "plain pages",
    views.ForYouPage: "page of follows",
    views.NotFoundPage: "404 page",
    views.RedirectPage: "pages at old addresses",
    views.Redirects: "_redirects",
    views.Headers: "_headers",
    views.Feed: "feeds",
    views.Opml: "feeds.opml",
    views.Sitemap: "sitemaps",
    views.LlmsTxt: "llms.txt",
    views.MarkdownAlternate: "articles as markdown",
    views.Robots: "robots.txt",
    views.Copy: "files as they are",
    views.Rendition: "pictures",
    views.Animation: "animations",
    views.SocialCard: "social cards",
    views.Schema: "schemas of the API",
}
"""Those that their type does not name well enough."""

_DOCUMENT = re.compile(r"(.+)Document")
_INNER_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def noun_of(kind: type[AnyView]) -> str:
    """What outputs of a kind are called; where nothing better is known, their type in words."""
    if kind in _NOUNS:
        return _NOUNS[kind]
    document = _DOCUMENT.fullmatch(kind.__name__)
    words = _INNER_CAPITAL.sub(" ", document[1] if document else kind.__name__).lower()
    return f"{words} documents of the API" if document else words
