"""What the worker does for the pages: pictures for links, and telling search engines what changed."""

import time
from pathlib import Path

from django.conf import settings

from nitka.ground.facts.jobs import periodic, task

KEPT_DAYS = 90


@task(queue="media")
def draw_preview(*, kind: str, slug: str, language: str) -> None:
    """Draw the picture for links to that page, unless it is there."""
    from nitka.faces.storefront import previews

    previews.draw(kind, slug, language)


@periodic("*/10 * * * *")
def tell_search_engines() -> None:
    """What changed since the last time, to those that want to know."""
    from nitka.faces.storefront import changed

    changed.tell_engines()


@periodic("41 3 * * 0")
def forget_old_previews() -> None:
    """Drop pictures that were drawn long ago; what is still asked for is drawn anew."""
    folder = Path(settings.MEDIA_ROOT) / "previews"
    before = time.time() - KEPT_DAYS * 24 * 3600
    for file in folder.glob("*.jpg"):
        if file.stat().st_mtime < before:
            file.unlink(missing_ok=True)
