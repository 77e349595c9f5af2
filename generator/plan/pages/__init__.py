"""Pages: for each kind its planner, and the maker of its view."""
