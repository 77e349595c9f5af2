"""A Survey goes in, answers come out: what will change, what would, what an output is made of. Nothing is written."""

from generator.inquire.accounts import PLACES, Account, Accounts, account_sponsors
from generator.inquire.differences import Difference, compare_outputs, foresee_losses
from generator.inquire.forecast import HAPPENINGS, Cause, Forecast, forecast
from generator.inquire.lists import LISTS, Listed, ListName, list_records
from generator.inquire.makeup import Candidate, Makeup, SlotStory, UnknownOutputError, Unpublished, explain_output
from generator.inquire.stats import Span, Stats, measure_site

__all__ = [
    "HAPPENINGS",
    "LISTS",
    "PLACES",
    "Account",
    "Accounts",
    "Candidate",
    "Cause",
    "Difference",
    "Forecast",
    "ListName",
    "Listed",
    "Makeup",
    "SlotStory",
    "Span",
    "Stats",
    "UnknownOutputError",
    "Unpublished",
    "account_sponsors",
    "compare_outputs",
    "explain_output",
    "forecast",
    "foresee_losses",
    "list_records",
    "measure_site",
]
