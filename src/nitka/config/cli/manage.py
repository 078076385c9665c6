"""`nitka manage`: Django's own commands, for developers."""

import click

from nitka.config.cli.start import start_database


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Django's own commands, e.g. `nitka manage makemigrations`."""
    start_database()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["nitka manage", *arguments])
