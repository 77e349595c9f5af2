"""What the commands print: nothing else prints. One file per word; `lines.py` is for all of them."""
