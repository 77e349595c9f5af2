"""Requests to other hosts: few at a time, with time limits, and only to allowed hosts."""

from generator.web.asking import Answer, ask_all
from generator.web.forms import post_form
from generator.web.guard import Address, is_public
from generator.web.manners import Manners
