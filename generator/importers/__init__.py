"""The folder of another static site generator → new records, and what had no place in them."""

from generator.importers.outcome import ImportedRecord, Migration, is_loss
from generator.importers.trip import READERS, Defaults, System, import_site
