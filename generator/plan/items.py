"""Makes the items of feeds: articles, sponsored messages and changes."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from generator.media import media_type
from generator.names import OutputPath
from generator.outputs.views import Enclosure, FeedItem, Link, Passage
from generator.plan.desk import Desk, author_links, corrected_at, standfirst
from generator.plan.passages import article_passages
from generator.plan.urls import Links
from generator.records import Article, Sponsor
from generator.site import Change, Tag, article_identity, atom_id, campaign_identity, change_identity


def article_item(desk: Desk, article: Article, tags: Sequence[Tag], links: Links, *, is_full: bool) -> FeedItem:
    """An article as feeds hold it: whole, or by its summary."""
    make = partial(_make_item, desk, article, tags, links, is_full=is_full)
    item: FeedItem = desk.once((FeedItem, article.id, is_full), make)
    return item


def _make_item(desk: Desk, article: Article, tags: Sequence[Tag], links: Links, *, is_full: bool) -> FeedItem:
    source = desk.sources[article.source]
    topics = [desk.topics[topic].title for topic in dict.fromkeys((article.topic, *article.also))]
    address = (*source.feeds, source.homepage)[0] or desk.urls.absolute(desk.urls.front_path())
    guid = article_identity(article, desk.feed_authority)
    return FeedItem(
        guid=guid,
        atom_id=atom_id(guid, desk.feed_authority) if article.guid else guid,
        title=article.title,
        url=desk.urls.absolute(desk.urls.article_path(article)),
        summary=_summary(desk, article),
        published=article.published,
        updated=corrected_at(article),
        authors=author_links(article) or (Link(text=source.title, href=source.homepage),),
        source=Link(text=source.title, href=address),
        original=article.source_url,
        categories=tuple(dict.fromkeys([*topics, *(tag.label for tag in tags)])),
        language=desk.foreign(article.language),
        image=_enclosure(desk, article),
        passages=tuple(_passages(desk, article, links)) if is_full else (),
    )


def sponsored_item(desk: Desk, campaign: Sponsor, links: Links, *, is_full: bool) -> FeedItem:
    """A sponsored message, with its label in the title and before its text, and what it is among the categories."""
    assert campaign.starts is not None, "a feed dates every item"
    label = desk.label(campaign)
    guid = campaign_identity(campaign, desk.feed_authority)
    payer = "" if campaign.sponsor in label else campaign.sponsor
    told = [payer, campaign.body.lead or campaign.headline, campaign.note]
    return FeedItem(
        guid=guid,
        atom_id=guid,
        title=desk.say("labelled", label=label, text=campaign.headline),
        url=campaign.actions[0].url if campaign.actions else campaign.homepage,
        summary=desk.say("labelled", label=label, text=" ".join(_sentences(told))),
        published=campaign.starts,
        updated=campaign.starts,
        authors=(Link(text=campaign.sponsor, href=campaign.homepage),),
        categories=(campaign.label or desk.say("sponsored"),),
        passages=tuple(_sponsored_passages(desk, campaign, label, links)) if is_full else (),
        is_sponsored=True,
    )


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    """Texts that are read one after the other: each on one line, and with a full stop where it ends in a word."""
    for text in texts:
        if folded := " ".join(text.split()):
            yield f"{folded}." if folded[-1].isalnum() else folded


def change_item(desk: Desk, change: Change, *, is_full: bool) -> FeedItem:
    """Something that changed in a story, or that was corrected."""
    article, story = change.article, change.story
    record = story or article
    assert record is not None, "a change is of an article or a story"
    names = ", ".join(desk.sources[source].title for source in change.sources)
    match change.kind:
        case "source":
            text = names
        case "status":
            text = desk.say(f"status_{change.text}")
        case _:
            text = change.text
    is_correction = change.kind == "correction"
    label = desk.say("correction" if is_correction else f"change_{change.kind}")
    title = (article or record).title if is_correction else text
    told = f"{text} ({names})" if names and text != names else text
    guid = change_identity(record, change.key, desk.feed_authority)
    return FeedItem(
        guid=guid,
        atom_id=guid,
        title=desk.say("labelled", label=label, text=title),
        url=_change_url(desk, change),
        summary=desk.say("labelled", label=label, text=told),
        published=change.at,
        updated=change.at,
        authors=(Link(text=desk.config.site.title, href=desk.urls.absolute(desk.urls.front_path())),),
        categories=(label,),
        passages=tuple(_change_passages(desk, change, label, told)) if is_full else (),
    )


def _change_url(desk: Desk, change: Change) -> str:
    """The line on the page of the story's changes; a corrected article itself, which tells its corrections."""
    if change.kind == "correction" and change.article:
        return desk.urls.absolute(desk.urls.article_path(change.article)) + "#changes"
    assert change.story is not None
    if desk.urls.changes_href(change.story):
        return f"{desk.urls.absolute(desk.urls.changes_path(change.story))}#{change.anchor}"
    return desk.urls.absolute(desk.urls.story_path(change.story))


