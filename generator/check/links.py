"""Checks the internal links of a built site."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

import msgspec

from generator.check.addresses import Addresses, Target, find_file
from generator.check.origins import Origins
from generator.check.reading import OutputText
from generator.errors import Problem
from generator.names import OutputPath

_MOST_WRITTEN = 200  # characters of a link in a report


class LinkFault(NamedTuple):
    """What is wrong with a link, in whatever output it is."""

    code: str
    message: str
    hint: str = ""


class LinkReport(msgspec.Struct, frozen=True):
    """The number of links, the problems with them, and the pages that link to each external address."""

    count: int
    problems: tuple[Problem, ...]
    outside: Mapping[str, tuple[OutputPath, ...]]


def follow_links(
    texts: Mapping[OutputPath, OutputText], outputs: Mapping[OutputPath, object], addresses: Addresses, origins: Origins
) -> LinkReport:
    """Follow every link of every output; each faulty link is one Problem, even if several outputs have it."""
    faults: dict[LinkFault, list[tuple[OutputPath, str]]] = {}
    outside: dict[str, list[OutputPath]] = {}
    judge = cache(partial(_find_fault, texts, outputs))
    for path, one in sorted(texts.items(), key=lambda pair: (pair[1].page is None, pair[0])):
        for href in one.links:
            try:
                target = addresses.resolve(href, path, one.base)
            except ValueError:
                message, hint = f"the link '{href[:_MOST_WRITTEN]}' is not an address", _UNREADABLE_HINT
                faults.setdefault(LinkFault("broken-link", message, hint), []).append((path, href))
                continue
            if isinstance(target, str):
                if one.page is not None:
                    outside.setdefault(target, []).append(path)
            elif target is not None and (fault := judge(target)):
                faults.setdefault(fault, []).append((path, href))
    return LinkReport(
        sum(len(one.links) for one in texts.values()),
        tuple(_report(fault, places, origins) for fault, places in faults.items()),
        {url: tuple(paths) for url, paths in outside.items()},
    )


def _find_fault(
    texts: Mapping[OutputPath, OutputText], outputs: Mapping[OutputPath, object], target: Target
) -> LinkFault | None:
    shown, fragment = f"/{target.path}"[:_MOST_WRITTEN], target.fragment
    file, is_direct = find_file(target.path, outputs)
    if file is None:
        return LinkFault("broken-link", f"the link to '{shown}' is broken", hint=_HINT)
    if not is_direct:
        hint = f"write '{shown}/'"
        return LinkFault("slashless-link", f"the link to '{shown}' works only through a redirect", hint)
    page = texts.get(OutputPath(file), OutputText()).page
    if fragment and fragment.lower() != "top" and page is not None and fragment not in page.anchors:
        message = f"the link to '{shown}' names a fragment '#{fragment[:_MOST_WRITTEN]}' that does not exist"
        return LinkFault("broken-fragment", message, hint="use the id of an element on that page")
    return None


_HINT = "link to records by their ids, such as article:ID; if a record moved, add its old address to 'aliases'"


_UNREADABLE_HINT = "write a complete address, or remove the link"


def _report(fault: LinkFault, places: list[tuple[OutputPath, str]], origins: Origins) -> Problem:
    paths = [path for path, _ in places]
    origin = origins.find(places[0][1], paths)
    return Problem(
        file=origin.file,
        code=fault.code,
        message=fault.message + name_places(paths, origin.file),
        needle=origin.needle,
        hint=fault.hint,
    )


def name_places(paths: Sequence[OutputPath], file: str) -> str:
    """The end of a message that names the first output, unless that is the file, and the number of others."""
    first, *others = dict.fromkeys(paths)
    place = "" if first == file else f", in {first}"
    return place + (f" (and in {len(others)} more {'output' if len(others) == 1 else 'outputs'})" if others else "")
