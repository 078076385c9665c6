"""Pictures in the sizes and formats that pages ask for."""

from uuid import UUID

from django.db import transaction

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.pictures import renditions
from nitka.shelf.catalog.facts import PicturesMade
from nitka.shelf.catalog.models import Media


def make_pictures(*, product_id: UUID) -> int:
    """Make AVIF and WebP of the product's pictures that have none yet, and tell PicturesMade. Returns how many.

    Files are named after the original, so what was made before is found again, by this product or another.
    """
    todo = list(Media.objects.filter(product_id=product_id, kind=Media.Kind.PICTURE, made_at=None))
    made = {media.id: renditions(media.file) for media in todo}
    if not todo:
        return 0
    with transaction.atomic():
        now = clock.now()
        for media_id, sizes in made.items():
            Media.objects.filter(id=media_id).update(renditions=sizes, made_at=now)
        tell(PicturesMade(product_id=product_id))
    return len(todo)
