"""A site's folder → the problems of what it would publish; nothing is published."""

from generator.check.checker import CheckReport, Counts, check_site
from generator.check.outside import OutsideReport, check_outside
