"""Views of the API → JSON documents and their JSON Schemas."""

import functools
from inspect import cleandoc
from typing import Any

import msgspec

from generator.outputs import DOCUMENTS
from generator.outputs.documents import Document, Schema
from generator.outputs.files import CampaignReport
from generator.outputs.parts import CampaignLine, CampaignPlace, Text
from generator.render.absolute import ReadBody, write_absolute

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_HTML = {
    "type": "string",
    "contentMediaType": "text/html",
    "description": "Sanitised HTML; links and pictures have full addresses.",
}
_KINDS: dict[str, type[Document]] = {str(kind.__struct_config__.tag): kind for kind in DOCUMENTS}


def render_document(document: Document, read_body: ReadBody) -> bytes:
    """Render a document: its `type` first, then its keys in their order.

    Source: RFC 8259; times are those of RFC 3339.
    """

    def write(part: Any) -> Any:
        if isinstance(part, Text):
            return write_absolute(part, document.url, document.url, read_body)
        if isinstance(part, tuple):
            return list(map(write, part))
        if isinstance(part, msgspec.Struct):
            return {key: write(getattr(part, name)) for name, key in _keys_of(type(part))}
        return part

    return msgspec.json.encode({"type": type(document).__struct_config__.tag, **write(document)})


def render_schema(view: Schema) -> bytes:
    """Render the JSON Schema of a kind of document.

    Source: JSON Schema 2020-12, core, sections 8.1.1 and 8.2.1.
    """
    (whole,), parts = msgspec.json.schema_components([_KINDS[view.document]], ref_template="#/$defs/{name}")
    for part in parts.values():
        part["description"] = cleandoc(part["description"])
    if Text.__name__ in parts:
        parts[Text.__name__] = _HTML
    schema = {"$schema": _DIALECT, "$id": view.url, **whole, "$defs": dict(sorted(parts.items()))}
    return msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"


def render_campaigns(view: CampaignReport) -> bytes:
    """Render the report of campaigns (RFC 8259; times are those of RFC 3339)."""

    def write(campaign: CampaignLine) -> dict[str, Any]:
        return {**msgspec.structs.asdict(campaign), "places": _count(campaign.places)}

    document = {"title": view.title, "url": view.url, "slots": _count(view.slots)}
    campaigns = {key: list(map(write, getattr(view, key))) for key in ("running", "past")}
    return msgspec.json.format(msgspec.json.encode({**document, **campaigns}), indent=2) + b"\n"


def _count(places: tuple[CampaignPlace, ...]) -> dict[str, int]:
    return {one.place: one.count for one in places}


@functools.cache
def _keys_of(kind: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    """The fields of a Struct, and their names in JSON."""
    return tuple((field.name, field.encode_name) for field in msgspec.structs.fields(kind))
