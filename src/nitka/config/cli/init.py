"""`nitka init`: a merchant's own shop folder."""

from pathlib import Path

import click

from nitka.config import environment


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Make FOLDER with a commented settings file; nothing that is there already is touched."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / "nitka.env"
        if target.exists():
            raise click.ClickException(f"{target} is there already; nothing was changed.")
        target.write_text(settings_file(), encoding="utf-8")
    except OSError as trouble:
        raise click.ClickException(f"{folder} cannot be written: {trouble.strerror}.") from None
    click.echo(f"Made {target}. Next:")
    click.echo(f"  cd {folder}")
    click.echo("  nitka serve      # in another terminal: nitka worker")
    click.echo("  nitka owner you@example.com   # a link into the back office; six questions open the shop")
    click.echo("  nitka doctor     # says whether all is well")


def settings_file() -> str:
    """All settings as comments with their defaults."""
    head = [
        "# Settings of this shop. Every line may also be an environment variable of the same name, which wins.",
        "# Take the # away before a line to change it.",
        "",
    ]
    for setting in environment.declared():
        default = "" if setting is environment.WEB_WORKERS else setting.default
        head += [f"# {setting.meaning}", f"# {setting.name}={default}", ""]
    return "\n".join(head)
