"""One product: its words, its place in the shop, and whether it is on sale."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice import prose
from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import may, staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.option_forms import Typed, options_part
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.price_forms import cell
from nitka.faces.backoffice.views.products import status_words
from nitka.ground.locale import LANGUAGE_NAMES, pick
from nitka.shelf.catalog import actions as catalog_actions
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import AttributeView, CollectionDraft, ProductSource, VariantSource
from nitka.shelf.content import queries as content
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing

TEXTS = ("title", "summary", "description", "seo_title", "seo_description", "slug")


def found(product_id: UUID) -> ProductSource:
    """The product, or a 404."""
    sources = catalog.product_source([product_id])
    if not sources:
        raise Http404
    return sources[0]


def back_to(product_id: UUID, part: str = "") -> HttpResponse:
    """To the page of the product, at one of its parts."""
    return see_other(reverse("back:product", kwargs={"product_id": product_id}) + (f"#{part}" if part else ""))


@require_GET
@staff()
def show(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Everything of one product on one page, each part a form of its own."""
    return shown(request, found(product_id))


def shown(
    request: HttpRequest, source: ProductSource, *, typed_option: Typed | None = None, status: int = 200
) -> HttpResponse:
    """The page of the product; after a refusal with what was typed."""
    ids = [variant.id for variant in source.variants]
    known = catalog.attributes()
    nodes = catalog.category_tree()
    facets = {
        code for parts in [catalog.category_facets()] for id_ in source.category_ids for code in parts.get(id_, ())
    }
    codes = sorted(
        set(source.attributes) | facets, key=lambda code: (known[code].position, code) if code in known else (0, code)
    )
    return page(
        request,
        "backoffice/product.html",
        {
            "product": source,
            "status_word": status_words()[source.status],
            "typed": prose.typed_in_all(source.description),
            "shop_languages": {code: LANGUAGE_NAMES[code] for code in content.shop().languages},
            "tree": nodes,
            "collections": catalog.collections(),
            "attributes": [known[code] for code in codes if code in known],
            "options": option_texts(source.options, source.variants, request.language),  # type: ignore[attr-defined]
            "markets": pricing.markets(),
            "prices": pricing.base_prices(ids),
            "cell": cell,
            "levels": inventory.levels(ids),
            "locations": inventory.locations(),
            **options_part(source, edits=may(request, "catalog.edit"), typed=typed_option),
        },
        status=status,
    )


def option_texts(options: Iterable[Any], variants: Iterable[VariantSource], language: str) -> dict[UUID, str]:
    """What was chosen for each variant: "Oak, 90 cm"."""
    names = {
        (option["code"], value["code"]): pick(value["name"], language)
        for option in options
        for value in option["values"]
    }
    return {variant.id: ", ".join(names.get(pair, pair[1]) for pair in variant.options.items()) for variant in variants}


