"""What a provider gets and answers. Each is a folder with `NAME`, `is_on(network)`, `send(…)`, `mentions(network)`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


class NotYet(Exception):
    """It may work later. `unsure`: it may stand there already, so the next try has to look first."""

    def __init__(self, reason: str, *, seconds: int = 0, unsure: bool = False) -> None:
        super().__init__(reason)
        self.seconds, self.unsure = seconds, unsure


class Refused(Exception):
    """It will not work as it is; the message says what the network said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outgoing:
    """A post as it is to be sent. `link` names the post itself, so that it can be found again; `picture` is an address.

    `progress` is what an earlier try was given by the network, `since` when the first one began.
    """

    id: str
    network: str
    text: str
    link: str
    picture: str
    picture_alt: str
    progress: Mapping[str, Any]
    since: datetime
    unsure: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What became of it. `kept`: nothing left the house, `shown` is what would have been sent."""

    outside_id: str = ""
    address: str = ""
    kept: bool = False
    shown: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What somebody wrote about us. `kind`: comment or mention; `about`: the number of the post it stands below."""

    outside_id: str
    kind: str
    author: str
    text: str
    address: str
    about: str
    at: datetime


Keep = Callable[[Mapping[str, Any]], None]


class Provider(Protocol):
    """A way to a network."""

    NAME: str

    def is_on(self, network: str) -> bool:
        """Whether an account is connected."""

    def send(self, post: Outgoing, keep: Keep) -> Sent:
        """Send it, never twice; `keep` stores progress at once. Raises NotYet, Refused."""

    def mentions(self, network: str) -> Iterator[Said]:
        """What was said of late. Raises NotYet, Refused."""
