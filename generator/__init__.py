"""Newsprint: a static site generator for news aggregators."""
