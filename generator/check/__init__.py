"""A site's folder → everything that is at fault in what it would publish; nothing is published."""

from generator.check.checker import CheckReport, Counts, check_site
from generator.check.outside import OutsideReport, check_outside
