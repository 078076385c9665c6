"""What kinds of blocks and their fields are called in the editor."""

from django.utils.translation import gettext as _

from nitka.shelf.content import queries as content


def kinds() -> dict[str, str]:
    """Kinds of pages as people read them."""
    return {
        "help": _("Help"), "legal": _("Legal"), "article": _("Articles"), "page": _("Pages"),
        "landing": _("Landing pages"), "maker": _("Makers"),
    }  # fmt: skip


def block_kinds() -> dict[str, str]:
    """Kinds of blocks, in the order in which they are offered."""
    return {
        "text": _("Text"), "picture": _("Picture"), "products": _("Products"),
        "hero": _("Opening with a large picture"), "columns": _("Columns"), "gallery": _("Several pictures"),
        "video": _("Film"), "faq": _("Questions and answers"),
        "comparison": _("Products side by side"), "quiz": _("Quiz that recommends"), "quote": _("Quotation"),
        "button": _("Button"), "newsletter": _("Newsletter"), "form": _("Form"),
    }  # fmt: skip


def fields() -> dict[str, str]:
    """Fields of blocks by their names."""
    return {
        "title": _("Title"), "text": _("Text"), "label": _("Words on the link"), "to": _("Leads to"),
        "picture": _("Picture"), "side": _("Picture stands"), "caption": _("Caption"), "width": _("Width"),
        "pictures": _("Pictures"), "video": _("Film of your own"), "goods": _("Which products"),
        "limit": _("How many at most"), "products": _("Products"), "questions": _("Questions"),
        "answers": _("Answers"), "tags": _("Fits goods with"), "items": _("Questions and answers"),
        "question": _("Question"), "answer": _("Answer"), "who": _("Who said it"), "role": _("Who that is"),
        "look": _("Look"), "columns": _("Columns"), "form": _("Code of the form"),
    }  # fmt: skip


def choices() -> dict[str, str]:
    """Values of fields that are chosen from a few."""
    return {
        "right": _("at the right"), "left": _("at the left"), "behind": _("behind the words"),
        "text": _("as wide as text"), "wide": _("over the whole width"), "strong": _("strong"), "quiet": _("quiet"),
        "products": _("these products"), "category": _("of the category"), "collection": _("of the collection"),
        "tag": _("with the tag"), "sort": _("of the whole shop: new or best"),
    }  # fmt: skip


def hints() -> dict[str, str]:
    """What may be written, where that is not plain."""
    return {
        "to": _("Such as category:chairs, product:lind, page:returns, /search?sort=new or https://example.com"),
        "tags": _("Tags or values with commas between: reading, material:oak, wood:ash"),
        "prose": _("Markdown: ## heading, **bold**, [words](address), - list"),
        "handles": _("Handles with commas between."),
        "goods": _("A handle of a category or collection, a tag, handles with commas between, or new, best."),
    }


def offered() -> list[tuple[str, str]]:
    """The blocks that can be added."""
    names = block_kinds()
    return [(code, names[code]) for code in names if code in content.KINDS]
