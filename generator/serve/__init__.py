"""A site's folder → a preview in the browser: built, watched, and built again by the same `build()`."""

from generator.serve.hosts import HOST, is_open, name_address, open_port
from generator.serve.loop import Outcome, Preview
from generator.serve.server import serve
