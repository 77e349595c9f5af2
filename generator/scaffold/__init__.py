"""A title → a new record, and nothing → a new site that builds; no file is ever overwritten."""

from generator.scaffold.compose import compose_record, fold_text
from generator.scaffold.place import write_new
from generator.scaffold.record import RecordRequest, check_url, choose_id, has_placeholders, make_record
from generator.scaffold.start import NewSite, make_site
