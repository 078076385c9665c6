"""The checks of `nitka doctor`: each says what it found and how to mend it."""

import shutil
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from nitka.config import environment, postgres


@dataclass(frozen=True)
class Check:
    name: str
    state: Literal["fine", "note", "wrong"]
    finding: str
    mend: str = ""


def examine() -> list[Check]:
    """All checks, in the order in which a fault in one would explain the next."""
    database = _database()
    if database.state == "wrong":
        return [database, _storage(), *_settings()]
    import django

    django.setup()
    return [
        database,
        _migrations(),
        _storage(),
        _search(),
        _worker(),
        _dead_letters(),
        _owner(),
        _mail(),
        _page_cache(),
        _found(),
        _feeds(),
        *_settings(),
    ]


def _found() -> Check:
    """Where search engines and language models begin; asked of the map itself, as they do."""

    def look() -> Check:
        import re

        from django.http import HttpRequest
        from django.urls import resolve

        base = environment.PUBLIC_URL.value.rstrip("/")
        text = resolve("/sitemap.xml").func(HttpRequest()).content.decode()
        maps = re.findall("<loc>([^<]+)</loc>", text)
        return Check("sitemaps", "fine", "\n".join((f"{base}/sitemap.xml", *maps, f"{base}/llms.txt")))

    return _guard("sitemaps", "Run `nitka search-index`.", look)


def _feeds() -> Check:
    def look() -> Check:
        from nitka.faces.files.feeds import known

        base = environment.PUBLIC_URL.value.rstrip("/")
        every = known.feeds()
        given = [f"{base}{known.path_of(each)}" for each in every if each.access == "open"]
        secret = sum(each.access == "secret" for each in every)
        lines = [*given, *([f"and {secret} at secret addresses, see {base}/back/feeds/"] if secret else [])]
        return Check("feeds", "fine", "\n".join(lines) or "There is no market yet, so there are no feeds.")

    return _guard("feeds", "Start `nitka serve` once, so that its tables are there.", look)


