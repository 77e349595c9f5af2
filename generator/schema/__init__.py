"""The meaning of each key of records and of `site.toml`: tables for the docs, and JSON Schemas for editors.

They are made from the Structs and the texts in `meanings/`, so they cannot differ from the types.
"""

from generator.schema.documents import DIALECTS, make_schema
from generator.schema.keys import SHAPES
