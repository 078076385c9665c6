"""What can be done to the catalogue."""

from nitka.shelf.catalog.actions.add_media import add_media, remove_media
from nitka.shelf.catalog.actions.choose_facets import choose_facets
from nitka.shelf.catalog.actions.delete_shelves import delete_category, delete_collection
from nitka.shelf.catalog.actions.edit_options import edit_options
from nitka.shelf.catalog.actions.edit_product import archive, edit_product, publish, unpublish
from nitka.shelf.catalog.actions.make_pictures import make_pictures
from nitka.shelf.catalog.actions.put_attributes import put_attributes
from nitka.shelf.catalog.actions.put_brands import put_brands
from nitka.shelf.catalog.actions.put_categories import put_categories, set_facets
from nitka.shelf.catalog.actions.put_collections import put_collections, put_relations
from nitka.shelf.catalog.actions.put_products import (
    look_at_products,
    put_products,
    put_sound_products,
    rebuilt,
)
from nitka.shelf.catalog.problems import DraftRefused, FileRefused, OptionsProblem, ShelfInUse, UnknownProduct

__all__ = [
    "DraftRefused", "FileRefused", "OptionsProblem", "ShelfInUse", "UnknownProduct", "add_media", "archive",
    "choose_facets", "delete_category", "delete_collection", "edit_options", "edit_product", "look_at_products",
    "make_pictures", "publish", "put_attributes", "put_brands", "put_categories", "put_collections", "put_products",
    "put_relations", "put_sound_products", "rebuilt", "remove_media", "set_facets", "unpublish",
]  # fmt: skip
