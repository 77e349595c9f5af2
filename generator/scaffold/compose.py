"""Front matter as plain data, and a body → the text of a record's file."""

from collections.abc import Mapping
from typing import Any

import yaml

from generator.shape import CONTROL

_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class _Dumper(yaml.SafeDumper):
    """YAML for the records' strict loader: times are texts without quotation marks, and there are no aliases."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
        for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, _data: object) -> bool:
        return True


def compose_record(matter: Mapping[str, Any], body: str, *, notes: str = "") -> str:
    """Write a record's text.

    Args:
        matter: Plain data by key, in order; None is left out.
        body: The markdown.
        notes: YAML below the keys, such as comments; ends with a line end unless it is empty.
    """
    keys = {key: value for key, value in matter.items() if value is not None}
    block = yaml.dump(keys, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000) if keys else ""
    text = body.strip("\n")
    return f"---\n{block}{notes}---\n" + (f"\n{text}\n" if text else "")


def fold_text(text: str) -> str:
    """A text as one line; control characters become spaces."""
    return " ".join(CONTROL.sub(" ", text).split())
