"""What a new record says besides the keys that it must have: comments on optional keys, and parts of its form.

Each comment without its `# ` is a line of valid front matter.
Texts are in quotation marks and mappings in lines of their own, so that what takes their place may hold any sign.
"""

from typing import Any

NOTES = {
    "article": """\
# summary: "The standfirst, in a sentence or two"
# author: "Ada Writer"               # the original's byline; or authors: [Ada Writer, Bo Reader]
# source_title: "The original's headline"
# updated: $published
# tags: [npu, benchmarks]
# also: [another-topic]
# entities:
#   - entity: acme
#     role: "claims the lead"
# via: [another-source]              # where the source says that it has it from
# image:
#   src: wafer.webp
#   alt: "What is to be seen on it"
# verified:
#   by: "The desk"
#   how: "Compared with the data sheet"
#   at: $published
# badge: breaking                    # or live, exclusive, opinion
# badge_until: 2099-01-01T12:00
# expires: 2099-01-01T12:00
# pinned: true                       # first on the front page
""",
    "story": """\
# summary: "The event in a sentence or two"
# tags: [npu, benchmarks]
# entities:
#   - entity: acme
#     role: "claims the lead"
# status: settled                    # or developing, which it is where nothing is said
# verdict: "How the coverage differs, in a paragraph"
# facts:
#   - text: "What is known"
#     sources: [wire, post]
#     disputed_by: [paper]
# differences:
#   - aspect: "Who leads"
#     views:
#       wire: "The first"
#       post: "The second"
# coverage:
#   wire:
#     framing: "A race"
#     tone: "sober"
# timeline:
#   - at: 2026-06-01
#     text: "The first step"
""",
    "topic": """\
# description: "A sentence or two"
# order: 1                           # its place in the navigation; smaller ones first
# colour: "#2255aa"
# featured: true                     # a section on the front page
# parent: another-topic
""",
    "source": """\
# homepage: https://wire.example/
# country: "GB"                      # in quotation marks: NO would be false
# language: en
# owner: "Wire Holdings"
# licence: "Headlines and extracts of up to 100 words"
# extract_words: 100                 # more of its words at a stretch give a warning
# noindex: true                      # asks search engines to pass its articles over
""",
    "entity": """\
# One type of: company, person, product, organisation, law, place.
# description: "A sentence or two"
# ticker: "ACME"
# homepage: https://acme.example/
# same_as:
#   - https://social.example/@acme
""",
    "sponsor": """\
# label: "Sponsored"                 # instead of the site's own word
# tagline: "brought to you by Lantern"
# proof: "Read by night in forty cities"
# actions:
#   - text: "Try it"
#     url: https://lantern.example/try
# note: "Free for thirty days, then 4 € a month"
# image:
#   src: lamp.webp
#   alt: "What is to be seen on it"
# ends: 2099-01-01
# places: [front, topic, article, feed]
# topics: [a-topic]                  # on their pages only
# not_beside: [an-entity]
# weight: 10                         # its share beside other campaigns, 1 to 100
""",
    "page": """\
# navigation: footer                 # or header
# order: 1                           # its place in the navigation; smaller ones first
# slug: another-address
""",
}
"""Per kind, with `$published` for the time of the record."""

FORM_KEYS: dict[str, dict[str, Any]] = {
    "brief": {
        "brief": {
            "takeaways": ["What to keep of it.", "And the second thing."],
            "background": "What happened before.",
            "why_it_matters": "Why it matters.",
            "market_relevance": "What it means for the market.",
            "market_effects": [{"scope": "sector", "text": "The effect."}],
            "perspectives": [{"stance": "for", "text": "A view."}, {"stance": "against", "text": "Another."}],
            "outlook": "What comes next.",
        }
    },
    "explainer": {"teaser": "The quick read."},
}
"""Keys that only a form has, with words to be replaced."""

BODIES = {
    "explainer": "## The question\n\nThe answer.\n",
    "feature": "How it begins.\n\n## The first part\n\nHow it goes on.\n",
}
"""A beginning of the text, where the form has parts."""
