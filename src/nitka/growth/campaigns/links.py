"""Addresses in posts: pages of the shop, with the parameters by which attribution knows where a visit came from."""

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from .models import SocialPost
from .problems import PostProblem

MEDIUM = "social"
MOST = 300
_NOT_IN_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f\\\\]")


def page_path(typed: str) -> str:
    """The page of the shop that was typed, as a path: `/en/p/kopp/`, or the whole address. Raises PostProblem."""
    text = typed.strip()
    own = settings.NITKA_PUBLIC_URL
    if own and (text == own or text.startswith(own + "/")):
        text = text[len(own) :] or "/"
    if not text:
        return ""
    if not text.startswith("/") or text.startswith("//") or _NOT_IN_AN_ADDRESS.search(text) or len(text) > MOST:
        raise PostProblem(_("Give the address of a page of this shop, such as /en/p/cup/."), field="path")
    parts = urlsplit(text)
    kept = [pair for pair in parse_qsl(parts.query) if not pair[0].startswith("utm_")]
    return quote(parts.path, safe="/%~:@!$&'()*+,;=-._") + (f"?{urlencode(kept)}" if kept else "")


def link_of(post: SocialPost) -> str:
    """The address that the post shows. `utm_content` is the post itself, so a post in a network can be known again."""
    if not post.path:
        return ""
    named = {
        "utm_source": post.network, "utm_medium": MEDIUM, "utm_campaign": campaign_of(post), "utm_content": str(post.id)
    }  # fmt: skip
    return f"{settings.NITKA_PUBLIC_URL}{post.path}{'&' if '?' in post.path else '?'}{urlencode(named)}"


def campaign_of(post: SocialPost) -> str:
    """What attribution counts it as: all news of products together, each sale and promotion for itself."""
    if post.kind in (SocialPost.Kind.SALE, SocialPost.Kind.PROMOTION):
        return post.source.replace(":", "-") or post.kind
    return {"product": "new-products", "article": "articles"}.get(post.kind, "own-posts")


def product_path(language: str, slug: str) -> str:
    """A product's page."""
    return f"/{language}/p/{quote(slug, safe='')}/"
