"""A built site of golden records → what its theme breaks of the contract, as Problems."""

from generator.contract.built import Built, PageFacts, open_built
from generator.contract.rules import RULES, Rule, check_pages
from generator.contract.weight import Weight, weigh
