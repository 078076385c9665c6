"""Tables of products as shops and merchants write them, each brought into the rows of `product_rows`.

A form is a module with `groups(sheet, mapping)`, the rows of each product together, and `COLUMNS`, ours → theirs, so
that a trouble names the column that the merchant sees.
"""

from collections.abc import Iterator, Mapping, Sequence

from nitka.faces.files.forms import magento, plain, shopify, woocommerce
from nitka.faces.files.mapping import FileMapping
from nitka.faces.files.product_rows import Lines
from nitka.faces.files.sheets import Sheet

FORMS = {"shopify": shopify, "woocommerce": woocommerce, "magento": magento, "csv": plain}


def groups(sheet: Sheet, mapping: FileMapping) -> Iterator[Lines]:
    """The rows of each product. Raises UnreadableFile, BadMapping."""
    found: Iterator[Lines] = FORMS[mapping.format].groups(sheet, mapping)
    return found


def columns(columns: Sequence[str], mapping: FileMapping) -> Mapping[str, str]:
    """Our column → what the file calls it."""
    found: Mapping[str, str] = FORMS[mapping.format].columns(columns, mapping)
    return found
