"""How a fact barcode is drawn: a cell per fact, by what a source did with it."""

HEIGHT = 12
CELL = 6
"""The width of a cell; a third of it is the gap to the next."""

STROKES = {
    "told": ((0, 12),),
    "disputed": ((0, 4), (8, 12)),
    "silent": ((10, 12),),
    "early": ((5, 7),),
    "unseen": ((0, 2), (5, 7), (10, 12)),
}
"""Where a cell of each state is filled, from its top: the states differ without colours, too."""
