"""Pelican's settings for the bench; topics are Pelican's tags, since an article may have several."""

import json
from pathlib import Path

SITENAME = "Bench News"
SITESUBTITLE = "News to measure with"
SITEURL = "https://bench.example"
DESCRIPTION = "News that nobody reported."
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "public"
THEME = "theme"
THEME_STATIC_DIR = ""
STATIC_PATHS = []
WITH_FUTURE_DATES = True
DELETE_OUTPUT_DIRECTORY = False
TOPICS = json.loads(Path(__file__).with_name("topics.json").read_text(encoding="utf-8"))
DESCRIPTIONS = {slug: description for slug, _, description in TOPICS}

ARTICLE_URL = "{address}"
ARTICLE_SAVE_AS = "{address}index.html"
TAG_URL = "topics/{slug}/"
TAG_SAVE_AS = "topics/{slug}/index.html"
TAGS_URL = "topics/"
TAGS_SAVE_AS = "topics/index.html"
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = YEAR_ARCHIVE_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags", "sitemap", "404", "robots"]
SITEMAP_SAVE_AS = "sitemap.xml"
ROBOTS_SAVE_AS = "robots.txt"

PAGINATED_TEMPLATES = {"index": 30, "tag": 30}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

FEED_ALL_RSS = "feed.xml"
TAG_FEED_RSS = "topics/{slug}/feed.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = False

PLUGIN_PATHS = [str(Path(__file__).parent)]
PLUGINS = ["related"]
