"""Ways to social networks, a folder each (see contract.py); the built-in one comes last and takes what is left."""

from typing import cast

from nitka.growth.campaigns.providers import dry_run, meta_graph
from nitka.growth.campaigns.providers.contract import Provider

PROVIDERS = (cast(Provider, meta_graph), cast(Provider, dry_run))


def provider_of(network: str) -> Provider:
    """Who sends to that network: a connected account, else the built-in one, which sends nothing and says so."""
    return next(each for each in PROVIDERS if each.is_on(network))
