"""What can be chosen of one product, set by hand."""

from collections.abc import Mapping, Sequence
from itertools import product as every
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_id
from nitka.ground.locale import FALLBACK, pick
from nitka.shelf.catalog import cleaning
from nitka.shelf.catalog.choices import MAX_COMBINATIONS, Combination, combination_of, combinations, count_of
from nitka.shelf.catalog.drafts import OptionDraft
from nitka.shelf.catalog.facts import ProductChanged
from nitka.shelf.catalog.lock import lock_catalog
from nitka.shelf.catalog.models import Media, Product, Variant
from nitka.shelf.catalog.problems import OptionsProblem, UnknownProduct

MAX_NAME = 120
Options = list[dict[str, Any]]


@transaction.atomic
def edit_options(
    *,
    product_id: UUID,
    options: Sequence[OptionDraft] = (),
    without: Sequence[str] = (),
    make: Mapping[Combination, str] | None = None,
) -> tuple[UUID, ...]:
    """Add or change options (by code, each with all its values in order), take options off, and make variants.

    Variants keep what they are; one on sale that lacks a choice gets the first combination that is free, so a lone
    variant becomes the first. `make` is combination (value codes in the order of the options) → SKU; answers the
    variants that were made, which weigh what the first one weighs. A value goes only when no variant on sale has it;
    archived variants keep theirs. Raises UnknownProduct, or OptionsProblem with what to do.
    """
    lock_catalog()
    row = Product.objects.select_for_update().filter(id=product_id).first()
    if row is None:
        raise UnknownProduct(_("There is no such product."))
    variants = list(Variant.objects.filter(product=row).order_by("position", "sku"))
    after = _merged(row.options, options, without)
    _check_size(row.options, after)
    sold = [each for each in variants if each.active]
    _check_gone(row.options, after, sold)
    completed = _complete(after, sold, without)
    made = _made(row, after, variants, make or {})
    if after == row.options and not made and not completed:
        return ()
    row.options, row.updated_at = after, clock.now()
    row.save(update_fields=["options", "updated_at"])
    _forget_in_media(row, without)
    tell(ProductChanged(product_id=product_id))
    return tuple(each.id for each in made)


def _merged(before: Options, given: Sequence[OptionDraft], without: Sequence[str]) -> Options:
    after = {option["code"]: option for option in before if option["code"] not in without}
    for draft in given:
        after[draft.code] = _checked(draft)
    names = [_said(option).casefold() for option in after.values()]
    for option in after.values():
        if names.count(_said(option).casefold()) > 1:
            raise OptionsProblem(
                _("There are two options “%(name)s”. Give one another name.") % {"name": _said(option)}
            )
    return list(after.values())


def _said(named: Mapping[str, Any]) -> str:
    return pick(named["name"], FALLBACK) or str(named["code"])


def _checked(draft: OptionDraft) -> dict[str, Any]:
    """The option as it is kept."""
    name = cleaning.texts(draft.name)
    if not draft.code or len(draft.code) > MAX_NAME or not name.get(FALLBACK):
        raise OptionsProblem(_("The option has no name in English. Write one, such as Colour."))
    values: Options = [{"code": code, "name": cleaning.texts(texts)} for code, texts in draft.values.items()]
    if not values:
        raise OptionsProblem(_("“%(name)s” has no value. Name at least one.") % {"name": name[FALLBACK]})
    if any(len(text) > MAX_NAME for each in (name, *(value["name"] for value in values)) for text in each.values()):
        raise OptionsProblem(_("A name is longer than %(limit)s letters. Make it shorter.") % {"limit": MAX_NAME})
    seen: set[str] = set()
    for value in values:
        if not value["code"] or not value["name"].get(FALLBACK):
            raise OptionsProblem(
                _("A value of “%(name)s” has no name in English. Write one, or take the value away.")
                % {"name": name[FALLBACK]}
            )
        said = value["name"][FALLBACK]
        if said.casefold() in seen:
            raise OptionsProblem(
                _("“%(value)s” stands twice in “%(name)s”. Take one away, or give it another name.")
                % {"value": said, "name": name[FALLBACK]}
            )
        seen.add(said.casefold())
    return {"code": draft.code, "name": name, "values": values}


def _check_size(before: Options, after: Options) -> None:
    # An import may bring more; those who only mend a name there are let through.
    if count_of(after) > max(MAX_COMBINATIONS, count_of(before)):
        raise OptionsProblem(
            _(
                "These options give %(count)s combinations; %(limit)s can be made by hand. "
                "Take values away, or make two products of it."
            )
            % {"count": count_of(after), "limit": MAX_COMBINATIONS}
        )


