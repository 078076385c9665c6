"""`nitka shell`: Python with the house loaded."""

import code

import click

from nitka.config.cli import start


@click.command()
def command() -> None:
    """Open a Python prompt with every domain's actions and queries at hand (orders, catalog, pricing, …)."""
    start.start_database()
    start.setup_django()
    import importlib
    from types import SimpleNamespace

    from django.apps import apps

    names: dict[str, object] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("nitka.") and ".faces." not in app.name:
            found: dict[str, object] = {}
            for door in ("queries", "actions"):
                try:
                    module = importlib.import_module(f"{app.name}.{door}")
                except ModuleNotFoundError:
                    continue
                found |= {key: value for key, value in vars(module).items() if not key.startswith("_")}
            names[app.label] = SimpleNamespace(**found)
    code.interact(banner=f"Nitka. At hand: {', '.join(sorted(names))}", local=names, exitmsg="")