def _guard(name: str, mend: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except Exception as trouble:
        return Check(name, "wrong", f"{type(trouble).__name__}: {trouble}".splitlines()[0], mend)


def _database() -> Check:
    name = "database"
    if not environment.DATABASE_URL.value:
        if not (postgres.data_folder() / "PG_VERSION").exists():
            return Check(name, "wrong", "There is no database yet.", "Run `nitka demo` or `nitka serve` once.")
        try:
            postgres.start()
        except postgres.DatabaseTrouble as trouble:
            return Check(name, "wrong", "The embedded PostgreSQL does not run.", str(trouble))

    def look() -> Check:
        import django

        django.setup()
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
            version, size = cursor.fetchone()
        where = "your server" if environment.DATABASE_URL.value else "embedded"
        if int(version.split(".")[0]) < 15:
            return Check(name, "wrong", f"PostgreSQL {version}", "Nitka needs PostgreSQL 15 or newer.")
        return Check(name, "fine", f"PostgreSQL {version} ({where}), {size // 1024**2} MB")

    return _guard(name, "Check DATABASE_URL, and that the server runs.", look)


def _migrations() -> Check:
    def look() -> Check:
        from django.db import connection
        from django.db.migrations.executor import MigrationExecutor

        executor = MigrationExecutor(connection)
        open_ones = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if open_ones:
            return Check(
                "migrations", "wrong", f"{len(open_ones)} not applied", "Start `nitka serve`; it applies them."
            )
        return Check("migrations", "fine", "All applied.")

    return _guard("migrations", "Start `nitka serve`; it applies them.", look)


def _storage() -> Check:
    home = environment.home()
    free = shutil.disk_usage(home).free
    if free < 1024**3:
        return Check("storage", "wrong", f"{free // 1024**2} MB free at {home}", "Free some disk space.")
    return Check("storage", "fine", f"{home}, {free // 1024**3} GB free")


def _search() -> Check:
    def look() -> Check:
        from nitka.shelf.search import queries as search

        state = search.index_state()
        if state.missing:
            return Check("search index", "wrong", "There is no index on this host.", "Run `nitka search-index`.")
        if state.behind > 100:
            return Check("search index", "wrong", f"{state.behind} changes behind", "Is `nitka serve` running here?")
        return Check("search index", "fine", f"{state.documents} documents, {state.behind} changes to come")

    return _guard("search index", "Run `nitka search-index`.", look)


def _worker() -> Check:
    def look() -> Check:
        from nitka.ground import clock
        from nitka.ground.facts import queries as facts

        seen = facts.worker_seen_at()
        waiting = sum(facts.jobs_waiting().values())
        if seen is None or clock.now() - seen > timedelta(seconds=60):
            state: Literal["note", "wrong"] = "wrong" if waiting else "note"
            return Check("worker", state, f"No worker runs; {waiting} jobs wait.", "Start `nitka worker`.")
        return Check("worker", "fine", f"Seen {int((clock.now() - seen).total_seconds())} s ago; {waiting} jobs wait.")

    return _guard("worker", "Start `nitka worker`.", look)


def _dead_letters() -> Check:
    def look() -> Check:
        from nitka.ground.facts import queries as facts

        count = facts.dead_letter_rows().count()
        if count:
            return Check("reactions", "note", f"{count} failed for good.", "See /back/system/ and retry them there.")
        return Check("reactions", "fine", "None has failed.")

    return _guard("reactions", "See /back/system/.", look)


def _page_cache() -> Check:
    size = environment.PAGE_CACHE.number
    if size <= 0 or not environment.PUBLIC_URL.value or environment.DEBUG.on:
        why = "NITKA_PAGE_CACHE_MB is 0" if size <= 0 else "NITKA_PUBLIC_URL is empty, or NITKA_DEBUG on"
        return Check("page cache", "note", f"Every page is made anew: {why}.", "Give it some memory, such as 64.")
    return Check("page cache", "fine", f"{size} MB in each of {environment.WEB_WORKERS.value} web processes")


def _mail() -> Check:
    def look() -> Check:
        from django.conf import settings

        if settings.NITKA_MAILBOX:
            # Sign-in codes and orders would go nowhere, and outside of the demo nobody can read the mailbox.
            state: Literal["note", "wrong"] = "note" if environment.demo_mark().exists() or not _in_use() else "wrong"
            return Check("mail", state, "No mail is sent; it stays in the mailbox.", "Set EMAIL_URL to send mail.")
        server_of: Any = settings.MAILERS["default"]["OPTIONS"]
        kind = smtplib.SMTP_SSL if server_of["use_ssl"] else smtplib.SMTP
        with kind(server_of["host"], server_of["port"], timeout=5) as server:
            server.noop()
        return Check("mail", "fine", f"{server_of['host']}:{server_of['port']} answers.")

    return _guard("mail", "Check EMAIL_URL: host, port, tls=1 or ssl=1.", look)


def _in_use() -> bool:
    """Whether somebody runs a shop of their own here."""
    from nitka.shelf.content import queries as content

    return content.shop().is_set_up


def _owner() -> Check:
    def look() -> Check:
        from nitka.people.accounts import queries as people

        if people.has_owner():
            return Check("owner", "fine", "Somebody may enter the back office.")
        return Check("owner", "note", "Nobody owns this shop.", "Run `nitka owner you@example.com`.")

    return _guard("owner", "Run `nitka owner you@example.com`.", look)


def _settings() -> list[Check]:
    found = []
    public = environment.PUBLIC_URL.value
    if environment.RATE_LIMITS.value.lower() == "off":
        found.append(Check("rate limits", "note", "Switched off.", "Unset NITKA_RATE_LIMITS on a real shop."))
    if environment.DEBUG.on:
        found.append(Check("debug", "note", "Tracebacks are shown to visitors.", "Unset NITKA_DEBUG on a real shop."))
    if environment.DEMO.on and public.startswith("https"):
        found.append(Check("demo", "wrong", "Demo payments on a public shop.", "Unset NITKA_DEMO."))
    found += _payment_keys(public)
    if not public.startswith("https"):
        found.append(Check("address", "note", f"{public} is not https.", "Set NITKA_PUBLIC_URL on a real shop."))
    return found


def _payment_keys(public: str) -> list[Check]:
    """Keys that are set in part: a gateway whose posts nobody can verify, or test keys on a real shop."""
    found = []
    stripe, hook = environment.STRIPE_KEY.value, environment.STRIPE_WEBHOOK_SECRET.value
    if stripe and not environment.STRIPE_PUBLIC_KEY.value:
        found.append(Check("stripe", "wrong", "Its page has no key.", "Set NITKA_STRIPE_PUBLISHABLE_KEY."))
    if stripe and not hook:
        mend = "Add a webhook in Stripe's dashboard and set NITKA_STRIPE_WEBHOOK_SECRET."
        found.append(Check("stripe", "wrong", "Its posts cannot be verified.", mend))
    if "_test_" in stripe and public.startswith("https"):
        found.append(Check("stripe", "note", "These are test keys: no money moves.", "Set the live keys to sell."))
    if environment.PAYPAL_CLIENT.value and not environment.PAYPAL_WEBHOOK.value:
        mend = "Add a webhook to PayPal's app and set NITKA_PAYPAL_WEBHOOK_ID."
        found.append(Check("paypal", "wrong", "Its posts cannot be verified.", mend))
    return found
