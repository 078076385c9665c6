"""Facebook pages and Instagram accounts by Meta's Graph API.

Off without a token, and where nobody from outside can come to the shop: Meta fetches the picture from its address.
"""

from collections.abc import Iterator

from django.conf import settings

from nitka.growth.campaigns.providers.contract import Keep, Outgoing, Said, Sent
from nitka.growth.campaigns.providers.meta_graph import facebook, instagram

NAME = "meta_graph"


def is_on(network: str) -> bool:
    """Only with a token, the number of the page or account, and a public https address."""
    account = {"facebook": settings.META_PAGE, "instagram": settings.META_INSTAGRAM}.get(network, "")
    return bool(settings.META_TOKEN and account.isdecimal() and settings.NITKA_PUBLIC_URL.startswith("https://"))


def send(post: Outgoing, keep: Keep) -> Sent:
    """Send it, never twice. Raises NotYet, Refused."""
    return facebook.send(post) if post.network == "facebook" else instagram.send(post, keep)


def mentions(network: str) -> Iterator[Said]:
    """Comments and mentions of late. Raises NotYet, Refused."""
    return facebook.mentions() if network == "facebook" else instagram.mentions()
