"""What planners share: cards, standfirsts, texts and slots."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import ImagesSection
from generator.digest import digest_bytes
from generator.names import output_path
from generator.outputs.files import SitemapUrl
from generator.outputs.metadata import read_metadata
from generator.outputs.pages import NotFoundPage
from generator.outputs.parts import Link, Meta, Text
from generator.plan.files.renditions import place_renditions
from generator.plan.parts import card_of, cards_of, image_of, shorten, standfirst, tag_links, text_of
from generator.plan.slots import Spot, decide_slot, label_of, slot_of
from generator.records import Article, Asset, Entity, EntityRole, ImageRef, Page
from materials import Newsroom, day, make_article, make_body, make_campaign, make_context, make_newsroom, make_record
from sitebench import NOW

META = Meta(title="", description="", canonical=None)
SENTENCE = "Forty characters of text make a sentence"  # 40 characters
WORDS = st.lists(
    st.sampled_from(["a", "word", "x" * 50, "Dr.", "end.", "so?", "「日本」。", "well…", "—", ","]), max_size=120
)


# Cutting


def test_a_short_text_is_not_cut() -> None:
    assert shorten("x" * 280) == "x" * 280
    assert shorten("") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{SENTENCE}. " * 7, f"{SENTENCE}. " * 5 + f"{SENTENCE}."),
        (f"{SENTENCE}? " * 2 + "word " * 80, f"{SENTENCE}? {SENTENCE}?"),
        (f"{'x' * 279}. More and more.", f"{'x' * 279}."),
        ("word " * 80, "word " * 54 + "word…"),
        ("word, " * 80, "word, " * 45 + "word…"),
        ("x" * 400, "x" * 279 + "…"),
        ("字" * 100 + "。" + "字" * 300, "字" * 100 + "。"),
        ("字" * 280 + "。" + "字" * 300, "字" * 279 + "…"),
        ("字" * 279 + "。" + "字" * 300, "字" * 279 + "。"),
        ("Version 1.5 of it " * 20, "Version 1.5 of it " * 15 + "Version…"),
    ],
)
def test_a_long_text_is_cut_after_a_sentence_or_else_after_a_word(text: str, expected: str) -> None:
    assert shorten(text) == expected


@given(WORDS.map(" ".join) | WORDS.map("".join) | st.text(max_size=400))
def test_what_is_cut_is_the_beginning_and_fits(text: str) -> None:
    short = shorten(text)
    assert len(short) <= 280
    assert text.startswith((short, short.removesuffix("…")))
    assert shorten(short) == short


def test_a_standfirst_is_the_summary_on_one_line_else_the_first_paragraph_cut() -> None:
    lead = make_body("word " * 80)
    assert standfirst(make_article("a1", summary="Two\n  lines ", body=lead)) == "Two lines"
    assert standfirst(make_article("a1", body=lead)) == "word " * 54 + "word…"
    assert standfirst(make_article("a1", summary="long " * 100)) == ("long " * 100).strip()
    assert standfirst(make_article("a1")) == ""


# Cards


PICTURE = Asset(
    name="chip.png", file="content/media/chip.png", digest=digest_bytes(b"chip"), width=8, height=4, colour="#102030"
)
(PLAIN,), (WEBP,) = place_renditions(PICTURE, ImagesSection())


def newsroom_with_picture(*records: Article, **tables: object) -> Newsroom:
    return make_newsroom(*records, assets={(record.file, "chip.png"): PICTURE for record in records}, **tables)  # type: ignore[arg-type]


def test_a_card_shows_what_a_list_needs() -> None:
    image = ImageRef(src="chip.png", alt="A chip", credit="Us")
    context, snapshot, _ = newsroom_with_picture(
        make_article("a1", day(1), summary="Short.", image=image, badge="live")
    )
    card = card_of(context, snapshot.articles[0])
    assert (card.headline, card.href, card.standfirst) == ("A1", "/news/chips/a1/", "Short.")
    assert card.source == Link(text="The Wire", href="/sources/wire/")
    assert card.topic == Link(text="Chips", href="/topics/chips/")
    assert (card.published, card.badge, card.is_draft) == (day(1), "live", False)
    assert card.image is not None
    assert (card.image.width, card.image.height, card.image.alt, card.image.credit) == (8, 4, "A chip", "Us")
    assert card.image.href == f"/{PLAIN.path}"
    assert card.image.url == f"https://bench.example{card.image.href}"
    assert (card.image.srcset, card.image.webp) == ("", f"/{WEBP.path} 8w")
    assert card.image.colour == "#102030"


def test_cards_stand_in_the_order_that_is_asked_for() -> None:
    context, snapshot, _ = make_newsroom(make_article("a1"), make_article("a2"))
    assert [card.headline for card in cards_of(context, snapshot.articles)] == ["A2", "A1"]
    assert [card.headline for card in cards_of(context, snapshot.articles[::-1])] == ["A1", "A2"]


@pytest.mark.parametrize(
    ("until", "badge"), [(None, "breaking"), (NOW, None), (NOW.replace(hour=13), "breaking"), (day(1), None)]
)
def test_a_badge_is_worn_until_its_time(until: object, badge: str | None) -> None:
    context, snapshot, _ = make_newsroom(make_article("a1", day(1), badge="breaking", badge_until=until))
    assert card_of(context, snapshot.articles[0]).badge == badge


def test_a_draft_is_marked_on_its_card() -> None:
    context, snapshot, _ = make_newsroom(make_article("a1", draft=True), drafts=True)
    assert card_of(context, snapshot.articles[0]).is_draft


def test_what_waits_for_its_time_is_marked_on_its_card_and_nothing_else_is() -> None:
    context, snapshot, _ = make_newsroom(make_article("a1", day(1)), make_article("a2", day(99)), future=True)
    assert [card_of(context, article).is_scheduled for article in snapshot.articles] == [True, False]


def test_the_pictures_that_a_view_shows_are_in_its_metadata_and_no_others() -> None:
    image = ImageRef(src="chip.png", alt="A chip")
    context, snapshot, _ = newsroom_with_picture(
        make_article("a1", image=image), make_article("a2", image=image), make_article("a3")
    )

    def pictures(*articles: Article) -> tuple[str, ...]:
        return read_metadata(NotFoundPage(meta=META, topics=(), latest=cards_of(context, articles))).pictures

    assert pictures() == ()
    assert pictures(*snapshot.articles) == (f"https://bench.example/{PLAIN.path}",)
    assert pictures(*snapshot.articles[1:]) == pictures(*snapshot.articles), "a picture counts once"
    assert pictures(snapshot.articles[0]) == ()


def test_what_machines_alone_are_told_is_not_shown() -> None:
    context, snapshot, _ = newsroom_with_picture(make_article("a1", image=ImageRef(src="chip.png", alt="A chip")))
    meta = msgspec.structs.replace(META, image=image_of(context, snapshot.articles[0]))
    assert meta.image is not None
    assert read_metadata(NotFoundPage(meta=meta, topics=(), latest=())).pictures == ()


def test_a_page_is_listed_with_its_address_if_it_may_be_indexed() -> None:
    def listed(meta: Meta) -> SitemapUrl | None:
        return read_metadata(NotFoundPage(meta=meta, topics=(), latest=())).listed

    address = "https://bench.example/x/"
    assert listed(msgspec.structs.replace(META, canonical=address)) == SitemapUrl(url=address)
    assert listed(msgspec.structs.replace(META, canonical=address, is_indexed=False)) is None
    assert listed(META) is None


# Texts, tags, slots


def test_a_text_comes_with_what_its_links_and_pictures_lead_to() -> None:
    links = ("article:a2", "article:waits", "topic:chips", "source:wire", "page:about#s-us", "entity:acme")
    body = make_body("x", links=links, images=("chip.png",))
    waits = make_article("waits", NOW.replace(year=2030))
    about, acme = make_record(Page, "about", slug="about-us"), make_record(Entity, "acme")
    article = make_article("a1", body=body)
    context, _, material = make_newsroom(
        *(article, make_article("a2", slug="two"), waits, about, acme),
        assets={(article.file, "chip.png"): PICTURE},
        site={"url": "https://bench.example/news"},
    )
    text = text_of(context, article, material.directory.links_of(article))
    assert isinstance(text, Text)
    assert text.digest == body.digest
    assert text.hrefs == {
        "article:a2": "/news/news/chips/two/",
        "topic:chips": "/news/topics/chips/",
        "source:wire": "/news/sources/wire/",
        "page:about#s-us": "/news/about-us/",
        "entity:acme": "/news/entities/acme/",
    }
    assert set(text.pictures) == {"chip.png"}


def test_an_empty_text_is_none() -> None:
    assert text_of(make_context(), make_article("a1"), {}) is None


def test_links_to_families_that_are_off_lead_nowhere() -> None:
    article = make_article("a1", body=make_body("x", links=("topic:chips", "source:wire")))
    context, _, material = make_newsroom(article, outputs={"topics": False, "sources": False, "tags": False})
    text = text_of(context, article, material.directory.links_of(article))
    assert text is not None
    assert text.hrefs == {}


def test_tags_of_an_article_are_named_once_as_the_oldest_spells_them() -> None:
    old = make_article("a1", day(1), tags=("ai", "AI", "C++"))
    context, snapshot, _ = make_newsroom(old, make_article("a2", day(2), tags=("A.I.", "Ai")))
    assert tag_links(context, snapshot.tags_of(old)) == (
        Link(text="ai", href="/tags/ai/"),
        Link(text="C++", href="/tags/c-plus-plus/"),
    )


def test_a_slot_shows_its_campaign_with_the_label() -> None:
    campaign = make_campaign("c", creative="$ run\n\n", note="€5", body=make_body("Copy."), label="Advertisement")
    context, snapshot, _ = make_newsroom(campaign)
    slot = slot_of(context, decide_slot(context, Spot(output_path("index.html"), "front"), snapshot.slot_time))
    assert slot is not None
    assert (slot.label, slot.creative, slot.note, slot.headline) == ("Advertisement", "$ run", "€5", "Slow light")
    assert slot.text is not None


def test_the_label_says_what_it_is_and_who_pays_with_the_policy_beside_it() -> None:
    policy = make_record(Page, "policy", title="How we deal with sponsors")
    context, snapshot, _ = make_newsroom(make_campaign("c", sponsor="Acme"), policy, sponsors={"policy": "policy"})
    slot = slot_of(context, decide_slot(context, Spot(output_path("index.html"), "front"), snapshot.slot_time))
    assert slot is not None
    assert slot.label == "Advertisement · paid for by Acme"
    assert slot.policy == Link(text="How we deal with sponsors", href="/policy/")


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("de", "Anzeige · bezahlt von Acme"),
        ("fr", "Publicité · payée par Acme"),
        ("ar", "إعلان · مدفوع من Acme"),
    ],
)
def test_the_label_is_in_the_language_of_the_site(language: str, label: str) -> None:
    campaign = make_campaign("c", sponsor="Acme")
    assert label_of(make_context(campaign, language=language), campaign) == label


def test_no_slot_stands_beside_its_own_sponsor() -> None:
    article = make_article("a1", entities=(EntityRole(entity="acme"),))
    context, snapshot, _ = make_newsroom(article, make_record(Entity, "acme"), make_campaign("c", sponsor="Acme"))
    path = output_path("news", "chips", "a1", "index.html")
    beside, alone = (
        decide_slot(context, Spot(path, "article", beside=one), snapshot.slot_time) for one in ([article], [])
    )
    assert beside is not None
    assert (beside.chosen, beside.kept_away) == (None, ("c",))
    assert slot_of(context, beside) is None
    assert slot_of(context, alone) is not None
