"""Answers questions about a planned site, and writes nothing."""

from generator.inspect.accounts import PLACES, Account, Accounts, account_sponsors
from generator.inspect.differences import OutputDifference, compare_outputs, foresee_losses
from generator.inspect.forecast import HAPPENINGS, Cause, Forecast, forecast
from generator.inspect.lists import ListLine, ListName, list_records
from generator.inspect.makeup import (
    Makeup,
    SlotReport,
    UnknownOutputError,
    UnpublishedRecord,
    explain_output,
)
from generator.inspect.stats import Span, Stats, measure_site
