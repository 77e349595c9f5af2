"""Disk → records: a site's folder goes in; typed records, their pictures and all Problems come out."""

from generator.load.cache import CACHE_NAME, Bodies, BuildCache
from generator.load.files import Scan, scan_content
from generator.load.loader import Loaded, cache_key, load_records

__all__ = ["CACHE_NAME", "Bodies", "BuildCache", "Loaded", "Scan", "cache_key", "load_records", "scan_content"]
