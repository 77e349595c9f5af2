"""entity: a company, person, product, organisation, law or place (`content/entities/`)."""

from typing import Literal

from generator.records.fields import Prose, Record, SitePath, Time, Title, WebUrl

EntityType = Literal["company", "person", "product", "organisation", "law", "place"]


class Entity(Record, frozen=True, kw_only=True):
    """Someone or something that articles are about."""

    title: Title
    type: EntityType
    ticker: str = ""
    homepage: WebUrl | None = None
    same_as: tuple[WebUrl, ...] = ()
    description: Prose = ""
    aliases: tuple[SitePath, ...] = ()
    published: Time | None = None
    expires: Time | None = None
    draft: bool = False
