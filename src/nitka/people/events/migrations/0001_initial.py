from django.db import migrations, models

import nitka.ground.clock

PARTITIONED = """
CREATE SEQUENCE events_seq AS bigint CACHE 1;

CREATE TABLE events_events (
    seq         bigint      NOT NULL DEFAULT nextval('events_seq'),
    at          timestamptz NOT NULL,
    source      smallint    NOT NULL,
    message_id  text        NOT NULL,
    kind        smallint    NOT NULL,
    name        text        NOT NULL DEFAULT '',
    evidence    uuid        NOT NULL,
    device      uuid,
    flags       integer     NOT NULL DEFAULT 0,
    consent     smallint    NOT NULL DEFAULT 0,
    received_at timestamptz NOT NULL DEFAULT now(),
    sent_at     timestamptz,
    original_at timestamptz,
    properties  jsonb       NOT NULL DEFAULT '{}',
    context     jsonb       NOT NULL DEFAULT '{}',
    PRIMARY KEY (seq, at)
) PARTITION BY RANGE (at);
ALTER SEQUENCE events_seq OWNED BY events_events.seq;

CREATE INDEX events_of_evidence ON events_events (evidence, at DESC, seq DESC);

-- What belongs to no month that was made ready: the far past of an import, and a month nobody made in time.
CREATE TABLE events_default PARTITION OF events_events DEFAULT;

-- Makes the partition of that day's month (UTC) ready; does nothing where it is. Returns its name.
CREATE FUNCTION events_ensure_partition(day date) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    first date := date_trunc('month', day)::date;
    part text := 'events_y' || to_char(first, 'YYYY') || 'm' || to_char(first, 'MM');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('events_ensure_partition'));
    IF to_regclass(part) IS NULL THEN
        EXECUTE format(
            'CREATE TABLE %I PARTITION OF events_events FOR VALUES FROM (%L) TO (%L)',
            part, first || ' 00:00:00+00', (first + interval '1 month')::date || ' 00:00:00+00');
    END IF;
    RETURN part;
END $$;

SELECT events_ensure_partition((now() + make_interval(months => ahead))::date) FROM generate_series(-2, 3) AS ahead;
"""

GONE = "DROP TABLE events_events; DROP FUNCTION events_ensure_partition(date); DROP SEQUENCE IF EXISTS events_seq;"


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.SmallAutoField(primary_key=True, serialize=False)),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("write_key", models.CharField(max_length=64, unique=True)),
                ("kind", models.CharField(choices=[("browser", "browser"), ("server", "server")], max_length=8)),
                ("trusted", models.BooleanField(default=False)),
                ("own", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=nitka.ground.clock.now)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "events_sources",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind", "server"), ("trusted", False), _connector="OR"),
                        name="browsers_are_not_trusted",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Key",
            fields=[
                ("pk", models.CompositePrimaryKey("source", "message_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("source", models.SmallIntegerField()),
                ("message_id", models.TextField(db_collation="C")),
                ("received_at", models.DateTimeField(default=nitka.ground.clock.now)),
            ],
            options={"db_table": "events_keys"},
        ),
        migrations.CreateModel(
            name="Rejected",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("source", models.SmallIntegerField()),
                ("at", models.DateTimeField(default=nitka.ground.clock.now)),
                ("type", models.CharField(default="", max_length=20)),
                ("name", models.CharField(default="", max_length=200)),
                ("reason", models.CharField(max_length=60)),
                ("count", models.PositiveIntegerField(default=1)),
                ("excerpt", models.TextField(default="")),
            ],
            options={
                "db_table": "events_rejected",
                "indexes": [models.Index(fields=["-at", "-id"], name="rejected_newest")],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(PARTITIONED, GONE)],
            state_operations=[
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        ("pk", models.CompositePrimaryKey("seq", "at", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("seq", models.BigIntegerField()),
                        ("at", models.DateTimeField()),
                        ("source", models.SmallIntegerField()),
                        ("message_id", models.TextField()),
                        ("kind", models.SmallIntegerField(choices=[(1, "identify"), (2, "track"), (3, "page"), (4, "screen"), (5, "group"), (6, "alias")])),
                        ("name", models.TextField(default="")),
                        ("evidence", models.UUIDField()),
                        ("device", models.UUIDField(null=True)),
                        ("flags", models.IntegerField(default=0)),
                        ("consent", models.SmallIntegerField(default=0)),
                        ("received_at", models.DateTimeField(default=nitka.ground.clock.now)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("original_at", models.DateTimeField(null=True)),
                        ("properties", models.JSONField(default=dict)),
                        ("context", models.JSONField(default=dict)),
                    ],
                    options={"db_table": "events_events"},
                ),
            ],
        ),
    ]
