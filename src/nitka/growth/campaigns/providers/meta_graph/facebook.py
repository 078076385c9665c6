"""A Facebook page. Its API has no key against doubles, so where an answer was lost the page is read first."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from nitka.growth.campaigns.providers.contract import NotYet, Outgoing, Said, Sent
from nitka.growth.campaigns.providers.meta_graph.asking import moment, number, rows, tell, text, web_address

CLOCKS = timedelta(minutes=5)  # theirs and ours need not agree
COMMENTS = "comments.limit(50){id,message,from,created_time,permalink_url}"


def send(post: Outgoing) -> Sent:
    """A picture with its words, else words with a link. The link in the words names the post, so it can be found."""
    if post.unsure and (found := standing(post)):
        return found
    words = "\n\n".join(each for each in (post.text, post.link) if each)
    page = settings.META_PAGE
    if post.picture:
        alt = {"alt_text_custom": post.picture_alt}
        answer = tell(f"{page}/photos", publishes=True, url=post.picture, caption=words, **alt)
    else:
        answer = tell(f"{page}/feed", publishes=True, message=words, link=post.link)
    made = number(answer, "post_id") or number(answer)
    if not made:
        raise NotYet("answered without a number", unsure=True)
    return Sent(outside_id=made, address=f"https://www.facebook.com/{made}")


def standing(post: Outgoing) -> Sent | None:
    """The post, if the page shows it already."""
    since = str(int((post.since - CLOCKS).timestamp()))
    for row in rows(f"{settings.META_PAGE}/feed", fields="id,message,permalink_url", since=since, limit="50"):
        if is_it(post, text(row, "message", 10_000)):
            made = number(row)
            return Sent(outside_id=made, address=web_address(row, "permalink_url"))
    return None


def is_it(post: Outgoing, words: str) -> bool:
    """Whether these words over there are the post: by its number in the link, or word by word where it has no link."""
    if post.link:
        return post.id in words
    return " ".join(words.split()) == " ".join(post.text.split())


def mentions() -> Iterator[Said]:
    """Comments below our posts, and posts that name the page."""
    page = settings.META_PAGE
    for row in rows(f"{page}/feed", fields=f"id,{COMMENTS}", limit="25"):
        below = row.get("comments")
        found = below.get("data") if isinstance(below, dict) else None
        for each in found if isinstance(found, list) else ():
            if (said := _said(each, "comment", number(row))) is not None:
                yield said
    for row in rows(f"{page}/tagged", fields="id,message,from,created_time,permalink_url", limit="50"):
        if (said := _said(row, "mention", "")) is not None:
            yield said


def _said(row: object, kind: str, about: str) -> Said | None:
    outside = number(row)
    who = row.get("from") if isinstance(row, dict) else None
    if not outside or number(who) == settings.META_PAGE:  # our own answers are no news
        return None
    return Said(
        outside_id=outside, kind=kind, author=text(who, "name", 120), text=text(row, "message", 5_000),
        address=web_address(row, "permalink_url"), about=about, at=moment(row, "created_time"),
    )  # fmt: skip
