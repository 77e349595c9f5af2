"""Site → Plan: every output with its view; one output per path, or it refuses."""

from generator.plan.planner import plan_outputs

__all__ = ["plan_outputs"]
