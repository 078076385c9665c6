"""Importing products: a file is looked at first, and goes in when somebody said yes."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.faces.files import importing
from nitka.ground.ids import new_id
from nitka.ground.problem import Problem
from nitka.shelf.pricing import queries as pricing

WAITING = "back_import"
MOST_BYTES = 60 * 1024 * 1024
ENDINGS = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".gz")


@require_http_methods(["GET", "POST"])
@staff("catalog.edit")
def show(request: HttpRequest) -> HttpResponse:
    """Take a file and say what would happen; then do it, or drop it."""
    report = None
    if request.method == "POST":
        if "drop" in request.POST:
            _forget(request)
            return see_other(reverse("back:import"))
        if "confirm" in request.POST:
            return _confirm(request)
        report = _look(request)
    return page(
        request, "backoffice/import.html",
        {"report": report, "file": request.session.get(WAITING, {}).get("name", "") if report else "",
         "most": MOST_BYTES // 1024 // 1024,
         "currencies": sorted({each.currency for each in pricing.markets()})},
    )  # fmt: skip


def _look(request: HttpRequest) -> Any:
    file = request.FILES.get("file")
    if file is None:
        say(request, _("Choose a file first."), "warn")
        return None
    name = Path(file.name or "products").name
    if not name.lower().endswith(ENDINGS) or (file.size or 0) > MOST_BYTES:
        say(
            request,
            _("This is no CSV or JSON Lines file of at most 60 MB. Larger files: nitka import products FILE."),
            "error",
        )
        return None
    _forget(request)
    stock = request.POST.get("stock", "").strip()
    request.session[WAITING] = {
        "path": _keep(file, name), "name": name, "stock": int(stock) if stock.isdecimal() and len(stock) < 7 else None,
        "currency": request.POST.get("currency", "")[:3],
    }  # fmt: skip
    try:
        return _run(request, dry_run=True)
    except Problem as problem:
        say(request, problem.message, "error")
        _forget(request)
        return None


def _confirm(request: HttpRequest) -> HttpResponse:
    waiting = request.session.get(WAITING)
    if not waiting or not Path(waiting["path"]).exists():
        say(request, _("The file is gone. Please choose it again."), "error")
        return see_other(reverse("back:import"))
    outcome = do(request, lambda: _run(request, dry_run=False), verb="products.import", subject=waiting["name"])
    if not outcome.done:
        return see_other(reverse("back:import"))
    _forget(request)
    report = outcome.value
    counts = {name: getattr(report, name) for name in ("created", "updated", "unchanged", "refused")}
    words = _("%(created)s products are new, %(updated)s changed, %(unchanged)s as they were. Left out: %(refused)s.")
    say(request, words % counts)
    return see_other(reverse("back:products"))


def _run(request: HttpRequest, *, dry_run: bool) -> Any:
    waiting = request.session[WAITING]
    return importing.import_products(
        Path(waiting["path"]), stock=waiting["stock"], dry_run=dry_run, language=request.language,  # type: ignore[attr-defined]
        currency=waiting.get("currency", ""),
    )  # fmt: skip


def _keep(file: UploadedFile, name: str) -> str:
    """The upload in a folder of its own, so that a path inside it reaches no picture of anybody else."""
    folder = Path(settings.NITKA_HOME) / "imports" / new_id().hex
    folder.mkdir(parents=True)
    path = folder / ("products" + "".join(Path(name).suffixes[-2:]).lower())
    with path.open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    return str(path)


def _forget(request: HttpRequest) -> None:
    waiting = request.session.pop(WAITING, None)
    if waiting:
        shutil.rmtree(Path(waiting["path"]).parent, ignore_errors=True)
