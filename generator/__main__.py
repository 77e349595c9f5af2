"""`python -m generator`: the same as the `newsprint` command."""

from generator.cli import main

main()