@require_POST
@staff("catalog.edit")
def words(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Save the texts of all languages."""
    source = found(product_id)
    changes: dict[str, Any] = {}
    for name in TEXTS:
        for language in LANGUAGE_NAMES:
            text = request.POST.get(f"{name}.{language}")
            before = getattr(source, name).get(language, "")
            if text is None or _even(text) == _even(prose.typed(before) if name == "description" else before):
                continue
            changes.setdefault(name, {})[language] = prose.shown(text) if name == "description" else text
    if not changes:
        say(request, _("No text was changed."), "warn")
    else:
        do(
            request, lambda: catalog_actions.edit_product(product_id=product_id, **changes), verb="product.words",
            subject=source.handle, detail={name: ", ".join(texts) for name, texts in changes.items()},
            said=_("The texts are saved; the shop shows them within seconds."),
        )  # fmt: skip
    return back_to(product_id, "words")


def _even(text: str) -> str:
    # Browsers send line ends as CR LF.
    return text.replace("\r\n", "\n").strip()


@require_POST
@staff("catalog.edit")
def place(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Save category, brand, tags and attributes."""
    source = found(product_id)
    known = catalog.attributes([name.partition(".")[2] for name in request.POST if name.startswith("attribute.")])
    try:
        attributes = read_attributes(request.POST, known, source.attributes, request.language)  # type: ignore[attr-defined]
        category = UUID(request.POST["category"]) if request.POST.get("category") else None
    except ValueError as trouble:
        say(request, str(trouble), "error")
        return back_to(product_id, "place")
    tags = [tag.strip() for tag in request.POST.get("tags", "").split(",") if tag.strip()]
    do(
        request,
        lambda: catalog_actions.edit_product(
            product_id=product_id, category_id=category, brand=request.POST.get("brand", ""), tags=tags,
            attributes=attributes,
        ),
        verb="product.place", subject=source.handle, detail={"attributes": ", ".join(attributes)},
        said=_("Saved."),
    )  # fmt: skip
    if "collections" in request.POST:
        _put_in(request, source, set(request.POST.getlist("collection")))
    return back_to(product_id, "place")


def _put_in(request: HttpRequest, source: ProductSource, chosen: set[str]) -> None:
    """Let the product lie in these collections, last where it is new, and in no others."""
    drafts = []
    for each in catalog.collections():
        if (each.handle in chosen) == (each.id in source.collection_ids):
            continue
        held = catalog.products_in_collection(each.id)
        rows = dict(catalog.product_rows().filter(id__in=held).values_list("id", "handle"))
        others = tuple(rows[id_] for id_ in held if id_ in rows and id_ != source.id)
        products = (*others, source.handle) if each.handle in chosen else others
        drafts.append(CollectionDraft(
            handle=each.handle, name=each.name, intro=each.intro, slug=each.slug, position=each.position,
            products=products,
        ))  # fmt: skip
    if drafts:
        do(
            request, lambda: catalog_actions.put_collections(drafts=drafts), verb="product.collections",
            subject=source.handle, detail={"collections": ", ".join(sorted(chosen))},
        )  # fmt: skip


def read_attributes(
    posted: QueryDict, known: Mapping[str, AttributeView], before: Mapping[str, Any], language: str
) -> dict[str, Any]:
    """The attribute values that were changed; None takes one away. Raises ValueError with a sentence."""
    changes: dict[str, Any] = {}
    for code, attribute in known.items():
        texts = [text for each in posted.getlist(f"attribute.{code}") if (text := each.strip())]
        text = texts[-1] if texts else ""
        value = texts if len(texts) > 1 else _value(text, attribute, language)
        was = before.get(code)
        if isinstance(was, list) and set(was) == set(texts):
            continue
        if attribute.kind == "text" and isinstance(was, Mapping):
            value = {**was, language: text} if text else None
            if was.get(language, "") == text:
                continue
        if value != was:
            changes[code] = value
    return changes


def _value(text: str, attribute: AttributeView, language: str) -> Any:
    if not text:
        return None
    if attribute.kind == "boolean":
        return text == "yes"
    if attribute.kind == "number":
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            name = pick(attribute.name, language)
            raise ValueError(_("%(name)s is a number, not “%(text)s”.") % {"name": name, "text": text}) from None
        return int(number) if number.is_integer() else number
    return text


@require_POST
@staff("catalog.edit")
def status(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Put on sale, take back to draft, archive."""
    source = found(product_id)
    deeds = {
        "publish": (catalog_actions.publish, _("It is on sale.")),
        "unpublish": (catalog_actions.unpublish, _("It is a draft again; shoppers do not see it.")),
        "archive": (catalog_actions.archive, _("It is archived. Orders go on knowing it.")),
    }
    chosen = request.POST.get("to", "")
    if chosen in deeds:
        act, said = deeds[chosen]
        done = do(
            request, lambda: act(product_id=product_id), verb=f"product.{chosen}", subject=source.handle, said=said
        )
        if done.done and chosen == "publish":
            _say_what_is_missing(request, source)
    return back_to(product_id)


def _say_what_is_missing(request: HttpRequest, source: ProductSource) -> None:
    """A product on sale that nobody can buy or sees well: say so at once, not when nobody orders."""
    ids = [variant.id for variant in source.variants if variant.active]
    if not any(pricing.base_prices(ids).values()):
        say(request, _("It has no price yet, so nobody can buy it."), "warn")
    elif not any(level.available > 0 for levels in inventory.levels(ids).values() for level in levels):
        say(request, _("There is none in stock, so it is shown as sold out."), "warn")
    if not any(media.kind == "picture" for media in source.media):
        say(request, _("It has no picture yet."), "warn")
