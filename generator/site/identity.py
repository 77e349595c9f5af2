"""The identities of items in all feeds: made of what the writer wrote, never of an address."""

import re
from datetime import datetime
from urllib.parse import quote, unquote

from generator.addresses import is_iri
from generator.records import Article, Sponsor, Story


def tag_uri(authority: str, minted: datetime, *parts: str) -> str:
    """A `tag:` URI of an authority, minted on a day in UTC (RFC 4151, section 2.1)."""
    return f"tag:{authority},{minted.date().isoformat()}:{':'.join(map(_quote, parts))}"


_PLAIN = re.compile(r"[A-Za-z0-9_.~/:-]*")


def _quote(part: str) -> str:
    return part if _PLAIN.fullmatch(part) else quote(part, safe="/:")


def article_identity(article: Article, authority: str) -> str:
    """The `guid` of the record; else a `tag:` URI of its day of publication as written, and its id.

    It survives changes of the slug, the topic, the scheme and the time zone of the site.
    """
    return article.guid or tag_uri(authority, article.minted_at("published", article.published), "article", article.id)


def campaign_identity(campaign: Sponsor, authority: str) -> str:
    """A `tag:` URI of the day on which the campaign starts."""
    assert campaign.starts is not None, "every feed item needs a date"
    return tag_uri(authority, campaign.minted_at("starts", campaign.starts), "sponsor", campaign.id)


def change_identity(record: Article | Story, key: str, authority: str) -> str:
    """A `tag:` URI of the day of publication of what changed, and the key of the change."""
    return tag_uri(authority, record.minted_at("published", record.published), "change", key)


def atom_id(guid: str, authority: str) -> str:
    """The id of an item in Atom: its guid if that is an IRI, as Atom requires, else a `tag:` URI with it.

    Source: RFC 4287, section 4.2.6.
    """
    return guid if is_iri(guid) else f"tag:{authority},{WRAPPED}{quote(guid, safe='')}"


def guid_of(atom: str) -> str:
    """The guid of an item of an Atom feed."""
    _, wrapped, guid = atom.partition(f",{WRAPPED}") if atom.startswith("tag:") else ("", "", "")
    return unquote(guid) if wrapped else atom


WRAPPED = "2026:guid:"
"""Before a guid that is not an IRI, instead of a day and an id."""
