"""A site's folder → the outcome of `build()` at first, and after each change of a file or by time."""

from generator.watch.loop import Outcome, keep_building
