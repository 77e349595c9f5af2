"""A site's folder → a preview in the browser, rebuilt after each change."""

from generator.serve.hosts import HOST, is_open, name_address, open_port
from generator.serve.preview import Preview
from generator.serve.server import serve
