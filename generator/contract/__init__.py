"""A built site of golden records → the Problems of its theme with the contract."""

from generator.contract.built import PageFacts, open_built
from generator.contract.rules import RULES, check_pages
from generator.contract.sheets import loaded_addresses
from generator.contract.weight import Weight, weigh
