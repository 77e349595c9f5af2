"""A question to other hosts → their answers: few at a time, in time, and only to those who may be asked."""

from generator.web.asking import Answer, ask_all
from generator.web.forms import post_form
from generator.web.guard import Address, is_public
from generator.web.manners import Manners
