"""Makes the items of feeds: articles, sponsored messages and changes."""

from collections.abc import Iterable, Iterator
from functools import partial

from generator.media import media_type
from generator.names import OutputPath, RecordId
from generator.outputs.feeds import Enclosure, FeedItem
from generator.outputs.parts import Link, Passage
from generator.plan.context import LinkedArticle, PlanContext
from generator.plan.parts import author_links, corrected_at, image_of, renditions_of, standfirst, text_of
from generator.plan.passages import article_passages
from generator.plan.slots import label_of, policy_link
from generator.plan.urls import Links
from generator.records import Article, Sponsor
from generator.site import DatedChange, article_identity, atom_id, campaign_identity, change_identity


def article_item(context: PlanContext, given: LinkedArticle, *, is_full: bool) -> FeedItem:
    """An article as a feed item: whole, or its summary."""
    make = partial(_make_item, context, given, is_full=is_full)
    return context.once((FeedItem, given.article.id, is_full), make)


def _make_item(context: PlanContext, given: LinkedArticle, *, is_full: bool) -> FeedItem:
    article, tags, links = given
    source = context.standing.sources[article.source]
    topics = [context.standing.topics[topic].title for topic in dict.fromkeys((article.topic, *article.also))]
    address = (*source.feeds, source.homepage)[0] or context.urls.absolute(context.urls.front_path())
    guid = article_identity(article, context.config.feed_authority)
    return FeedItem(
        guid=guid,
        atom_id=atom_id(guid, context.config.feed_authority) if article.guid else guid,
        title=article.title,
        url=context.urls.absolute(context.urls.article_path(article)),
        summary=_summary(context, article),
        published=article.published,
        updated=corrected_at(article),
        authors=author_links(article) or (Link(text=source.title, href=source.homepage),),
        source=Link(text=source.title, href=address),
        original=article.source_url,
        categories=tuple(dict.fromkeys([*topics, *(tag.label for tag in tags)])),
        language=context.foreign(article.language),
        image=_enclosure(context, article),
        passages=tuple(_passages(context, article, links)) if is_full else (),
    )


def sponsored_item(context: PlanContext, name: RecordId, *, is_full: bool) -> FeedItem:
    """A sponsored message; its label is in the title and before its text, and its kind among the categories."""
    campaign = context.standing.campaigns[name]
    assert campaign.starts is not None, "every feed item needs a date"
    label = label_of(context, campaign)
    guid = campaign_identity(campaign, context.config.feed_authority)
    payer = "" if campaign.sponsor in label else campaign.sponsor
    told = [payer, campaign.body.lead or campaign.headline, campaign.note]
    return FeedItem(
        guid=guid,
        atom_id=guid,
        title=context.say("labelled", label=label, text=campaign.headline),
        url=campaign.actions[0].url if campaign.actions else campaign.homepage,
        summary=context.say("labelled", label=label, text=" ".join(_sentences(told))),
        published=campaign.starts,
        updated=campaign.starts,
        authors=(Link(text=campaign.sponsor, href=campaign.homepage),),
        categories=(campaign.label or context.say("sponsored"),),
        passages=tuple(_sponsored_passages(context, campaign, label)) if is_full else (),
        is_sponsored=True,
    )


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    """Texts in a row: each on one line, with a full stop if it ends in a word."""
    for text in texts:
        if folded := " ".join(text.split()):
            yield f"{folded}." if folded[-1].isalnum() else folded


