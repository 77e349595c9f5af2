"""One file per word of the command line; `report.py` is the only file that prints."""
