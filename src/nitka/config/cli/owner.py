"""`nitka owner`: the first person who may enter the back office."""

import click

from nitka.config import environment
from nitka.config.cli import start


@click.command()
@click.argument("email")
@click.option("--name", default="", help="How the person is called.")
def command(email: str, name: str) -> None:
    """Make EMAIL an owner of the shop, and print a link that signs in once within 15 minutes.

    Also the way back in for an owner who lost every key: whoever may run this command owns the shop already.
    """
    start.start_database()
    start.setup_django()
    start.migrate()
    from nitka.ground.problem import Problem

    try:
        link = sign_in_link(email, name)
    except Problem as problem:
        raise click.ClickException(problem.message) from None
    click.echo(f"{environment.PUBLIC_URL.value.rstrip('/')}{link}")


def sign_in_link(email: str, name: str) -> str:
    """The path of a link that signs this owner in once; makes the owner where there is none of that address."""
    from nitka.people.accounts import actions as accounts
    from nitka.people.accounts import queries as people

    known = people.user_by_email(email)
    if known is None:
        user_id = accounts.invite_staff(email=email, name=name, role="owner", mail=False)
    else:
        user_id = known.id
        if known.role != "owner":
            accounts.set_role(user_id=user_id, role="owner")
    return str(accounts.make_sign_in_link(user_id=user_id))


def remind() -> None:
    """Say how to get in, while nobody can."""
    from nitka.people.accounts import queries as people

    if not people.has_owner():
        click.echo("Nobody owns this shop yet. To enter the back office: nitka owner you@example.com")
