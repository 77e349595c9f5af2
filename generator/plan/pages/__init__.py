"""Pages: one file per kind, each with its planner and the maker of its view."""
