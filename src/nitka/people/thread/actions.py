"""How a domain says what the thread shows of its facts. Called while a domain's private `thread.py` is loaded."""

from collections.abc import Callable

from nitka.people.thread.register import GROUPS, Loader, filed, loaders

__all__ = ["file_under", "tells_more"]


def tells_more(*kinds: str) -> Callable[[Loader], Loader]:
    """Register what fills in words that a fact may not hold, such as the subject of a mail.

    The loader gets the payloads of all facts of these kinds on one page, and answers as many dictionaries in the same
    order; templates see them as `item.more`. It is called once a page, so it should ask one question.
    """

    def register(loader: Loader) -> Loader:
        for kind in kinds:
            loaders[kind] = loader
        return loader

    return register


def file_under(group: str, *apps: str) -> None:
    """Put the facts of these domains under a filter of the thread. Raises ValueError for an unknown group."""
    if group not in GROUPS:
        raise ValueError(f"{group} is no filter of the thread.")
    for app in apps:
        filed[app] = group
