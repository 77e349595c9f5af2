"""The bench: how fast Newsprint builds, beside other generators doing the same work."""
