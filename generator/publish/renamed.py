"""Warns of feed items that feed readers would show again as new."""

from collections.abc import Iterator, Mapping

import msgspec

from generator.config import CONFIG_NAME, Config
from generator.errors import KeyPath, Problem
from generator.outputs import Identities, Identity
from generator.publish.manifest import Manifest

_KEYS: dict[str, KeyPath] = {"article": ("published",), "sponsor": ("starts",), "change": ("published",)}
"""The key of a record that determines the identity of its items, by their kinds."""

_Pair = tuple[str, Identity, str]
"""An item's name, its present identity, and its earlier guid."""


def find_renamed(before: Manifest, now: Identities, config: Config) -> list[Problem]:
    """Warn of each item whose identity differs from that in the last build.

    Returns:
        One problem for all items if the site's address or time zone changed them;
        else one per record, which can keep its identity by a `guid` or its former time.
    """
    known = before.identities.items
    if not known:
        changed = [(name, now.items[name], guid) for name, guid in now.former.items()] if before.entries else []
        return [_warn_of_zone(changed, config.site.time_zone, "time_zone")] if changed else []
    changed = list(_compare(known, now.items))
    was = before.identities
    if was.authority != now.authority:
        old, new = f"tag:{was.authority},", f"tag:{now.authority},"
        moved = [one for one in changed if one[2].startswith(old) and new + one[2].removeprefix(old) == one[1].guid]
        if moved:
            changed = [one for one in changed if one not in moved]
            hint = f'to keep them, add authority = "{was.authority}" to [feeds]'
            return [_warn_of_all(moved, ("site", "url"), hint), *_warn_of_each(changed)]
    if changed and was.zone != now.zone:
        return [_warn_of_zone(changed, was.zone, "identity_zone")]
    return _warn_of_each(changed)


def _compare(known: Mapping[str, Identity], items: Mapping[str, Identity]) -> Iterator[_Pair]:
    """Compare items by name; new names by the file, page or title of an item that is gone."""
    gone = [identity for name, identity in known.items() if name not in items]
    lost = {part: one for one in reversed(gone) for part in (one.title, one.path, one.file) if part}
    guids = {identity.guid for identity in items.values()} if gone else set()
    for name, identity in items.items():
        was = known.get(name)
        if was is None and gone and name.startswith("article:"):
            was = next((lost[part] for part in (identity.file, identity.path, identity.title) if part in lost), None)
            if was is not None and was.guid in guids:
                was = None
        if was is not None and was.guid != identity.guid:
            yield name, identity, was.guid


def _warn_of_each(changed: list[_Pair]) -> list[Problem]:
    problems: dict[str, Problem] = {}
    for name, identity, guid in changed:
        kind = name.partition(":")[0]
        if identity.file in problems and kind != "article":
            continue  # all changes of a story are renamed together
        hint = f"to keep it, add the line: guid: {msgspec.json.encode(guid).decode()}"
        if kind != "article":
            hint = f"to keep it, set '{_KEYS[kind][0]}' back to the day in '{guid}'"
        problems[identity.file] = Problem(
            file=identity.file,
            code="identity-changed",
            key=_KEYS[kind],
            message=f"feed readers may show '{identity.title}' again as new: {_explain(guid, identity)}",
            hint=hint,
        )
    return list(problems.values())


def _warn_of_zone(changed: list[_Pair], zone: str, key: str) -> Problem:
    table = "feeds" if key == "identity_zone" else "site"
    return _warn_of_all(changed, (table, key), f'to keep them, write identity_zone = "{zone}" in [feeds]')


def _warn_of_all(changed: list[_Pair], key: KeyPath, hint: str) -> Problem:
    (_, identity, guid), count = changed[0], len(changed)
    shown = f"{count} items" if count > 1 else "an item"
    return Problem(
        file=CONFIG_NAME,
        code="identity-changed",
        key=key,
        message=f"feed readers may show {shown} again as new, such as '{identity.title}': {_explain(guid, identity)}",
        hint=hint,
    )


def _explain(guid: str, identity: Identity) -> str:
    return f"they know it as '{guid}', now it is '{identity.guid}'"