def _change_passages(desk: Desk, change: Change, label: str, told: str) -> Iterator[Passage]:
    yield Passage(label=_with_colon(desk, label), text=told)
    if change.article:
        article = desk.urls.absolute(desk.urls.article_path(change.article))
        language = desk.foreign(change.article.language)
        yield Passage(text=change.article.title, href=article, language=language)
    elif change.story:
        yield Passage(text=change.story.title, href=desk.urls.absolute(desk.urls.story_path(change.story)))


def _summary(desk: Desk, article: Article) -> str:
    summary = standfirst(article) or article.title
    if article.badge:
        summary = desk.say("labelled", label=desk.say(f"badge_{article.badge}"), text=summary)
    notes = (desk.say("labelled", label=label, text=note) for label, note in _corrections(desk, article))
    return " ".join(filter(None, [summary, *notes]))


def _corrections(desk: Desk, article: Article) -> Iterator[tuple[str, str]]:
    """The label and note of each correction, newest first."""
    for change in sorted(article.revisions, key=lambda change: change.at, reverse=True):
        if change.significant:
            yield desk.say("correction_on", date=desk.strings.day(change.at)), change.note


def _with_colon(desk: Desk, label: str) -> str:
    return desk.say("labelled", label=label, text="").rstrip()


def _enclosure(desk: Desk, article: Article) -> Enclosure | None:
    image = desk.image(article)
    if image is None or article.image is None:
        return None
    path: OutputPath = desk.renditions(desk.pictures[article.file, article.image.src]).plain.path
    return Enclosure(
        url=image.url,
        type=media_type(path),
        length=desk.lengths.get(path, 0),
        width=image.width,
        height=image.height,
        alt=image.alt,
        credit=image.credit,
    )


def _passages(desk: Desk, article: Article, links: Links) -> Iterator[Passage]:
    """What an article's page tells: a badge, the language it was in, its text, corrections, where the original is."""
    if article.badge:
        yield Passage(label=desk.say(f"badge_{article.badge}"))
    if article.translated_from:
        language = desk.strings.language_name(article.translated_from)
        yield Passage(text=desk.say("translated_from", language=language))
    yield from article_passages(desk, article, links)
    for label, note in _corrections(desk, article):
        yield Passage(label=_with_colon(desk, label), text=note)
    if article.source_url:
        title = desk.sources[article.source].title
        yield Passage(text=desk.say("original_at", source=title), href=article.source_url)


def _sponsored_passages(desk: Desk, campaign: Sponsor, label: str, links: Links) -> Iterator[Passage]:
    policy = desk.policy_link()
    if policy is not None and policy.href is not None:
        yield Passage(label=label, text=policy.text, href=desk.urls.site.full(policy.href))
    else:
        yield Passage(label=label)
    if text := desk.text(campaign, links):
        yield Passage(texts=(text,))
    if campaign.creative:
        yield Passage(code=campaign.creative.rstrip("\n"))
    for action in campaign.actions:
        yield Passage(text=action.text, href=action.url)
    if campaign.note:
        yield Passage(text=campaign.note)
    yield Passage(text=campaign.sponsor, href=campaign.homepage)
    for line in filter(None, (campaign.tagline, campaign.proof)):
        yield Passage(text=line)
