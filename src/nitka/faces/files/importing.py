"""Products from files: read, checked, and handed to the doors of catalogue, prices and stock."""

import itertools
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nitka.faces.files.history import import_customers, import_orders
from nitka.faces.files.mapping import FileMapping, load
from nitka.faces.files.parsing import Parsed, RowError, Settings
from nitka.faces.files.problems import BadMapping, UnreadableFile
from nitka.faces.files.reviewing import import_reviews
from nitka.faces.files.sources import Source, source_of
from nitka.faces.files.troubles import Troubles
from nitka.ground.locale import LANGUAGES
from nitka.ground.problem import Problem
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries as catalog_queries
from nitka.shelf.catalog.queries import Outcome
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as inventory_queries
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as pricing_queries
from nitka.shelf.search import actions as search

__all__ = [
    "BadMapping", "ImportReport", "RowError", "UnreadableFile", "import_customers", "import_orders", "import_products",
    "import_reviews",
]  # fmt: skip

BATCH = 500
_NONE = FileMapping(name="", format="")
Progress = Callable[[int, int], None]


@dataclass(slots=True, kw_only=True)
class ImportReport(Troubles):
    """What became of a file. `variants` and `pictures` count those of all products that are in."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    variants: int = 0
    pictures: int = 0
    seconds: float = 0.0
    dry_run: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def products(self) -> int:
        """How many products of the file are in."""
        return self.created + self.updated + self.unchanged

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return {
            "products": self.products, "created": self.created, "updated": self.updated, "unchanged": self.unchanged,
            "variants": self.variants, "pictures": self.pictures, "seconds": round(self.seconds, 2),
            "dry_run": self.dry_run, "refused": self.refused, "errors": self.plain_errors(), "notes": self.notes,
        }  # fmt: skip

    def lines(self) -> list[str]:
        """The report for people."""
        head = _("Would import %(products)s products") if self.dry_run else _("%(products)s products are in")
        counts = _("%(created)s new, %(updated)s changed, %(unchanged)s as they were")
        rest = _("%(variants)s variants, %(pictures)s pictures, %(seconds)s s")
        values = {
            "products": self.products, "created": self.created, "updated": self.updated, "unchanged": self.unchanged,
            "variants": self.variants, "pictures": self.pictures, "seconds": f"{self.seconds:.1f}",
        }  # fmt: skip
        return [head % values, counts % values, rest % values, *self.notes, *self.told()]


def import_products(
    path: Path,
    *,
    mapping: Path | None = None,
    stock: int | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    images: Path | None = None,
    language: str = "en",
    currency: str = "",
) -> ImportReport:
    """Import the products of a table (of Shopify, WooCommerce, Magento, Google Merchant, or with common names) or of a
    JSON Lines file, plain or packed; a second time changes nothing, and a changed file only what it changed.

    Products are matched by handle or SKU. A bad row is reported, and the rest goes in; `dry_run` writes nothing.
    `stock` is for variants of which the file does not tell how many there are, `currency` that of its prices. Raises
    UnreadableFile or BadMapping, and then nothing was written: the file is read to its end before its first product
    goes in.
    """
    began = time.monotonic()
    if language not in LANGUAGES:
        raise BadMapping(_("Choose one of the languages %(codes)s.") % {"codes": ", ".join(LANGUAGES)})
    given = load(mapping) if mapping else None
    markets = {each.code: each.currency for each in pricing_queries.markets() if not each.converted_from}
    settings = Settings(
        mapping=given or _NONE, language=language, images=(images or path.parent / "images").absolute(),
        stock=stock, location=_location(), markets=markets,
    )  # fmt: skip
    source = source_of(path, given, settings, currency)
    run = _Run(source, ImportReport(dry_run=dry_run), progress or (lambda done, total: None))
    run.go()
    run.report.seconds = time.monotonic() - began
    return run.report


def _location() -> str:
    places = inventory_queries.locations()
    return places[0].code if places else "main"


@dataclass(slots=True)
class _Run:
    """One import on its way."""

    source: Source
    report: ImportReport
    progress: Progress
    handles: set[str] = field(default_factory=set)
    skus: set[str] = field(default_factory=set)
    pictures: set[Path] = field(default_factory=set)
    unfetched: int = 0
    said: Counter[str] = field(default_factory=Counter)

    def go(self) -> None:
        self._prepare()
        done = 0
        for batch in itertools.batched(self.source.products(), BATCH):
            self._put([each for each in batch if self._is_sound(each)])
            done += len(batch)
            # Half of the bar is the catalogue, half is what is rebuilt from it.
            self.progress(done, self.source.total * 2)
        self.report.pictures = len(self.pictures)
        self._finish()
        self._note()

    def _prepare(self) -> None:
        if self.report.dry_run:
            return
        # Words and filters that the merchant changed since the last import stay.
        known = catalog_queries.attributes()
        catalog.put_attributes(drafts=[draft for draft in self.source.attributes if draft.code not in known])
        if not inventory_queries.locations():
            inventory.put_location(code=self.source.settings.location, name="Main", country="PL", zone="Europe/Warsaw")

    def _finish(self) -> None:
        # Also what an import wrote that was killed before it came to this.
        owed = [] if self.report.dry_run else catalog_queries.owed_rebuilds()
        if not owed:
            self.progress(self.source.total * 2, self.source.total * 2)
            return
        codes = [draft.code for draft in self.source.attributes]
        if codes:
            share = self.source.settings.mapping.facet_share
            catalog.choose_facets(product_ids=owed, codes=codes, share=share)
        total = self.source.total

        def rebuilt(done: int, of: int) -> None:
            self.progress(total + (total * done // of if of else total), total * 2)

        search.rebuild(product_ids=owed, progress=rebuilt)
        catalog.rebuilt(product_ids=owed)
        self.progress(total * 2, total * 2)

    def _is_sound(self, each: Parsed) -> bool:
        self.unfetched += each.unfetched
        self.said.update(each.notes)
        for error in each.errors:
            self.report.error(error)
        if each.draft is None:
            return False
        skus = {variant.sku for variant in each.draft.variants}
        twice = sorted(skus & self.skus)
        if each.draft.handle in self.handles or twice:
            item = twice[0] if twice else each.draft.handle
            self.report.error(RowError(each.lines.get(item, each.line), item, _("It occurs in the file before.")))
            return False
        self.handles.add(each.draft.handle)
        self.skus |= skus
        return True

    def _put(self, batch: Sequence[Parsed]) -> None:
        try:
            with transaction.atomic():
                outcome = self._put_now(batch)
        except (OperationalError, InterfaceError):
            raise  # the database went away; what is in is in, and a second run goes on from there
        except (Problem, DatabaseError, ValueError) as trouble:
            if len(batch) == 1:
                reason = trouble.message if isinstance(trouble, Problem) else type(trouble).__name__
                self.report.error(RowError(batch[0].line, batch[0].handle, reason))
                return
            for each in batch:
                self._put([each])
            return
        self._count(batch, outcome)

    def _put_now(self, batch: Sequence[Parsed]) -> Outcome:
        drafts = [each.draft for each in batch if each.draft is not None]
        if self.report.dry_run:
            return catalog.look_at_products(drafts=drafts, attributes=self.source.attributes)
        outcome = catalog.put_sound_products(drafts=drafts, history=True)
        variants = {variant.sku: variant for draft in drafts for variant in draft.variants}
        prices: list[tuple[UUID, str, int | None, int | None]] = []
        levels: list[tuple[UUID, str, int]] = []
        for put in outcome.puts:
            for sku in put.news:
                variant, variant_id = variants[sku], put.variants[sku]
                for market, price in variant.prices.items():
                    prices.append((variant_id, market, price.minor, price.compare_at_minor))
                levels.extend((variant_id, place, pieces) for place, pieces in variant.stock.items())
        if prices:
            pricing.set_prices(prices=prices, history=True)
        if levels:
            inventory.set_stock(levels=levels, history=True)
        return outcome

    def _count(self, batch: Sequence[Parsed], outcome: Outcome) -> None:
        by_sku = {sku: each for each in batch for sku in each.lines}
        by_handle = {each.handle: each for each in batch}
        for refusal in outcome.refusals:
            found = by_handle[refusal.handle]
            line = found.lines.get(refusal.sku, found.line)
            self.report.error(RowError(line, refusal.sku or refusal.handle, refusal.reason))
        for put in outcome.puts:
            draft = by_sku[next(iter(put.variants))].draft
            assert draft is not None
            self.pictures |= {media.path for media in draft.media if media.path is not None}
            self.report.variants += len(put.variants)
            self.report.created += put.created
            self.report.updated += put.changed and not put.created
            self.report.unchanged += not put.changed

    def _note(self) -> None:
        settings, notes = self.source.settings, self.report.notes
        mapping: FileMapping = settings.mapping
        if self.source.letters:
            words = _("The file is not in UTF-8; its letters were read as %(page)s. Look whether they are right.")
            notes.append(words % {"page": self.source.letters.replace("cp", "Windows-")})
        if self.source.currency_is_assumed:
            words = _("The file names no currency; its prices were taken for %(currency)s.")
            notes.append(words % {"currency": mapping.currency})
        if mapping.weight_unit:
            notes.append(_("Weights without a unit were taken for %(unit)s.") % {"unit": mapping.weight_unit})
        currencies = set(settings.markets.values()) - {mapping.currency}
        if converted := sorted(currencies & mapping.rates.keys()):
            words = _("Prices are in %(currency)s; those in %(others)s were made by the rates of the mapping %(name)s.")
            values = {
                "currency": mapping.currency,
                "others": ", ".join(converted),
                "name": mapping.rates_of or mapping.name,
            }
            notes.append(words % values)
        if missing := sorted(currencies - mapping.rates.keys()):
            notes.append(_("There is no rate for %(others)s, so there is no price.") % {"others": ", ".join(missing)})
        if not settings.markets:
            notes.append(_("The shop has no market yet, so there are no prices."))
        if self.unfetched:
            words = ngettext(
                "%(count)s picture is an address elsewhere and was not fetched.",
                "%(count)s pictures are addresses elsewhere and were not fetched.",
                self.unfetched,
            )
            notes.append(words % {"count": self.unfetched})
            notes.append(_("Put the pictures into the folder “images” beside the file, named as their addresses end, "
                           "and import it again."))  # fmt: skip
        notes += [f"{text} (× {count})" if count > 1 else text for text, count in self.said.most_common()]
