"""The `nitka` command."""

import os

import click

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nitka.config.settings")


@click.group()
def main() -> None:
    """Nitka: an online shop and the one thread of each of its customers."""


@main.command(context_settings={"ignore_unknown_options": True}, hidden=True)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's own commands."""
    from django.core.management import execute_from_command_line

    from nitka.config import environment, postgres

    if not environment.DATABASE_URL.value:
        postgres.start()
    execute_from_command_line(["nitka", *arguments])
