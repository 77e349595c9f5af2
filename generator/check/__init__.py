"""A site's folder → everything that is at fault in what it would publish; nothing is published."""

from generator.check.checker import Checked, Counts, check_site
from generator.check.outside import Asked, check_outside