def change_item(context: PlanContext, change: DatedChange, *, is_full: bool) -> FeedItem:
    """Something that changed in a story, or that was corrected."""
    article, story = change.article, change.story
    record = story or article
    assert record is not None, "a change is of an article or a story"
    names = ", ".join(context.standing.sources[source].title for source in change.sources)
    match change.kind:
        case "source":
            text = names
        case "status":
            text = context.say(f"status_{change.text}")
        case _:
            text = change.text
    is_correction = change.kind == "correction"
    label = context.say("correction" if is_correction else f"change_{change.kind}")
    title = (article or record).title if is_correction else text
    told = f"{text} ({names})" if names and text != names else text
    guid = change_identity(record, change.key, context.config.feed_authority)
    return FeedItem(
        guid=guid,
        atom_id=guid,
        title=context.say("labelled", label=label, text=title),
        url=_change_url(context, change),
        summary=context.say("labelled", label=label, text=told),
        published=change.at,
        updated=change.at,
        authors=(Link(text=context.config.site.title, href=context.urls.absolute(context.urls.front_path())),),
        categories=(label,),
        passages=tuple(_change_passages(context, change, label, told)) if is_full else (),
    )


def _change_url(context: PlanContext, change: DatedChange) -> str:
    """The line on the page of the story's changes, or the page of the corrected article, which lists corrections."""
    if change.kind == "correction" and change.article:
        return context.urls.absolute(context.urls.article_path(change.article)) + "#changes"
    assert change.story is not None
    if context.urls.changes_href(change.story):
        return f"{context.urls.absolute(context.urls.changes_path(change.story))}#{change.anchor}"
    return context.urls.absolute(context.urls.record_path(change.story))


def _change_passages(context: PlanContext, change: DatedChange, label: str, told: str) -> Iterator[Passage]:
    yield Passage(label=_with_colon(context, label), text=told)
    if change.article:
        article = context.urls.absolute(context.urls.article_path(change.article))
        language = context.foreign(change.article.language)
        yield Passage(text=change.article.title, href=article, language=language)
    elif change.story:
        yield Passage(text=change.story.title, href=context.urls.absolute(context.urls.record_path(change.story)))


def _summary(context: PlanContext, article: Article) -> str:
    summary = standfirst(article) or article.title
    if article.badge:
        summary = context.say("labelled", label=context.say(f"badge_{article.badge}"), text=summary)
    notes = (context.say("labelled", label=label, text=note) for label, note in _corrections(context, article))
    return " ".join(filter(None, [summary, *notes]))


def _corrections(context: PlanContext, article: Article) -> Iterator[tuple[str, str]]:
    """The label and note of each correction, newest first."""
    for change in sorted(article.revisions, key=lambda change: change.at, reverse=True):
        if change.significant:
            yield context.say("correction_on", date=context.strings.day(change.at)), change.note


def _with_colon(context: PlanContext, label: str) -> str:
    return context.say("labelled", label=label, text="").rstrip()


def _enclosure(context: PlanContext, article: Article) -> Enclosure | None:
    image = image_of(context, article)
    if image is None or article.image is None:
        return None
    path: OutputPath = renditions_of(context, context.pictures[article.file, article.image.src]).plain.path
    return Enclosure(
        url=image.url,
        type=media_type(path),
        length=context.sizes.get(path, 0),
        width=image.width,
        height=image.height,
        alt=image.alt,
        credit=image.credit,
    )


def _passages(context: PlanContext, article: Article, links: Links) -> Iterator[Passage]:
    """The contents of an article's page: badge, original language, texts, corrections, link to the original."""
    if article.badge:
        yield Passage(label=context.say(f"badge_{article.badge}"))
    if article.translated_from:
        codes = (article.translated_from, article.language or context.config.site.language)
        language, into = map(context.strings.language_name, codes)
        yield Passage(text=context.say("translated", language=language, into=into))
    yield from article_passages(context, article, links)
    for label, note in _corrections(context, article):
        yield Passage(label=_with_colon(context, label), text=note)
    if article.source_url:
        title = context.standing.sources[article.source].title
        yield Passage(text=context.say("original_at", source=title), href=article.source_url)


def _sponsored_passages(context: PlanContext, campaign: Sponsor, label: str) -> Iterator[Passage]:
    policy = policy_link(context)
    if policy is not None and policy.href is not None:
        yield Passage(label=label, text=policy.text, href=context.urls.site.full(policy.href))
    else:
        yield Passage(label=label)
    if text := text_of(context, campaign, context.standing.campaign_links[campaign.id]):
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
