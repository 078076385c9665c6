"""Built in: sends nothing, and keeps what would be sent, word by word."""

from collections.abc import Iterator

from nitka.growth.campaigns.providers.contract import Keep, Outgoing, Said, Sent

NAME = "dry_run"


def is_on(network: str) -> bool:
    """Always; others come first."""
    return True


def send(post: Outgoing, keep: Keep) -> Sent:
    """Keep it."""
    lines = (post.text, post.link, post.picture, post.picture_alt)
    return Sent(kept=True, shown="\n\n".join(line for line in lines if line))


def mentions(network: str) -> Iterator[Said]:
    """Nobody is heard where no account is connected."""
    return iter(())