def _check_gone(before: Options, after: Options, sold: Sequence[Variant]) -> None:
    """No variant on sale may lose its value."""
    kept = {option["code"]: {value["code"] for value in option["values"]} for option in after}
    for option in before:
        code = option["code"]
        for value in option["values"] if code in kept else ():
            skus = [each.sku for each in sold if each.options.get(code) == value["code"]]
            if value["code"] not in kept[code] and skus:
                raise OptionsProblem(
                    _(
                        "“%(value)s” is on sale as %(skus)s. Take these off sale under Variants first; "
                        "orders go on knowing them."
                    )
                    % {"value": _said(value), "skus": _few(skus)}
                )


def _few(skus: Sequence[str]) -> str:
    return ", ".join(skus[:5]) + (" …" if len(skus) > 5 else "")


def _complete(options: Options, sold: Sequence[Variant], without: Sequence[str]) -> bool:
    """Give each variant on sale a full choice: its own where it has one, else the first that is free."""
    before = {each.id: each.options for each in sold}
    taken: dict[Combination, str] = {}
    poor = []
    for each in sold:
        each.options = {code: value for code, value in each.options.items() if code not in without}
        own = combination_of(options, each.options)
        if "" in own:
            poor.append(each)
        elif without and own in taken:
            raise OptionsProblem(
                _("Without it %(one)s and %(other)s are the same. Take one of them off sale under Variants first.")
                % {"one": taken[own], "other": each.sku}
            )
        else:
            taken.setdefault(own, each.sku)
    for each in poor:
        _fill(each, options, taken)
    changed = [each for each in sold if each.options != before[each.id]]
    Variant.objects.bulk_update(changed, ["options"], batch_size=500)
    return bool(changed)


def _fill(variant: Variant, options: Options, taken: dict[Combination, str]) -> None:
    own = combination_of(options, variant.options)
    choices = [
        [value] if value else [each["code"] for each in option["values"]]
        for value, option in zip(own, options, strict=True)
    ]
    free = next((each for each in every(*choices) if each not in taken), None)
    if free is None:
        raise OptionsProblem(
            _("No combination is left for %(sku)s. Name more values, or take it off sale under Variants first.")
            % {"sku": variant.sku}
        )
    taken[free] = variant.sku
    variant.options = {**variant.options, **_choice(options, free)}


def _choice(options: Options, values: Combination) -> dict[str, str]:
    return {option["code"]: value for option, value in zip(options, values, strict=True)}


def _made(
    row: Product, options: Options, variants: Sequence[Variant], make: Mapping[Combination, str]
) -> list[Variant]:
    if not make:
        return []
    if len(make) + sum(each.active for each in variants) > MAX_COMBINATIONS:
        raise OptionsProblem(
            _("That would be more than %(limit)s variants. Untick some, or make two products of it.")
            % {"limit": MAX_COMBINATIONS}
        )
    there = {combination_of(options, each.options): each.sku for each in variants}
    allowed = set(combinations(options)) if options else set()
    for each in make:
        if each not in allowed:
            raise OptionsProblem(_("The options were changed meanwhile. Look at the list again."))
        if each in there:
            raise OptionsProblem(_("%(sku)s has this choice already. Look at the list again.") % {"sku": there[each]})
    _check_skus(list(make.values()))
    last = Variant.objects.filter(product=row).aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    # Delivery is reckoned by weight: one that is nearly right beats none.
    weight = next((each.weight_g for each in variants if each.active and each.weight_g is not None), None)
    return Variant.objects.bulk_create(
        [
            Variant(
                id=new_id(), product=row, sku=sku, position=first + place,
                options=_choice(options, values), weight_g=weight,
            )
            for place, (values, sku) in enumerate(make.items())
        ]
    )  # fmt: skip


def _check_skus(skus: Sequence[str]) -> None:
    for sku in skus:
        if not sku or len(sku) > 100 or cleaning.plain(sku) != sku:
            raise OptionsProblem(_("A SKU is empty or longer than 100 letters. Write one for each variant."))
        if skus.count(sku) > 1:
            raise OptionsProblem(_("The SKU %(sku)s stands twice. Each variant needs its own.") % {"sku": sku})
    taken = Variant.objects.filter(sku__in=skus).values_list("sku", flat=True).first()
    if taken:
        raise OptionsProblem(_("The SKU %(sku)s is taken. Write another one.") % {"sku": taken})


def _forget_in_media(row: Product, without: Sequence[str]) -> None:
    """A picture of an option that is gone is for all variants."""
    for media in Media.objects.filter(product=row, options__has_any_keys=list(without)) if without else ():
        media.options = {code: value for code, value in media.options.items() if code not in without}
        media.save(update_fields=["options"])
