"""The words of the command line, one file per topic; only `terminal/` prints."""
