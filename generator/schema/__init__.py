"""What each key of records and of `site.toml` means, told by tables of the docs and by JSON Schemas for editors.

In come the Structs and the texts in `meanings/`; out go documents and tables that cannot differ from the types.
"""

from generator.schema.documents import DIALECTS, make_schema
from generator.schema.keys import SHAPES
