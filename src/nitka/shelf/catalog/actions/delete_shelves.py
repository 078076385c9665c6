"""Categories and collections that nobody needs any more."""

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.shelf.catalog import addresses
from nitka.shelf.catalog.facts import CategoriesChanged, CollectionsChanged
from nitka.shelf.catalog.lock import lock_catalog
from nitka.shelf.catalog.models import Category, Collection, CollectionProduct, Product
from nitka.shelf.catalog.problems import DraftRefused, ShelfInUse


@transaction.atomic
def delete_category(*, handle: str) -> None:
    """Take an empty category out of the shop. Its addresses lead to the one above it, or to the home page.

    Raises ShelfInUse where products stand in it or categories below it, archived ones too; DraftRefused for an
    unknown one.
    """
    lock_catalog()
    row = Category.objects.filter(handle=handle).first()
    if row is None:
        raise DraftRefused(_("The category “%(handle)s” is unknown.") % {"handle": handle}, handle=handle)
    if Category.objects.filter(parent=row).exists():
        raise ShelfInUse(_("Other categories stand below this one. Move or delete them first."), handle=handle)
    if Product.objects.filter(category=row).exists():
        raise ShelfInUse(_("Products stand in this category. Move them to another one first."), handle=handle)
    addresses.remember("category", [(row.id, row.slug)])
    if row.parent_id:
        addresses.hand_over("category", row.id, row.parent_id)
    row.delete()
    tell(CategoriesChanged())


@transaction.atomic
def delete_collection(*, handle: str) -> None:
    """Take an empty collection out of the shop. Its addresses lead to the home page.

    Raises ShelfInUse where products are in it, and DraftRefused for an unknown one.
    """
    lock_catalog()
    row = Collection.objects.filter(handle=handle).first()
    if row is None:
        raise DraftRefused(_("The collection “%(handle)s” is unknown.") % {"handle": handle}, handle=handle)
    if CollectionProduct.objects.filter(collection=row).exists():
        raise ShelfInUse(_("Products are in this collection. Take them out and save first."), handle=handle)
    addresses.remember("collection", [(row.id, row.slug)])
    row.delete()
    tell(CollectionsChanged())
