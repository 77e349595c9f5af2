"""Disk → records: a site's folder goes in; typed records, their pictures and all Problems come out."""

from generator.load.cache import CACHE_NAME, Bodies, BuildCache, DamagedCacheError
from generator.load.files import Scan, scan_content
from generator.load.loader import Loaded, cache_key, load_records
from generator.load.memory import Memory
from generator.load.scan import scan_site
from generator.load.static import warn_of_missing
