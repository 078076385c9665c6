"""The `nitka` command. Each subcommand lives in a module of its own and is loaded when it is asked for."""

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nitka.config.settings")

_COMMANDS = {
    "demo": "nitka.config.cli.demo",
    "init": "nitka.config.cli.init",
    "serve": "nitka.config.cli.serve",
    "worker": "nitka.config.cli.worker",
    "owner": "nitka.config.cli.owner",
    "customer": "nitka.config.cli.customer",
    "import": "nitka.config.cli.importing",
    "events": "nitka.config.cli.events",
    "inbound-mail": "nitka.config.cli.inbound_mail",
    "mail-in": "nitka.config.cli.mail_in",
    "search-index": "nitka.config.cli.search_index",
    "profile": "nitka.config.cli.profile",
    "doctor": "nitka.config.cli.doctor",
    "shell": "nitka.config.cli.shell",
    "manage": "nitka.config.cli.manage",
}


@contextmanager
def _closed_pools() -> Iterator[None]:
    """A pool that is left to the interpreter's end waits five seconds for each of its threads."""
    try:
        yield
    finally:
        if "django.db" in sys.modules:
            from django.db import connections

            for connection in connections.all(initialized_only=True):
                connection.close()
                connection.close_pool()  # type: ignore[attr-defined]


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        module = _COMMANDS.get(name)
        return importlib.import_module(module).command if module else None

    def invoke(self, ctx: click.Context) -> object:
        _read_env_file()  # before anything that reads a setting is imported
        from nitka.config.postgres import DatabaseTrouble

        try:
            with _closed_pools():
                return super().invoke(ctx)
        except DatabaseTrouble as trouble:
            raise click.ClickException(str(trouble)) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="nitka")
def main() -> None:
    """Nitka: an online shop, and the one thread of each of its customers.

    \b
    To look around:     nitka demo
    To begin a shop:    nitka init myshop && cd myshop && nitka serve
    To bring products:  nitka import products products.csv
    When in doubt:      nitka doctor

    Settings come from the environment (or a file nitka.env in this folder); docs/settings.md lists them.
    """


def _read_env_file(path: str = "nitka.env") -> None:
    """Settings of a merchant's shop folder; what the environment says already stays."""
    try:
        lines = open(path, encoding="utf-8").read().splitlines()  # noqa: PTH123, SIM115
    except (FileNotFoundError, PermissionError, IsADirectoryError):
        return
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, equals, value = text.partition("=")
        if not equals:
            raise click.ClickException(f"{path}, line {number}: write NAME=value, not {text!r}.")
        os.environ.setdefault(name.strip(), value.strip().strip("'\""))
