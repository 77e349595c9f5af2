"""A site's folder → a preview in the browser: built, watched, and built again by the same `build()`."""

from generator.serve.loop import Outcome, Preview
from generator.serve.server import open_port, serve

__all__ = ["Outcome", "Preview", "open_port", "serve"]
