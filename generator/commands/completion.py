"""`newsprint completion`."""

import click
from click.shell_completion import get_completion_class

from generator.commands.report.lines import print_text


def run_completion(shell: str, program: click.Command) -> int:
    """Print the script that makes a shell complete the program's words; the exit status."""
    found = get_completion_class(shell)
    assert found is not None, shell
    print_text(found(program, {}, "newsprint", "_NEWSPRINT_COMPLETE").source())
    return 0
