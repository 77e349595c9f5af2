"""Site → Plan: every output with its view; one output per path, or it refuses."""

from generator.plan.context import PlanSupplies
from generator.plan.files.renditions import place_renditions
from generator.plan.planner import plan_outputs
