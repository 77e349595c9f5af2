"""What the commands print: nothing else prints. `lines.py` and `reporter.py` are for all of them."""
