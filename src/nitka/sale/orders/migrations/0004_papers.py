"""Invoices become papers of legal entities: with credit notes, and with all that they say kept in the row."""

import django.db.models.deletion
from django.db import migrations, models

import nitka.ground.ids

_SERIES = """
    INSERT INTO orders_invoice_series (id, entity, kind, year, last)
    SELECT gen_random_uuid(), '', 'invoice', year, last FROM orders_invoice_counters
"""
_KNOWN = """
    UPDATE orders_invoices SET text = year || '/' || lpad(number::text, 5, '0'),
        total_minor = (SELECT total_minor FROM orders_orders o WHERE o.id = order_id)
"""
_NEVER_CHANGED = """
    CREATE FUNCTION orders_papers_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'An invoice is never changed once it was issued; write a credit note.'
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER papers_are_kept BEFORE UPDATE OR DELETE ON orders_invoices
        FOR EACH ROW EXECUTE FUNCTION orders_papers_are_kept();
"""
_MAY_CHANGE = """
    DROP TRIGGER papers_are_kept ON orders_invoices;
    DROP FUNCTION orders_papers_are_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_parcel_lines")]

    operations = [
        migrations.CreateModel(
            name='InvoiceSeries',
            fields=[
                ('id', models.UUIDField(default=nitka.ground.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('entity', models.CharField(blank=True, max_length=20)),
                ('kind', models.CharField(max_length=11)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'db_table': 'orders_invoice_series',
            },
        ),
        migrations.CreateModel(
            name='LegalEntity',
            fields=[
                ('code', models.SlugField(max_length=20, primary_key=True, serialize=False)),
                ('markets', models.JSONField(default=list)),
                ('seller', models.JSONField(default=dict)),
                ('invoice_prefix', models.CharField(blank=True, max_length=20)),
                ('credit_prefix', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'db_table': 'orders_legal_entities',
            },
        ),
        migrations.RunSQL(_SERIES, migrations.RunSQL.noop),
        migrations.DeleteModel(
            name='InvoiceCounter',
        ),
        migrations.RemoveConstraint(
            model_name='invoice',
            name='each_invoice_number_once',
        ),
        migrations.AddField(
            model_name='invoice',
            name='corrects',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.invoice'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='document',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='invoice',
            name='entity',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='invoice',
            name='key',
            field=models.CharField(max_length=120, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='invoice',
            name='kind',
            field=models.CharField(choices=[('invoice', 'invoice'), ('credit_note', 'credit note')], default='invoice', max_length=11),
        ),
        migrations.AddField(
            model_name='invoice',
            name='text',
            field=models.CharField(default='', max_length=50),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='invoice',
            name='total_minor',
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='order',
            name='tax_kind',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='order',
            name='tax_note',
            field=models.CharField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddField(
            model_name='order',
            name='vat_number',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.AlterField(
            model_name='invoice',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(fields=('entity', 'kind', 'year', 'number'), name='each_invoice_number_once'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'invoice')), fields=('order',), name='one_invoice_an_order'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects', None), ('kind', 'invoice')), models.Q(('corrects__isnull', False), ('kind', 'credit_note')), _connector='OR'), name='a_credit_note_corrects_an_invoice'),
        ),
        migrations.AddConstraint(
            model_name='invoiceseries',
            constraint=models.UniqueConstraint(fields=('entity', 'kind', 'year'), name='one_series_a_year'),
        ),
        migrations.RemoveField(
            model_name='invoice',
            name='seller',
        ),
        migrations.RunSQL(_KNOWN, migrations.RunSQL.noop),
        migrations.RunSQL(_NEVER_CHANGED, _MAY_CHANGE),
    ]
