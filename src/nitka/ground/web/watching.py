"""That something which public pages show has changed: a row in `web_page_changes`, in the transaction of the change.

Who keeps ready pages follows these rows. Where the row is written by a trigger of the table nothing can forget it: no
verb, no import, no hand in psql. What is shown under names of its own ("product:<id>") may be said by the verb instead.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.migrations import RunSQL

EVERYTHING = "all"
# More single names than this in one breath are said as one.
MOST_NAMES = 100

_TIMES = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))


def say_changed(tags: Iterable[str]) -> None:
    """Note that what these tags stand for is another, as part of the running transaction.

    A tag is "all", or a kind and a name ("product:0197…"), or a kind with every name ("product:*").
    """
    names = list(dict.fromkeys(tags))
    if len(names) > MOST_NAMES:
        names = list(dict.fromkeys(tag.partition(":")[0] + ":*" if ":" in tag else tag for tag in names))
    if names:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO web_page_changes (tag) SELECT unnest(%s::text[])", [names])


def state_of_all() -> str:
    """Another text as soon as anything has changed that public pages show. One query.

    Numbers of rows are drawn before their transaction is committed, so the rows are counted beside the highest one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT concat_ws('.', (SELECT last_value FROM web_page_changes_seq_seq), count(*), max(seq))"
            " FROM web_page_changes"
        )
        return str(cursor.fetchone()[0])


def watch(table: str, tag: str = EVERYTHING, column: str = "") -> RunSQL:
    """For a migration: from now on whoever writes that table says that `tag` changed, or `tag:<value of column>`."""
    arguments = f"'{tag}', '{column}'" if column else f"'{tag}'"
    make = ";\n".join(
        f"CREATE OR REPLACE TRIGGER {_name(table, when)} AFTER {when} ON {table}"
        f" REFERENCING {which} TABLE AS written"
        f" FOR EACH STATEMENT EXECUTE FUNCTION web_say_changed({arguments})"
        for when, which in _TIMES
    )
    drop = ";\n".join(f"DROP TRIGGER IF EXISTS {_name(table, when)} ON {table}" for when, _which in _TIMES)
    return RunSQL(make, drop)


def _name(table: str, when: str) -> str:
    return f"{table}_shown_{when.lower()}"


# `written` is what the statement wrote: one that met no row says nothing.
TRIGGER = """
CREATE FUNCTION web_say_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_NARGS = 1 THEN
        INSERT INTO web_page_changes (tag) SELECT TG_ARGV[0] WHERE EXISTS (SELECT FROM written);
    ELSE
        EXECUTE format(
            'INSERT INTO web_page_changes (tag) SELECT DISTINCT %L || %I::text FROM written WHERE %I IS NOT NULL',
            TG_ARGV[0] || ':', TG_ARGV[1], TG_ARGV[1]
        );
    END IF;
    RETURN NULL;
END $$
"""
NO_TRIGGER = "DROP FUNCTION web_say_changed()"
