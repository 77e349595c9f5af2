"""A plugin of Pelican's: each article knows the two newer and the two older ones beside it."""

from pelican import signals


def relate(generator):
    """Set `related` of every article; they come newest first."""
    articles = generator.articles
    for place, article in enumerate(articles):
        article.related = articles[max(0, place - 2) : place] + articles[place + 1 : place + 3]


def register():
    """What Pelican calls."""
    signals.article_generator_finalized.connect(relate)
