"""Feeds and their items."""
