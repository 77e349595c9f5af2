import os

SITENAME = "Garden Wire"
SITEURL = "https://garden.example"
TIMEZONE = "Asia/Tokyo"
PATH = "content"
ARTICLE_URL = "{date:%Y}/{slug}.html"
THEME = os.environ.get("THEME", "simple")
