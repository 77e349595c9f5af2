"""Site → Plan: every output with its view; one output per path, or it refuses."""

from generator.plan.planner import plan_outputs
from generator.plan.renditions import place_renditions

__all__ = ["place_renditions", "plan_outputs"]
