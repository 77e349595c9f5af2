"""Disk → records: a site's folder goes in; typed records, their pictures and all Problems come out."""

from generator.load.files import Scan, scan_content
from generator.load.loader import Loaded, load_records, memory_key
from generator.load.memory import MEMORY_NAME, Bodies, Memory

__all__ = ["MEMORY_NAME", "Bodies", "Loaded", "Memory", "Scan", "load_records", "memory_key", "scan_content"]
