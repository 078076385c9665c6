"""An Instagram account: a container first, which shows nobody anything, then its publication.

A container can be published once, and says whether it was: that is what keeps a post from standing there twice.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from nitka.growth.campaigns.providers.contract import Keep, NotYet, Outgoing, Refused, Said, Sent
from nitka.growth.campaigns.providers.meta_graph.asking import (
    StartAnew,
    ask,
    moment,
    number,
    rows,
    tell,
    text,
    web_address,
)
from nitka.growth.campaigns.providers.meta_graph.facebook import is_it

COMMENTS = "comments.limit(50){id,text,username,timestamp}"
A_MINUTE = 60


def send(post: Outgoing, keep: Keep) -> Sent:
    """Make the container unless we have one, and publish it unless that was done."""
    if not post.picture:
        raise Refused("Instagram takes no post without a picture.")
    container = post.progress.get("container")
    if post.unsure and not container and (found := _standing(post)):
        return found
    try:
        return _publish(post, container if isinstance(container, str) and container else _container(post, keep))
    except StartAnew:
        keep({})
        raise


def _container(post: Outgoing, keep: Keep) -> str:
    caption = "\n\n".join(each for each in (post.text, post.link) if each)
    answer = tell(
        f"{settings.META_INSTAGRAM}/media", publishes=False, image_url=post.picture, caption=caption,
        alt_text=post.picture_alt,
    )  # fmt: skip
    made = number(answer)
    if not made:
        raise NotYet("answered without a number")
    keep({"container": made})
    return made


def _publish(post: Outgoing, container: str) -> Sent:
    state = text(ask(container, fields="status_code"), "status_code", 20)
    if state == "PUBLISHED":
        return _standing(post) or Sent()
    if state in ("ERROR", "EXPIRED"):
        if found := _standing(post):
            return found
        raise StartAnew(f"the container is {state.lower()}", seconds=A_MINUTE)
    if state != "FINISHED":
        raise NotYet("the picture is still being fetched", seconds=A_MINUTE)
    answer = tell(f"{settings.META_INSTAGRAM}/media_publish", publishes=True, creation_id=container)
    made = number(answer)
    if not made:
        raise NotYet("answered without a number", unsure=True)
    return Sent(outside_id=made, address=_address(made))


def _standing(post: Outgoing) -> Sent | None:
    for row in _media("id,caption,permalink"):
        if is_it(post, text(row, "caption", 10_000)):
            return Sent(outside_id=number(row), address=web_address(row, "permalink"))
    return None


def _address(media: str) -> str:
    try:
        return web_address(ask(media, fields="permalink"), "permalink")
    except (NotYet, Refused):
        return ""  # it stands there; only where is not known


def _media(fields: str) -> Iterator[dict[str, Any]]:
    return rows(f"{settings.META_INSTAGRAM}/media", fields=fields, limit="25")


def mentions() -> Iterator[Said]:
    """Comments below our posts, and posts in which we are tagged."""
    for row in _media(f"id,permalink,{COMMENTS}"):
        below = row.get("comments")
        found = below.get("data") if isinstance(below, dict) else None
        for each in found if isinstance(found, list) else ():
            if number(each):
                yield _said(each, "comment", "text", web_address(row, "permalink"), number(row))
    tags = rows(f"{settings.META_INSTAGRAM}/tags", fields="id,caption,username,timestamp,permalink", limit="25")
    for row in tags:
        if number(row):
            yield _said(row, "mention", "caption", web_address(row, "permalink"), "")


def _said(row: dict[str, Any], kind: str, words: str, address: str, about: str) -> Said:
    return Said(
        outside_id=number(row), kind=kind, author=text(row, "username", 120), text=text(row, words, 5_000),
        address=address, about=about, at=moment(row, "timestamp"),
    )  # fmt: skip
